//! The weights that candidates of a forum have as stated, and what they are whole numbers of.

use super::{Forum, Member, Scenario};
use crate::quantity::Uncertain;
use crate::rules::Unit;

/// Weights of a forum's candidates, members first, and their units.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Per candidate; not a number where it is drawn.
    stated: Vec<f64>,
    /// How many of them are members.
    members: usize,
    of_members: Unit,
    of_candidates: Unit,
    /// Unit of what instruments count for.
    pub counts: Unit,
}

impl Weights {
    /// Those of a forum.
    pub(super) fn of(scenario: &Scenario, forum: &Forum) -> Weights {
        let stated: Vec<f64> =
            (0..forum.candidates()).map(|no| scenario.stated_weight(forum.candidate(no)).unwrap_or(f64::NAN)).collect();
        let unit = |weights: &[f64]| match weights.iter().all(|weight| weight.is_finite()) {
            true => Unit::of(weights.iter().copied()),
            false => Unit::NONE,
        };
        let members = forum.members.len();
        let counts = (0..forum.candidates()).map(|no| forum.candidate(no).count);
        let (of_members, of_candidates) = (unit(&stated[..members]), unit(&stated));
        Weights { of_members, of_candidates, members, counts: Unit::of(counts), stated }
    }

    /// What weights that these candidates carry are whole numbers of; nothing where a weight was drawn, or a shock has
    /// changed it.
    pub fn unit_of(&self, carried: impl Iterator<Item = (usize, f64)>) -> Unit {
        let mut unit = self.of_members;
        for (candidate, weight) in carried {
            if self.stated.get(candidate) != Some(&weight) {
                return Unit::NONE;
            }
            if candidate >= self.members {
                unit = self.of_candidates;
            }
        }
        unit
    }

    /// Unit of the weights that members have as stated.
    pub fn unit(&self) -> Unit {
        self.of_members
    }
}

impl Scenario {
    /// The weight of a member where it is stated and not drawn [≥ 0].
    fn stated_weight(&self, member: &Member) -> Option<f64> {
        match (member.weight, self.countries[member.country].capability) {
            (Some(weight), _) | (None, Uncertain::Fixed(weight)) => Some(weight.max(0.0)),
            _ => None,
        }
    }
}
