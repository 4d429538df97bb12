//! What the engine is held against: the base rate of a rule, and a regression on ideal points in the United Nations. Both
//! learn from all cases but the one that they forecast.
//!
//! The regression is a multinomial logit of the three stances on the ideal point of a country and on its distance from the
//! author's, with a light ridge, by Newton's method.

use super::{Case, Chances, Stance};
use crate::maths::{exp, ln};

/// Base rates of stances under a rule, over cases; each stance counted a third more, so that none is impossible.
pub fn base_rate<'a>(cases: impl Iterator<Item = &'a Case> + Clone, rule: &str) -> Chances {
    let count = |of: &dyn Fn(&Case) -> bool| {
        let mut counts = [0.0; 3];
        for party in cases.clone().filter(|case| of(case)).flat_map(Case::forecast) {
            counts[party.stance as usize] += 1.0;
        }
        counts
    };
    let own = count(&|case| case.rule == rule);
    let counts = if own.iter().sum::<f64>() > 0.0 { own } else { count(&|_| true) };
    let all = counts.iter().sum::<f64>() + 1.0;
    counts.map(|count| (count + 1.0 / 3.0) / all)
}

/// What the regression looks at: a constant, the ideal point, its distance from the author's.
const FEATURES: usize = 3;
/// Stances that have coefficients; the first is the reference.
const FREE: usize = 2;
/// Coefficients in all.
const ALL: usize = FEATURES * FREE;
/// Ridge: the precision of a coefficient around 0 (a judgement: hardly any).
const RIDGE: f64 = 0.01;
/// Steps of Newton's method at most, and the step that ends it.
const STEPS: (usize, f64) = (50, 1e-10);

/// A regression that was fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regression([f64; ALL]);

/// One stance with what the regression looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// The ideal point of the country.
    pub ideal: f64,
    /// That of the author.
    pub author: f64,
    /// Where the country stood.
    pub stance: Stance,
}

impl Observed {
    fn features(&self) -> [f64; FEATURES] {
        [1.0, self.ideal, (self.ideal - self.author).abs()]
    }
}

impl Regression {
    /// Fits the regression.
    pub fn fit(observed: &[Observed]) -> Regression {
        let mut coefficients = [0.0; ALL];
        for _ in 0..STEPS.0 {
            let mut gradient = coefficients.map(|coefficient| -RIDGE * coefficient);
            let mut curvature = [[0.0; ALL]; ALL];
            (0..ALL).for_each(|no| curvature[no][no] = RIDGE);
            for one in observed {
                let (x, p) = (one.features(), Regression(coefficients).chances(one));
                for a in 0..FREE {
                    let off = f64::from(u8::from(one.stance as usize == a + 1)) - p[a + 1];
                    for i in 0..FEATURES {
                        gradient[a * FEATURES + i] += off * x[i];
                        for b in 0..FREE {
                            let slope = p[a + 1] * (f64::from(u8::from(a == b)) - p[b + 1]);
                            for j in 0..FEATURES {
                                curvature[a * FEATURES + i][b * FEATURES + j] += slope * x[i] * x[j];
                            }
                        }
                    }
                }
            }
            let step = solve(curvature, gradient);
            (0..ALL).for_each(|no| coefficients[no] += step[no]);
            if step.iter().fold(0.0, |most: f64, step| most.max(step.abs())) < STEPS.1 {
                break;
            }
        }
        Regression(coefficients)
    }

    /// Chances of the three stances.
    pub fn chances(&self, of: &Observed) -> Chances {
        let x = of.features();
        let score = |stance: usize| {
            let own = &self.0[(stance - 1) * FEATURES..stance * FEATURES];
            own.iter().zip(x).fold(0.0, |sum, (coefficient, x)| sum + coefficient * x)
        };
        let scores = [0.0, score(1), score(2)];
        let most = scores.iter().fold(f64::NEG_INFINITY, |most: f64, score| most.max(*score));
        let odds = scores.map(|score| exp(score - most));
        let all = odds.iter().fold(0.0, |sum, odds| sum + odds);
        odds.map(|odds| odds / all)
    }
}

/// Solves a symmetric positive definite system by elimination.
fn solve(mut matrix: [[f64; ALL]; ALL], mut right: [f64; ALL]) -> [f64; ALL] {
    for pivot in 0..ALL {
        for row in pivot + 1..ALL {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let above = matrix[pivot];
            matrix[row].iter_mut().zip(above).skip(pivot).for_each(|(own, above)| *own -= factor * above);
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..ALL).rev() {
        let known = (row + 1..ALL).fold(0.0, |sum, column| sum + matrix[row][column] * right[column]);
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

/// Brier score over the three stances [0–2] and log score (−ln of the chance of what came; ≥ 0).
pub fn score(chances: &Chances, stance: Stance) -> (f64, f64) {
    let brier = Stance::ALL.iter().fold(0.0, |sum, &of| {
        let off = chances[of as usize] - f64::from(u8::from(of == stance));
        sum + off * off
    });
    (brier, -ln(chances[stance as usize].max(f64::MIN_POSITIVE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observed(ideal: f64, stance: Stance) -> Observed {
        Observed { ideal, author: 0.0, stance }
    }

    #[test]
    fn with_a_constant_alone_the_regression_gives_shares() {
        // Ten alike: six for, one abstains, three against.
        let ten: Vec<Observed> = [(6, Stance::For), (1, Stance::Abstains), (3, Stance::Against)]
            .iter()
            .flat_map(|&(n, stance)| std::iter::repeat_n(observed(0.0, stance), n))
            .collect();
        let chances = Regression::fit(&ten).chances(&ten[0]);
        for (chance, share) in chances.iter().zip([0.6, 0.1, 0.3]) {
            assert!((chance - share).abs() < 0.01, "{chances:?}");
        }
    }

    #[test]
    fn the_regression_learns_that_the_far_refuse() {
        let stance = |ideal: f64| if ideal > 1.0 { Stance::Against } else { Stance::For };
        let mut all: Vec<Observed> =
            (0..40).map(|no| f64::from(no) / 20.0).map(|ideal| observed(ideal, stance(ideal))).collect();
        all.push(observed(0.2, Stance::Against));
        let fitted = Regression::fit(&all);
        let against = |ideal: f64| fitted.chances(&observed(ideal, Stance::For))[2];
        assert!(against(2.0) > 0.9 && against(0.0) < 0.1, "{} {}", against(2.0), against(0.0));
    }

    #[test]
    fn scores_are_the_worked_ones() {
        let (brier, log) = score(&[0.5, 0.2, 0.3], Stance::Against);
        assert!((brier - (0.25 + 0.04 + 0.49)).abs() < 1e-12 && (log - 1.203_972_804_325_936).abs() < 1e-12);
    }
}
