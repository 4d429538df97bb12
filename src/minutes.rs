//! The record of one replication: plain data, the only way out of the model.
//!
//! [`Outcome`] is always there and is what tables are made of. [`Entry`] is the story of the talks, kept only when
//! asked for; asking never changes an outcome.

mod findings;
mod later;

pub use findings::{Distances, Impasse, Nearest, Objections, Obstacle};
pub use later::Event;

use bevy_ecs::prelude::Resource;

use crate::clause_set::ClauseSet;
use crate::quantity::Day;

/// How much of the story is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Outcomes only.
    #[default]
    Outcome,
    /// Every statement, draft, objection and decision.
    Full,
}

/// Something that happened. Forums, clauses and seats are places in the scenario's lists; clauses, in the forum's agenda.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are what the words of each entry name")]
pub enum Entry {
    /// A round opened.
    Round { forum: usize, round: u32, day: Day },
    /// A delegation stated a position that differs from its last one.
    Stated { forum: usize, seat: usize, clause: usize, point: f64 },
    /// The chair put text forward.
    Drafted { forum: usize, clause: usize, point: f64 },
    /// A delegation formally objected.
    Objected { forum: usize, seat: usize, clause: usize, reason: Reason },
    /// The brackets fell.
    Closed { forum: usize, clause: usize, point: f64, accepting: u32, acquiescing: u32 },
    /// The deadline came with these clauses still in brackets, and the chair put a package on the table.
    PackageTabled { forum: usize, bracketed: Vec<usize> },
    /// A poll on the package, or on one module; under silence, whether anybody broke it.
    Polled {
        forum: usize,
        module: Option<usize>,
        silence: bool,
        accepting: u32,
        objecting: Vec<(usize, Reason)>,
        passed: bool,
    },
    /// The chair weakened a clause to win the poll.
    Diluted { forum: usize, clause: usize, from: f64, to: f64 },
    /// The chair took a clause out.
    Dropped { forum: usize, clause: usize },
    /// The chair widened the exception to a clause.
    Excepted { forum: usize, clause: usize, from: f64, to: f64 },
    /// A member opted out of a clause.
    OptedOut { forum: usize, seat: usize, clause: usize },
    /// A recipient of assistance said which clauses it can apply at once, after a transition, or with capacity building.
    Designated { forum: usize, seat: usize, at_once: u32, transition: u32, capacity_building: u32, received: f64 },
    /// A donor paid for capacity building.
    Donated { forum: usize, seat: usize, paid: f64 },
    /// Two seats, who asked and who agreed, exchanged a letter that softens a clause between them; what either gains by
    /// it, in utility.
    Letter { forum: usize, seats: [usize; 2], clause: usize, gains: [f64; 2] },
    /// The first draft of a clause leaned on a text that members had adopted elsewhere.
    BuiltOn { forum: usize, clause: usize, point: f64, from: usize },
    /// More rounds were granted.
    Extended { forum: usize, rounds: u32 },
    /// A text was adopted by these seats.
    Adopted { forum: usize, parties: Vec<usize> },
    /// There was no text.
    Collapsed { forum: usize },
    /// A clause was put to the first reading; support is the share of all say that its sponsors carry.
    FirstReading {
        forum: usize,
        clause: usize,
        sponsors: Vec<usize>,
        support: f64,
        refusing: Vec<usize>,
        carried: bool,
    },
    /// A bloc agreed on a common position.
    Caucused { forum: usize, bloc: usize, clause: usize, point: f64 },
    /// Two seats gave way to each other, each on a clause, from a point to a point; gain is what either gains and
    /// externality what the others do, in utility.
    Exchanged { forum: usize, gives: [(usize, usize, f64, f64); 2], gain: f64, externality: f64 },
    /// A shock struck these seats during the talks, and gave these clauses their brackets back.
    Struck { forum: usize, day: Day, shock: usize, candidates: Vec<usize>, reopened: Vec<usize> },
    /// Something happened after adoption, or between forums.
    Later { forum: usize, day: Day, event: Event },
}

/// Why a delegation objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text crosses its red line.
    RedLine,
    /// It dislikes the text enough, and can afford to say so.
    Dislike,
    /// It could live with the package, but insists that bracketed text be weakened or dropped.
    HoldsOut,
    /// The package leaves it worse off than no deal, and it can afford to say so.
    Reservation,
}

/// How one replication ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The replication.
    pub replication: u64,
    /// One per forum, in the scenario's order.
    pub forums: Vec<ForumOutcome>,
}

