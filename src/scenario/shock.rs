//! Shocks, as they are meant: when they strike, whom, and what they do.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::quantity::{Date, Day};

/// Most shocks of one scenario.
pub const MAX_SHOCKS: usize = 64;
/// Most strikes of one random shock in a replication, or on one country where each waits for its own.
pub const MAX_STRIKES: u32 = 20;
/// Strikes of a random shock where the scenario does not say.
pub const STRIKES: u32 = 1;

/// Something that happens to the talks from outside.
#[derive(Clone, Debug)]
pub struct Shock {
    /// Identifier, e.g. `us_reversal`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Its occasion of chance.
    pub occasion: u16,
    /// When it strikes.
    pub when: When,
    /// Whom it strikes, as places in the scenario's countries.
    pub countries: Vec<usize>,
    /// Where, and on what; forums in which it strikes nobody are left out.
    pub concerned: Vec<Concerned>,
    /// What it does.
    pub effect: Effect,
    /// Where it is known from, or that it is a what-if.
    pub source: String,
    /// How sure that is, in words.
    pub confidence: &'static str,
}

/// When a shock strikes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// On a day.
    On(Date),
    /// At random: waiting times are exponential.
    Random {
        /// Hazard [per year, above 0].
        hazard: f64,
        /// First day on which it can strike.
        from: Day,
        /// Last day on which it can.
        until: Day,
        /// Most strikes (a count).
        at_most: u32,
        /// Whether each country waits for its own.
        each: bool,
    },
}

/// A forum that a shock concerns.
#[derive(Clone, Debug, PartialEq)]
pub struct Concerned {
    /// Place in the scenario's forums.
    pub forum: usize,
    /// The clauses of its agenda that it concerns.
    pub clauses: Vec<Turn>,
}

/// What a shock sets on one clause.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Turn {
    /// Place in the forum's agenda.
    pub clause: usize,
    /// The new wish [0–1].
    pub ideal: Option<f64>,
    /// The new least that is accepted [0–1].
    pub floor: Option<f64>,
    /// The new most that is accepted [0–1].
    pub ceiling: Option<f64>,
}

/// What a shock does beside what it sets clause by clause. The default changes nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Move of the wishes [−1–1].
    pub shift: f64,
    /// Factor on the distance of wishes from the members' mean [≥ 0].
    pub polarise: f64,
    /// Factor on saliences [≥ 0].
    pub salience: f64,
    /// Whether red lines fall.
    pub lift_red_lines: bool,
    /// Factor on capability [≥ 0].
    pub capability: f64,
    /// Move of the gain that is insisted on (in utility).
    pub reservation: f64,
    /// Whether agreed clauses get their brackets back.
    pub reopen: bool,
    /// Whether members leave or join.
    pub membership: Option<Membership>,
}

impl Default for Effect {
    fn default() -> Self {
        Effect {
            shift: 0.0,
            polarise: 1.0,
            salience: 1.0,
            lift_red_lines: false,
            capability: 1.0,
            reservation: 0.0,
            reopen: false,
            membership: None,
        }
    }
}

/// What becomes of a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// The delegation goes; what it signed it does not ratify, and what binds it, it leaves if the text allows.
    Leave,
    /// The delegation comes; it is not there before.
    Join,
}

impl Shock {
    /// Whether it does anything clause by clause.
    pub fn turns_clauses(&self) -> bool {
        let Effect { shift, polarise, salience, lift_red_lines, reopen, .. } = self.effect;
        let sets = |turn: &Turn| turn.ideal.is_some() || turn.floor.is_some() || turn.ceiling.is_some();
        shift != 0.0
            || polarise != 1.0
            || salience != 1.0
            || lift_red_lines
            || reopen
            || self.concerned.iter().flat_map(|concerned| &concerned.clauses).any(sets)
    }

    /// Its day, where that is later than what may be known: hindsight, a what-if and no forecast.
    pub fn hindsight(&self, as_of: Option<Date>) -> Option<Date> {
        match (self.when, as_of) {
            (When::On(date), Some(as_of)) if date > as_of => Some(date),
            _ => None,
        }
    }

    /// Whether a member of a forum is there only once the shock has brought it.
    pub fn brings(&self, forum: usize, country: usize) -> bool {
        self.effect.membership == Some(Membership::Join)
            && self.countries.contains(&country)
            && self.concerned.iter().any(|concerned| concerned.forum == forum)
    }
}

impl Shock {
    /// What it does, in words.
    pub fn describe(&self) -> String {
        let Effect { shift, polarise, salience, lift_red_lines, capability, reservation, reopen, membership } =
            self.effect;
        let mut parts = Vec::new();
        let turns = self.concerned.iter().flat_map(|concerned| &concerned.clauses);
        let mut set = |pick: fn(&Turn) -> Option<f64>, words: &str| {
            let points: Vec<f64> = turns.clone().filter_map(pick).collect();
            match points.as_slice() {
                [] => {}
                [first, rest @ ..] if rest.iter().all(|point| point == first) => parts.push(format!("{words} {first}")),
                _ => parts.push(format!("{words} a rung of each ladder")),
            }
        };
        set(|turn| turn.ideal, "wants");
        set(|turn| turn.floor, "accepts nothing below");
        set(|turn| turn.ceiling, "accepts nothing above");
        let mut say = |does: bool, words: String| parts.extend(does.then_some(words));
        say(shift != 0.0, format!("wants {} {}", shift.abs(), if shift > 0.0 { "more" } else { "less" }));
        say(polarise != 1.0, format!("distance from the members' mean × {polarise}"));
        say(salience != 1.0, format!("salience × {salience}"));
        say(lift_red_lines, "red lines fall".into());
        say(capability != 1.0, format!("capability × {capability}"));
        say(
            reservation != 0.0,
            format!("insists on {} {}", reservation.abs(), if reservation > 0.0 { "more" } else { "less" }),
        );
        say(reopen, "what was agreed is reopened".into());
        say(membership == Some(Membership::Leave), "leaves".into());
        say(membership == Some(Membership::Join), "joins".into());
        parts.join(", ")
    }

    /// When it strikes, in words.
    pub fn describe_when(&self) -> String {
        match self.when {
            When::On(date) => format!("on {date}"),
            When::Random { hazard, from, until, at_most, each } => format!(
                "at random, {hazard} a year{} from {} to {}, {}",
                if each { " for each country" } else { "" },
                Date::of(from),
                Date::of(until),
                if at_most == 1 { "once at most".to_owned() } else { format!("{at_most} times at most") },
            ),
        }
    }
}
