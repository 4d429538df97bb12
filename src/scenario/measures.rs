//! What a scenario asks to be measured, and the weights by which it is.

use super::{Member, Scenario};

/// What is measured only where a scenario asks, since it takes time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Distances of the adopted text to the solutions of bargaining theory and to efficiency.
    pub solutions: bool,
}

impl Scenario {
    /// The weight of a member: stated, or its country's capability at its central value [≥ 0].
    pub fn weight_of(&self, member: &Member) -> f64 {
        member.weight.unwrap_or_else(|| self.countries[member.country].capability.centre()).max(0.0)
    }
}
