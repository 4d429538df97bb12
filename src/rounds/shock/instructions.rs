//! What a shock has a capital tell its delegation.

use bevy_ecs::prelude::Query;

use super::Shocked;
use crate::scenario::{Effect, MAX_QUANTITY, Turn};
use crate::world::{Instructions, RollCall};

/// Per clause, the mean of what the members want that are there; each counts once.
pub(super) fn centres(roll_call: &RollCall, delegations: &Query<Shocked>, clauses: usize) -> Vec<f64> {
    let mut sum = vec![0.0; clauses];
    for (_, instructions, ..) in delegations.iter_many(roll_call.present()).flatten() {
        for (sum, ideal) in sum.iter_mut().zip(&instructions.ideal) {
            *sum += ideal;
        }
    }
    let members = roll_call.present().len().max(1) as f64;
    sum.iter_mut().for_each(|sum| *sum /= members);
    sum
}

/// What is known of a delegation and of the others on one clause.
pub(super) struct Known {
    /// Mean of what the members want that are there.
    pub centre: f64,
    /// What the delegation was documented to want.
    pub documented: f64,
}

/// Changes what a delegation is told on one clause; tells whether it wants something else than before. `by` is how far
/// what is known of its wish has moved from what was documented.
pub(super) fn instruct_anew(to: &mut Instructions, by: &mut f64, turn: &Turn, effect: &Effect, known: Known) -> bool {
    let clause = turn.clause;
    if effect.lift_red_lines {
        (to.floor[clause], to.ceiling[clause]) = (-1.0, 2.0);
    }
    if let Some(floor) = turn.floor {
        to.floor[clause] = floor;
        to.ceiling[clause] = to.ceiling[clause].max(floor);
    }
    if let Some(ceiling) = turn.ceiling {
        to.ceiling[clause] = ceiling;
        to.floor[clause] = to.floor[clause].min(ceiling);
    }
    let before = to.ideal[clause];
    let mut ideal = turn.ideal.unwrap_or(before);
    if effect.shift != 0.0 {
        ideal = (ideal + effect.shift).clamp(0.0, 1.0);
    }
    if effect.polarise != 1.0 {
        ideal = (known.centre + effect.polarise * (ideal - known.centre)).clamp(0.0, 1.0);
    }
    to.ideal[clause] = to.within_lines(clause, ideal);
    *by = match turn.ideal {
        Some(_) => to.ideal[clause] - known.documented,
        None => *by + (to.ideal[clause] - before),
    };
    if effect.salience != 1.0 {
        to.salience[clause] = (to.salience[clause] * effect.salience).min(MAX_QUANTITY);
    }
    to.ideal[clause] != before
}
