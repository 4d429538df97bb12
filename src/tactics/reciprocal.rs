//! Reciprocal concession: give what the others give.

use schemars::JsonSchema;
use serde::Deserialize;

use super::concession::Concession;
use super::{Standing, Tactic};

/// By what the others were seen to concede.
#[derive(Clone, Copy)]
pub(super) struct Reciprocal {
    pub opening: f64,
    pub returned: f64,
}

impl Concession for Reciprocal {
    fn level(self, standing: &Standing) -> f64 {
        level(self.opening, self.returned, standing.others)
    }

    fn looks_at_others(self) -> bool {
        true
    }

    fn with_beta(self, _beta: f64) -> Tactic {
        Tactic::Reciprocal { opening: self.opening, returned: self.returned }
    }

    fn describe(self) -> String {
        let Reciprocal { opening, returned } = self;
        format!("reciprocal (opening {opening}, returns {returned} of what others give)")
    }
}

/// The opening good will, or a share of what the others have been seen to concede where that is more: tit for tat
/// (Axelrod 1984) on the level of concession over the whole record, in the spirit of the behaviour-dependent tactics of
/// Faratin, Sierra & Jennings (1998).
fn level(opening: f64, returned: f64, others: f64) -> f64 {
    opening.max(returned * others)
}

/// A reciprocal tactic as written.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct ReciprocalFile {
    /// Good will at the start [0–1; default 0.05].
    #[serde(default = "default_opening")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub opening: f64,
    /// Share of the others' concession that is returned [0–1; default 1].
    #[serde(default = "whole")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub returned: f64,
}

fn default_opening() -> f64 {
    0.05
}

fn whole() -> f64 {
    1.0
}

impl From<ReciprocalFile> for Tactic {
    fn from(written: ReciprocalFile) -> Tactic {
        Tactic::Reciprocal { opening: written.opening, returned: written.returned }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_with_good_will_and_answers_in_kind() {
        assert_eq!(level(0.1, 0.8, 0.0), 0.1);
        assert_eq!(level(0.1, 0.8, 0.5), 0.4);
        assert_eq!(level(0.1, 0.0, 1.0), 0.1);
    }
}
