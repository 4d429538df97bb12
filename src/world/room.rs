//! What the mechanisms inside the rounds keep: what a delegation has traded, and what trading works with.

use bevy_ecs::change_detection::Tick;
use bevy_ecs::prelude::*;

use crate::clause_set::ClauseSet;
use crate::exchange::Workspace;

/// What the delegations of a forum have traded in exchanges of positions: per seat, clauses.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Deals {
    /// On which it gave way.
    pub gave: Box<[ClauseSet]>,
    /// On which others gave way to it.
    pub got: Box<[ClauseSet]>,
}

/// What a delegation has done with a clause. It trades on a clause in one round only: what it has given it does not take back, and
/// what it has been given it does not sell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deal {
    /// Nothing.
    #[default]
    None,
    /// Others gave way to it.
    Got,
    /// It gave way.
    Gave,
}

impl Deals {
    pub(super) fn of(seats: usize) -> Self {
        Deals { gave: vec![ClauseSet::EMPTY; seats].into(), got: vec![ClauseSet::EMPTY; seats].into() }
    }

    /// What a seat has done with a clause.
    pub fn on(&self, seat: usize, clause: usize) -> Deal {
        match (self.gave[seat].has(clause), self.got[seat].has(clause)) {
            (true, _) => Deal::Gave,
            (false, true) => Deal::Got,
            (false, false) => Deal::None,
        }
    }

    /// The clauses on which a seat has traded, on either side.
    pub fn settled(&self, seat: usize) -> ClauseSet {
        self.gave[seat] | self.got[seat]
    }

    /// Forgets what a seat has done with a clause, which has new instructions on it: what blocs and markets keep is written
    /// anew where instructions are.
    pub fn forget(&mut self, seat: usize, clause: usize) {
        self.gave[seat].remove(clause);
        self.got[seat].remove(clause);
    }

    /// Forgets every deal.
    pub fn clear(&mut self) {
        self.gave.fill(ClauseSet::EMPTY);
        self.got.fill(ClauseSet::EMPTY);
    }
}

/// Where a forum's exchanges are worked out: a row a delegation, a column an open clause, both in the order of
/// identifiers, so that ties do not depend on the order of the file.
#[derive(Component, Debug, Default)]
pub struct Market {
    /// Delegations by their country's identifier, as seats.
    pub seats: Vec<usize>,
    /// Clauses on which there is something to trade, as places in the agenda.
    pub clauses: Vec<usize>,
    /// The same as a set.
    pub on_sale: ClauseSet,
    /// Where the aims on them begin in their grid.
    pub aims: Vec<usize>,
    /// When instructions were last read.
    pub read: Option<Tick>,
    /// Aims (0–1).
    pub positions: Vec<f64>,
    /// Saliences as shares of all that a delegation cares about (0–1).
    pub saliences: Vec<f64>,
    /// Capability^ω × all that a delegation cares about, one a row, so that capability × salience is its say (≥ 0).
    pub capabilities: Vec<f64>,
    /// Red lines from below.
    pub floors: Vec<f64>,
    /// Red lines from above.
    pub ceilings: Vec<f64>,
    /// Whether it has traded there already.
    pub settled: Vec<bool>,
    /// Whether nothing was to be gained at the state above.
    pub exhausted: bool,
    /// Memory of the exchange model.
    pub workspace: Workspace,
}
