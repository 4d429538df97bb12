//! Time-dependent concession: the polynomial and exponential families of Faratin, Sierra & Jennings (1998).

use schemars::JsonSchema;
use serde::Deserialize;

use super::concession::Concession;
use super::{Standing, Tactic};
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

/// By the clock.
#[derive(Clone, Copy)]
pub(super) struct TimeDependent {
    pub curve: Curve,
    pub beta: f64,
    pub opening: f64,
}

impl Concession for TimeDependent {
    fn level(self, standing: &Standing) -> f64 {
        level(self.curve, self.beta, self.opening, standing.elapsed)
    }

    fn looks_at_others(self) -> bool {
        false
    }

    fn with_beta(self, beta: f64) -> Tactic {
        Tactic::TimeDependent { curve: self.curve, beta, opening: self.opening }
    }

    fn describe(self) -> String {
        let TimeDependent { curve, beta, opening } = self;
        let temper = if beta < 1.0 {
            "Boulware"
        } else if beta > 1.0 {
            "Conceder"
        } else {
            "steady"
        };
        let shape = match curve {
            Curve::Polynomial => "polynomial",
            Curve::Exponential => "exponential",
        };
        format!("time-dependent, {shape}, {temper} (beta {beta}, opening {opening})")
    }
}

/// Concession level at a share `elapsed` of the time, from `opening` (κ) to 1 at the deadline.
fn level(curve: Curve, beta: f64, opening: f64, elapsed: f64) -> f64 {
    let tau = elapsed.clamp(0.0, 1.0);
    match curve {
        Curve::Polynomial => opening + (1.0 - opening) * pow(tau, 1.0 / beta),
        Curve::Exponential => exp(pow(1.0 - tau, beta) * ln(opening.max(LEAST_OPENING))),
    }
}

/// A polynomial curve as written.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct PolynomialFile {
    /// Below 1 Boulware, above 1 Conceder [above 0].
    #[schemars(range(min = 0.001, max = 1000.0))]
    pub beta: f64,
    /// Concession κ at the start [0–1; default 0].
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub opening: f64,
}

/// An exponential curve as written.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct ExponentialFile {
    /// Below 1 Boulware, above 1 Conceder [above 0].
    #[schemars(range(min = 0.001, max = 1000.0))]
    pub beta: f64,
    /// Concession κ at the start [0–1; default 0.05].
    #[serde(default = "default_opening")]
    #[schemars(range(min = 0.000001, max = 1.0))]
    pub opening: f64,
}

fn default_opening() -> f64 {
    0.05
}

impl From<PolynomialFile> for Tactic {
    fn from(written: PolynomialFile) -> Tactic {
        Tactic::TimeDependent { curve: Curve::Polynomial, beta: written.beta, opening: written.opening }
    }
}

impl From<ExponentialFile> for Tactic {
    fn from(written: ExponentialFile) -> Tactic {
        Tactic::TimeDependent { curve: Curve::Exponential, beta: written.beta, opening: written.opening }
    }
}

/// Steadily, where nothing is said.
impl Default for Tactic {
    fn default() -> Tactic {
        Tactic::TimeDependent { curve: Curve::Polynomial, beta: 1.0, opening: 0.0 }
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
