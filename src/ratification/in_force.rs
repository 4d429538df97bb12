//! What is in force today, and for whom: the texts that forums leave to the world.

use bevy_ecs::prelude::*;

use crate::quantity::Day;
use crate::scenario::Scenario;
use crate::world::{Forum, Treaty};

/// A text in force, by the scenario's clauses and countries.
pub(super) struct InForce {
    pub forum: usize,
    pub since: Day,
    /// Per clause of the scenario, the point of the provision.
    pub text: Vec<Option<f64>>,
    /// Per country of the scenario, its place among the candidates, where it is bound.
    pub bound: Vec<Option<usize>>,
}

/// Every text in force on a day, in the scenario's order.
pub(super) fn texts<'a>(
    scenario: &Scenario,
    today: Day,
    treaties: impl Iterator<Item = (&'a Forum, &'a Treaty)>,
) -> Vec<InForce> {
    let mut texts: Vec<InForce> = treaties
        .filter_map(|(forum, treaty)| {
            let since = treaty.in_force.filter(|&day| day <= today)?;
            let written = &scenario.forums[forum.0];
            let mut text = vec![None; scenario.clauses.len()];
            for (&clause, &point) in written.agenda.iter().zip(&treaty.text) {
                text[clause] = point;
            }
            let mut bound = vec![None; scenario.countries.len()];
            for (candidate, standing) in treaty.standing.iter().enumerate() {
                if standing.is_bound(today) {
                    bound[written.candidate(candidate).country] = Some(candidate);
                }
            }
            Some(InForce { forum: forum.0, since, text, bound })
        })
        .collect();
    texts.sort_by_key(|text| text.forum);
    texts
}

/// Queries that read treaties and change delegations.
pub(super) type Treaties<'w, 's> = Query<'w, 's, (&'static Forum, &'static Treaty)>;
