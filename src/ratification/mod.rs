//! What follows adoption, and what one forum does to another.
//!
//! In seasons, until the scenario's horizon: a text is put to a body that has a second say, signed, ratified at home,
//! enters into force, is acceded to and withdrawn from; texts in force become what holds elsewhere, and wishes drift
//! towards them. A season looks at the calendar and settles what was due: days of signature, deposit and entry into force
//! are exact, whatever the length of a season. What earlier forums mean for one that opens is settled on its first day.

mod accession;
mod candidates;
mod dialogue;
mod diffusion;
pub mod domestic;
pub mod force;
mod in_force;
mod incorporation;
mod opening;
mod outcome;
mod pairs;
mod precedent;
mod season;
mod shopping;
mod sign;
mod status;
mod withdrawal;
mod worth;

pub use accession::accede;
pub use dialogue::inform;
pub use diffusion::drift;
pub use incorporation::put_to_body;
pub use precedent::bind;
pub use shopping::shop;
pub use sign::{adopt, sign};
pub use status::{deposit, enter_into_force};
pub use withdrawal::withdraw;

pub(crate) use outcome::became;

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::ScheduleLabel;

use crate::quantity::Day;
use crate::rounds::strict;
use crate::scenario::Scenario;
use crate::scenario::after::Kind;
use crate::world::{Clock, Engagement, Forum, LastSeason, Proceedings, Scene};

/// What a season and its neighbours are called.
#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Before the first round of any forum: countries without a seat are briefed too.
    Prologue,
    /// A season of what follows adoption.
    Season,
    /// The first day of a forum: what earlier forums mean for it.
    Legacy,
}

/// The seasons of a world, and the schedules bound to it.
pub(crate) struct Seasons {
    prologue: Schedule,
    season: Schedule,
    legacy: Schedule,
    forums: QueryState<(&'static Forum, &'static Proceedings)>,
}

impl Seasons {
    /// The seasons of a scenario, where anything can follow adoption or pass from forum to forum.
    pub fn of(scenario: &Scenario, world: &mut World) -> Option<Seasons> {
        let dialogue = scenario.forums.iter().any(|forum| forum.after.kind == Kind::Dialogue);
        (scenario.aftermath.is_some() || dialogue).then(|| Seasons {
            prologue: prologue(),
            season: schedule(),
            legacy: legacy(),
            forums: world.query(),
        })
    }

    /// Opens a replication.
    pub fn open(&mut self, world: &mut World) {
        self.prologue.run(world);
    }

    /// The day of the next season, while there is a treaty to follow and the horizon lies ahead.
    pub fn next_day(&mut self, world: &World) -> Option<Day> {
        let scenario = &world.resource::<Scene>().scenario;
        let aftermath = scenario.aftermath?;
        let (today, horizon) = (world.resource::<Clock>().today, aftermath.horizon.day());
        let treaty = |(forum, proceedings): (&Forum, &Proceedings)| {
            proceedings.engagement == Engagement::Adopted && scenario.forums[forum.0].after.kind == Kind::Treaty
        };
        let follows = self.forums.iter_manual(world).any(treaty);
        (follows && today < horizon).then(|| season::day_after(today, aftermath.seasons_per_year).min(horizon))
    }

    /// Plays today's season.
    pub fn run(&mut self, world: &mut World) {
        self.season.run(world);
        let today = world.resource::<Clock>().today;
        let mut last = world.resource_mut::<LastSeason>();
        *last = LastSeason { day: Some(today), number: last.number.saturating_add(1) };
    }

    /// Settles what earlier forums mean for those that open today.
    pub fn before_rounds(&mut self, world: &mut World) {
        let today = world.resource::<Clock>().today;
        if self.forums.iter_manual(world).any(|(_, proceedings)| opens(proceedings, today)) {
            self.legacy.run(world);
        }
    }
}

/// Whether a forum holds its first round today.
fn opens(proceedings: &Proceedings, today: Day) -> bool {
    proceedings.round == 0 && proceedings.engagement == Engagement::Recess && proceedings.next_session <= today
}

/// Whether a forum is in the middle of its talks: what its delegations were told at home stands until they are over.
fn is_talking(proceedings: &Proceedings) -> bool {
    match proceedings.engagement {
        Engagement::Recess => proceedings.round > 0,
        Engagement::InSession | Engagement::Endgame => true,
        Engagement::Adopted | Engagement::Collapsed => false,
    }
}

/// The schedule before the first round.
pub fn prologue() -> Schedule {
    let mut prologue = strict(Act::Prologue);
    prologue.add_systems((opening::appraise, opening::brief_outsiders).chain());
    prologue
}

/// The schedule of a season: the whole order of what follows adoption.
pub fn schedule() -> Schedule {
    let mut season = strict(Act::Season);
    season.add_systems(
        (
            sign::adopt,
            incorporation::put_to_body,
            sign::sign,
            status::deposit,
            accession::accede,
            status::enter_into_force,
            withdrawal::withdraw,
            precedent::bind,
            diffusion::drift,
        )
            .chain(),
    );
    season
}

/// The schedule of a forum's first day.
pub fn legacy() -> Schedule {
    let mut legacy = strict(Act::Legacy);
    legacy.add_systems((dialogue::inform, shopping::shop, opening::set_out).chain());
    legacy
}
