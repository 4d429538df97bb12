//! A seed in JSON: text of digits. A number above 2⁵³ comes out of many readers of JSON as another one.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

use crate::scenario::seed;

/// Writes a seed.
pub fn serialize<S: Serializer>(seed: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(seed)
}

/// Reads a seed. A number is refused: it may have been rounded.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    seed::read(&text)
        .ok_or_else(|| D::Error::custom(format!("\"{text}\" is no seed: expected a whole number in quotes")))
}
