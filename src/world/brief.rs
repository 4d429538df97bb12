//! Briefs: the mandates of a delegation, laid out to be drawn from, in every replication anew.
//!
//! A scenario keeps a mandate with its origin and sources. What is drawn needs a few numbers of it, clause after clause,
//! side by side.

use bevy_ecs::prelude::*;

use super::Instructions;
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
    /// Whether any was.
    pub reads_evidence: bool,
    /// The least that it accepts; −1 where it has no such red line. The spread is how much further out it may lie.
    pub floor: Spread,
    /// The most that it accepts; 2 where it has no such red line.
    pub ceiling: Spread,
    /// How much it cares, before what is drawn below zero counts as zero.
    pub salience: Spread,
    /// How much it cares and what follows from it, where none of it has to be drawn.
    pub cares: Option<Cares>,
}

/// What follows from saliences that are the same in every replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Cares {
    salience: Box<[f64]>,
    stake: Box<[f64]>,
    total_salience: f64,
    stakes: f64,
}

/// Numbers with the standard deviation of each.
#[derive(Clone, Debug)]
pub struct Spread {
    /// Where each is centred.
    pub at: Box<[f64]>,
    /// Standard deviation; 0 where the number is known.
    pub sd: Box<[f64]>,
    /// Whether any of them has a standard deviation.
    pub is_drawn: bool,
    /// Clauses on which they have another distribution than the normal one.
    pub shaped: Vec<(usize, Uncertain)>,
}

impl Spread {
    fn of(numbers: impl Iterator<Item = (f64, f64)>) -> Self {
        let (at, sd): (Vec<f64>, Vec<f64>) = numbers.unzip();
        Spread { is_drawn: sd.iter().any(|sd| *sd > 0.0), at: at.into(), sd: sd.into(), shaped: Vec::new() }
    }

    fn stated(numbers: impl Iterator<Item = Uncertain> + Clone) -> Self {
        let centred = |number: Uncertain| match number {
            Uncertain::Normal { mean, sd } => (mean, sd.max(0.0)),
            other => (other.centre(), 0.0),
        };
        let is_shaped = |number: Uncertain| number.is_drawn() && !matches!(number, Uncertain::Normal { .. });
        let shaped = numbers.clone().enumerate().filter(|&(_, number)| is_shaped(number));
        Spread { shaped: shaped.collect(), ..Spread::of(numbers.map(centred)) }
    }

    /// Whether any of them has to be drawn.
    pub fn needs_luck(&self) -> bool {
        self.is_drawn || !self.shaped.is_empty()
    }
}

impl Cares {
    /// Where saliences are known: what a delegation is told that has them.
    fn of(salience: &Spread) -> Option<Self> {
        if salience.needs_luck() {
            return None;
        }
        let mut told = Instructions::of(salience.at.len());
        told.salience = salience.at.iter().map(|stated| stated.max(0.0)).collect();
        told.weigh();
        let Instructions { salience, stake, total_salience, stakes, .. } = told;
        Some(Cares { salience, stake, total_salience, stakes })
    }

    /// Tells a delegation.
    pub fn tell(&self, to: &mut Instructions) {
        to.salience.copy_from_slice(&self.salience);
        to.stake.copy_from_slice(&self.stake);
        (to.total_salience, to.stakes) = (self.total_salience, self.stakes);
    }
}

impl Brief {
    /// Lays mandates out.
    pub fn of(mandates: &[Mandate]) -> Self {
        let line = |line: Option<RedLine>, none: f64| line.map_or((none, 0.0), |line| (line.at, line.slack.max(0.0)));
        let read = |mandate: &Mandate| matches!(mandate.origin, Origin::Evidence { .. } | Origin::Imputed { .. });
        let salience = Spread::stated(mandates.iter().map(|mandate| mandate.salience));
        Brief {
            ideal: Spread::stated(mandates.iter().map(|mandate| mandate.ideal)),
            from_evidence: mandates.iter().map(read).collect(),
            reads_evidence: mandates.iter().any(read),
            floor: Spread::of(mandates.iter().map(|mandate| line(mandate.floor, -1.0))),
            ceiling: Spread::of(mandates.iter().map(|mandate| line(mandate.ceiling, 2.0))),
            cares: Cares::of(&salience),
            salience,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_known_saliences_is_what_a_delegation_would_work_out() {
        let spread = Spread::stated([0.25, 0.0, 3.0, 0.7].map(Uncertain::Fixed).into_iter());
        let (mut told, mut anew) = (Instructions::of(4), Instructions::of(4));
        anew.salience.copy_from_slice(&spread.at);
        anew.weigh();
        Cares::of(&spread).expect("nothing is drawn").tell(&mut told);
        assert_eq!(told, anew);
        assert!(told.stake[2] == 1.0 && told.total_salience == 3.95 && told.stakes > 1.0);
    }

    #[test]
    fn nothing_is_known_of_what_is_drawn() {
        for drawn in [Uncertain::Normal { mean: 0.5, sd: 0.1 }, Uncertain::Uniform { min: 0.0, max: 1.0 }] {
            let spread = Spread::stated([Uncertain::Fixed(1.0), drawn].into_iter());
            assert!(spread.needs_luck() && Cares::of(&spread).is_none());
        }
    }
}
