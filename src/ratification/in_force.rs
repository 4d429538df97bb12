//! What is in force today, and for whom: the texts that forums leave to the world.

use bevy_ecs::prelude::*;

use crate::quantity::Day;
use crate::scenario::Scenario;
use crate::world::{Forum, Treaty, bit, has};

/// A text in force, by the scenario's clauses and countries.
pub(super) struct InForce {
    pub forum: usize,
    pub since: Day,
    /// Per clause of the scenario, the point of the provision.
    pub text: Vec<Option<f64>>,
    /// Per country of the scenario, where it is party: the clauses of the scenario that bind it.
    pub parties: Vec<Option<u128>>,
}

impl InForce {
    /// The point at which a clause binds a country.
    pub fn binds(&self, country: usize, clause: usize) -> Option<f64> {
        self.text[clause].filter(|_| self.parties[country].is_some_and(|clauses| has(clauses, clause)))
    }
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
            let mut parties = vec![None; scenario.countries.len()];
            for (candidate, standing) in treaty.standing.iter().enumerate() {
                if standing.is_bound(today) {
                    let binding = |place: &usize| treaty.text[*place].is_some() && !has(standing.excepted, *place);
                    let clauses = (0..written.agenda.len())
                        .filter(binding)
                        .fold(0, |set, place| set | bit(written.agenda[place]));
                    parties[written.candidate(candidate).country] = Some(clauses);
                }
            }
            Some(InForce { forum: forum.0, since, text, parties })
        })
        .collect();
    texts.sort_by_key(|text| text.forum);
    texts
}

/// The forums with what became of their texts.
pub(super) type Treaties<'w, 's> = Query<'w, 's, (&'static Forum, &'static Treaty)>;
