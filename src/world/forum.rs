//! Forums: where delegations sit, and how far their talks have come.

use bevy_ecs::change_detection::Tick;
use bevy_ecs::prelude::*;

use super::{
    Bearings, Caucuses, Concessions, Deals, Desk, Lane, Market, Partners, Positions, RollingText, Scales, SitsIn, TILE,
    Treaty, Watch, tiles,
};
use crate::clause_set::ClauseSet;
use crate::minutes::ClauseOutcome;
use crate::quantity::Day;
use crate::rules::{Tally, Unit};
use crate::scenario::{self, Member};

/// A forum, by its place in the scenario.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
#[component(immutable)]
pub struct Forum(pub usize);

/// The delegations of a forum in the order of its members: the order of every sum.
#[derive(Component, Debug)]
#[relationship_target(relationship = SitsIn)]
pub struct RollCall {
    #[relationship]
    all: Vec<Entity>,
    present: Vec<Entity>,
    present_seats: Vec<usize>,
    here: Vec<bool>,
    deciding: Vec<Entity>,
    deciding_seats: Vec<usize>,
    decides: Vec<bool>,
}

impl RollCall {
    /// All delegations in order, whether they are there or not: a seat is a place in this list.
    pub fn seats(&self) -> &[Entity] {
        &self.all
    }

    /// The delegations that are there, in order. All that is said is theirs.
    pub fn present(&self) -> &[Entity] {
        &self.present
    }

    /// Their seats, in order.
    pub fn present_seats(&self) -> &[usize] {
        &self.present_seats
    }

    /// Whether the delegation of a seat is there.
    pub fn is_present(&self, seat: usize) -> bool {
        self.here.get(seat).is_some_and(|here| *here)
    }

    /// The delegations that decide, in order: those that are there and do not stand aside. All that is counted is theirs.
    pub fn deciding(&self) -> &[Entity] {
        &self.deciding
    }

    /// Their seats, in order.
    pub fn deciding_seats(&self) -> &[usize] {
        &self.deciding_seats
    }

    /// Whether the delegation of a seat decides.
    pub fn decides(&self, seat: usize) -> bool {
        self.decides.get(seat).is_some_and(|decides| *decides)
    }

    /// The delegation of a seat, where it is there.
    pub fn delegation(&self, seat: usize) -> Option<Entity> {
        self.all.get(seat).copied().filter(|_| self.is_present(seat))
    }

    /// Calls the roll of these members: settles seat by seat who is there, and so who decides.
    pub fn call(&mut self, members: &[Member], mut is_there: impl FnMut(usize) -> bool) {
        let RollCall { all, present, present_seats, here, deciding, deciding_seats, decides } = self;
        here.clear();
        here.extend((0..all.len()).map(&mut is_there));
        present.clear();
        present.extend(all.iter().zip(&*here).filter(|(_, here)| **here).map(|(&delegation, _)| delegation));
        present_seats.clear();
        present_seats.extend((0..all.len()).filter(|&seat| here[seat]));
        decides.clear();
        decides.extend((0..all.len()).map(|seat| here[seat] && members.get(seat).is_some_and(Member::decides)));
        deciding.clear();
        deciding.extend(all.iter().zip(&*decides).filter(|(_, decides)| **decides).map(|(&delegation, _)| delegation));
        deciding_seats.clear();
        deciding_seats.extend((0..all.len()).filter(|&seat| decides[seat]));
    }

    /// Calls the roll again once the delegations of these seats have come or gone.
    pub fn turn(&mut self, members: &[Member], seats: &[usize], come: bool) {
        let before = self.here.clone();
        self.call(
            members,
            |seat| if seats.contains(&seat) { come } else { before.get(seat).is_some_and(|here| *here) },
        );
    }
}

/// How far the talks have come.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct Proceedings {
    /// The current round; the first is 1.
    pub round: u32,
    /// The round in which the endgame is due.
    pub deadline: u32,
    /// Extensions granted so far.
    pub extensions: u32,
    /// Whether an extension has just been granted, about which capitals think again.
    pub reconsidering: bool,
    /// Where the talks stand.
    pub engagement: Engagement,
    /// Day of the next round.
    pub next_session: Day,
    /// The weights of those who decide together.
    pub total_weight: f64,
    /// What they are whole numbers of.
    pub unit: Unit,
    /// Loss of every member if there is no text (in utility).
    pub cost_of_failure: f64,
}

/// Where the talks stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engagement {
    /// Between rounds, or before the first.
    #[default]
    Recess,
    /// A round is being held.
    InSession,
    /// The deadline has come, or nothing is left in brackets.
    Endgame,
    /// A text was adopted.
    Adopted,
    /// There is no text.
    Collapsed,
}

