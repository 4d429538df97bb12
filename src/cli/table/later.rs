//! What follows adoption in a forum, in a line or two; nothing where it is not played.

use std::fmt::Write as _;

use super::{Found, marked, percent};
use crate::scenario::after::Kind;
use crate::scenario::{Forum, Scenario};
use crate::summary::{Measure, Subject};

/// Most countries that are named.
const TOLD: usize = 4;

/// Lines on signature, entry into force, and who acceded.
pub(super) fn told(scenario: &Scenario, forum: &Forum, found: Found) -> String {
    let mut text = String::new();
    let Some(aftermath) = scenario.aftermath.filter(|_| forum.after.kind == Kind::Treaty) else { return text };
    let talks = |measure: Measure| found.of(Subject::Talks, measure);
    let Some(in_force) = talks(Measure::IN_FORCE) else { return text };
    let known = scenario.provenance(Some(found.forum), None, None);
    let interval =
        in_force.interval.map_or(String::new(), |(low, high)| format!(" ({} to {})", percent(low), percent(high)));
    let _ = write!(
        text,
        "\n by {}: in force in {}{interval} of replications",
        aftermath.horizon,
        marked(in_force.mean, &known)
    );
    if let Some(parties) = talks(Measure::PARTIES_AT_HORIZON) {
        let bound = if (parties.mean - 1.0).abs() < 0.05 { "party" } else { "parties" };
        let _ = write!(text, ", then with {:.1} {bound} on average", parties.mean);
    }
    if let Some(median) = talks(Measure::MEDIAN_DAYS_TO_FORCE) {
        let _ = write!(text, "; median wait from signature about {:.0} days", median.mean);
    }
    if let Some(incorporated) = talks(Measure::INCORPORATED) {
        let _ = write!(text, "; taken in by the other body in {} of texts", percent(incorporated.mean));
    }
    text.push('\n');
    if let Some(accession) = &forum.after.accession {
        let mut acceded: Vec<(&str, f64)> = accession
            .applicants
            .iter()
            .filter_map(|&country| {
                let share = found.of(Subject::Country(country), Measure::ACCEDED)?.mean;
                Some((scenario.countries[country].id.as_str(), share))
            })
            .filter(|(_, share)| *share > 0.0)
            .collect();
        // The likeliest first, equals in the order of the scenario.
        acceded.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let names: Vec<String> =
            acceded.iter().take(TOLD).map(|(id, share)| format!("{id} {}", percent(*share))).collect();
        let _ = match (names.is_empty(), acceded.len().saturating_sub(TOLD)) {
            (true, _) => writeln!(text, " acceded: nobody"),
            (false, 0) => writeln!(text, " acceded: {} of replications", names.join(", ")),
            (false, more) => writeln!(text, " acceded: {} of replications, and {more} more", names.join(", ")),
        };
    }
    text
}
