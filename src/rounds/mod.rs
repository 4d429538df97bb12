//! The order of play.
//!
//! An opening, then rounds until the deadline or until nothing is left in brackets, then the endgame; a forum that is
//! granted an extension goes back to its rounds. A round is one chained schedule that reads as its story.

mod bearing;
mod concede;
mod decide;
mod draft;
mod endgame;
pub(crate) mod instruct;
pub(crate) mod objection;
mod package;
mod propose;

pub use bearing::take_bearings;
pub use concede::concede;
pub use decide::{adjourn, decide};
pub use draft::draft;
pub use endgame::conclude;
pub use instruct::{appraise, instruct, open};
pub use propose::{convene, propose};

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};

/// The opening of a conference: capitals instruct their delegations.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Opening;

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
    opening.add_systems((appraise, instruct, open).chain());
    opening
}

/// The schedule of a round: the whole order of play.
pub fn round() -> Schedule {
    use Phase::*;
    let mut round = strict(Round);
    round.configure_sets((Propose, Concede, Draft, Decide).chain()).add_systems((
        (convene, take_bearings, propose).chain().in_set(Propose),
        concede.in_set(Concede),
        draft.in_set(Draft),
        (take_bearings, decide, adjourn).chain().in_set(Decide),
    ));
    round
}

/// The schedule of the endgame.
pub fn closing() -> Schedule {
    let mut closing = strict(Closing);
    closing.add_systems(conclude);
    closing
}

/// A schedule that runs on one thread and refuses to be built while the order of two conflicting systems is open.
fn strict(label: impl ScheduleLabel) -> Schedule {
    let mut schedule = Schedule::new(label);
    schedule.set_executor(SingleThreadedExecutor::default()).set_build_settings(ScheduleBuildSettings {
        ambiguity_detection: LogLevel::Error,
        ..ScheduleBuildSettings::new()
    });
    schedule
}