/// What the chair hears and counts, per clause of the agenda; written anew in every round, tile by tile where a clause is on
/// the table.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Floor {
    /// All says on the clause together: the denominator of the weighted mean, the same in every round.
    pub say: Box<[f64]>,
    /// Stated positions times their say.
    pub heard: Box<[Lane]>,
    /// When positions were stated as they were heard: who moves them later is heard anew.
    pub heard_at: Option<Tick>,
    /// How the members stand to the text on the table.
    pub votes: Votes,
    /// Share of the weight that does not accept [0–1; −∞ on clauses that are not put to the rule].
    pub reluctant: Box<[Lane]>,
}

/// How the members stand, per clause: rows of numbers to add to, whole counts as floats.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Votes {
    /// Members that accept.
    pub accepting: Box<[Lane]>,
    /// Their weight.
    pub accepting_weight: Box<[Lane]>,
    /// Members that object.
    pub objecting: Box<[Lane]>,
    /// Their weight, where the rule asks for it.
    pub objecting_weight: Box<[Lane]>,
    /// Of those that object, how many hold a veto of their own.
    pub vetoes: Box<[Lane]>,
}

impl Floor {
    fn of(clauses: usize) -> Self {
        let zeros = || vec![[0.0; TILE]; tiles(clauses)].into_boxed_slice();
        let votes = Votes {
            accepting: zeros(),
            accepting_weight: zeros(),
            objecting: zeros(),
            objecting_weight: zeros(),
            vetoes: zeros(),
        };
        Floor { say: vec![0.0; clauses].into(), heard: zeros(), heard_at: None, votes, reluctant: zeros() }
    }
}

impl Votes {
    /// The tally of a clause in a forum of so many members and so much weight, in whole numbers of a unit.
    pub fn tally(&self, clause: usize, members: u32, weight: f64, unit: Unit) -> Tally {
        let of = |votes: &[Lane]| votes.as_flattened()[clause];
        Tally {
            members,
            weight,
            accepting: of(&self.accepting) as u32,
            accepting_weight: of(&self.accepting_weight),
            objecting: of(&self.objecting) as u32,
            objecting_weight: of(&self.objecting_weight),
            vetoes: of(&self.vetoes) as u32,
            unit,
        }
    }
}

/// What the endgame leaves behind for the outcome.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Per clause of the agenda.
    pub clauses: Box<[ClauseOutcome]>,
    /// Polls held.
    pub polls: u32,
    /// Whether nobody objected in the last poll on the whole; none where there was none.
    pub unopposed: Option<bool>,
    /// Per seat: whether it co-sponsors the adopted text.
    pub co_sponsors: Box<[bool]>,
    /// Per seat: gain over no deal of the last text.
    pub gains: Box<[f64]>,
    /// Per seat: whether it becomes a party.
    pub parties: Box<[bool]>,
    /// Exchanges of positions concluded.
    pub exchanges: u32,
    /// What they did to those who had no part in them, all together (in utility).
    pub externality: f64,
    /// Per seat: capacity building received, less what was paid for that of others (in utility).
    pub transfers: Box<[f64]>,
    /// Per seat: clauses of the adopted text that it opted out of.
    pub opted_out: Box<[ClauseSet]>,
    /// Per seat: side letters it exchanged (a count).
    pub letters: Box<[u32]>,
}

impl Record {
    /// A member leaves: it gains nothing by the text any more.
    pub fn leave(&mut self, seat: usize) {
        self.gains[seat] = 0.0;
    }
}

impl Forum {
    /// All components of a forum.
    pub(super) fn bundle(no: usize, forum: &scenario::Forum) -> impl Bundle {
        let (seats, clauses) = (forum.members.len(), forum.agenda.len());
        (
            Forum(no),
            RollingText::blank(clauses),
            Proceedings::default(),
            Floor::of(clauses),
            (
                Positions::of(seats, clauses),
                Bearings::of(seats, clauses),
                Concessions::of(&forum.members),
                Scales::of(seats),
            ),
            Record {
                clauses: vec![ClauseOutcome::default(); clauses].into(),
                polls: 0,
                co_sponsors: vec![false; seats].into(),
                gains: vec![0.0; seats].into(),
                parties: vec![false; seats].into(),
                transfers: vec![0.0; seats].into(),
                opted_out: vec![ClauseSet::EMPTY; seats].into(),
                letters: vec![0; seats].into(),
                ..Record::default()
            },
            (Market::default(), Deals::of(seats), Caucuses::default(), Desk::default(), Partners::default()),
            Treaty::of(forum),
            Watch::over(seats, forum.candidates(), clauses),
        )
    }
}
