//! How a text comes to be adopted, beside the rule: drafts under silence, and who puts its name to the text.

use schemars::JsonSchema;
use serde::Deserialize;

/// Drafts under silence: each stands unless somebody objects by the deadline.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SilenceFile {
    /// Drafts that are put under silence before the forum's rule decides [1–100].
    #[schemars(range(min = 1, max = 100))]
    pub drafts: u32,
}

/// Co-sponsorship: members that want a text put their names to it.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoSponsorshipFile {
    /// Gain over no deal that a co-sponsor has more than [utility, 0–10; default 0].
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 10.0))]
    pub gain: f64,
}
