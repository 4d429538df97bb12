//! Shocks as written: when, whom, on what, and what they do.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Place;
use crate::scenario::Membership;
use crate::scenario::evidence::Confidence;

/// Something that happens to the talks from outside, on a day or at random.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShockFile {
    /// Name for people; the identifier where not stated.
    pub name: Option<String>,
    /// Day on which it strikes; give this or `hazard`.
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
    /// Hazard with which it strikes at random: the time until a strike is exponential [per year, above 0–100].
    #[schemars(range(min = 0.0, max = 100.0))]
    pub hazard: Option<f64>,
    /// First day on which it can strike at random [default: the first day of the first talks].
    #[schemars(extend("format" = "date"))]
    pub from: Option<String>,
    /// Last day on which it can strike at random [default: the horizon, or the last day on which there can be talks].
    #[schemars(extend("format" = "date"))]
    pub until: Option<String>,
    /// Most strikes at random in a replication, or on each country [a count, 1–20; default 1].
    #[schemars(range(min = 1, max = 20))]
    pub at_most: Option<u32>,
    /// Whether each country is struck at random at a time of its own, instead of all at once [default false].
    pub each: Option<bool>,
    /// Countries that it strikes [default, without `groups`: all].
    pub countries: Option<Vec<String>>,
    /// Groups whose countries it strikes.
    pub groups: Option<Vec<String>>,
    /// Forums that it concerns [default: all].
    pub forums: Option<Vec<String>>,
    /// Clauses that it concerns [default: all on the agenda].
    pub clauses: Option<Vec<String>>,
    /// The event of a library's events.csv that it is; `comity check --data` holds it against that.
    pub event: Option<String>,
    /// What it does.
    pub effect: EffectFile,
    /// Where it is known from; say so where it is a what-if.
    pub source: String,
    /// How sure that is [default: low].
    #[serde(default)]
    pub confidence: Confidence,
}

/// What a shock does. Its parts can be combined: wishes are set, moved or polarised, then bounded by red lines.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EffectFile {
    /// The new wish on each clause [0–1, or the label of a rung].
    pub ideal: Option<Place>,
    /// Move of the wish on each clause [−1–1; default 0].
    #[schemars(range(min = -1.0, max = 1.0))]
    pub shift: Option<f64>,
    /// Factor on the distance of the wish from the mean of the members that are there; above 1 they part, below 1 they come
    /// closer [0–10; default 1].
    #[schemars(range(min = 0.0, max = 10.0))]
    pub polarise: Option<f64>,
    /// Factor on the salience of each clause [0–1000; default 1].
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub salience: Option<f64>,
    /// New red lines on each clause; they replace what stood on that side.
    pub red_line: Option<NewLines>,
    /// Whether red lines on each clause fall, before new ones are drawn [default false].
    #[serde(default)]
    pub lift_red_lines: bool,
    /// Factor on the capability of each country, wherever it sits [0–1000; default 1]. Weights that a forum states stay.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub capability: Option<f64>,
    /// Move of the gain that each insists on [utility, −1–1; default 0].
    #[schemars(range(min = -1.0, max = 1.0))]
    pub reservation: Option<f64>,
    /// Whether clauses that were agreed get their brackets back [default false].
    #[serde(default)]
    pub reopen: bool,
    /// Whether members leave, or are there only from then on [default: neither].
    pub membership: Option<Membership>,
}

/// Red lines that a shock draws.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLines {
    /// The least that is accepted [0–1, or the label of a rung].
    pub floor: Option<Place>,
    /// The most that is accepted [0–1, or the label of a rung].
    pub ceiling: Option<Place>,
}
