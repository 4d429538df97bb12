//! Chances of stances: a staged case played many times, and what each member did when the text was first put to it.

use std::sync::Arc;

use super::{Case, Chances};
use crate::conference::Conference;
use crate::minutes::Entry;
use crate::scenario::Scenario;

/// Chances of everyone whose stance is forecast, in the order of [`Case::forecast`]. Counts are smoothed by a third of a
/// replication each, so that what was never seen is not held to be impossible.
pub fn chances(case: &Case, scenario: &Arc<Scenario>, seed: u64, replications: u64) -> Vec<Chances> {
    let seat = |country: &str| {
        let forum = &scenario.forums[0];
        forum.members.iter().position(|member| scenario.countries[member.country].id == country)
    };
    let seats: Vec<Option<usize>> = case.forecast().map(|party| seat(&party.country)).collect();
    let mut counts = vec![[0u64; 3]; seats.len()];
    let mut conference = Conference::new(scenario.clone());
    for replication in 0..replications {
        let (outcome, entries) = conference.tell(seed, replication);
        let poll = entries.iter().find_map(|entry| match entry {
            Entry::Polled { accepting, objecting, .. } => Some((*accepting, objecting)),
            _ => None,
        });
        let Some((accepting, objecting)) = poll else { continue };
        for (seat, counts) in seats.iter().zip(&mut counts) {
            let Some(seat) = *seat else { continue };
            // What passes at the first poll is the text as it was put; parties are those who accept it.
            let accepts = accepting > 0 && outcome.forums[0].members[seat].party;
            let stance = match objecting.iter().any(|(objector, _)| *objector == seat) {
                true => 2,
                false if accepts => 0,
                false => 1,
            };
            counts[stance] += 1;
        }
    }
    let smoothed = |counts: [u64; 3]| {
        let all = counts.iter().sum::<u64>() as f64 + 1.0;
        counts.map(|count| (count as f64 + 1.0 / 3.0) / all)
    };
    counts.into_iter().map(smoothed).collect()
}
