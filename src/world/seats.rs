//! What the delegations of a forum say and how they stand to the text: grids of seats × clauses, kept by the forum.
//!
//! A round is a few passes over them, which is where a run spends most of its time. What a capital instructs stands with
//! its delegation; seats that nobody sits in keep their rows, and no pass reads them.

use bevy_ecs::prelude::*;

use super::Grid;
use crate::scenario::Member;
use crate::tactics::Tactic;

/// What delegations pursue and what they say they want: moves.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Positions {
    /// What they say [0–1]: public.
    pub stated: Grid,
    /// What they pursue in the rounds [0–1]: their ideal points at first; the discipline of a bloc and exchanges move
    /// them, never past a red line. Gains are measured from the ideal points all the same.
    pub aim: Grid,
    /// Weight of what they say in the chair's hands: capability^ω × salience [≥ 0].
    pub say: Grid,
}

/// How delegations stand to the text on the table; taken anew only where the text has moved.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Bearings {
    /// Way from the aim to the most that would be said, at full concession [−1–1].
    pub way: Grid,
    /// Concession level at which the position is the text: accepted from there on [0–1; without bound where it never is].
    pub accepts_at: Grid,
    /// Share of reluctant weight beyond which the delegation objects while it does not accept [0–1; negative where it
    /// objects alone; without bound where it never does].
    pub objects_beyond: Grid,
}

/// How far each has moved, per seat.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Concessions {
    /// Level of the stated position [0–1].
    pub level: Box<[f64]>,
    /// Level of what would be said next [0–1].
    pub next: Box<[f64]>,
    /// What the others have seen: the share of the way to the text that the positions have gone [0–1].
    pub shown: Box<[f64]>,
    /// How each concedes.
    pub tactic: Box<[Tactic]>,
    /// The first seat that concedes in the same way.
    pub like: Box<[usize]>,
    /// Whether any of those who are there gives as it sees others give: by what they say on every clause, also on those
    /// that have left the table.
    pub watched: bool,
}

/// What each carries, per seat: of its [`Strength`](super::Strength) what a round asks for.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Scales {
    /// Voting weight [≥ 0].
    pub weight: Box<[f64]>,
    /// Standing of a delegation that objects alone [0–1].
    pub alone: Box<[f64]>,
    /// Its own share of the weight of those who decide [0–1; nobody asks it of who stands aside].
    pub own: Box<[f64]>,
    /// The most weight that anyone carries who decides [≥ 0].
    pub heaviest: f64,
    /// Seats of those who decide and hold a veto of their own, in order.
    pub vetoes: Vec<usize>,
}

impl Positions {
    pub(super) fn of(seats: usize, clauses: usize) -> Self {
        let zeros = || Grid::of(seats, clauses, 0.0);
        Positions { stated: zeros(), aim: zeros(), say: zeros() }
    }
}

/// How one delegation stands to the text of one clause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bearing {
    /// See [`Bearings::way`].
    pub way: f64,
    /// See [`Bearings::accepts_at`].
    pub accepts_at: f64,
    /// See [`Bearings::objects_beyond`].
    pub objects_beyond: f64,
}

impl Bearings {
    /// Writes down how a seat stands to a clause.
    pub fn take(&mut self, seat: usize, clause: usize, bearing: Bearing) {
        *self.way.at_mut(seat, clause) = bearing.way;
        *self.accepts_at.at_mut(seat, clause) = bearing.accepts_at;
        *self.objects_beyond.at_mut(seat, clause) = bearing.objects_beyond;
    }

    /// Whether a seat objects to a clause at a concession level, where so much of the weight is reluctant.
    pub fn objects(&self, seat: usize, clause: usize, level: f64, reluctant: f64) -> bool {
        self.accepts_at.at(seat, clause) > level && reluctant > self.objects_beyond.at(seat, clause)
    }

    /// Bearings of delegations that neither move nor accept nor object.
    pub(super) fn of(seats: usize, clauses: usize) -> Self {
        let never = || Grid::of(seats, clauses, f64::INFINITY);
        Bearings { way: Grid::of(seats, clauses, 0.0), accepts_at: never(), objects_beyond: never() }
    }
}

impl Concessions {
    pub(super) fn of(members: &[Member]) -> Self {
        let zeros = || vec![0.0; members.len()].into_boxed_slice();
        let tactic: Box<[Tactic]> = members.iter().map(|member| member.tactic).collect();
        let first = |one: &Tactic| tactic.iter().take_while(|other| *other != one).count();
        let like = tactic.iter().map(first).collect();
        Concessions { level: zeros(), next: zeros(), shown: zeros(), tactic, like, watched: false }
    }

    /// Forgets what a seat has conceded.
    pub fn begin(&mut self, seat: usize) {
        (self.level[seat], self.next[seat], self.shown[seat]) = (0.0, 0.0, 0.0);
    }
}

impl Scales {
    pub(super) fn of(seats: usize) -> Self {
        let zeros = || vec![0.0; seats].into_boxed_slice();
        Scales { weight: zeros(), alone: zeros(), own: zeros(), ..Scales::default() }
    }
}
