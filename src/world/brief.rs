//! Briefs: the mandates of a delegation, laid out to be drawn from, in every replication anew.
//!
//! A scenario keeps a mandate with its origin and sources. What is drawn needs a few numbers of it, clause after clause,
//! side by side.

use bevy_ecs::prelude::*;

use crate::quantity::Uncertain;
use crate::scenario::{Mandate, Origin, RedLine};

/// The numbers that instructions are drawn from, per clause of the forum's agenda.
#[derive(Component, Clone, Debug)]
#[component(immutable)]
pub struct Brief {
    /// What the capital wants [0–1].
    pub ideal: Spread,
    /// Per clause, whether it was read from evidence, whose error is partly everyone's.
    pub from_evidence: Box<[bool]>,
    /// Clauses on which what it wants has another distribution than the normal one.
    pub shaped: Vec<(usize, Uncertain)>,
    /// The least that it accepts; −1 where it has no such red line. The spread is how much further out it may lie.
    pub floor: Spread,
    /// The most that it accepts; 2 where it has no such red line.
    pub ceiling: Spread,
    /// How much it cares [≥ 0].
    pub salience: Box<[Uncertain]>,
    /// Whether any salience has to be drawn.
    pub salience_is_drawn: bool,
}

/// Numbers with the standard deviation of each.
#[derive(Clone, Debug)]
pub struct Spread {
    /// Where each is centred.
    pub at: Box<[f64]>,
    /// Standard deviation; 0 where the number is known.
    pub sd: Box<[f64]>,
    /// Whether any of them has to be drawn.
    pub is_drawn: bool,
}

impl Brief {
    /// Lays mandates out.
    pub fn of(mandates: &[Mandate]) -> Self {
        let centred = |mandate: &Mandate| match mandate.ideal {
            Uncertain::Normal { mean, sd } => (mean, sd),
            Uncertain::Fixed(value) => (value, 0.0),
            shaped => (shaped.centre(), 0.0),
        };
        let line = |line: Option<RedLine>, none: f64| line.map_or((none, 0.0), |line| (line.at, line.slack.max(0.0)));
        let spread = |of: &dyn Fn(&Mandate) -> (f64, f64)| {
            let (at, sd): (Vec<f64>, Vec<f64>) = mandates.iter().map(of).unzip();
            Spread { is_drawn: sd.iter().any(|sd| *sd > 0.0), at: at.into(), sd: sd.into() }
        };
        let is_shaped = |ideal: Uncertain| ideal.is_drawn() && !matches!(ideal, Uncertain::Normal { .. });
        let read = |mandate: &Mandate| matches!(mandate.origin, Origin::Evidence { .. } | Origin::Imputed { .. });
        Brief {
            ideal: spread(&centred),
            from_evidence: mandates.iter().map(read).collect(),
            shaped: (mandates.iter().map(|mandate| mandate.ideal).enumerate())
                .filter(|&(_, ideal)| is_shaped(ideal))
                .collect(),
            floor: spread(&|mandate| line(mandate.floor, -1.0)),
            ceiling: spread(&|mandate| line(mandate.ceiling, 2.0)),
            salience: mandates.iter().map(|mandate| mandate.salience).collect(),
            salience_is_drawn: mandates.iter().any(|mandate| mandate.salience.is_drawn()),
        }
    }
}
