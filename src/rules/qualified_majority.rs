//! Qualified majority: at least a share, or a number of votes, by heads or by weight.

use schemars::JsonSchema;
use serde::Deserialize;

use super::rule::Rule;
use super::written::{Of, Reader, ShareFile, Written};
use super::{Counting, DecisionRule, Demand, Fraction, Game, Majority, Quota, Tally, Unit};
use crate::quantity::MAX_QUANTITY;

/// At least the quota of the base.
#[derive(Clone, Copy)]
pub(super) struct QualifiedMajority {
    pub quota: Quota,
    pub majority: Majority,
}

impl Rule for QualifiedMajority {
    fn passes(self, tally: &Tally) -> bool {
        self.majority.reaches(self.quota, tally)
    }

    fn everyone_holds_a_veto(self) -> bool {
        false
    }

    fn stopped_by_objections_only(self) -> bool {
        false
    }

    fn weighs_objections(self) -> bool {
        self.majority.weighs_objections()
    }

    fn counts_heads(self) -> bool {
        self.majority.by == Counting::Heads
    }

    fn is_a_vote(self) -> bool {
        true
    }

    fn consent_adds(self, objects: bool, weight: f64) -> f64 {
        let share = match self.quota {
            Quota::Share(share) => share.value(),
            // A number of votes is the same however many are cast.
            Quota::Votes(_) => 0.0,
        };
        self.majority.consent_adds(share, objects, weight)
    }

    fn game(self, members: u64) -> Game {
        match self.majority.by {
            Counting::Heads => Game::Heads(self.quota.heads(members)),
            Counting::Weight => Game::Weight(Demand::AtLeast(self.quota)),
        }
    }

    fn amount_of_weight(self) -> Option<Fraction> {
        match self.majority.by {
            Counting::Heads => None,
            Counting::Weight => self.quota.amount(),
        }
    }

    fn of_capability(self, members: usize) -> Demand {
        Demand::AtLeast(match self.majority.by {
            Counting::Heads => self.quota.as_share_of(members),
            Counting::Weight => self.quota,
        })
    }

    fn code(self) -> String {
        format!("{} {}", self.quota.code(), self.majority.code())
    }

    fn describe(self) -> String {
        let (quota, counted) = (self.quota, self.majority.describe());
        match quota {
            Quota::Share(_) => format!("qualified majority of {quota} {counted}"),
            Quota::Votes(_) => format!("qualified majority of {quota} ({counted})"),
        }
    }

    fn comes_to(self, members: u64, weight: f64, unit: Unit) -> Option<String> {
        Some(self.majority.comes_to(Some(self.quota), members, weight, unit))
    }
}

/// A qualified majority as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct QualifiedMajorityFile {
    /// The share, as a fraction "2/3", a percentage "55 %" or a number [0.5–1]; give this or `votes`.
    #[schemars(extend("minimum" = 0.5, "maximum" = 1.0))]
    pub share: Option<ShareFile>,
    /// How many votes, or by weight how much of it [above 0]; give this or `share`.
    #[schemars(range(max = MAX_QUANTITY), extend("exclusiveMinimum" = 0.0))]
    pub votes: Option<f64>,
    /// What is counted [default: heads].
    #[serde(default)]
    pub by: Counting,
    /// Of whom [default: members].
    #[serde(default)]
    pub of: Of,
}

impl Written for QualifiedMajorityFile {
    fn read(&self, reader: &mut dyn Reader) -> DecisionRule {
        let majority = self.of.counted(self.by);
        let quota = reader.quota("qualified_majority", self.share.as_ref(), self.votes, Fraction::HALF, majority.by);
        DecisionRule::QualifiedMajority { quota, majority }
    }
}
