//! Scenarios of a given size.

use std::fmt::Write;
use std::sync::Arc;

use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;

/// Talks of so many countries about so many clauses in which hardly anything is closed before the deadline: every
/// second country is a hard-liner with a red line on every clause, so that the brackets stay to the end.
pub fn stubborn(countries: usize, clauses: usize, rounds: usize) -> Arc<Scenario> {
    let mut text = String::from("title = \"stubborn\"\n");
    let rungs = "rungs = [{ label = \"none\", position = 0.0 }, { label = \"soft\", position = 0.4 }, \
                 { label = \"hard\", position = 1.0 }]";
    for clause in 0..clauses {
        let _ = writeln!(text, "[clause.c{clause:02}]\n{rungs}");
    }
    for country in 0..countries {
        let _ = writeln!(text, "[country.n{country:03}]\ncapability = {}", 1 + country % 7);
    }
    let members: Vec<String> = (0..countries).map(|country| format!("\"n{country:03}\"")).collect();
    let _ = writeln!(
        text,
        "[forum.talks]\nname = \"Talks\"\nmembers = [{}]\nrule = \"consensus\"\ntactic = {{ polynomial = {{ beta = 0.5 }} }}\n\
         calendar = {{ start = 2025-01-01, rounds = {rounds} }}",
        members.join(", ")
    );
    for country in 0..countries {
        for clause in 0..clauses {
            let wish = ((country * 31 + clause * 17) % 100) as f64 / 100.0;
            let (ideal, line) = match country % 2 {
                0 => (wish, ""),
                _ => (wish * 0.3, "red_line = { ceiling = 0.3, slack = 0.02 }\n"),
            };
            let _ = writeln!(
                text,
                "[mandate.n{country:03}.c{clause:02}]\nideal = {{ normal = {{ mean = {ideal}, sd = 0.1 }} }}\n{line}"
            );
        }
    }
    let files = Memory([("stubborn.toml".to_owned(), text)].into());
    match load("stubborn.toml", &[], &files) {
        Ok(checked) => checked.scenario,
        Err(problems) => panic!("{problems}"),
    }
}
