//! Means of positions: of all alike, by salience, by capability × salience.
//!
//! The last is the *compromise model* (Van den Bos 1991; Achen 2006, in Thomson et al., *The European Union Decides*,
//! ch. 4): the Nash bargaining solution where losses are quadratic and disagreement is very bad for everyone.
//!
//! ```text
//!   O = Σ c_i s_i x_i / Σ c_i s_i
//! ```

use super::{Forecast, Forecaster, Issue, each};

/// The plain mean of all positions.
#[derive(Clone, Copy, Debug)]
pub struct Mean;

/// The mean weighted by salience.
#[derive(Clone, Copy, Debug)]
pub struct SalienceMean;

/// The mean weighted by capability × salience.
#[derive(Clone, Copy, Debug)]
pub struct Compromise;

impl Forecaster for Mean {
    fn name(&self) -> &'static str {
        "mean"
    }

    fn source(&self) -> &'static str {
        "the mean of all positions"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| issue.mean(|_| 1.0))
    }
}

impl Forecaster for SalienceMean {
    fn name(&self) -> &'static str {
        "salience_mean"
    }

    fn source(&self) -> &'static str {
        "the mean of positions by salience (Achen 2006)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| issue.mean(|stance| stance.salience))
    }
}

impl Forecaster for Compromise {
    fn name(&self) -> &'static str {
        "compromise"
    }

    fn source(&self) -> &'static str {
        "the mean of positions by capability × salience (Van den Bos 1991)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| issue.mean(|stance| stance.weight()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::{emissions, issue};
    use super::*;

    fn point(model: &dyn Forecaster, issue: &Issue) -> f64 {
        model.forecast(&[issue])[0].unwrap().point
    }

    #[test]
    fn the_compromise_on_emissions_is_the_one_the_literature_has() {
        // Recomputed by several from Bueno de Mesquita's table: 7.389955686853767.
        assert!((point(&Compromise, &emissions()) - 7.389_955_686_853_767).abs() < 1e-12);
    }

    #[test]
    fn each_mean_weighs_what_it_says() {
        let issue = issue(&[(0.0, 1.0, 1.0), (100.0, 0.5, 4.0)]);
        assert_eq!(point(&Mean, &issue), 50.0);
        assert!((point(&SalienceMean, &issue) - 100.0 / 3.0).abs() < 1e-12);
        assert!((point(&Compromise, &issue) - 200.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn nobody_caring_is_no_forecast() {
        let issue = issue(&[(0.0, 0.0, 1.0), (100.0, 0.0, 4.0)]);
        assert_eq!(Compromise.forecast(&[&issue]), [None]);
    }
}
