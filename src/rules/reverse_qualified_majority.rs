//! Reverse qualified majority: a text is carried unless so many reject it.
//!
//! Regulation (EU) 1173/2011, article 4(2): a decision "shall be deemed to be adopted by the Council unless it decides by a
//! qualified majority to reject the Commission's recommendation". With all members in the place of the majority it is the
//! negative consensus of the Dispute Settlement Understanding of the WTO, articles 6.1, 16.4 and 17.14.

use schemars::JsonSchema;
use serde::Deserialize;

use super::in_words::amount;
use super::rule::Rule;
use super::written::{Reader, ShareFile, Written};
use super::{Counting, DecisionRule, Demand, Fraction, Game, Quota, Tally, Unit};
use crate::quantity::MAX_QUANTITY;

/// Fewer than the quota of the membership object.
#[derive(Clone, Copy)]
pub(super) struct ReverseQualifiedMajority {
    pub quota: Quota,
    pub by: Counting,
}

impl Rule for ReverseQualifiedMajority {
    fn passes(self, tally: &Tally) -> bool {
        !match self.by {
            Counting::Heads => self.quota.met_by_heads(tally.objecting, tally.members),
            Counting::Weight => self.quota.met_by_weight(tally.unit, tally.objecting_weight, tally.weight),
        }
    }

    fn everyone_holds_a_veto(self) -> bool {
        false
    }

    fn stopped_by_objections_only(self) -> bool {
        true
    }

    fn weighs_objections(self) -> bool {
        self.by == Counting::Weight
    }

    fn counts_heads(self) -> bool {
        self.by == Counting::Heads
    }

    fn is_a_vote(self) -> bool {
        true
    }

    fn consent_adds(self, objects: bool, weight: f64) -> f64 {
        match self.by {
            _ if !objects => 0.0,
            Counting::Heads => 1.0,
            Counting::Weight => weight,
        }
    }

    fn game(self, members: u64) -> Game {
        match self.by {
            Counting::Heads => Game::Heads((members + 1).saturating_sub(self.quota.heads(members))),
            Counting::Weight => Game::Weight(Demand::OthersBelow(self.quota)),
        }
    }

    fn amount_of_weight(self) -> Option<Fraction> {
        match self.by {
            Counting::Heads => None,
            Counting::Weight => self.quota.amount(),
        }
    }

    fn of_capability(self, members: usize) -> Demand {
        Demand::OthersBelow(match self.by {
            Counting::Heads => self.quota.as_share_of(members),
            Counting::Weight => self.quota,
        })
    }

    fn code(self) -> String {
        let by = match self.by {
            Counting::Heads => "heads",
            Counting::Weight => "weight",
        };
        format!("unless {} by {by} of members object", self.quota.code())
    }

    fn describe(self) -> String {
        let who = match (self.quota, self.by) {
            (Quota::Share(share), Counting::Heads) => format!("{} of members object", share.in_words()),
            (Quota::Share(share), Counting::Weight) => {
                format!("members with {} of the weight object", share.in_words())
            }
            (Quota::Votes(votes), Counting::Heads) => format!("{} members object", votes.value()),
            (Quota::Votes(votes), Counting::Weight) => format!("members with a weight of {} object", votes.value()),
        };
        format!("reverse qualified majority: carried unless {who}")
    }

    fn comes_to(self, members: u64, weight: f64, unit: Unit) -> Option<String> {
        let (asked, all) = match (self.by, self.quota) {
            (Counting::Heads, quota) => (quota.heads(members).to_string(), members.to_string()),
            (Counting::Weight, Quota::Share(share)) => {
                (amount(share, weight, unit), amount(Fraction::ONE, weight, unit))
            }
            (Counting::Weight, Quota::Votes(votes)) => (votes.value().to_string(), amount(Fraction::ONE, weight, unit)),
        };
        Some(format!("{asked} of {all}"))
    }
}

/// A reverse qualified majority as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct ReverseQualifiedMajorityFile {
    /// The share that rejects a text, as a fraction "2/3", a percentage "55 %" or a number [0.5–1]; give this or `votes`.
    #[schemars(extend("minimum" = 0.5, "maximum" = 1.0))]
    pub share: Option<ShareFile>,
    /// How many votes, or by weight how much of it [above 0]; give this or `share`.
    #[schemars(range(max = MAX_QUANTITY), extend("exclusiveMinimum" = 0.0))]
    pub votes: Option<f64>,
    /// What is counted [default: heads].
    #[serde(default)]
    pub by: Counting,
}

impl Written for ReverseQualifiedMajorityFile {
    fn read(&self, reader: &mut dyn Reader) -> DecisionRule {
        let (share, by) = (self.share.as_ref(), self.by);
        let quota = reader.quota("reverse_qualified_majority", share, self.votes, Fraction::HALF, by);
        DecisionRule::ReverseQualifiedMajority { quota, by }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unless(share: f64, by: Counting) -> DecisionRule {
        DecisionRule::ReverseQualifiedMajority { quota: share.into(), by }
    }

    #[test]
    fn it_is_carried_unless_so_many_object() {
        let rule = unless(0.6667, Counting::Heads);
        let three = Tally { members: 6, objecting: 3, ..Tally::default() };
        assert!(rule.passes(&three), "silence is consent");
        let four = Tally { objecting: 4, ..three };
        assert!(!rule.passes(&four));
        assert!(rule.hangs_on(&four, 1.0, false));
        assert!(!rule.hangs_on(&Tally { objecting: 5, ..three }, 1.0, false));
        assert!(!rule.passes(&Tally { vetoes: 1, ..three }), "a veto of its own stops it");
    }

    #[test]
    fn weight_rejects_where_weight_is_counted() {
        let rule = unless(0.65, Counting::Weight);
        let heavy = Tally {
            members: 10,
            weight: 100.0,
            objecting: 2,
            objecting_weight: 65.0,
            unit: Unit::ONE,
            ..Tally::default()
        };
        assert!(!rule.passes(&heavy));
        assert!(rule.passes(&Tally { objecting_weight: 64.0, ..heavy }));
        assert!(unless(0.65, Counting::Heads).passes(&heavy));
    }

    #[test]
    fn negative_consensus_is_its_extreme() {
        let rule = unless(1.0, Counting::Heads);
        assert!(rule.passes(&Tally { members: 5, objecting: 4, ..Tally::default() }));
        assert!(!rule.passes(&Tally { members: 5, objecting: 5, ..Tally::default() }));
    }

    #[test]
    fn its_words_tell_who_must_object() {
        let two_thirds = unless(0.6667, Counting::Heads);
        assert_eq!(
            two_thirds.describe_among(27, 27.0, Unit::ONE),
            "reverse qualified majority: carried unless 2/3 of members object: 18 of 27"
        );
        assert_eq!(two_thirds.code(), "unless 2/3 by heads of members object");
    }
}
