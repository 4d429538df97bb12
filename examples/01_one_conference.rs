//! One replication of a conference, told round by round.
//!
//! `cargo run --example 01_one_conference`

use comity::{Conference, Error, Scenario};

fn main() -> Result<(), Error> {
    print!("{}", told(1, 0)?);
    Ok(())
}

/// The story of a replication: the same seed and number tell the same story, everywhere.
pub fn told(seed: u64, replication: u64) -> Result<String, Error> {
    let scenario = Scenario::load("minimal")?;
    let model = scenario.model();
    // A conference owns the world of its scenario, and can be played again and again.
    let mut conference = Conference::new(model.clone());
    let (outcome, minutes) = conference.tell(seed, replication);

    let mut text = comity::replay::transcript(model, &minutes, &outcome, &[]);
    for (forum, ended) in model.forums.iter().zip(&outcome.forums) {
        let how = if ended.concluded { "a text is adopted" } else { "no text" };
        text += &format!("{}: {how} after {} rounds\n", forum.name, ended.rounds);
        for (&clause, came_to) in forum.agenda.iter().zip(&ended.clauses) {
            let clause = &model.clauses[clause];
            let label = |point| clause.nearest_rung(point).map_or("", |rung| clause.rungs[rung].label.as_str());
            text += &format!("  {}: {}\n", clause.id, came_to.adopted.map_or("as before", label));
        }
    }
    Ok(text)
}
