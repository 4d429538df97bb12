//! Double majority: enough members that carry enough weight, with a least number that a blocking minority must have.
//!
//! Treaty on European Union, article 16(4): "at least 55 % of the members of the Council, comprising at least fifteen of them
//! and representing Member States comprising at least 65 % of the population of the Union. A blocking minority must include
//! at least four Council members, failing which the qualified majority shall be deemed attained."

use schemars::JsonSchema;
use serde::Deserialize;

use super::in_words::amount;
use super::rule::Rule;
use super::written::{Reader, ShareFile, Written};
use super::{DecisionRule, Demand, Fraction, Game, Quota, Tally, Unit};

/// At least one share of the members with at least another of the weight; or all but fewer than can block.
#[derive(Clone, Copy)]
pub(super) struct DoubleMajority {
    pub heads: Fraction,
    pub weight: Fraction,
    pub blocking: u32,
}

impl Rule for DoubleMajority {
    fn passes(self, tally: &Tally) -> bool {
        let (heads, weight) = (Quota::Share(self.heads), Quota::Share(self.weight));
        let too_few_to_block = tally.accepting > 0 && tally.members - tally.accepting < self.blocking;
        too_few_to_block
            || heads.met_by_heads(tally.accepting, tally.members)
                && weight.met_by_weight(tally.unit, tally.accepting_weight, tally.weight)
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
        true
    }

    fn is_a_vote(self) -> bool {
        true
    }

    fn consent_adds(self, _objects: bool, weight: f64) -> f64 {
        // Everyone adds a head, so the heaviest add most; who weighs nothing adds a head too.
        weight.max(f64::MIN_POSITIVE)
    }

    fn game(self, members: u64) -> Game {
        Game::Both {
            heads: self.heads.least_of(members),
            weight: Demand::AtLeast(Quota::Share(self.weight)),
            blocking: self.blocking.into(),
        }
    }

    fn amount_of_weight(self) -> Option<Fraction> {
        None
    }

    fn of_capability(self, _members: usize) -> Demand {
        Demand::AtLeast(Quota::Share(self.weight))
    }

    fn code(self) -> String {
        let DoubleMajority { heads, weight, blocking } = self;
        let words = format!("{heads} of members and {weight} of weight");
        if blocking > 1 { format!("{words}, blocked by {blocking}") } else { words }
    }

    fn describe(self) -> String {
        let (heads, weight) = (self.heads.in_words(), self.weight.in_words());
        let words = format!("double majority of {heads} of members with {weight} of the weight");
        match self.blocking {
            0 | 1 => words,
            blocking => format!("{words}, which fewer than {blocking} cannot block"),
        }
    }

    fn comes_to(self, members: u64, weight: f64, unit: Unit) -> Option<String> {
        let (asked, all) = (amount(self.weight, weight, unit), amount(Fraction::ONE, weight, unit));
        Some(format!("{} of {members} with {asked} of {all}", self.heads.least_of(members)))
    }
}

/// A double majority as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct DoubleMajorityFile {
    /// The share of the members, as a fraction "11/20", a percentage "55 %" or a number [above 0, up to 1].
    #[schemars(extend("exclusiveMinimum" = 0.0, "maximum" = 1.0))]
    pub heads: ShareFile,
    /// The share of the weight, likewise [above 0, up to 1].
    #[schemars(extend("exclusiveMinimum" = 0.0, "maximum" = 1.0))]
    pub weight: ShareFile,
    /// How many members a blocking minority must have [≥ 1, up to all; default 1].
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub blocking: u32,
}

fn one() -> u32 {
    1
}

impl Written for DoubleMajorityFile {
    fn read(&self, reader: &mut dyn Reader) -> DecisionRule {
        let mut share = |key, written| reader.share("double_majority", key, written, Fraction::NOTHING);
        let (heads, weight) = (share("heads", &self.heads), share("weight", &self.weight));
        let blocking = reader.members("double_majority", "blocking", self.blocking);
        DecisionRule::DoubleMajority { heads, weight, blocking }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNCIL: fn(u32) -> DecisionRule = |blocking| DecisionRule::DoubleMajority {
        heads: Fraction::new(11, 20).unwrap_or(Fraction::ONE),
        weight: Fraction::new(13, 20).unwrap_or(Fraction::ONE),
        blocking,
    };

    fn tally(accepting: u32, accepting_weight: f64) -> Tally {
        Tally { members: 27, weight: 100.0, accepting, accepting_weight, unit: Unit::ONE, ..Tally::default() }
    }

    #[test]
    fn members_and_weight_are_both_needed() {
        // 55 % of 27 is 14.85: fifteen members.
        let rule = COUNCIL(4);
        assert!(rule.passes(&tally(15, 65.0)));
        assert!(!rule.passes(&tally(14, 90.0)));
        assert!(!rule.passes(&tally(20, 64.0)));
        assert!(!rule.passes(&Tally { vetoes: 1, ..tally(26, 90.0) }));
    }

    #[test]
    fn three_that_hold_half_the_weight_cannot_block_and_four_can() {
        assert!(COUNCIL(4).passes(&tally(24, 50.0)));
        assert!(!COUNCIL(4).passes(&tally(23, 50.0)));
        // Without the condition the three can.
        assert!(!COUNCIL(1).passes(&tally(24, 50.0)));
        assert!(!COUNCIL(4).passes(&Tally { members: 3, ..tally(0, 0.0) }), "nobody is no majority");
    }

    #[test]
    fn it_hangs_on_who_lacks_in_number_or_in_weight() {
        let short_of_heads = Tally { objecting: 13, objecting_weight: 20.0, ..tally(14, 80.0) };
        assert!(COUNCIL(4).hangs_on(&short_of_heads, 0.5, false));
        let short_of_weight = Tally { objecting: 7, objecting_weight: 36.0, ..tally(20, 64.0) };
        assert!(COUNCIL(4).hangs_on(&short_of_weight, 1.0, false));
        let shorter = Tally { accepting_weight: 63.0, objecting_weight: 37.0, ..short_of_weight };
        assert!(!COUNCIL(4).hangs_on(&shorter, 1.0, false));
    }

    #[test]
    fn its_words_tell_both_numbers() {
        assert_eq!(
            COUNCIL(4).describe_among(27, 450.0, Unit::ONE),
            "double majority of 11/20 of members with 13/20 of the weight, which fewer than 4 cannot block: \
             15 of 27 with 292.5 of 450"
        );
        assert_eq!(COUNCIL(1).code(), "11/20 of members and 13/20 of weight");
        assert_eq!(COUNCIL(4).code(), "11/20 of members and 13/20 of weight, blocked by 4");
    }
}
