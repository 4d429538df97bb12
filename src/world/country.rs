//! Countries: what a state brings to every forum it sits in.

use bevy_ecs::prelude::*;

use super::DelegationOf;

/// A state, or a customs union that negotiates as one, by its place in the scenario.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
#[component(immutable)]
#[require(Drawn)]
pub struct Country(pub usize);

impl Country {
    /// The country at a place of the scenario's list.
    pub fn new(no: usize) -> Self {
        Country(no)
    }
}

/// The delegations that a country sends.
#[derive(Component, Debug)]
#[relationship_target(relationship = DelegationOf)]
pub struct Delegations(Vec<Entity>);

/// What a country is worth in this replication.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct Drawn {
    /// Bargaining weight from resources [≥ 0] -- drawn.
    pub capability: f64,
    /// Capacity to put obligations into practice [0–1] -- drawn.
    pub capacity: f64,
}