/// How one forum ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForumOutcome {
    /// Whether a text was adopted.
    pub concluded: bool,
    /// Whether nobody objected to the adopted text in the last poll; none without a text, or where modules are decided one by
    /// one.
    pub without_a_vote: Option<bool>,
    /// Rounds held.
    pub rounds: u32,
    /// Extensions granted.
    pub extensions: u32,
    /// Polls in the endgame.
    pub polls: u32,
    /// Per clause of the agenda.
    pub clauses: Vec<ClauseOutcome>,
    /// Per member.
    pub members: Vec<MemberOutcome>,
    /// Exchanges of positions concluded (a count).
    pub exchanges: u32,
    /// What they did to those who had no part in them, all together (in utility).
    pub externality: f64,
    /// Per country without a seat that may accede or has a second say.
    pub outsiders: Vec<MemberOutcome>,
    /// Day of signature; none where it was not signed before the horizon.
    pub signed_day: Option<Day>,
    /// Day of entry into force; none where it did not enter into force before the horizon.
    pub in_force_day: Option<Day>,
    /// Whether the other body took the text in; none where it was not asked.
    pub incorporated: Option<bool>,
    /// Who objected to what, where anybody did; in the order of seats, then clauses.
    pub objections: Vec<Objections>,
    /// Why there was no text; none where there was one.
    pub impasse: Option<Impasse>,
    /// How far the adopted text is from those that theory names; none where the scenario does not ask, or without a text.
    pub distances: Option<Distances>,
}

/// What became of one clause.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClauseOutcome {
    /// The point of the adopted provision, where one was adopted [0–1].
    pub adopted: Option<f64>,
    /// The round in which it lost its brackets; none where the endgame decided.
    pub closed_in: Option<u32>,
    /// Formal objections over all rounds and polls (a count).
    pub objections: u32,
    /// Rungs or steps by which the endgame weakened it (a count).
    pub dilutions: u32,
    /// Whether the endgame took it out.
    pub dropped: bool,
    /// Whether it was put forward and entered the text; always where the forum holds no first reading.
    pub proposed: bool,
    /// Share of its depth that an exception lets members leave undone [0–1; 0 where there is none].
    pub flexibility: f64,
    /// Parties to the adopted text that opted out of it (a count).
    pub opt_outs: u32,
}

/// What became of one member.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MemberOutcome {
    /// Whether it becomes a party to the adopted text.
    pub party: bool,
    /// Gain over no deal of the last text on the table (in utility), transfers and trade with its parties included.
    pub gain: f64,
    /// Whether it has such a gain: it was at the table when a text was weighed last, or acceded.
    pub weighed: bool,
    /// How far its last stated positions are from its ideal points, over the clauses that it spoke on [0–1]; none where it
    /// never spoke.
    pub concession: Option<f64>,
    /// How far the adopted text is from its ideal points [0–1]; none without a text.
    pub distance: Option<f64>,
    /// Clauses of the text that do not bind it, reserved or never taken on.
    pub excepted: ClauseSet,
    /// The gain it insisted on (in utility).
    pub reservation: f64,
    /// Capacity building it receives, less what it pays for that of others (in utility); none without a text.
    pub transfer: f64,
    /// Clauses of the adopted text that it opted out of (a count).
    pub opt_outs: u32,
    /// Side letters that it exchanged (a count).
    pub letters: u32,
    /// Whether it puts its name to the adopted text; never where the forum knows no co-sponsors.
    pub co_sponsor: bool,
    /// Whether it signed.
    pub signed: bool,
    /// Day on which it ratified or acceded; none where it did not before the horizon.
    pub ratified_day: Option<Day>,
    /// Day from which it is bound; none where it is not before the horizon.
    pub in_force_day: Option<Day>,
    /// Whether it joined by accession.
    pub acceded: bool,
    /// Day on which its withdrawal took effect; none where it did not before the horizon.
    pub withdrawn_day: Option<Day>,
    /// Clauses it reserved (a count).
    pub reserved: u32,
    /// Declarations that the text does not apply between it and another (a count).
    pub apart: u32,
}

impl MemberOutcome {
    /// Whether it ratified what it had signed before the horizon; a country that acceded did not.
    pub fn ratified(&self) -> bool {
        self.signed && self.ratified_day.is_some()
    }
}

impl ForumOutcome {
    /// Parties to the adopted text (a count).
    pub fn parties(&self) -> usize {
        self.members.iter().filter(|m| m.party).count()
    }

    /// Members that put their names to the adopted text (a count).
    pub fn co_sponsors(&self) -> usize {
        self.members.iter().filter(|m| m.co_sponsor).count()
    }

    /// Clauses adopted (a count).
    pub fn adopted(&self) -> usize {
        self.clauses.iter().filter(|c| c.adopted.is_some()).count()
    }

    /// Clauses of the agenda that did not make it into the adopted text (a count); none where there is no text.
    pub fn dropped(&self) -> Option<usize> {
        self.concluded.then(|| self.clauses.len() - self.adopted())
    }
}

/// The record as it is being written.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Minutes {
    /// How much is kept.
    pub detail: Detail,
    /// The story, in the order it happened.
    pub entries: Vec<Entry>,
}

impl Minutes {
    /// Notes what happened, if anyone wants to know; the entry is only made then.
    pub fn note(&mut self, entry: impl FnOnce() -> Entry) {
        if self.detail == Detail::Full {
            self.entries.push(entry());
        }
    }

    /// Whether the whole story is kept.
    pub fn is_full(&self) -> bool {
        self.detail == Detail::Full
    }
}
