//! What may be offered in the endgame: the price of exclusion, assistance, exceptions and opt-outs, each alone in small
//! endgames worked by hand, and the promises they keep together.

mod assistance;
mod coverage;
mod flexibility;
mod letters;
mod opt_outs;
mod together;

use std::sync::Arc;

use comity::conference::Conference;
use comity::minutes::{Entry, Outcome};
use comity::replay::transcript;
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;

fn files(parts: &[(&str, &str)]) -> Memory {
    Memory(parts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

fn scenario(text: &str, trade: Option<&str>) -> Arc<Scenario> {
    let named = trade.map_or(String::new(), |_| "tables.trade = \"trade.csv\"\n".to_owned());
    let text = format!("title = \"t\"\n{named}{text}");
    match load("s.toml", &[], &files(&[("s.toml", &text), ("trade.csv", trade.unwrap_or_default())])) {
        Ok(checked) => checked.scenario,
        Err(problems) => panic!("{problems}"),
    }
}

fn play(text: &str, trade: Option<&str>) -> (Outcome, Vec<Entry>) {
    let scenario = scenario(text, trade);
    let mut conference = Conference::new(scenario.clone());
    let (outcome, entries) = conference.tell(1, 0);
    assert_eq!(conference.run(1, 0), outcome, "telling changes nothing");
    assert!(!transcript(&scenario, &entries, &outcome, &[]).is_empty());
    (outcome, entries)
}

fn near(is: f64, should: f64) {
    assert!((is - should).abs() < 1e-12, "{is} is not {should}");
}

/// The codes of everything that is wrong with a scenario.
fn wrong(text: &str, trade: Option<&str>) -> Vec<&'static str> {
    let named = trade.map_or(String::new(), |_| "tables.trade = \"trade.csv\"\n".to_owned());
    let text = format!("title = \"t\"\n{named}{text}");
    match load("s.toml", &[], &files(&[("s.toml", &text), ("trade.csv", trade.unwrap_or_default())])) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.0.iter().map(|problem| problem.code.as_str()).collect(),
    }
}

const ONE_ROUND: &str = "tactic = \"steadfast\"\ncalendar = { start = 2025-01-01, rounds = 1 }\n";

/// A ladder of rungs at these points.
fn rungs(points: &[f64]) -> String {
    let rung = |point: &f64| format!("{{ label = \"at {point:?}\", position = {point:?} }}");
    points.iter().map(rung).collect::<Vec<_>>().join(", ")
}
