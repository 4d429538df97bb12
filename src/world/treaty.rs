//! Treaties: what becomes of an adopted text, and how every country stands to it.
//!
//! A forum's *candidates* are its members in the order of their seats, then the countries from outside that may accede
//! or have a second say.

use std::collections::BTreeSet;

use bevy_ecs::prelude::*;

use super::delegation::{Delegation, Instructions, Strength};
use crate::clause_set::ClauseSet;
use crate::quantity::Day;
use crate::scenario::{self, AfterParameters, Member};

/// The parameters of what follows adoption, as drawn for this replication.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct DrawnAfter(pub AfterParameters<f64>);

/// The season before this one.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastSeason {
    /// Its day; none before the first.
    pub day: Option<Day>,
    /// Seasons so far (a count).
    pub number: u16,
}

/// The forum to whose text a country without a seat may accede, or on which it has a second say.
#[derive(Component, Debug)]
#[relationship(relationship_target = Outsiders)]
pub struct LooksAt(pub Entity);

/// The countries without a seat that look at a forum, in the order of the scenario.
#[derive(Component, Debug)]
#[relationship_target(relationship = LooksAt)]
pub struct Outsiders(Vec<Entity>);

/// All components of a country that looks at a forum from outside; `place` among the candidates.
pub(super) fn outsider(place: usize, member: &Member) -> impl Bundle {
    (
        Delegation { seat: place, tactic: member.tactic, veto: member.veto },
        super::Brief::of(&member.mandates),
        Instructions::of(member.mandates.len()),
        Strength::default(),
        super::Shaken::of(member.mandates.len()),
    )
}

/// The candidates of a forum: its delegations, then the outsiders.
pub fn candidates<'a>(
    roll_call: &'a super::RollCall,
    outsiders: Option<&'a Outsiders>,
) -> impl Iterator<Item = Entity> + Clone + 'a {
    roll_call.seats().iter().chain(outsiders.into_iter().flat_map(|outsiders| &outsiders.0)).copied()
}

/// What became of the text of a forum.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Treaty {
    /// Day of adoption.
    pub adopted: Option<Day>,
    /// Per clause of the agenda, the point of the adopted provision [0–1].
    pub text: Box<[Option<f64>]>,
    /// Per clause of the agenda, the degree of the exception to it [0–1].
    pub exceptions: Box<[f64]>,
    /// Day of signature.
    pub signed: Option<Day>,
    /// Day of entry into force.
    pub in_force: Option<Day>,
    /// Whether the other body took it in; none where there is none, or it has not decided.
    pub incorporated: Option<bool>,
    /// How each candidate stands to it.
    pub standing: Box<[Standing]>,
    /// Pairs of candidates between whom it does not apply: who declared it, and against whom.
    pub apart: BTreeSet<(usize, usize)>,
}

/// How a country stands to a text. Days may lie ahead: a treaty is what its calendar says (Vienna Convention, articles
/// 11 to 24).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// Day on which it signed.
    pub signed: Option<Day>,
    /// Day on which it deposits its instrument of ratification or accession; may lie ahead.
    pub deposit: Option<Day>,
    /// Day from which it is bound; may lie ahead.
    pub bound_from: Option<Day>,
    /// Day on which a withdrawal takes effect; may lie ahead.
    pub bound_until: Option<Day>,
    /// Whether it joins by accession.
    pub accedes: bool,
    /// Whether its deposit has been told.
    pub told: bool,
    /// Day on which the parties decide on its application.
    pub hearing: Option<Day>,
    /// First day on which it may apply again.
    pub again: Day,
    /// Applications that were refused (a count).
    pub refused: u16,
    /// Clauses it reserved.
    pub reserved: ClauseSet,
    /// Declarations of non-application that concern it, its own and those against it (a count).
    pub apart: u32,
    /// Clauses that do not bind it, reserved, opted out of or never taken on.
    pub excepted: ClauseSet,
    /// What it gained by the endgame's account when it accepted (in utility).
    pub accepted_with: f64,
    /// What the text alone was worth to it then (in utility).
    pub worth_then: f64,
}

impl Standing {
    /// Whether it is bound on a day.
    pub fn is_bound(&self, day: Day) -> bool {
        self.bound_from.is_some_and(|from| from <= day) && self.bound_until.is_none_or(|until| day < until)
    }

    /// Whether it is bound by a clause on a day.
    pub fn is_bound_by(&self, clause: usize, day: Day) -> bool {
        self.is_bound(day) && !self.excepted.has(clause)
    }
}

impl Treaty {
    pub(super) fn of(forum: &scenario::Forum) -> Self {
        Treaty {
            text: vec![None; forum.agenda.len()].into(),
            exceptions: vec![0.0; forum.agenda.len()].into(),
            standing: vec![Standing::default(); forum.candidates()].into(),
            ..Treaty::default()
        }
    }

    /// Forgets what became of the last replication's text.
    pub fn clear(&mut self) {
        self.adopted = None;
        self.signed = None;
        self.in_force = None;
        self.incorporated = None;
        self.text.fill(None);
        self.exceptions.fill(0.0);
        self.standing.fill(Standing::default());
        self.apart.clear();
    }

    /// Whether it applies between two candidates, as far as they are parties.
    pub fn applies_between(&self, one: usize, other: usize) -> bool {
        !self.apart.contains(&(one, other)) && !self.apart.contains(&(other, one))
    }

    /// Whether there are other parties on a day, and it applies between a candidate and none of them.
    pub fn applies_with_nobody(&self, candidate: usize, day: Day) -> bool {
        let others =
            || (0..self.standing.len()).filter(|&other| other != candidate && self.standing[other].is_bound(day));
        !self.apart.is_empty()
            && others().next().is_some()
            && !others().any(|other| self.applies_between(candidate, other))
    }

    /// Takes a declaration of non-application down.
    pub fn set_apart(&mut self, who: usize, against: usize) {
        self.apart.insert((who, against));
        self.standing[who].apart += 1;
        self.standing[against].apart += 1;
    }

    /// Whether the text is in force on a day.
    pub fn is_in_force(&self, day: Day) -> bool {
        self.in_force.is_some_and(|from| from <= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_bound_between_its_days_and_by_what_it_did_not_reserve() {
        let standing = Standing {
            bound_from: Some(10),
            bound_until: Some(20),
            excepted: ClauseSet::of(1) | ClauseSet::of(127),
            ..Default::default()
        };
        assert!(!standing.is_bound(9) && standing.is_bound(10) && standing.is_bound(19) && !standing.is_bound(20));
        assert!(standing.is_bound_by(0, 10) && !standing.is_bound_by(1, 10) && !standing.is_bound_by(127, 10));
    }
}
