//! What is in force today, and for whom: the texts that forums leave to the world.

use bevy_ecs::prelude::*;

use crate::preference::obligation::obliged;
use crate::quantity::Day;
use crate::scenario::Scenario;
use crate::world::{Delegation, Forum, Instructions, Outsiders, RollCall, Treaty, candidates};

/// A text in force, by the scenario's clauses and countries.
pub(super) struct InForce {
    pub forum: usize,
    pub since: Day,
    /// Per clause of the scenario, the point of the provision.
    pub text: Vec<Option<f64>>,
    /// Per country of the scenario, how it binds it where it is party.
    pub parties: Vec<Option<Binding>>,
}

/// How a text binds a party.
#[derive(Clone, Debug)]
pub(super) enum Binding {
    /// To every clause, as it is written.
    AsWritten,
    /// Per clause of the scenario, to this point: after exceptions, and to nothing where it opted out or reserved it.
    To(Vec<Option<f64>>),
}

impl InForce {
    /// What the text obliges a country to on a clause of the scenario, where it is party and bound by it.
    pub fn obliges(&self, country: usize, clause: usize) -> Option<f64> {
        match self.parties[country].as_ref()? {
            Binding::AsWritten => self.text[clause],
            Binding::To(points) => points[clause],
        }
    }
}

/// The forums with what became of their texts, and with who may be party.
pub(super) type Treaties<'w, 's> =
    Query<'w, 's, (&'static Forum, &'static Treaty, &'static RollCall, Option<&'static Outsiders>)>;

/// What every delegation, seated or not, goes by, to be moved.
pub(super) type Briefed<'w, 's> = Query<'w, 's, (&'static Delegation, &'static mut Instructions)>;

/// Every text in force on a day, in the scenario's order.
pub(super) fn texts(scenario: &Scenario, today: Day, treaties: &Treaties, delegations: &Briefed) -> Vec<InForce> {
    let mut texts: Vec<InForce> = treaties
        .iter()
        .filter_map(|(forum, treaty, roll_call, outsiders)| {
            let since = treaty.in_force.filter(|&day| day <= today)?;
            let written = &scenario.forums[forum.0];
            let mut text = vec![None; scenario.clauses.len()];
            for (&clause, &point) in written.agenda.iter().zip(&treaty.text) {
                text[clause] = point;
            }
            let mut parties = vec![None; scenario.countries.len()];
            let excepts = treaty.exceptions.iter().any(|degree| *degree > 0.0);
            for (delegation, instructions) in delegations.iter_many(candidates(roll_call, outsiders)).flatten() {
                let candidate = delegation.seat;
                let standing = &treaty.standing[candidate];
                if !standing.is_bound(today) || treaty.applies_with_nobody(candidate, today) {
                    continue;
                }
                let party = &mut parties[written.candidate(candidate).country];
                if !excepts && standing.excepted.is_empty() {
                    *party = Some(Binding::AsWritten);
                    continue;
                }
                let mut obligations = vec![None; scenario.clauses.len()];
                for (place, &clause) in
                    written.agenda.iter().enumerate().filter(|(place, _)| !standing.excepted.has(*place))
                {
                    let (status_quo, ideal) = (written.status_quo[place], instructions.ideal[place]);
                    let obligation = |point| obliged(point, status_quo, ideal, treaty.exceptions[place]);
                    obligations[clause] = treaty.text[place].map(obligation);
                }
                *party = Some(Binding::To(obligations));
            }
            Some(InForce { forum: forum.0, since, text, parties })
        })
        .collect();
    texts.sort_by_key(|text| text.forum);
    texts
}
