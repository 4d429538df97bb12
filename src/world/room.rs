//! What the mechanisms inside the rounds keep: what a delegation has traded, and what trading works with.

use bevy_ecs::prelude::*;

use crate::exchange::Workspace;

/// What a delegation has traded in exchanges of positions.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Deals {
    /// Per clause of the agenda.
    pub on: Box<[Deal]>,
}

/// What a delegation has done with a clause. It trades on a clause once: what it has given it does not take back, and
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
    pub(super) fn of(clauses: usize) -> Self {
        Deals { on: vec![Deal::None; clauses].into() }
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
