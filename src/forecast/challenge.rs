//! The expected-utility challenge model (Bueno de Mesquita 1994), as Scholz, Calbert & Smith (2011) wrote it down and as
//! it circulates: the reading that reproduces their table 2.
//!
//! Each actor considers every other as somebody to challenge, and as somebody who may challenge it:
//!
//! ```text
//!   u_s, u_f = 2 − 4 (½ ∓ ½ d)^r        d = |x_i − x_j| / R,  R the range of the opening positions
//!   u_q      = 2 − 4 (½)^r
//!   u_b, u_w = 2 − 4 (½ ∓ ¼ (|x_i − μ| + |x_i − x_j|) / R)^r        μ the weighted median
//!   E_i(U_ij) = s_j (P u_s + (1 − P) u_f) + (1 − s_j) u_s − Q u_q − (1 − Q) (T u_b + (1 − T) u_w)
//!   P_ij      = Σ_k max(0, v_k(i, j)) / Σ_k Σ_a Σ_b |v_k(a, b)|
//!   v_k(a, b) = w_k ((|x_k − x_b| / R)^r_k − (|x_k − x_a| / R)^r_k)
//! ```
//!
//! T is 1 where i is nearer to the median than to j. Risk exponents follow from security, Sec_i = Σ_j E_j(U_ji) at r = 1:
//! r_i = (1 − R_i / 3) / (1 + R_i / 3), R_i = (2 Sec_i − max − min) / (max − min). An actor reckons both sides of a
//! challenge with its own exponent.
//!
//! With a = E(U_ij) and b = E(U_ji), j makes i an offer: b > a > 0 is a confrontation, i goes over to j; b > 0 > a with b
//! the larger in size a compromise, i goes |a / b| of the way; b > 0 > a otherwise i capitulates. Of its offers i takes
//! the nearest confrontation, else the compromise with the least (|a| x_i + |b| x_j) / (|a| + |b|), else the nearest
//! capitulation; ties go to the lower point, then the earlier actor. All move at once. Scholz et al. say themselves that
//! the rounds do not converge and that everything hangs on Q.

use super::median::median;
use super::{Forecast, Forecaster, Issue, Stance, each};
use crate::maths::pow;

/// What is read off the positions in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Their mean by capability × salience.
    Mean,
    /// Their median by capability × salience.
    Median,
}

/// The challenge model.
#[derive(Clone, Copy, Debug)]
pub struct Challenge {
    /// Rounds of challenges (a count).
    pub rounds: usize,
    /// Chance that without a challenge all stays as it is, Q [0–1].
    pub status_quo: f64,
    /// What is read off in the end.
    pub reading: Reading,
}

impl Default for Challenge {
    /// One round, Q = 1 and the mean: the setting in which Scholz et al. reproduce the case of 1994, after the round at
    /// which the model does best on European decisions.
    fn default() -> Self {
        Challenge { rounds: 1, status_quo: 1.0, reading: Reading::Mean }
    }
}

/// The state of a round.
struct Round<'a> {
    stances: &'a [Stance],
    range: f64,
    status_quo: f64,
    median: f64,
}

impl Round<'_> {
    /// Every P, at `winner · actors + loser`, where voters bend distances by these exponents.
    fn chances(&self, exponents: &[f64]) -> Vec<f64> {
        let n = self.stances.len();
        let mut chances = vec![0.0; n * n];
        let mut all = 0.0;
        let mut bent = vec![0.0; n];
        for (voter, &exponent) in self.stances.iter().zip(exponents) {
            for (bent, stance) in bent.iter_mut().zip(self.stances) {
                *bent = pow((voter.position - stance.position).abs() / self.range, exponent);
            }
            for a in 0..n {
                for b in 0..n {
                    let vote = voter.weight() * (bent[b] - bent[a]);
                    all += vote.abs();
                    chances[a * n + b] += vote.max(0.0);
                }
            }
        }
        for a in 0..n {
            for b in 0..n {
                let apart = self.stances[a].position != self.stances[b].position && all > 0.0;
                chances[a * n + b] = if apart { chances[a * n + b] / all } else { 0.0 };
            }
        }
        chances
    }

    /// What i expects of challenging j, bending by an exponent.
    fn expects(&self, i: usize, j: usize, exponent: f64, chances: &[f64]) -> f64 {
        let (own, other) = (&self.stances[i], &self.stances[j]);
        let utility = |share: f64| 2.0 - 4.0 * pow(share.max(0.0), exponent);
        let away = (own.position - other.position).abs() / self.range;
        let off_centre = (own.position - self.median).abs() / self.range;
        let (won, lost) = (utility(0.5 - 0.5 * away), utility(0.5 + 0.5 * away));
        let chance = chances[i * self.stances.len() + j];
        let resisted = other.salience * (chance * won + (1.0 - chance) * lost);
        let challenged = resisted + (1.0 - other.salience) * won;
        let moved = 0.25 * (off_centre + away);
        let drift = if off_centre < away { utility(0.5 - moved) } else { utility(0.5 + moved) };
        challenged - self.status_quo * utility(0.5) - (1.0 - self.status_quo) * drift
    }

    /// Risk exponents, from the security of each.
    fn exponents(&self) -> Vec<f64> {
        let n = self.stances.len();
        let chances = self.chances(&vec![1.0; n]);
        let security =
            |i: usize| (0..n).filter(|&j| j != i).fold(0.0, |sum, j| sum + self.expects(j, i, 1.0, &chances));
        let security: Vec<f64> = (0..n).map(security).collect();
        let most = security.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let least = security.iter().copied().fold(f64::INFINITY, f64::min);
        let risk = |own: f64| if most > least { (2.0 * own - most - least) / (most - least) } else { 0.0 };
        security.into_iter().map(|own| (1.0 - risk(own) / 3.0) / (1.0 + risk(own) / 3.0)).collect()
    }

    /// Where everyone goes.
    fn moves(&self) -> Vec<f64> {
        let exponents = self.exponents();
        let chances = self.chances(&exponents);
        let goes = |i: usize| {
            let x = self.stances[i].position;
            // Kind of the offer, what it is ranked by, and where it leads.
            let offers = (0..self.stances.len()).filter_map(|j| {
                let there = self.stances[j].position;
                if there == x {
                    return None;
                }
                let (a, b) = (self.expects(i, j, exponents[i], &chances), self.expects(j, i, exponents[i], &chances));
                if b > a && a > 0.0 {
                    Some((0, (there - x).abs(), there))
                } else if b > 0.0 && a < 0.0 && b > a.abs() {
                    let rank = (a.abs() * x + b * there) / (a.abs() + b);
                    Some((1, rank, x + (there - x) * (a / b).abs()))
                } else if b > 0.0 && a < 0.0 {
                    Some((2, (there - x).abs(), there))
                } else {
                    None
                }
            });
            let better = |best: (u8, f64, f64), other: (u8, f64, f64)| {
                let order = best.0.cmp(&other.0).then(best.1.total_cmp(&other.1)).then(best.2.total_cmp(&other.2));
                if order.is_gt() { other } else { best }
            };
            offers.reduce(better).map_or(x, |(.., to)| to)
        };
        (0..self.stances.len()).map(goes).collect()
    }
}

