//! What a scenario asks to be measured, and the weights by which it is.

use super::{Member, Scenario};

/// What is measured only where a scenario asks, since it takes time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Distances of the adopted text to the solutions of bargaining theory and to efficiency.
    pub solutions: bool,
}

/// Of what a country has a share in the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorldMeasure {
    /// Gross domestic product.
    Gdp,
    /// Trade in goods, exports and imports.
    GoodsTrade,
    /// Trade in digitally deliverable services, exports and imports.
    DigitalTrade,
}

impl WorldMeasure {
    /// The words of the table.
    pub const WORDS: &[(&str, WorldMeasure)] =
        &[("gdp", Self::Gdp), ("goods_trade", Self::GoodsTrade), ("digital_trade", Self::DigitalTrade)];

    /// What the summary calls it: of the parties at adoption, and of those bound at the horizon.
    pub const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Gdp => ["world_gdp", "world_gdp_at_horizon"],
            Self::GoodsTrade => ["world_goods_trade", "world_goods_trade_at_horizon"],
            Self::DigitalTrade => ["world_digital_trade", "world_digital_trade_at_horizon"],
        }
    }
}

/// Shares of the world in one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldShares {
    /// Of what.
    pub measure: WorldMeasure,
    /// Per country in the scenario's order [0–1].
    pub share: Vec<f64>,
}

impl Scenario {
    /// The weight of a member: stated, or its country's capability at its central value [≥ 0].
    pub fn weight_of(&self, member: &Member) -> f64 {
        member.weight.unwrap_or_else(|| self.countries[member.country].capability.centre()).max(0.0)
    }
}
