//! The level-two game: does a signatory ratify, and when?
//!
//! A treaty needs a majority at home as well as abroad (Putnam 1988). The domestic pivot gains what the country gains,
//! give or take; where that is a loss the country never ratifies (involuntary defection). Elsewhere ratification takes a
//! Weibull lag whose median rises with the formal consents needed and falls with the gain. The parameters are fitted to
//! 233 trade agreements of two parties; docs/parts/after.md says how well, and what the fit misses.

use crate::maths::{exp, ln, pow};
use crate::quantity::{Day, Uncertain};
use crate::scenario::AfterParameters;

/// Longest lag that is told apart from never (in days).
const LONGEST: f64 = 10_000_000.0;
/// Bounds of an exponent, so that no input gives an infinite or vanishing median.
const EXPONENT: f64 = 300.0;

/// What delays a country.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtHome {
    /// Formal consents needed (a count).
    pub veto_players: u32,
    /// How many must ratify, each in its own time (a count, ≥ 1).
    pub ratifiers: u32,
    /// What the country gains (in utility).
    pub gain: f64,
    /// Factor of the forum on the median.
    pub scale: f64,
}

/// Median national lag m = m0 · exp(a(v − v0)) · exp(−b(g − g0)) (in days), of one ratifier.
pub fn median_lag(at_home: &AtHome, parameters: &AfterParameters<f64>) -> f64 {
    let vetoes = parameters.veto_effect * (f64::from(at_home.veto_players) - parameters.veto_reference);
    let gains = parameters.gain_effect * (at_home.gain - parameters.gain_reference);
    parameters.ratification_days * at_home.scale * exp((vetoes - gains).clamp(-EXPONENT, EXPONENT))
}

/// Lag at probability `u` [between 0 and 1, exclusive]: m · (−ln(1 − u^(1/n)) / ln 2)^(1/k) (in days), the time until the
/// last of n independent ratifiers has done. Rises with u, n and m.
pub fn lag(u: f64, ratifiers: u32, median: f64, shape: f64) -> f64 {
    let each = pow(u, 1.0 / f64::from(ratifiers.max(1)));
    let hazard = -ln(1.0 - each) / std::f64::consts::LN_2;
    (median * pow(hazard, 1.0 / shape)).min(LONGEST)
}

/// A lag as whole days.
pub fn whole_days(lag: f64) -> Day {
    (lag.clamp(0.0, LONGEST) + 0.5).floor() as Day
}

/// Days from signature to ratification, or none where the pivot gains nothing. `when` and `pivot` are its two draws. For
/// the same draws more veto players or ratifiers never make it earlier, and a greater gain never later.
pub fn days_to_ratify(when: f64, pivot: f64, at_home: &AtHome, parameters: &AfterParameters<f64>) -> Option<Day> {
    let spread = Uncertain::Normal { mean: 0.0, sd: parameters.pivot_spread };
    if at_home.gain + spread.quantile(pivot) < -AT_THE_MARGIN {
        return None;
    }
    Some(whole_days(lag(when, at_home.ratifiers, median_lag(at_home, parameters), parameters.ratification_shape)))
}

/// Room for rounding at a gain of nothing.
const AT_THE_MARGIN: f64 = 1e-12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::AfterParameters;

    fn defaults() -> AfterParameters<f64> {
        AfterParameters::defaults().map(|value, _| value.centre())
    }

    /// Golden numbers of the calibration, computed apart from this code (docs/calibration/ratification.py, last table).
    #[test]
    fn lags_agree_with_the_calibration_to_a_ten_thousandth_of_a_day() {
        let columns = [(2, 0.2, 1), (1, 0.2, 1), (4, 0.2, 1), (2, 0.0, 1), (2, 0.6, 1), (2, 0.2, 28)];
        let golden = [
            (0.05, [5.4446, 4.0335, 9.9208, 6.2628, 4.1150, 666.5303]),
            (0.25, [48.2929, 35.7763, 87.9955, 55.5501, 36.4990, 951.1865]),
            (0.5, [147.0000, 108.9003, 267.8515, 169.0902, 111.1002, 1229.3881]),
            (0.75, [353.4825, 261.8663, 644.0872, 406.6017, 267.1564, 1605.9463]),
            (0.95, [937.5025, 694.5190, 1708.2410, 1078.3846, 708.5492, 2403.9023]),
        ];
        for (u, lags) in golden {
            for ((veto_players, gain, ratifiers), expected) in columns.into_iter().zip(lags) {
                let at_home = AtHome { veto_players, ratifiers, gain, scale: 1.0 };
                let got = lag(u, ratifiers, median_lag(&at_home, &defaults()), 0.79);
                assert!((got - expected).abs() < 5.1e-5, "u {u}, {at_home:?}: {got}, not {expected}");
            }
        }
    }

    #[test]
    fn a_pivot_that_gains_nothing_never_ratifies() {
        let at_home = AtHome { veto_players: 2, ratifiers: 1, gain: 0.05, scale: 1.0 };
        // Half a standard deviation below the country's gain lies the pivot's zero: Φ(−0.5) = 0.3085.
        assert_eq!(days_to_ratify(0.5, 0.308, &at_home, &defaults()), None);
        // A gain 0.15 below the reference: 147 · exp(0.7 · 0.15) = 163.3 days.
        assert_eq!(days_to_ratify(0.5, 0.309, &at_home, &defaults()), Some(163));
    }

    #[test]
    fn no_input_gives_a_lag_that_is_not_a_number() {
        for gain in [f64::MIN, -1e9, 0.0, 1e9, f64::MAX] {
            for (veto_players, ratifiers, scale) in [(0, 1, 0.01), (100, 1000, 100.0)] {
                let at_home = AtHome { veto_players, ratifiers, gain, scale };
                for u in [1e-10, 0.5, 1.0 - 1e-10] {
                    let lag = lag(u, ratifiers, median_lag(&at_home, &defaults()), 0.79);
                    assert!((0.0..=LONGEST).contains(&lag), "{lag}");
                }
            }
        }
    }
}
