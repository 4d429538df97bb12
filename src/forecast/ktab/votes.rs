//! Votes between two options, coalitions, and the chance of victory.

use crate::maths::pow;

/// How a difference in utility becomes a vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VotingRule {
    /// All of the influence, whatever the difference.
    Binary,
    /// In proportion to the difference.
    #[default]
    Proportional,
    /// To its third power.
    Cubic,
    /// Four fifths proportional, one fifth binary.
    ProportionalBinary,
    /// Half proportional, half cubic.
    ProportionalCubic,
    /// Proportional to losses, and to two thirds of gains.
    Asymmetric,
}

impl VotingRule {
    /// The vote for the first option, for one unit of influence: above 0 where it is worth more.
    #[inline]
    pub fn vote(self, difference: f64) -> f64 {
        let sign = || f64::from(i8::from(difference > 0.0) - i8::from(difference < 0.0));
        let cube = || difference * difference * difference;
        match self {
            VotingRule::Binary => sign(),
            VotingRule::Proportional => difference,
            VotingRule::Cubic => cube(),
            VotingRule::ProportionalBinary => 0.8 * difference + 0.2 * sign(),
            VotingRule::ProportionalCubic => 0.5 * difference + 0.5 * cube(),
            VotingRule::Asymmetric => {
                if difference < 0.0 {
                    difference
                } else {
                    2.0 / 3.0 * difference
                }
            }
        }
    }
}

/// How strengths of two coalitions become a chance of victory: in proportion to a power of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Victory {
    /// To the strengths themselves.
    #[default]
    Linear,
    /// To their squares.
    Square,
    /// To their fourth powers.
    Quartic,
    /// To their eighth powers.
    Octic,
}

impl Victory {
    /// The chance of the first of two coalitions, of which one at least has some strength.
    #[inline]
    pub fn chance(self, own: f64, other: f64) -> f64 {
        if self == Victory::Linear {
            return own / (own + other);
        }
        let power = match self {
            Victory::Linear => 1.0,
            Victory::Square => 2.0,
            Victory::Quartic => 4.0,
            Victory::Octic => 8.0,
        };
        // The ratio first, lest eighth powers of small numbers vanish.
        1.0 / (1.0 + pow(other / own, power))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_bends_a_difference_its_own_way() {
        let all = |difference: f64| {
            use VotingRule::*;
            [Binary, Proportional, Cubic, ProportionalBinary, ProportionalCubic, Asymmetric]
                .map(|rule| rule.vote(difference))
        };
        let near = |one: [f64; 6], other: [f64; 6]| one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-15);
        assert!(near(all(0.5), [1.0, 0.5, 0.125, 0.6, 0.3125, 1.0 / 3.0]));
        assert!(near(all(-0.5), [-1.0, -0.5, -0.125, -0.6, -0.3125, -0.5]));
        assert_eq!(all(0.0), [0.0; 6]);
    }

    #[test]
    fn twice_the_strength_wins_two_thirds_or_more() {
        use Victory::*;
        let chances = [Linear, Square, Quartic, Octic].map(|victory| victory.chance(2.0, 1.0));
        for (chance, expected) in chances.into_iter().zip([2.0 / 3.0, 0.8, 16.0 / 17.0, 256.0 / 257.0]) {
            assert!((chance - expected).abs() < 1e-15);
        }
        assert_eq!(Octic.chance(1e-60, 1e-60), 0.5);
        assert_eq!(Square.chance(0.0, 1.0), 0.0);
    }
}
