//! Nothing is decided: the reference point stands.

use super::{Forecast, Forecaster, Issue, each};

/// The reference point, where it is known.
#[derive(Clone, Copy, Debug)]
pub struct StatusQuo;

impl Forecaster for StatusQuo {
    fn name(&self) -> &'static str {
        "status_quo"
    }

    fn source(&self) -> &'static str {
        "the reference point"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| issue.reference)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::issue;
    use super::*;

    #[test]
    fn an_unknown_status_quo_is_no_forecast() {
        let unknown = issue(&[(1.0, 1.0, 1.0)]);
        let known = Issue { reference: Some(30.0), ..unknown.clone() };
        assert_eq!(StatusQuo.forecast(&[&unknown, &known]), [None, Some(Forecast::at(30.0))]);
    }
}
