//! Simple majority: more than half, by heads or by weight.

use schemars::JsonSchema;
use serde::Deserialize;

use super::rule::Rule;
use super::written::{Of, Reader, Written};
use super::{Counting, DecisionRule, Demand, Fraction, Game, Majority, Tally, Unit};

/// More than half of the base.
#[derive(Clone, Copy)]
pub(super) struct SimpleMajority(pub Majority);

impl Rule for SimpleMajority {
    fn passes(self, tally: &Tally) -> bool {
        self.0.is_of(tally)
    }

    fn everyone_holds_a_veto(self) -> bool {
        false
    }

    fn stopped_by_objections_only(self) -> bool {
        false
    }

    fn weighs_objections(self) -> bool {
        self.0.weighs_objections()
    }

    fn counts_heads(self) -> bool {
        self.0.by == Counting::Heads
    }

    fn is_a_vote(self) -> bool {
        true
    }

    fn consent_adds(self, objects: bool, weight: f64) -> f64 {
        self.0.consent_adds(0.5, objects, weight)
    }

    fn game(self, members: u64) -> Game {
        match self.0.by {
            Counting::Heads => Game::Heads(members / 2 + 1),
            Counting::Weight => Game::Weight(Demand::MoreThanHalf),
        }
    }

    fn amount_of_weight(self) -> Option<Fraction> {
        None
    }

    fn of_capability(self, _members: usize) -> Demand {
        Demand::MoreThanHalf
    }

    fn code(self) -> String {
        format!("simple majority {}", self.0.code())
    }

    fn describe(self) -> String {
        format!("simple majority {}", self.0.describe())
    }

    fn comes_to(self, members: u64, weight: f64, unit: Unit) -> Option<String> {
        Some(self.0.comes_to(None, members, weight, unit))
    }
}

/// A simple majority as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct SimpleMajorityFile {
    /// What is counted [default: heads].
    #[serde(default)]
    pub by: Counting,
    /// Of whom [default: members].
    #[serde(default)]
    pub of: Of,
}

impl Written for SimpleMajorityFile {
    fn read(&self, _reader: &mut dyn Reader) -> DecisionRule {
        DecisionRule::SimpleMajority(self.of.counted(self.by))
    }
}
