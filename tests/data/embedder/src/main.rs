//! Loads a scenario, plays it, reads a measure, saves the run and replays it.
//!
//! Prints the digest and the measure; tests/it/door.rs holds both against `comity run`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let place = std::env::args().nth(1).ok_or("name a place for the run")?;
    let scenario = comity::Scenario::load("minimal")?.with("forum.talks.calendar.rounds=12")?;
    let results = comity::Study::of(&scenario).replications(40).seed(7).threads(4).run()?;
    println!("{}", results.digest());
    println!("{:.17}", results.forum("talks")?.clause("data_flows")?.adopted().mean().ok_or("nothing was played")?);
    results.save(&place)?;
    let replay = comity::RunDirectory::open(place.as_ref())?.replay(3, &[])?;
    print!("{}", replay.text);
    if !replay.is_verified() {
        return Err("the replay is another one than was recorded".into());
    }
    // Whatever goes wrong is one error, and tells where.
    match scenario.with("forum.talks.calendar.rouns=12") {
        Err(error) if error.is(comity::Code::ScenarioUnknownKey) => Ok(()),
        _ => Err("a slip of the pen was taken".into()),
    }
}
