//! The probabilistic Condorcet election: pairwise contests between options, and the distribution that they leave.
//!
//! ```text
//!   v_k(a, b) = ω_k f(u_ka − u_kb)        C_ab = 10⁻⁸ + Σ_k max(0, v_k(a, b))        P_ab = C_ab^e / (C_ab^e + C_ba^e)
//!   conditional:        p_a ∝ Π_b P_ab
//!   Markov, uniform:    q_a = (1/n) Σ_b P_ab (p_a + p_b)
//!   Markov, incentive:  q_a = Σ_b P_ab (p_a H_ba + p_b H_ab),   H_ab = C_ab P_ab / Σ_k C_kb P_kb
//! ```
//!
//! In the Markov forms the state is an option that stands until it is beaten; p goes half of the way to q until no share
//! moves by more than 10⁻⁸.

use super::votes::{Victory, VotingRule};

/// What every coalition has from the start.
const LEAST_STRENGTH: f64 = 1e-8;

/// How pairwise chances become one distribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Process {
    /// An option is chosen in so far as it beats all others at once.
    #[default]
    Conditional,
    /// Challenges to the standing option come from all alike.
    MarkovUniform,
    /// Challenges come from whom they promise most.
    MarkovIncentive,
}

/// A way of voting on options.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Election {
    /// How differences become votes.
    pub rule: VotingRule,
    /// How coalitions become chances.
    pub victory: Victory,
    /// How chances become a distribution.
    pub process: Process,
}

/// The distribution of an election, with room to work in.
#[derive(Clone, Debug, Default)]
pub struct Count {
    coalitions: Vec<f64>,
    chances: Vec<f64>,
    incentives: Vec<f64>,
    next: Vec<f64>,
    /// The probability of each option.
    pub shares: Vec<f64>,
}

impl Election {
    /// Holds the election: `utilities` has a row of options per voter, `influence` one number per voter.
    pub fn hold(&self, options: usize, influence: &[f64], utilities: &[f64], count: &mut Count) {
        let n = options;
        count.coalitions.clear();
        count.coalitions.resize(n * n, LEAST_STRENGTH);
        for (&influence, row) in influence.iter().zip(utilities.chunks_exact(n.max(1))) {
            for a in 0..n {
                for b in a + 1..n {
                    let vote = influence * self.rule.vote(row[a] - row[b]);
                    count.coalitions[a * n + b] += vote.max(0.0);
                    // Rules need not treat gains and losses alike: the other side has a vote of its own.
                    let against = influence * self.rule.vote(row[b] - row[a]);
                    count.coalitions[b * n + a] += against.max(0.0);
                }
            }
        }
        count.chances.clear();
        count.chances.resize(n * n, 0.5);
        for a in 0..n {
            for b in (0..n).filter(|&b| b != a) {
                let (own, other) = (count.coalitions[a * n + b], count.coalitions[b * n + a]);
                count.chances[a * n + b] = self.victory.chance(own, other);
            }
        }
        match self.process {
            Process::Conditional => count.conditional(n),
            Process::MarkovUniform => count.markov(n, None),
            Process::MarkovIncentive => {
                let mut incentives = std::mem::take(&mut count.incentives);
                count.incentives(n, &mut incentives);
                count.markov(n, Some(&incentives));
                count.incentives = incentives;
            }
        }
    }
}

impl Count {
    fn conditional(&mut self, n: usize) {
        self.shares.clear();
        self.shares.extend(self.chances.chunks_exact(n.max(1)).map(|row| row.iter().product::<f64>()));
        self.normalise();
    }

    /// H_ab, by a and b.
    fn incentives(&self, n: usize, incentives: &mut Vec<f64>) {
        incentives.clear();
        incentives.extend(self.coalitions.iter().zip(&self.chances).map(|(strength, chance)| strength * chance));
        for b in 0..n {
            let all = (0..n).fold(0.0, |sum, a| sum + incentives[a * n + b]);
            (0..n).for_each(|a| incentives[a * n + b] /= all);
        }
    }

    fn markov(&mut self, n: usize, incentives: Option<&[f64]>) {
        /// Most steps; a few dozen are enough unless options are all but equal.
        const STEPS: usize = 10_000;
        const SETTLED: f64 = 1e-8;
        self.shares.clear();
        self.shares.resize(n, 1.0 / n as f64);
        for _ in 0..STEPS {
            self.next.clear();
            let one = |a: usize| match incentives {
                None => {
                    (0..n).fold(0.0, |q, b| q + self.chances[a * n + b] * (self.shares[a] + self.shares[b])) / n as f64
                }
                Some(h) => (0..n).fold(0.0, |q, b| {
                    q + self.chances[a * n + b] * (self.shares[a] * h[b * n + a] + self.shares[b] * h[a * n + b])
                }),
            };
            let next: Vec<f64> = (0..n).map(one).collect();
            self.next.extend(next);
            let mut moved = 0.0_f64;
            for (share, &next) in self.shares.iter_mut().zip(&self.next) {
                moved = moved.max((next - *share).abs());
                *share = (*share + next) / 2.0;
            }
            self.normalise();
            if moved < SETTLED {
                break;
            }
        }
    }

    fn normalise(&mut self) {
        let all = self.shares.iter().fold(0.0, |sum, share| sum + share);
        self.shares.iter_mut().for_each(|share| *share /= all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(process: Process, options: usize, influence: &[f64], utilities: &[f64]) -> Vec<f64> {
        let mut count = Count::default();
        Election { process, ..Election::default() }.hold(options, influence, utilities, &mut count);
        count.shares
    }

    #[test]
    fn two_options_share_by_their_strength() {
        // One voter of influence 3 and one of influence 1 who lose the same by the other option.
        let conditional = shares(Process::Conditional, 2, &[3.0, 1.0], &[1.0, 0.0, 0.0, 1.0]);
        assert!((conditional[0] - 0.75).abs() < 1e-6, "{conditional:?}");
        let uniform = shares(Process::MarkovUniform, 2, &[3.0, 1.0], &[1.0, 0.0, 0.0, 1.0]);
        assert!((uniform[0] - 0.75).abs() < 1e-6, "{uniform:?}");
    }

    #[test]
    fn equal_options_share_alike_under_every_process() {
        for process in [Process::Conditional, Process::MarkovUniform, Process::MarkovIncentive] {
            let found = shares(process, 4, &[1.0, 2.0], &[0.5; 8]);
            assert!(found.iter().all(|share| (share - 0.25).abs() < 1e-12), "{process:?} {found:?}");
        }
    }

    #[test]
    fn what_all_prefer_wins_under_every_process() {
        for process in [Process::Conditional, Process::MarkovUniform, Process::MarkovIncentive] {
            let found = shares(process, 3, &[1.0, 2.0], &[0.1, 0.9, 0.3, 0.2, 0.8, 0.2]);
            assert!(found[1] > 0.99, "{process:?} {found:?}");
        }
    }
}
