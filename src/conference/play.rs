//! Play in steps: a replication says what it waits for, and goes on when it is told to.
//!
//! Between two steps the world stands still, so that somebody can look at it, and take a seat: [`Conference::gives_way`]
//! says how far a delegation goes when it next speaks. A replication that is played in steps without being touched is the
//! one that [`Conference::run`] plays. One that is left half-way leaves nothing behind: the opening sets everything anew.

use super::{Conference, Part};
use crate::chance::Chance;
use crate::minutes::{Detail, Entry, Minutes, Outcome};
use crate::quantity::Day;
use crate::world::{Clock, Concessions, Engagement, Forum, Positions, Proceedings, RollCall, Strikes};

/// What a replication waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WaitsFor {
    /// Shocks that are due on this day.
    Shocks(Day),
    /// What follows adoption, and what happens between forums, up to this day.
    Season(Day),
    /// A round of every forum that meets on this day.
    Round(Day),
    /// Polls on the packages of forums whose rounds have ended on this day.
    Endgame(Day),
    /// Nothing: it is over, or none has begun.
    #[default]
    Nothing,
}

/// Where a replication stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stage {
    waits_for: WaitsFor,
    replication: u64,
    /// Whether a season, and whether a round, falls on the day that is played.
    season: bool,
    session: bool,
}

impl Conference {
    /// Begins a replication that is played in steps, and says what it waits for; whatever was being played is left.
    pub fn begin(&mut self, seed: u64, replication: u64) -> WaitsFor {
        self.open(seed, replication, Detail::Full);
        self.stage.waits_for
    }

    /// What the replication waits for.
    pub fn waits_for(&self) -> WaitsFor {
        self.stage.waits_for
    }

    /// Plays what the replication waits for, and says what it waits for then.
    pub fn advance(&mut self) -> WaitsFor {
        self.stage.waits_for = match self.stage.waits_for {
            WaitsFor::Shocks(today) => {
                self.upheaval.run(&mut self.world);
                self.ended(Part::Shocks);
                self.after_shocks(today)
            }
            WaitsFor::Season(today) => {
                if let Some(seasons) = &mut self.seasons {
                    if self.stage.season {
                        seasons.run(&mut self.world);
                    }
                    if self.stage.session {
                        seasons.before_rounds(&mut self.world);
                    }
                }
                self.ended(Part::Season);
                self.after_season(today)
            }
            WaitsFor::Round(today) => {
                self.round.run(&mut self.world);
                match self.any(Engagement::Endgame) {
                    true => WaitsFor::Endgame(today),
                    false => self.next_day(),
                }
            }
            WaitsFor::Endgame(_) => {
                self.closing.run(&mut self.world);
                self.ended(Part::Endgame);
                self.next_day()
            }
            WaitsFor::Nothing => WaitsFor::Nothing,
        };
        self.stage.waits_for
    }

    /// Plays what is left of the replication, and tells its outcome and its story.
    pub fn finish(&mut self) -> (Outcome, Vec<Entry>) {
        self.play_on();
        let entries = std::mem::take(&mut self.world.resource_mut::<Minutes>().entries);
        (self.outcome(self.stage.replication), entries)
    }

    /// The story so far.
    pub fn entries(&self) -> &[Entry] {
        &self.world.resource::<Minutes>().entries
    }

    /// The forums whose round is waited for, as places in the scenario; none where something else is.
    pub fn meeting(&mut self) -> Vec<usize> {
        let WaitsFor::Round(today) = self.stage.waits_for else { return Vec::new() };
        let meets = |p: &Proceedings| p.engagement == Engagement::Recess && p.next_session <= today;
        let mut forums = self.world.query::<(&Forum, &Proceedings)>();
        let all = forums.iter(&self.world).filter(|(_, proceedings)| meets(proceedings));
        let mut meeting: Vec<usize> = all.map(|(forum, _)| forum.0).collect();
        meeting.sort_unstable();
        meeting
    }

    /// What a delegation last stated on each clause of the agenda [0–1]; nothing where there is no such forum or seat.
    pub fn stated(&mut self, forum: usize, seat: usize) -> Option<Vec<f64>> {
        let mut forums = self.world.query::<(&Forum, &RollCall, &Positions)>();
        let (_, roll_call, positions) = forums.iter(&self.world).find(|(found, ..)| found.0 == forum)?;
        (seat < roll_call.seats().len()).then(|| positions.stated.row(seat).collect())
    }

    /// Instructs a delegation for its coming round, in place of its tactic: how far it has then conceded, as a share of the
    /// way from its wish to the text or to its red line [0–1; cut off at both]. Says whether there is such a seat.
    ///
    /// The tactic goes on from there, so that a seat that is held by somebody is instructed before each of its rounds.
    pub fn gives_way(&mut self, forum: usize, seat: usize, level: f64) -> bool {
        let mut forums = self.world.query::<(&Forum, &mut Concessions)>();
        let found = forums.iter_mut(&mut self.world).find(|(found, _)| found.0 == forum);
        let Some((_, mut concessions)) = found else { return false };
        match concessions.next.get_mut(seat) {
            Some(next) if !level.is_nan() => *next = level.clamp(0.0, 1.0),
            _ => return false,
        }
        true
    }

    /// Plays a replication to its end.
    pub(super) fn play(&mut self, seed: u64, replication: u64, detail: Detail) {
        self.open(seed, replication, detail);
        self.play_on();
    }

    fn play_on(&mut self) {
        while self.advance() != WaitsFor::Nothing {}
    }

    fn open(&mut self, seed: u64, replication: u64, detail: Detail) {
        self.world.insert_resource(Chance::new(seed, replication));
        let mut minutes = self.world.resource_mut::<Minutes>();
        minutes.detail = detail;
        minutes.entries.clear();
        self.opening.run(&mut self.world);
        self.ended(Part::Opening);
        if let Some(seasons) = &mut self.seasons {
            seasons.open(&mut self.world);
        }
        self.stage = Stage { replication, ..Stage::default() };
        self.stage.waits_for = self.next_day();
    }

    /// Goes to the next day on which anything happens.
    fn next_day(&mut self) -> WaitsFor {
        let session = self.next_session();
        let season = self.seasons.as_mut().and_then(|seasons| seasons.next_day(&self.world));
        let Some(today) = session.into_iter().chain(season).min() else { return WaitsFor::Nothing };
        self.world.resource_mut::<Clock>().today = today;
        self.stage.season = season == Some(today);
        self.stage.session = session == Some(today);
        match self.world.resource::<Strikes>().is_due(today) {
            true => WaitsFor::Shocks(today),
            false => self.after_shocks(today),
        }
    }

    fn after_shocks(&mut self, today: Day) -> WaitsFor {
        match self.seasons.is_some() {
            true => WaitsFor::Season(today),
            false => self.after_season(today),
        }
    }

    fn after_season(&mut self, today: Day) -> WaitsFor {
        match self.stage.session {
            true => WaitsFor::Round(today),
            false => self.next_day(),
        }
    }

    /// The day of the earliest round that any forum still has to hold.
    fn next_session(&mut self) -> Option<Day> {
        let coming = self.proceedings.iter(&self.world).filter(|p| p.engagement == Engagement::Recess);
        coming.map(|p| p.next_session).min()
    }

    fn any(&mut self, engagement: Engagement) -> bool {
        self.proceedings.iter(&self.world).any(|p| p.engagement == engagement)
    }
}