impl Challenge {
    /// The issue as it stands after so many rounds; nothing where nobody weighs anything or all want the same.
    pub fn play(&self, issue: &Issue) -> Option<Issue> {
        let mut issue = issue.clone();
        let positions = || issue.stances.iter().map(|stance| stance.position);
        let range = positions().fold(f64::NEG_INFINITY, f64::max) - positions().fold(f64::INFINITY, f64::min);
        if !range.is_finite() || range <= 0.0 {
            return None;
        }
        for _ in 0..self.rounds {
            let median = median(&issue, Stance::weight)?;
            let round = Round { stances: &issue.stances, range, status_quo: self.status_quo, median };
            let moves = round.moves();
            for (stance, to) in issue.stances.iter_mut().zip(moves) {
                stance.position = to;
            }
        }
        Some(issue)
    }
}

impl Forecaster for Challenge {
    fn name(&self) -> &'static str {
        "challenge"
    }

    fn source(&self) -> &'static str {
        "expected-utility challenges (Bueno de Mesquita 1994; Scholz, Calbert & Smith 2011)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| {
            let end = self.play(issue)?;
            match self.reading {
                Reading::Mean => end.mean(Stance::weight),
                Reading::Median => median(&end, Stance::weight),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::{emissions, issue};
    use super::*;

    /// Table 2 of Scholz et al., rounds 1 to 8, to the digits that a recomputation gives; printed are 8.4 9.9 9.9 9.9 9.9
    /// 7.4 8.8 9.6 (of the second, which is 9.6, they say 9.9) and 7.4 7.5 7.6 7.3 7.3 7.4 7.5 7.6, cut off.
    const MEDIANS: [f64; 8] = [8.416, 9.611, 9.962, 9.962, 9.962, 7.472, 8.825, 9.671];
    const MEANS: [f64; 8] = [7.461, 7.553, 7.590, 7.358, 7.349, 7.415, 7.510, 7.572];

    #[test]
    fn the_rounds_of_1994_come_out() {
        for round in 1..=8 {
            let after = |reading| {
                let model = Challenge { rounds: round, reading, ..Challenge::default() };
                model.forecast(&[&emissions()])[0].unwrap().point
            };
            let (mean, median) = (after(Reading::Mean), after(Reading::Median));
            assert!((mean - MEANS[round - 1]).abs() < 6e-4, "mean {mean} after round {round}");
            assert!((median - MEDIANS[round - 1]).abs() < 6e-4, "median {median} after round {round}");
        }
    }

    #[test]
    fn the_first_round_of_1994_moves_three() {
        let after = Challenge::default().play(&emissions()).unwrap();
        let moved: Vec<(usize, f64)> = after
            .stances
            .iter()
            .zip(&emissions().stances)
            .filter(|(now, then)| now.position != then.position)
            .map(|(now, _)| (now.actor, now.position))
            .collect();
        // Belgium compromises with France; Luxembourg goes to 7, Ireland to 4.
        assert_eq!(moved.iter().map(|moved| moved.0).collect::<Vec<_>>(), [1, 2, 7]);
        assert!((moved[0].1 - 8.415_932_315_426_764).abs() < 1e-12);
        assert_eq!((moved[1].1, moved[2].1), (7.0, 4.0));
    }

    #[test]
    fn where_all_want_the_same_there_is_nothing_to_challenge() {
        assert_eq!(Challenge::default().forecast(&[&issue(&[(3.0, 1.0, 1.0), (3.0, 1.0, 1.0)])]), [None]);
    }
}
