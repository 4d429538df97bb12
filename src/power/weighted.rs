//! Power of whole weights under a quota, by generating functions.
//!
//! If everyone else accepts with probability t, a member decides with probability f(t), a polynomial; its Penrose power is
//! f(½) and its Shapley–Shubik index ∫ f(t) dt (Owen 1972, multilinear extensions). For a t the others' weight has the
//! distribution Π (1 − t + t x^w), multiplied out member by member; nothing is ever divided out again, so small powers keep
//! their digits. Gauss–Legendre quadrature with half as many points as members is exact.

use super::quadrature::gauss_legendre;
use super::{Power, normalise};

/// Most weight, together, that is taken as it is.
pub const WHOLE: u64 = 20_000;

/// Power of each member in the game that a coalition wins which has the quota [≥ 1] and all the vetoes. The work grows with
/// members² × quota.
///
/// # Panics
/// Unless there is a veto, or none, for each weight.
pub fn of_whole_weights(weights: &[u64], quota: u64, vetoes: &[bool]) -> Vec<Power> {
    assert_eq!(weights.len(), vetoes.len(), "a weight and a veto for each member");
    let game = Game::new(weights, quota, vetoes);
    let mut powers = vec![Power::default(); weights.len()];
    for (t, weight) in gauss_legendre(weights.len().div_ceil(2)) {
        for (power, decides) in powers.iter_mut().zip(game.decides(t)) {
            power.shapley += weight * decides;
        }
    }
    for (power, decides) in powers.iter_mut().zip(game.decides(0.5)) {
        power.penrose = decides;
    }
    normalise(powers)
}

/// A vote, seen by those that have no veto: the others have to accept anyway.
struct Game<'a> {
    vetoes: &'a [bool],
    /// Weights of those without one.
    weights: Vec<usize>,
    /// What they need among themselves, and all they have.
    quota: usize,
    all: usize,
}

impl<'a> Game<'a> {
    fn new(weights: &[u64], quota: u64, vetoes: &'a [bool]) -> Self {
        let of =
            |with: bool| weights.iter().zip(vetoes).filter(move |(_, veto)| **veto == with).map(|(w, _)| *w as usize);
        let (all, given) = (of(false).sum(), of(true).sum());
        Game { vetoes, weights: of(false).collect(), quota: (quota as usize).saturating_sub(given), all }
    }

    /// Probability that each member decides, if the others accept with probability t.
    fn decides(&self, t: f64) -> Vec<f64> {
        let holders = self.vetoes.iter().filter(|veto| **veto).count();
        let all_but = |out: usize| (out..holders).fold(1.0, |product, _| product * t);
        let (swings, reached) = self.swings(t);
        let mut swings = swings.into_iter().map(|swing| swing * all_but(0));
        let (holder, other) = (all_but(1) * reached, &mut swings);
        self.vetoes.iter().map(|&veto| if veto { holder } else { other.next().unwrap_or(0.0) }).collect()
    }

    /// For those without a veto: how likely each swings the vote among them, and how likely the quota is reached.
    fn swings(&self, t: f64) -> (Vec<f64>, f64) {
        if self.quota == 0 {
            return (vec![0.0; self.weights.len()], 1.0);
        }
        if self.quota > self.all {
            return (vec![0.0; self.weights.len()], 0.0);
        }
        // Who stops a text is who carries it in the dual game, in which those who object have to be this many. The
        // smaller of both quotas makes the smaller tables, and keeps digits where almost everyone is needed.
        let dual = self.all + 1 - self.quota;
        if dual < self.quota {
            let (swings, stopped_short) = below(&self.weights, dual, 1.0 - t);
            (swings, stopped_short)
        } else {
            let (swings, short) = below(&self.weights, self.quota, t);
            (swings, 1.0 - short)
        }
    }
}

