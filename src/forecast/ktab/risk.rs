//! Attitudes to risk, read off who is ahead: who would win an election over everyone's positions has much to lose by
//! prudence, who would lose it much to lose by boldness (Wise, Lester & Efird 2015, after Bueno de Mesquita 1985).

use super::condorcet::{Count, Election};
use super::space::{Space, utility};

/// Ends of the range of attitudes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Range {
    /// From 0 to 1.
    Least,
    /// From −½ to 1.
    #[default]
    Middle,
    /// From −1 to 1.
    Most,
}

impl Range {
    /// The attitude of an actor whose position would win with some probability, between the least and the greatest.
    fn of(self, own: f64, least: f64, most: f64) -> f64 {
        if most <= least {
            return 0.0;
        }
        match self {
            Range::Least => (own - least) / (most - least),
            Range::Middle => (3.0 * own - most - 2.0 * least) / (2.0 * (most - least)),
            Range::Most => (2.0 * own - most - least) / (most - least),
        }
    }
}

/// How well one actor knows another's attitude to risk: how far it takes the other's for the other's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Empathy {
    /// Perfectly.
    Full,
    /// By two thirds.
    TwoThirds,
    /// By half.
    Half,
    /// By one third.
    #[default]
    OneThird,
    /// Not at all: it takes everyone for one like itself.
    None,
}

impl Empathy {
    /// What an actor of one attitude takes another's for.
    #[inline]
    pub fn estimate(self, own: f64, other: f64) -> f64 {
        match self {
            Empathy::Full => other,
            Empathy::TwoThirds => (own + 2.0 * other) / 3.0,
            Empathy::Half => (own + other) / 2.0,
            Empathy::OneThird => (2.0 * own + other) / 3.0,
            Empathy::None => own,
        }
    }
}

/// The probability that each actor's position would win if everyone's were put to a vote, all voters neutral to risk:
/// what attitudes are read off. Two who stand together are two options.
pub fn prospects(space: &Space, distances: &[f64], election: Election) -> Vec<f64> {
    let utilities: Vec<f64> = distances.iter().map(|&distance| utility(distance, 0.0)).collect();
    let mut count = Count::default();
    election.hold(space.actors(), &space.capabilities, &utilities, &mut count);
    count.shares
}

/// Largest difference in a dimension [share of the scale] up to which two positions are one option.
const SAME: f64 = 1e-3;

/// The probability that an actor's position wins, voters having these attitudes to risk: what the toolkit reports of a
/// turn. Actors who stand together share an option, and each has its probability.
pub fn winning(space: &Space, risk: &[f64], election: Election) -> Vec<f64> {
    let same = |i: usize, j: usize| space.position(i).iter().zip(space.position(j)).all(|(a, b)| (a - b).abs() <= SAME);
    let mut options: Vec<usize> = Vec::new();
    let mut option_of = Vec::new();
    for actor in 0..space.actors() {
        let known = options.iter().position(|&other| same(other, actor));
        option_of.push(known.unwrap_or(options.len()));
        if known.is_none() {
            options.push(actor);
        }
    }
    let worth = |voter: usize| {
        options.iter().map(move |&other| utility(space.distance(voter, space.position(other)), risk[voter]))
    };
    let utilities: Vec<f64> = (0..space.actors()).flat_map(worth).collect();
    let mut count = Count::default();
    election.hold(options.len(), &space.capabilities, &utilities, &mut count);
    option_of.into_iter().map(|option| count.shares[option]).collect()
}

/// The attitude of each actor, from its probability of winning.
pub fn attitudes(winning: &[f64], range: Range) -> Vec<f64> {
    let most = winning.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = winning.iter().copied().fold(f64::INFINITY, f64::min);
    winning.iter().map(|&own| range.of(own, least, most)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::space::tests::reference;
    use super::*;

    /// Attitudes at the opening of the reference case.
    fn opening() -> Vec<f64> {
        let space = reference();
        attitudes(&prospects(&space, &space.distances(), Election::default()), Range::Middle)
    }

    #[test]
    fn the_attitudes_and_probabilities_of_the_reference_case_come_out() {
        for (found, printed) in opening().iter().zip([-0.5, -0.459, -0.499, -0.274, 1.0, -0.232, -0.430]) {
            assert!((found - printed).abs() < 6e-4, "{found}, not {printed}");
        }
        let found = winning(&reference(), &opening(), Election::default());
        let printed = [0.0047, 0.0302, 0.0054, 0.1492, 0.6001, 0.1447, 0.0656];
        for (found, printed) in found.iter().zip(printed) {
            assert!((found - printed).abs() < 6e-5, "{found}, not {printed}");
        }
    }

    #[test]
    fn ranges_and_empathy_are_what_they_say() {
        for (range, ends) in [(Range::Least, [0.0, 1.0]), (Range::Middle, [-0.5, 1.0]), (Range::Most, [-1.0, 1.0])] {
            let found = attitudes(&[0.25, 0.75], range);
            assert!(found.iter().zip(ends).all(|(a, b)| (a - b).abs() < 1e-15), "{range:?} {found:?}");
        }
        assert_eq!(attitudes(&[0.5, 0.5], Range::Middle), [0.0, 0.0]);
        let all = [Empathy::Full, Empathy::TwoThirds, Empathy::Half, Empathy::OneThird, Empathy::None];
        for (empathy, expected) in all.into_iter().zip([0.6, 0.4, 0.3, 0.2, 0.0]) {
            assert!((empathy.estimate(0.0, 0.6) - expected).abs() < 1e-15);
        }
    }

    #[test]
    fn who_stands_together_shares_an_option() {
        let mut space = reference();
        let first = space.position(0).to_vec();
        space.positions[3..6].copy_from_slice(&first);
        let found = winning(&space, &opening(), Election::default());
        assert_eq!(found[0], found[1]);
        let once: f64 = found.iter().sum::<f64>() - found[1];
        assert!((once - 1.0).abs() < 1e-12, "{once}");
    }
}
