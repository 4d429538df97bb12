//! Steadfast: no concession at all.

use super::concession::Concession;
use super::{Standing, Tactic};

/// Gives nothing, whatever the clock says and the others do.
#[derive(Clone, Copy)]
pub(super) struct Steadfast;

impl Concession for Steadfast {
    fn level(self, _standing: &Standing) -> f64 {
        0.0
    }

    fn looks_at_others(self) -> bool {
        false
    }

    fn with_beta(self, _beta: f64) -> Tactic {
        Tactic::Steadfast
    }

    fn describe(self) -> String {
        "steadfast".into()
    }
}