/// How likely each member swings a quota, and how likely all together stay below it.
fn below(weights: &[usize], quota: usize, t: f64) -> (Vec<f64>, f64) {
    // Distributions of the weight of the first few members, below the quota.
    let mut first = vec![vec![0.0; quota]];
    first[0][0] = 1.0;
    for &weight in weights {
        let mut more = first[first.len() - 1].clone();
        join(&mut more, weight, t);
        first.push(more);
    }
    let short = first[weights.len()].iter().fold(0.0, |sum, p| sum + p);
    // And of the last few, added up from below.
    let mut last = vec![0.0; quota];
    last[0] = 1.0;
    let mut swings = vec![0.0; weights.len()];
    for (member, &weight) in weights.iter().enumerate().rev() {
        let mut reached = 0.0;
        let up_to: Vec<f64> = last
            .iter()
            .map(|p| {
                reached += p;
                reached
            })
            .collect();
        let at_most = |w: isize| if w < 0 { 0.0 } else { up_to[w as usize] };
        for (lower, p) in first[member].iter().enumerate() {
            // The rest is short of the quota, by no more than this member's weight.
            let short = (quota - 1 - lower) as isize;
            swings[member] += p * (at_most(short) - at_most(short - weight as isize));
        }
        join(&mut last, weight, t);
    }
    (swings, short)
}

/// A member joins those whose weight has a distribution, with probability t.
fn join(distribution: &mut [f64], weight: usize, t: f64) {
    for w in (0..distribution.len()).rev() {
        let without = if w >= weight { distribution[w - weight] } else { 0.0 };
        distribution[w] = (1.0 - t) * distribution[w] + t * without;
    }
}

#[cfg(test)]
mod tests {
    use super::super::by_enumeration;
    use super::*;

    fn swings(powers: &[Power]) -> Vec<f64> {
        powers.iter().map(|power| power.swings).collect()
    }

    #[test]
    fn the_council_of_1958() {
        let powers = of_whole_weights(&[4, 4, 4, 2, 2, 1], 12, &[false; 6]);
        for (power, sixtieths) in powers.iter().zip([14.0, 14.0, 14.0, 9.0, 9.0, 0.0]) {
            assert!((power.shapley - sixtieths / 60.0).abs() < 1e-14, "{power:?}");
        }
        assert_eq!(swings(&powers), [10.0, 10.0, 10.0, 6.0, 6.0, 0.0]);
        assert!((powers[0].banzhaf - 10.0 / 42.0).abs() < 1e-15);
    }

    #[test]
    fn the_security_council_as_a_weighted_vote() {
        let weights: Vec<u64> = (0..15).map(|member| if member < 5 { 7 } else { 1 }).collect();
        let powers = of_whole_weights(&weights, 39, &[false; 15]);
        assert!((powers[0].shapley - 0.196_270).abs() < 5e-7 && (powers[5].shapley - 0.001_865).abs() < 5e-7);
        assert!((powers[0].swings - 848.0).abs() < 1e-9 && (powers[5].swings - 84.0).abs() < 1e-9);
        assert!((powers[0].banzhaf - 0.166_929).abs() < 5e-7 && (powers[5].banzhaf - 0.016_535).abs() < 5e-7);
        // One vote less is another game.
        assert!(swings(&of_whole_weights(&weights, 38, &[false; 15]))[0] > 848.5);
    }

    #[test]
    fn generating_functions_agree_with_all_coalitions() {
        let weights = [9, 0, 3, 7, 7, 1, 2, 4, 5];
        for vetoes in [[false; 9], [true, false, true, false, false, false, false, true, false], [true; 9]] {
            for quota in [1, 5, 19, 20, 30, 38, 39] {
                let wins = |who: &dyn Fn(usize) -> bool| {
                    let yes = (0..9).filter(|&member| who(member)).map(|member| weights[member]).sum::<u64>();
                    yes >= quota && (0..9).all(|member| who(member) || !vetoes[member])
                };
                let exact = by_enumeration(9, wins);
                let powers = of_whole_weights(&weights, quota, &vetoes);
                for (power, exact) in powers.iter().zip(&exact) {
                    assert!((power.shapley - exact.shapley).abs() < 1e-13, "{power:?}, not {exact:?}, of {quota}");
                    assert!((power.swings - exact.swings).abs() < 1e-9, "{power:?}, not {exact:?}, of {quota}");
                }
            }
        }
    }
}
