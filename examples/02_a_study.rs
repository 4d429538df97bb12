//! A Monte Carlo study: many replications, measures with their intervals, a run directory, a replay.
//!
//! `cargo run --example 02_a_study --no-default-features --features files,threads`

use std::error::Error;
use std::path::Path;

use comity::{Measure, RunDirectory, Scenario, Study};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    print!("{}", told(&folder.path().join("run"))?);
    Ok(())
}

/// Plays a study, writes it to a run directory and reads that back.
pub fn told(place: &Path) -> Result<String, Box<dyn Error>> {
    let scenario = Scenario::load("minimal")?;
    let mut played = 0;
    let progress = |more| played += more;
    let results = Study::of(&scenario).replications(200).seed(1).threads(2).progress(progress).run()?;

    let forum = results.forum("talks")?;
    let clause = forum.clause("data_flows")?;
    let mut text = format!("{}\n{played} replications under seed {}\n", scenario.title(), results.seed());
    text += &format!("a text is adopted: {:.2}\n", forum.concluded());
    text += &format!("data_flows is in it: {:.2}\n", clause.adopted());
    text += &format!("and stands at: {:.2}\n", clause.position());
    // Whatever the summary measures can be asked for by its type.
    text += &format!("Alba gains: {:.2}\n", forum.country("Alba")?.measure(Measure::GAIN)?);
    text += &format!("digest {}\n", results.digest());

    // The same bytes as `comity run minimal -n 200 -s 1` writes.
    results.save(place)?;
    let replay = RunDirectory::open(place)?.replay(7, &[])?;
    text += replay.text.lines().last().unwrap_or_default();
    Ok(text + "\n")
}
