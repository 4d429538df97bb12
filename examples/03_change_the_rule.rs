//! What if? One scenario under several decision rules, on the same luck.
//!
//! `cargo run --example 03_change_the_rule --no-default-features --features files,threads`

use comity::{Code, Error, Scenario, Study};

/// Rules of a forum, as a scenario file writes them.
pub const RULES: [&str; 3] =
    [r#""consensus""#, r#"{ qualified_majority = { share = "2/3" } }"#, "{ simple_majority = {} }"];

fn main() -> Result<(), Error> {
    for (rule, adopted) in adopted(&RULES, 300)? {
        println!("{adopted:.3} of replications adopt data_flows under {rule}");
    }
    Ok(())
}

/// How often a clause is adopted under each rule [0–1].
pub fn adopted<'a>(rules: &[&'a str], replications: u64) -> Result<Vec<(&'a str, f64)>, Error> {
    let scenario = Scenario::load("minimal")?;
    // Problems are told as those of a file are: with the place, what is expected and what to do.
    if let Err(error) = scenario.with("forum.talks.rule=consensos") {
        assert!(error.is(Code::ScenarioUnknownChoice));
    }
    let mut found = Vec::new();
    for &rule in rules {
        let changed = scenario.with(&format!("forum.talks.rule={rule}"))?;
        let results = Study::of(&changed).replications(replications).seed(1).tables(&[]).run()?;
        let adopted = results.forum("talks")?.clause("data_flows")?.adopted();
        found.push((rule, adopted.mean().unwrap_or_default()));
    }
    Ok(found)
}
