//! The order of play.
//!
//! An opening, then rounds until the deadline or until nothing is left in brackets, then the endgame; a forum that is
//! granted an extension goes back to its rounds. A round is one chained schedule that reads as its story.

pub(crate) mod aim;
mod bearing;
mod best_text;
pub(crate) mod brief;
mod caucus;
mod concede;
mod decide;
mod draft;
mod endgame;
mod first_reading;
mod instruct;
mod linkage;
mod nearest;
pub(crate) mod objection;
mod package;
mod propose;
mod ratchet;
mod shock;
pub(crate) mod stock;
mod watch;
mod yardsticks;

pub use aim::pursue;
pub use bearing::take_bearings;
pub use caucus::{caucus, found_blocs};
pub use concede::concede;
pub use decide::{adjourn, decide};
pub use draft::draft;
pub use endgame::conclude;
pub use first_reading::read_first;
pub use instruct::{appraise, instruct, open, reconsider};
pub use linkage::exchange_positions;
pub use propose::{convene, propose};
pub use shock::{foresee, strike};
pub use stock::take_stock;

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};

use crate::scenario::{self, Scenario};

/// The opening of a conference: capitals instruct their delegations.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Opening;

/// The shocks that are due.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Upheaval;

/// One round of talks.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Round;

/// The endgame of the forums that have come to it.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Closing;

/// The phases of a round, listed in the order they run.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Each delegation states a position on every open clause.
    Propose,
    /// Blocs pull their members towards a common position.
    Caucus,
    /// Pairs of delegations give way to each other, each on a clause that matters less to it.
    Exchange,
    /// Tactics set what each would say next.
    Concede,
    /// The chair consolidates what it heard into the rolling text.
    Draft,
    /// The forum's rule is put to each clause that the chair put forward.
    Decide,
}

/// The schedule of the opening.
pub fn opening() -> Schedule {
    let mut opening = strict(Opening);
    opening.add_systems((appraise, foresee, instruct, found_blocs, pursue, open, take_stock).chain());
    opening
}

/// The schedule of the shocks that are due, before all else of their day.
pub fn upheaval() -> Schedule {
    let mut upheaval = strict(Upheaval);
    upheaval.add_systems((strike, take_stock).chain());
    upheaval
}

/// The schedule of a round: the whole order of play.
pub fn round() -> Schedule {
    round_with(|_| true)
}

/// The schedule of a round of a scenario. What none of its forums has would find nothing to do, in every round.
pub fn round_of(scenario: &Scenario) -> Schedule {
    let any = |has: fn(&scenario::Room) -> bool| scenario.forums.iter().any(|forum| has(&forum.room));
    round_with(|part| match part {
        Optional::FirstReading => any(|room| room.first_reading.is_some()),
        Optional::Caucus => any(|room| !room.blocs.is_empty()),
        Optional::Exchange => any(|room| room.linkage.is_some()),
    })
}

/// Parts of a round that only some forums have.
enum Optional {
    FirstReading,
    Caucus,
    Exchange,
}

fn round_with(plays: impl Fn(Optional) -> bool) -> Schedule {
    use Phase::*;
    let mut round = strict(Round);
    round.configure_sets((Propose, Caucus, Exchange, Concede, Draft, Decide).chain()).add_systems((
        (convene, take_bearings, propose).chain().in_set(Propose),
        concede.in_set(Concede),
        draft.in_set(Draft),
        (take_bearings, decide, adjourn).chain().in_set(Decide),
    ));
    if plays(Optional::FirstReading) {
        round.add_systems(read_first.in_set(Propose).after(propose));
    }
    if plays(Optional::Caucus) {
        round.add_systems(caucus.in_set(Caucus));
    }
    if plays(Optional::Exchange) {
        round.add_systems(exchange_positions.in_set(Exchange));
    }
    round
}

/// The schedule of the endgame.
pub fn closing() -> Schedule {
    let mut closing = strict(Closing);
    closing.add_systems((conclude, reconsider).chain());
    closing
}

/// A schedule that runs on one thread and refuses to be built while the order of two conflicting systems is open.
pub(crate) fn strict(label: impl ScheduleLabel) -> Schedule {
    let mut schedule = Schedule::new(label);
    schedule.set_executor(SingleThreadedExecutor::default()).set_build_settings(ScheduleBuildSettings {
        ambiguity_detection: LogLevel::Error,
        ..ScheduleBuildSettings::new()
    });
    schedule
}
