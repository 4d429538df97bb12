//! What stood in the way, in the short text that a run prints.

use super::{Found, percent};
use crate::scenario::Scenario;
use crate::summary::{Blocker, Measure, Subject};

/// Most pairs of country and clause that are told.
const TOLD: usize = 3;

/// Lines on why a forum had no text, or left clauses out, in so many replications; nothing where nothing stood in the way.
pub(super) fn told(scenario: &Scenario, found: Found, blockers: &[Blocker], replications: u64) -> String {
    let forum = found.forum;
    let mut text = String::new();
    let talks = |measure: Measure| found.of(Subject::Talks, measure);
    let concluded = talks(Measure::CONCLUDED).map_or(0, |share| (share.mean * share.n as f64).round() as u64);
    if concluded < replications {
        text += &format!("\n no text in {} of {replications}", replications - concluded);
        if let (Some(size), Some(cost)) = (talks(Measure::BLOCKING_SET_SIZE), talks(Measure::COST_OF_DEAL)) {
            text += &format!(
                ": the least to win was {:.1} pairs of country and clause, at {:.3} of utility, on average",
                size.mean, cost.mean
            );
        }
        if let Some(steps) = talks(Measure::DISTANCE_TO_DEAL) {
            text += &format!("; in {} a weaker text would have passed, {:.1} steps away", steps.n, steps.mean);
        }
        text += "\n";
    }
    let mut blockers: Vec<&Blocker> = blockers.iter().filter(|blocker| blocker.forum == forum).collect();
    blockers.retain(|blocker| blocker.held_up + blocker.in_minimal_set > 0);
    // By what is told of each.
    let how_often = |blocker: &Blocker| blocker.held_up.max(blocker.in_minimal_set);
    blockers.sort_by_key(|blocker| std::cmp::Reverse((how_often(blocker), blocker.held_up, blocker.decisive)));
    let name = |blocker: &&Blocker| {
        let (country, clause) = (&scenario.countries[blocker.country].id, &scenario.clauses[blocker.clause].id);
        let known = scenario.provenance(Some(forum), Some(blocker.country), Some(blocker.clause));
        let unsure = match (known.imputed > 0, known.unverified > 0) {
            (true, _) => " (imputed)",
            (false, true) => " (unverified)",
            (false, false) => "",
        };
        format!("{country} on {clause} {}{unsure}", percent(how_often(blocker) as f64 / replications.max(1) as f64))
    };
    let names: Vec<String> = blockers.iter().take(TOLD).map(name).collect();
    if !names.is_empty() {
        let lead = if text.is_empty() { "\n" } else { "" };
        text += &format!(
            "{lead} in the way (alone, or in a smallest blocking set; share of replications): {}\n",
            names.join(", ")
        );
    }
    text
}
