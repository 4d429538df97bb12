//! Legislative bargaining under a closed rule (Baron & Ferejohn 1989), and on one dimension (Banks & Duggan 2000).
//!
//! In its original form n members divide one unit: a member drawn at random proposes, k of them must agree, and delay
//! discounts by δ. The proposer buys the k − 1 cheapest partners at δ / n each and keeps the rest ([`division`]).
//!
//! On an issue of one dimension the members divide distances instead. Whom chance lets propose (in proportion to
//! capability) proposes the nearest point to its own that the rule carries; a member accepts what is worth to it at least
//! δ times what it expects of the next proposal, a failure being worth nothing:
//!
//! ```text
//!   u_i(x) = 1 − |x − x_i| / R      accept x if u_i(x) ≥ δ Σ_p ρ_p u_i(x_p)
//! ```
//!
//! The proposals are those that such expectations let stand: found by going half of the way to the answers again and
//! again. The mean proposal is acceptable to everyone, since utilities are concave, so there always is one. The forecast
//! is the distribution over proposals.

use super::{Forecast, Forecaster, Issue};

/// The model on one dimension.
#[derive(Clone, Copy, Debug)]
pub struct BaronFerejohn {
    /// How much of its worth a decision keeps if it comes a proposal later [0–1].
    pub discount: f64,
}

impl Default for BaronFerejohn {
    /// δ = 0.9: the value of the worked examples (a judgement; nothing in a table of positions tells it).
    fn default() -> Self {
        BaronFerejohn { discount: 0.9 }
    }
}

/// What the proposer and each partner it needs get of one unit, where so many of the members must agree, the proposer
/// counted. Nothing unless 1 ≤ quota ≤ members.
pub fn division(members: u32, quota: u32, discount: f64) -> Option<(f64, f64)> {
    let share = discount / f64::from(members);
    (1..=members).contains(&quota).then(|| (1.0 - f64::from(quota - 1) * share, share))
}

/// Steps towards the answers, and the change [share of the scale] below which they stand.
const STEPS: usize = 200;
const SETTLED: f64 = 1e-9;

impl BaronFerejohn {
    fn distribution(&self, issue: &Issue) -> Option<Forecast> {
        let members: Vec<(f64, f64)> =
            issue.stances.iter().map(|stance| (issue.share(stance.position), stance.capability)).collect();
        let all = members.iter().fold(0.0, |sum, member| sum + member.1);
        let unit = issue.unit();
        if all <= 0.0 {
            return None;
        }
        let mut proposals: Vec<f64> = members.iter().map(|member| member.0).collect();
        for _ in 0..STEPS {
            let accepted: Vec<(f64, f64)> = members
                .iter()
                .map(|&(x, _)| {
                    let hoped = members.iter().zip(&proposals).map(|(other, z)| other.1 / all * (1.0 - (z - x).abs()));
                    // A hair's breadth of good will: what is exactly as good as waiting is accepted.
                    let reach = 1.0 - self.discount * hoped.sum::<f64>() + 1e-12;
                    (x - reach, x + reach)
                })
                .collect();
            let carried = |point: f64| {
                let accepting =
                    accepted.iter().zip(&members).filter(|((low, high), _)| (*low..=*high).contains(&point));
                issue.rule.passes(accepting.fold(0.0, |sum, (_, member)| sum + member.1), all, unit)
            };
            let ends = accepted.iter().flat_map(|&(low, high)| [low.max(0.0), high.min(1.0)]);
            let ends: Vec<f64> = ends.filter(|&end| carried(end)).collect();
            let mut moved = 0.0_f64;
            for (proposal, &(wish, _)) in proposals.iter_mut().zip(&members) {
                let nearer =
                    |best: f64, other: f64| if (other - wish).abs() < (best - wish).abs() { other } else { best };
                let answer = if carried(wish) { Some(wish) } else { ends.iter().copied().reduce(nearer) };
                if let Some(answer) = answer {
                    moved = moved.max((answer - *proposal).abs());
                    *proposal += 0.5 * (answer - *proposal);
                }
            }
            if moved < SETTLED {
                break;
            }
        }
        let weighed = proposals.iter().zip(&members);
        Forecast::of(weighed.map(|(&proposal, member)| (issue.point(proposal), member.1)).collect())
    }
}

impl Forecaster for BaronFerejohn {
    fn name(&self) -> &'static str {
        "baron_ferejohn"
    }

    fn source(&self) -> &'static str {
        "random proposers under a closed rule (Baron & Ferejohn 1989; Banks & Duggan 2000)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        issues.iter().map(|issue| self.distribution(issue)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::Rule;
    use super::super::table::tests::issue;
    use super::*;

    #[test]
    fn the_worked_divisions_come_out() {
        for (members, quota, discount, proposer, partner) in [
            (3, 2, 1.0, 2.0 / 3.0, 1.0 / 3.0),
            (3, 2, 0.8, 0.733_333, 0.266_667),
            (5, 3, 1.0, 0.6, 0.2),
            (5, 3, 0.9, 0.64, 0.18),
            (9, 5, 1.0, 0.555_556, 0.111_111),
            (3, 3, 0.9, 0.4, 0.3),
        ] {
            let (keeps, pays) = division(members, quota, discount).unwrap();
            assert!((keeps - proposer).abs() < 1e-6 && (pays - partner).abs() < 1e-6, "{members} {quota} {discount}");
        }
        assert_eq!(division(3, 4, 1.0), None);
        assert_eq!(division(0, 0, 1.0), None);
    }

    #[test]
    fn without_discount_a_majority_gets_the_median_and_proposers_lose_their_power() {
        let talks = issue(&[(0.0, 1.0, 1.0), (40.0, 1.0, 1.0), (100.0, 1.0, 1.0)]);
        let found = BaronFerejohn { discount: 1.0 }.forecast(&[&talks])[0].unwrap();
        assert!((found.point - 40.0).abs() < 1.0, "{found:?}");
        // Where delay costs more, proposers take more.
        let hurried = BaronFerejohn { discount: 0.5 }.forecast(&[&talks])[0].unwrap();
        let width = |found: Forecast| found.interval.map_or(0.0, |(low, high)| high - low);
        assert!(width(hurried) > width(found), "{hurried:?}");
    }

    #[test]
    fn two_members_who_must_agree_meet_in_the_middle() {
        // By symmetry proposals are at 0.5 ± z with 0.5 + z = 1 − δ / 2, the utilities of both being 0.5 on average:
        // what the other accepts reaches 1 − 0.45 = 0.55 from it.
        let talks = Issue { rule: Rule::Unanimity, ..issue(&[(0.0, 1.0, 1.0), (100.0, 1.0, 1.0)]) };
        let found = BaronFerejohn { discount: 0.9 }.forecast(&[&talks])[0].unwrap();
        let (low, high) = found.interval.unwrap();
        assert!((found.point - 50.0).abs() < 1e-6 && (low - 45.0).abs() < 1e-6 && (high - 55.0).abs() < 1e-6);
    }
}
