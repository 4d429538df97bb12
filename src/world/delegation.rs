//! Delegations: a country's presence in one forum, as an entity that joins the two.
//!
//! Numbers per clause stand in dense slices in the order of the forum's agenda. What a delegation says and how it stands to
//! the text, which every round asks of all, is kept by the forum.

use bevy_ecs::prelude::*;

use super::{Brief, Delegations, RollCall, Shaken};
use crate::scenario::Member;
use crate::tactics::Tactic;

/// Its seat in the forum's roll call, and how it concedes.
#[derive(Component, Clone, Copy, Debug)]
#[component(immutable)]
pub struct Delegation {
    /// Place among the forum's members.
    pub seat: usize,
    /// How it concedes.
    pub tactic: Tactic,
    /// Whether it holds a veto of its own.
    pub veto: bool,
}

/// The forum it sits in.
#[derive(Component, Debug)]
#[relationship(relationship_target = RollCall)]
pub struct SitsIn(pub Entity);

/// The country it speaks for.
#[derive(Component, Debug)]
#[relationship(relationship_target = Delegations)]
pub struct DelegationOf(pub Entity);

impl Delegation {
    /// All components of the delegation of a member.
    pub(super) fn bundle(seat: usize, member: &Member) -> impl Bundle {
        let clauses = member.mandates.len();
        (
            Delegation { seat, tactic: member.tactic, veto: member.veto },
            Brief::of(&member.mandates),
            Instructions::of(clauses),
            Shaken::of(clauses),
            Strength::default(),
        )
    }
}

/// What the capital instructed, drawn at the opening: private, fixed for the replication.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Instructions {
    /// What it wants [0–1].
    pub ideal: Box<[f64]>,
    /// How much it cares [≥ 0].
    pub salience: Box<[f64]>,
    /// How much it cares, relative to what it cares about most [0–1].
    pub stake: Box<[f64]>,
    /// The least it accepts [0–1; −1 where it has no such red line].
    pub floor: Box<[f64]>,
    /// The most it accepts [0–1; 2 where it has no such red line].
    pub ceiling: Box<[f64]>,
    /// What other texts in force already ask of it [0–1; 0 where none does].
    pub bound: Box<[f64]>,
    /// Share of its concession level that it gives on the clause [0–1].
    pub give: Box<[f64]>,
    /// Weight of its position in the chair's hands: capability^ω × salience [≥ 0].
    pub say: Box<[f64]>,
    /// Pressure at which it objects to the clause: it does so once stake × distance × standing exceeds this [≥ 0].
    pub resolve: Box<[f64]>,
    /// The same for the package.
    pub package_resolve: f64,
    /// Gain over no deal it insists on (in utility).
    pub reservation: f64,
    /// All its saliences together [≥ 0].
    pub total_salience: f64,
    /// All its stakes together, at least 1: what a loss of utility, which is spread over all clauses, comes to when it is
    /// measured as a single clause's is, against the clause that the country cares about most.
    pub stakes: f64,
}

impl Instructions {
    /// Instructions on no clause at all.
    pub fn none() -> Self {
        Instructions::of(0)
    }

    pub(super) fn of(clauses: usize) -> Self {
        let zeros = || vec![0.0; clauses].into_boxed_slice();
        Instructions {
            ideal: zeros(),
            salience: zeros(),
            stake: zeros(),
            floor: zeros(),
            ceiling: zeros(),
            bound: zeros(),
            give: zeros(),
            say: zeros(),
            resolve: zeros(),
            package_resolve: 0.0,
            reservation: 0.0,
            total_salience: 0.0,
            stakes: 1.0,
        }
    }

    /// Works out stakes from saliences.
    pub(crate) fn weigh(&mut self) {
        let most = self.salience.iter().fold(0.0f64, |most, &s| most.max(s));
        self.total_salience = self.salience.iter().sum();
        for (stake, &salience) in self.stake.iter_mut().zip(&self.salience) {
            *stake = if most > 0.0 { salience / most } else { 0.0 };
        }
        self.stakes = self.stake.iter().sum::<f64>().max(1.0);
    }

    /// The point on the clause that is nearest to the given one and crosses no red line.
    pub fn within_lines(&self, clause: usize, point: f64) -> f64 {
        within((self.floor[clause], self.ceiling[clause]), point)
    }

    /// Whether a text at this point crosses a red line on the clause.
    pub fn crosses_red_line(&self, clause: usize, point: f64) -> bool {
        point < self.floor[clause] - ON_THE_LINE || point > self.ceiling[clause] + ON_THE_LINE
    }
}

/// The point that is nearest to the given one and crosses neither the lower nor the upper line; the lower line wins where
/// they cross each other. Without a branch, so that a pass over many clauses works on several at once.
#[inline(always)]
pub fn within((floor, ceiling): (f64, f64), point: f64) -> f64 {
    let below = if point > ceiling { ceiling } else { point };
    if point < floor { floor } else { below }
}

/// A text this close to a red line stands on it, not beyond it: room for rounding.
pub const ON_THE_LINE: f64 = 1e-12;

/// What it carries in this forum.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct Strength {
    /// Voting weight [≥ 0].
    pub weight: f64,
    /// Standing when it objects alone: relative capability^isolation [0–1].
    pub alone: f64,
    /// Capacity to put obligations into practice [0–1].
    pub capacity: f64,
}
