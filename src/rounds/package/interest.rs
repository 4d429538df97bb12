//! What is at stake for whom: of every voter and clause, what weighing the clause reads, side by side.
//!
//! A clause is weighed again and again while the chair gives way, always by all voters. Read where it is kept (with the
//! delegation, with the member of the scenario) that would be a walk through memory for every number.

use super::{Proposal, Voter};
use crate::preference::loss;
use crate::rounds::objection::share;
use crate::world::ON_THE_LINE;

/// What a voter has at stake on a clause.
#[derive(Clone, Copy)]
pub(super) struct Interest {
    /// What it wants [0–1].
    pub ideal: f64,
    /// How much it cares [≥ 0], and about all clauses together.
    pub salience: f64,
    pub cares: f64,
    /// How much it cares, relative to what it cares about most [0–1].
    pub stake: f64,
    /// The least and the most that cross no red line, with room for rounding.
    pub least: f64,
    pub most: f64,
    /// Pressure beyond which it objects [≥ 0].
    pub resolve: f64,
    /// What other texts in force ask of it [0–1].
    pub bound: f64,
    /// What its own regime and other texts ask of it already [0–1].
    pub at_home: f64,
    /// Share of the burden that it bears: the capacity that it lacks, special treatment taken off [0–1].
    pub borne: f64,
    /// Loss that it has without the clause.
    pub loss_before: f64,
}

/// What a voter carries in all it does.
#[derive(Clone, Copy)]
pub(super) struct Carried {
    pub weight: f64,
    /// Its own share of the weight [0–1].
    pub own: f64,
    /// All its stakes together [≥ 1].
    pub stakes: f64,
}

/// The interests of all voters, clause by clause.
pub(super) struct Interests {
    cells: Vec<Interest>,
    pub carried: Vec<Carried>,
}

impl Interests {
    pub(super) fn of(proposal: &Proposal) -> Self {
        let Proposal { forum, parameters, voters, total_weight, .. } = proposal;
        let mut cells = Vec::with_capacity(voters.len() * proposal.clauses.len());
        for (clause, &status_quo) in forum.status_quo.iter().enumerate() {
            cells.extend(voters.iter().map(|voter| {
                let Voter { instructions, strength, member, .. } = voter;
                let (ideal, bound) = (instructions.ideal[clause], instructions.bound[clause]);
                Interest {
                    ideal,
                    salience: instructions.salience[clause],
                    cares: instructions.total_salience,
                    stake: instructions.stake[clause],
                    least: instructions.floor[clause] - ON_THE_LINE,
                    most: instructions.ceiling[clause] + ON_THE_LINE,
                    resolve: instructions.resolve[clause],
                    bound,
                    at_home: member.mandates[clause].regime.max(bound),
                    borne: (1.0 - strength.capacity) * (1.0 - member.relief[clause]),
                    loss_before: loss(status_quo.max(bound), ideal, parameters.loss_exponent),
                }
            }));
        }
        let carried = voters.iter().map(|voter| Carried {
            weight: voter.strength.weight,
            own: share(voter.strength.weight, *total_weight),
            stakes: voter.instructions.stakes,
        });
        Interests { cells, carried: carried.collect() }
    }

    /// The interest of a voter in a clause.
    pub(super) fn at(&self, seat: usize, clause: usize) -> &Interest {
        &self.cells[clause * self.carried.len() + seat]
    }

    /// The interests of all voters in a clause.
    pub(super) fn in_clause(&self, clause: usize) -> &[Interest] {
        &self.cells[clause * self.carried.len()..(clause + 1) * self.carried.len()]
    }
}
