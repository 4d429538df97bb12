//! Rules as a scenario file writes them, before shares are exact and held against who has a vote.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Counting, Fraction, Majority, Quota};

/// A share of votes: a fraction, a percentage or a decimal number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum ShareFile {
    /// A number; it stands for the fraction with a denominator up to 100 that is nearest within half of its last digit.
    Number(f64),
    /// A fraction like "2/3", or a percentage like "55 %".
    Text(String),
}

/// Of whom a share is taken.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// The whole membership.
    #[default]
    Members,
    /// The votes cast for and against.
    VotesCast,
}

impl Of {
    /// The base of a majority that counts heads or weight.
    pub(super) fn counted(self, by: Counting) -> Majority {
        let of_votes_cast = match self {
            Of::Members => false,
            Of::VotesCast => true,
        };
        Majority { by, of_votes_cast }
    }
}

/// What makes numbers of a rule exact and tells what is wrong with them, each at its place in the file.
pub trait Reader {
    /// A quota of a rule: its key `share`, at least so much (more where that is nothing), or its key `votes`, of what is
    /// counted.
    fn quota(
        &mut self,
        rule: &str,
        share: Option<&ShareFile>,
        votes: Option<f64>,
        least: Fraction,
        by: Counting,
    ) -> Quota;

    /// A share of votes at a key of a rule, at least so much (more where that is nothing) and at most all.
    fn share(&mut self, rule: &str, key: &str, written: &ShareFile, least: Fraction) -> Fraction;

    /// A number of members at a key of a rule, from 1 to as many as have a vote.
    fn members(&mut self, rule: &str, key: &str, written: u32) -> u32;
}

/// A rule with keys of its own, as written.
pub(super) trait Written {
    /// The rule that is meant.
    fn read(&self, reader: &mut dyn Reader) -> super::DecisionRule;
}
