//! What an actor expects of challenging another, in the eyes of one that estimates everybody's utilities.
//!
//! ```text
//!   principals:  S_i c_i f(u_ii − u_ij) + 10⁻¹⁰   and   S_j c_j f(u_jj − u_ji) + 10⁻¹⁰
//!   third party: π from the principals and its own vote S_n c_n f(u_ni − u_nj); then
//!                S_n c_n f( π A₁ + (1 − π) B₁ − π A₂ − (1 − π) B₂ )
//!   expected:    Δ_k = (1 − S_j) win + S_j (P win + (1 − P) lose) − status quo
//!                win = 2 u_ki,  lose = 2 u_kj,  status quo = u_ki + u_kj
//! ```
//!
//! A and B are what the third party has if i wins and if j wins, where it sided with i (1) and with j (2); how much of its
//! own position it loses with the side that loses is its commitment.

use super::space::{Space, utility};
use super::votes::{Victory, VotingRule};

/// What third parties stake on the side that they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Commitment {
    /// All: who loses with a side adopts the winner's position, and who wins with it too.
    Full,
    /// Who wins keeps its own position, who loses adopts the winner's.
    #[default]
    Semi,
    /// Nothing: it keeps its own position.
    None,
}

/// What each principal has from the start.
const LEAST_CONTRIBUTION: f64 = 1e-10;

/// Everybody's utilities for everybody's positions, as one actor estimates them.
#[derive(Clone, Debug, Default)]
pub struct Estimate {
    utilities: Vec<f64>,
}

/// A challenge as somebody sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prospect {
    /// Probability that the challenger wins, P [0–1].
    pub chance: f64,
    /// What the challenger expects to gain, Δ_i (in utility).
    pub gain: f64,
}

/// What a challenge depends on beside the estimate.
pub struct Arena<'a> {
    /// The actors.
    pub space: &'a Space,
    /// S of each.
    pub involvement: &'a [f64],
    /// How differences become votes.
    pub rule: VotingRule,
    /// How coalitions become chances.
    pub victory: Victory,
    /// What third parties stake.
    pub commitment: Commitment,
}

impl Estimate {
    /// Fills in the estimate: `risk` says what each actor's attitude is taken for.
    pub fn fill(&mut self, distances: &[f64], actors: usize, risk: impl Fn(usize) -> f64) {
        self.utilities.clear();
        for (actor, row) in distances.chunks_exact(actors.max(1)).enumerate() {
            let risk = risk(actor);
            self.utilities.extend(row.iter().map(|&d| utility(d, risk)));
        }
    }
}

impl Arena<'_> {
    /// What comes of i challenging j, by an estimate.
    pub fn prospect(&self, i: usize, j: usize, estimate: &Estimate) -> Prospect {
        let n = self.space.actors();
        let u = |who: usize, of: usize| estimate.utilities[who * n + of];
        let influence = |who: usize| self.involvement[who] * self.space.capabilities[who];
        let vote = |who: usize, difference: f64| influence(who) * self.rule.vote(difference);
        let challenger = vote(i, u(i, i) - u(i, j)).abs() + LEAST_CONTRIBUTION;
        let defender = vote(j, u(j, j) - u(j, i)).abs() + LEAST_CONTRIBUTION;
        let (mut attack, mut defence) = (challenger, defender);
        for third in (0..n).filter(|&third| third != i && third != j) {
            let (for_i, for_j, own) = (u(third, i), u(third, j), u(third, third));
            let direct = vote(third, for_i - for_j);
            let chance = self.victory.chance(challenger + direct.max(0.0), defender + (-direct).max(0.0));
            let (a1, b1, a2, b2) = match self.commitment {
                Commitment::Semi => (2.0 * for_i + own, 3.0 * for_j, 3.0 * for_i, 2.0 * for_j + own),
                Commitment::Full => (3.0 * for_i, 3.0 * for_j, 3.0 * for_i, 3.0 * for_j),
                Commitment::None => (2.0 * for_i + own, 2.0 * for_j + own, 2.0 * for_i + own, 2.0 * for_j + own),
            };
            let (with, against) = (chance * a1 + (1.0 - chance) * b1, chance * a2 + (1.0 - chance) * b2);
            let side = vote(third, with - against);
            attack += side.max(0.0);
            defence += (-side).max(0.0);
        }
        let chance = self.victory.chance(attack, defence);
        let (win, lose, stay) = (2.0 * u(i, i), 2.0 * u(i, j), u(i, i) + u(i, j));
        let resistance = self.involvement[j];
        let contest = chance * win + (1.0 - chance) * lose;
        Prospect { chance, gain: (1.0 - resistance) * win + resistance * contest - stay }
    }
}

#[cfg(test)]
mod tests {
    use super::super::condorcet::Election;
    use super::super::risk::{Empathy, Range, attitudes, prospects};
    use super::super::space::tests::reference;
    use super::*;

    fn prospect(seen_by: usize, i: usize, j: usize) -> Prospect {
        let space = reference();
        let distances = space.distances();
        let risk = attitudes(&prospects(&space, &distances, Election::default()), Range::Middle);
        let involvement: Vec<f64> = (0..space.actors()).map(|actor| space.involvement(actor)).collect();
        let (rule, victory, commitment) = Default::default();
        let arena = Arena { space: &space, involvement: &involvement, rule, victory, commitment };
        let mut estimate = Estimate::default();
        estimate
            .fill(&space.distances(), space.actors(), |other| Empathy::OneThird.estimate(risk[seen_by], risk[other]));
        arena.prospect(i, j, &estimate)
    }

    #[test]
    fn the_prospects_of_the_first_turn_of_the_reference_case_come_out() {
        // Seen by, challenger, challenged; probability; expected gain of the challenger.
        for (seen_by, i, j, chance, gain) in [
            (0, 0, 6, 0.7643, 0.0947),
            (6, 0, 6, 0.7660, 0.0925),
            (5, 5, 1, 0.8510, 0.2986),
            (1, 1, 0, 0.7964, 0.2810),
            (6, 6, 1, 0.3970, 0.0286),
            (2, 2, 6, 0.8334, 0.4711),
            (4, 4, 0, 0.5836, 0.0116),
            (0, 4, 0, 0.7586, 0.1164),
            (3, 3, 0, 0.8056, 0.2839),
        ] {
            let found = prospect(seen_by, i, j);
            assert!((found.chance - chance).abs() < 6e-5, "{seen_by} of {i} and {j}: {found:?}, not {chance}");
            assert!((found.gain - gain).abs() < 6e-5, "{seen_by} of {i} and {j}: {found:?}, not {gain}");
        }
    }
}
