//! Numbers of votes in words, and what a majority comes to among so many.

use super::{Counting, Fraction, Majority, Quota, Unit};

/// A share of all weight, to the digits that it has, or where the weights have no unit to five.
pub(super) fn amount(share: Fraction, all: f64, unit: Unit) -> String {
    match (unit.whole(all), unit.per_one()) {
        (Some(all), Some(per_one)) if per_one <= 1_000_000 => {
            let exact = share.value() * all as f64 / per_one as f64;
            shortened(exact, 9)
        }
        _ => shortened(share.value() * all, 5),
    }
}

/// A number to so many significant digits, without a tail of zeros.
fn shortened(number: f64, digits: usize) -> String {
    let rounded: f64 = format!("{number:.*e}", digits.saturating_sub(1)).parse().unwrap_or(number);
    rounded.to_string()
}

impl Majority {
    /// What it comes to where all of so many members, of so much weight together, vote: at least a quota, or more than half
    /// where there is none.
    pub(super) fn comes_to(self, quota: Option<Quota>, members: u64, weight: f64, unit: Unit) -> String {
        let where_all = if self.of_votes_cast { " where all vote" } else { "" };
        let comes_to = match (self.by, quota) {
            (Counting::Heads, None) => (members / 2 + 1).to_string(),
            (Counting::Heads, Some(quota)) => quota.heads(members).to_string(),
            (Counting::Weight, None) => format!("more than {}", amount(Fraction::HALF, weight, unit)),
            (Counting::Weight, Some(Quota::Share(share))) => amount(share, weight, unit),
            (Counting::Weight, Some(Quota::Votes(votes))) => votes.value().to_string(),
        };
        let all = match self.by {
            Counting::Heads => members.to_string(),
            Counting::Weight => amount(Fraction::ONE, weight, unit),
        };
        format!("{comes_to} of {all}{where_all}")
    }

    /// What is counted, of whom, as it is coded on record.
    pub(super) fn code(self) -> String {
        let of = if self.of_votes_cast { "votes cast" } else { "members" };
        let by = if self.by == Counting::Heads { "heads" } else { "weight" };
        format!("by {by} of {of}")
    }

    /// What is counted, of whom.
    pub(super) fn describe(self) -> String {
        let of = if self.of_votes_cast { "votes cast" } else { "members" };
        match self.by {
            Counting::Heads => format!("of {of}"),
            Counting::Weight => format!("of {of}, by weight"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::DecisionRule;
    use super::*;

    fn qualified(quota: Quota, by: Counting, of_votes_cast: bool) -> DecisionRule {
        DecisionRule::QualifiedMajority { quota, majority: Majority { by, of_votes_cast } }
    }

    #[test]
    fn a_rule_tells_its_fraction_and_the_count_it_comes_to() {
        let heads = |share: f64| qualified(share.into(), Counting::Heads, false).describe_among(6, 6.0, Unit::ONE);
        assert_eq!(heads(0.6667), "qualified majority of 2/3 of members: 4 of 6");
        assert_eq!(heads(0.55), "qualified majority of 11/20 of members: 4 of 6");
        assert_eq!(heads(1.0), "qualified majority of 100% of members: 6 of 6");
        let votes = Quota::Votes(Fraction::exactly(62.0).unwrap());
        let rule = qualified(votes, Counting::Weight, false);
        assert_eq!(
            rule.describe_among(10, 87.0, Unit::ONE),
            "qualified majority of 62 votes (of members, by weight): 62 of 87"
        );
        let cast = qualified(0.6667.into(), Counting::Heads, true).describe_among(6, 6.0, Unit::ONE);
        assert_eq!(cast, "qualified majority of 2/3 of votes cast: 4 of 6 where all vote");
        let simple = DecisionRule::SimpleMajority(Majority { by: Counting::Weight, of_votes_cast: false });
        let unit = Unit::of([0.2, 0.3, 0.1].into_iter());
        assert_eq!(
            simple.describe_among(3, 0.2 + 0.3 + 0.1, unit),
            "simple majority of members, by weight: more than 0.3 of 0.6"
        );
        let mass = DecisionRule::CriticalMass { quota: 0.9.into() }.describe_among(3, 2.0 / 3.0, Unit::NONE);
        assert_eq!(mass, "critical mass: members with 9/10 of the weight go ahead among themselves: 0.6 of 0.66667");
    }
}
