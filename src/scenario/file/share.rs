//! Shares of votes as written.

use schemars::JsonSchema;
use serde::Deserialize;

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
