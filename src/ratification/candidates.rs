//! The candidates of a forum with what they bring: members, then outsiders.

use bevy_ecs::prelude::*;

use crate::world::{Instructions, Outsiders, RollCall, Strength, candidates};

/// What every delegation, seated or not, goes by.
pub(super) type Delegations<'w, 's> = Query<'w, 's, (&'static Instructions, &'static Strength)>;

/// What each candidate goes by, in their order.
pub(super) fn of<'a>(
    delegations: &'a Delegations,
    roll_call: &RollCall,
    outsiders: Option<&Outsiders>,
) -> Vec<(&'a Instructions, &'a Strength)> {
    delegations.iter_many(candidates(roll_call, outsiders)).flatten().collect()
}
