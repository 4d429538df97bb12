//! Scenarios of a given size.

use std::fmt::Write;
use std::sync::Arc;

use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;

/// Talks of so many countries about so many clauses in which hardly anything is closed before the deadline: every
/// second country is a hard-liner with a red line on every clause, so that the brackets stay to the end.
pub fn stubborn(countries: usize, clauses: usize, rounds: usize) -> Arc<Scenario> {
    stubborn_with(countries, clauses, rounds, "")
}

/// The same, with what happens in the room: lines of the forum's table.
#[allow(dead_code, reason = "not every bench has it")]
pub fn stubborn_with(countries: usize, clauses: usize, rounds: usize, room: &str) -> Arc<Scenario> {
    stubborn_in(1, countries, clauses, rounds, room)
}

/// The same in so many forums side by side, which hear nothing of each other.
#[allow(dead_code, reason = "not every bench has it")]
pub fn stubborn_in(forums: usize, countries: usize, clauses: usize, rounds: usize, room: &str) -> Arc<Scenario> {
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
    for forum in 0..forums {
        let _ = writeln!(
            text,
            "[forum.talks{forum}]\nname = \"Talks\"\nmembers = [{}]\nrule = \"consensus\"\ntactic = {{ polynomial = {{ beta = 0.5 }} }}\n\
             calendar = {{ start = 2025-01-01, rounds = {rounds} }}\n{room}",
            members.join(", ")
        );
    }
    for country in 0..countries {
        for clause in 0..clauses {
            let wish = ((country * 31 + clause * 17) % 100) as f64 / 100.0;
            let salience = ((country * 13 + clause * 29) % 17 + 1) as f64 / 17.0;
            let (ideal, line) = match country % 2 {
                0 => (wish, ""),
                _ => (wish * 0.3, "red_line = { ceiling = 0.3, slack = 0.02 }\n"),
            };
            let _ = writeln!(
                text,
                "[mandate.n{country:03}.c{clause:02}]\nideal = {{ normal = {{ mean = {ideal}, sd = 0.1 }} }}\n\
                 salience = {salience}\n{line}"
            );
        }
    }
    let files = Memory([("stubborn.toml".to_owned(), text)].into());
    match load("stubborn.toml", &[], &files) {
        Ok(checked) => checked.scenario,
        Err(problems) => panic!("{problems}"),
    }
}

/// Each mechanism of the room: its name, and the lines of a forum of so many countries and clauses that has it.
#[allow(dead_code, reason = "not every bench has it")]
pub fn rooms(countries: usize, clauses: usize) -> [(&'static str, String); 4] {
    let blocs = (0..3).map(|bloc| {
        let members = (0..countries / 4).map(|no| format!("\"n{:03}\"", bloc * (countries / 4) + no));
        let members: Vec<String> = members.collect();
        format!(
            "bloc.b{bloc} = {{ members = [{}], cohesion = 0.5, spokesperson = {} }}",
            members.join(", "),
            members[0]
        )
    });
    let precedents: Vec<String> = (0..clauses).map(|clause| format!("c{clause:02} = 0.9")).collect();
    [
        ("caucus", blocs.collect::<Vec<_>>().join("\n")),
        ("exchange", "linkage = {}".into()),
        ("agenda", "first_reading = { sponsors = 1, support = 0 }".into()),
        ("ratchet", format!("ratchet = 0.5\nprecedent = {{ {} }}", precedents.join(", "))),
    ]
}
