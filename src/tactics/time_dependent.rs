//! Time-dependent concession: the polynomial and exponential families of Faratin, Sierra & Jennings (1998).

use crate::maths::{exp, ln, pow};

/// Shape of a time-dependent concession.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// κ + (1 − κ)·τ^(1/β).
    Polynomial,
    /// exp((1 − τ)^β · ln κ), with κ > 0.
    Exponential,
}

/// Smallest opening of the exponential curve, whose logarithm must exist.
const LEAST_OPENING: f64 = 1e-6;

/// Concession level at a share `elapsed` of the time, from `opening` (κ) to 1 at the deadline.
pub(super) fn level(curve: Curve, beta: f64, opening: f64, elapsed: f64) -> f64 {
    let tau = elapsed.clamp(0.0, 1.0);
    match curve {
        Curve::Polynomial => opening + (1.0 - opening) * pow(tau, 1.0 / beta),
        Curve::Exponential => exp(pow(1.0 - tau, beta) * ln(opening.max(LEAST_OPENING))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_numbers_of_the_literature_come_out() {
        for (curve, beta, expected) in [
            (Curve::Polynomial, 0.2, 0.128_125),
            (Curve::Polynomial, 1.0, 0.55),
            (Curve::Polynomial, 5.0, 0.883_496),
            (Curve::Exponential, 0.2, 0.134_725),
            (Curve::Exponential, 1.0, 0.316_228),
            (Curve::Exponential, 5.0, 0.930_572),
        ] {
            let got = level(curve, beta, 0.1, 0.5);
            assert!((got - expected).abs() < 5e-7, "{curve:?} beta {beta}: {got}, not {expected}");
        }
    }

    #[test]
    fn every_curve_ends_at_full_concession_and_rises() {
        for curve in [Curve::Polynomial, Curve::Exponential] {
            assert!((level(curve, 0.7, 0.05, 1.0) - 1.0).abs() < 1e-15);
            let path: Vec<f64> = (0..=20).map(|t| level(curve, 0.7, 0.05, f64::from(t) / 20.0)).collect();
            assert!(path.windows(2).all(|w| w[0] < w[1]), "{curve:?}");
        }
    }
}
