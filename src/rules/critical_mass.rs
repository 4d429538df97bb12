//! Critical mass: a text binds those who accept it, once enough of the weight (usually trade) does.

use schemars::JsonSchema;
use serde::Deserialize;

use super::in_words::amount;
use super::rule::Rule;
use super::written::{Reader, ShareFile, Written};
use super::{Counting, DecisionRule, Demand, Fraction, Game, Quota, Tally, Unit};
use crate::quantity::MAX_QUANTITY;

/// The members that accept carry the quota of the weight (the Information Technology Agreement's 90 % of trade is the
/// classic case; Hoekman & Mavroidis 2015).
#[derive(Clone, Copy)]
pub(super) struct CriticalMass {
    pub quota: Quota,
}

/// A share below this stands for none.
const NEXT_TO_NOTHING: f64 = 0.0005;

impl CriticalMass {
    /// Whether members go ahead however few they are.
    fn is_open(self) -> bool {
        match self.quota {
            Quota::Share(share) => share.value() < NEXT_TO_NOTHING,
            Quota::Votes(_) => false,
        }
    }
}

impl Rule for CriticalMass {
    fn passes(self, tally: &Tally) -> bool {
        tally.accepting > 0 && self.quota.met_by_weight(tally.unit, tally.accepting_weight, tally.weight)
    }

    fn everyone_holds_a_veto(self) -> bool {
        false
    }

    fn stopped_by_objections_only(self) -> bool {
        false
    }

    fn weighs_objections(self) -> bool {
        false
    }

    fn counts_heads(self) -> bool {
        false
    }

    fn is_a_vote(self) -> bool {
        false
    }

    fn consent_adds(self, _objects: bool, weight: f64) -> f64 {
        weight
    }

    fn game(self, _members: u64) -> Game {
        Game::Weight(Demand::AtLeast(self.quota))
    }

    fn amount_of_weight(self) -> Option<Fraction> {
        self.quota.amount()
    }

    fn of_capability(self, _members: usize) -> Demand {
        Demand::AtLeast(self.quota)
    }

    fn code(self) -> String {
        format!("critical mass {}", self.quota.code())
    }

    fn describe(self) -> String {
        match self.quota {
            _ if self.is_open() => "open sign-up: those that accept go ahead among themselves, however few".into(),
            Quota::Share(share) => {
                format!("critical mass: members with {} of the weight go ahead among themselves", share.in_words())
            }
            Quota::Votes(votes) => {
                format!("critical mass: members with a weight of {} go ahead among themselves", votes.value())
            }
        }
    }

    fn comes_to(self, _members: u64, weight: f64, unit: Unit) -> Option<String> {
        let asked = match self.quota {
            _ if self.is_open() => return None,
            Quota::Share(share) => amount(share, weight, unit),
            Quota::Votes(votes) => votes.value().to_string(),
        };
        Some(format!("{asked} of {}", amount(Fraction::ONE, weight, unit)))
    }
}

/// A critical mass as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct CriticalMassFile {
    /// The share, as a fraction "9/10", a percentage "90 %" or a number [above 0, up to 1]; give this or `votes`.
    #[schemars(extend("exclusiveMinimum" = 0.0, "maximum" = 1.0))]
    pub share: Option<ShareFile>,
    /// How much weight [above 0]; give this or `share`.
    #[schemars(range(max = MAX_QUANTITY), extend("exclusiveMinimum" = 0.0))]
    pub votes: Option<f64>,
}

impl Written for CriticalMassFile {
    fn read(&self, reader: &mut dyn Reader) -> DecisionRule {
        let quota = reader.quota("critical_mass", self.share.as_ref(), self.votes, Fraction::NOTHING, Counting::Weight);
        DecisionRule::CriticalMass { quota }
    }
}

#[cfg(test)]
mod tests {
    use super::super::DecisionRule::CriticalMass;
    use super::*;

    #[test]
    fn objections_do_not_stop_the_willing() {
        let tally = Tally {
            members: 4,
            weight: 100.0,
            accepting: 2,
            accepting_weight: 90.0,
            objecting: 2,
            objecting_weight: 10.0,
            ..Tally::default()
        };
        let mass = |share: f64| CriticalMass { quota: share.into() };
        assert!(mass(0.9).passes(&tally));
        assert!(!mass(0.91).passes(&tally));
        assert!(!mass(0.0).passes(&Tally { members: 4, weight: 100.0, ..Tally::default() }));
    }
}
