//! The world of a scenario: countries, forums, and the delegations that join them.
//!
//! Assembled once for many replications. What a scenario gives is immutable; what a replication changes is written
//! anew by `rounds::instruct` when it opens. Nothing is spawned, removed or counted by entity order in between: every
//! sum goes along a forum's roll call.

mod brief;
mod calendar;
mod caucuses;
mod country;
mod delegation;
pub(crate) mod desk;
mod forum;
mod grid;
mod room;
mod seats;
pub(crate) mod sheet;
mod shocks;
mod text;
mod treaty;
mod watch;

pub use crate::maths::each;
pub use brief::{Brief, Cares, Spread};
pub use calendar::{Clock, day_of_round};
pub use caucuses::{Caucus, Caucuses};
pub use country::{Country, Delegations, Drawn};
pub use delegation::{Delegation, DelegationOf, Instructions, ON_THE_LINE, SitsIn, Strength, within};
pub use desk::{Desk, Partners};
pub use forum::{Engagement, Floor, Forum, Proceedings, Record, RollCall, Votes};
pub use grid::{Grid, Lane, TILE, tiles, tiles_with};
pub use room::{Deal, Deals, Market};
pub use seats::{Bearing, Bearings, Concessions, Positions, Scales};
pub use shocks::{Shaken, Strike, Strikes};
pub use text::{Cell, RollingText, Status};
pub use treaty::{DrawnAfter, LastSeason, LooksAt, Outsiders, Standing, Treaty, candidates};
pub use watch::Watch;

use std::sync::Arc;

use bevy_ecs::prelude::*;

use crate::chance::Chance;
use crate::minutes::Minutes;
use crate::scenario::{Parameters, Scenario};

/// The scenario being played, and what follows from it once for all replications.
#[derive(Resource, Clone)]
pub struct Scene {
    /// As checked.
    pub scenario: Arc<Scenario>,
    /// Per clause, its rank by identifier: the place of its draws, and the order in which ties are settled, so that
    /// neither depends on the order of the file.
    pub clause_rank: Arc<[usize]>,
}

/// The parameters of the talks, as drawn for this replication.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct DrawnParameters(pub Parameters<f64>);

impl std::ops::Deref for DrawnParameters {
    type Target = Parameters<f64>;

    fn deref(&self) -> &Parameters<f64> {
        &self.0
    }
}

/// Assembles the world of a scenario: one entity per country, forum and delegation.
pub fn assemble(scenario: Arc<Scenario>) -> World {
    let mut world = World::new();
    let countries: Vec<Entity> = (0..scenario.countries.len()).map(|no| world.spawn(Country::new(no)).id()).collect();
    for (no, forum) in scenario.forums.iter().enumerate() {
        let sits_in = world.spawn(Forum::bundle(no, forum)).id();
        for (seat, member) in forum.members.iter().enumerate() {
            world.spawn((Delegation::bundle(seat, member), SitsIn(sits_in), DelegationOf(countries[member.country])));
        }
        for (no, member) in forum.after.outsiders.iter().enumerate() {
            let outsider = treaty::outsider(forum.members.len() + no, member);
            world.spawn((outsider, LooksAt(sits_in), DelegationOf(countries[member.country])));
        }
    }
    let clause_rank = ranks(scenario.clauses.iter().map(|clause| clause.id.as_str()).collect());
    world.insert_resource(Scene { scenario, clause_rank });
    world.insert_resource(DrawnParameters::default());
    world.insert_resource(Chance::new(0, 0));
    world.insert_resource(Clock::default());
    world.insert_resource(DrawnAfter::default());
    world.insert_resource(LastSeason::default());
    world.insert_resource(Strikes::default());
    world.insert_resource(Minutes::default());
    world
}

/// Per identifier, its place in the order of the identifiers.
fn ranks(ids: Vec<&str>) -> Arc<[usize]> {
    let mut by_id: Vec<usize> = (0..ids.len()).collect();
    by_id.sort_by_key(|&no| ids[no]);
    let mut ranks = vec![0; ids.len()];
    for (rank, &no) in by_id.iter().enumerate() {
        ranks[no] = rank;
    }
    ranks.into()
}
