//! What shocks keep: when they strike in this replication, and what they have changed.

use bevy_ecs::prelude::*;

use crate::quantity::Day;

/// Every strike of this replication, in the order of days. All are drawn at the opening; none is drawn on the way.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Strikes {
    /// The strikes.
    pub due: Vec<Strike>,
    /// How many of them have struck.
    pub struck: usize,
    /// Per forum, whether its stock has to be taken anew.
    pub touched: Vec<bool>,
}

/// One strike of a shock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strike {
    /// Its day.
    pub day: Day,
    /// The shock, as a place in the scenario's list.
    pub shock: usize,
    /// The only country that it strikes, where each waits for its own; else all that the shock names.
    pub country: Option<usize>,
}

impl Strikes {
    /// Whether a strike is due by a day.
    pub fn is_due(&self, today: Day) -> bool {
        self.due.get(self.struck).is_some_and(|strike| strike.day <= today)
    }
}

/// How far shocks have moved what is known of a delegation's wishes, per clause of the agenda (−1 to 1). A dialogue
/// that tells members about each other tells of this too.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Shaken {
    /// The move.
    pub by: Box<[f64]>,
}

impl Shaken {
    pub(super) fn of(clauses: usize) -> Self {
        Shaken { by: vec![0.0; clauses].into() }
    }
}
