//! What follows adoption, as it is meant: consent, entry into force, accession, withdrawal, incorporation, dialogues.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Member;
use crate::quantity::Date;
use crate::rules::{DecisionRule, Fraction};

/// Most days from the first talks to the horizon: a hundred years.
pub const MAX_HORIZON_DAYS: i64 = 36_525;

/// Until when, and how often, the world looks at what follows adoption.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aftermath {
    /// Last day that is looked at.
    pub horizon: Date,
    /// Seasons a year [1–366].
    pub seasons_per_year: u32,
}

/// What follows when a forum adopts a text.
#[derive(Clone, Debug, Default)]
pub struct After {
    /// Whether the text binds.
    pub kind: Kind,
    /// Days from adoption to signature.
    pub signature_after_days: u32,
    /// Factor on the median lag of ratification [0.01–100].
    pub ratification_scale: f64,
    /// Legal reservations the text allows.
    pub reservations: Option<Reservations>,
    /// Between whom it does not apply.
    pub non_application: Option<NonApplication>,
    /// When it enters into force.
    pub force: EntryIntoForce,
    /// How others join; nobody can where it is not stated.
    pub accession: Option<Accession>,
    /// Days of notice of withdrawal; nobody can withdraw where it is not stated (Vienna Convention, article 56).
    pub notice_days: Option<u32>,
    /// The body that has a second say.
    pub incorporation: Option<Incorporation>,
    /// Countries without a seat that may accede or have the second say, with mandates on this forum's agenda.
    pub outsiders: Vec<Member>,
    /// What a dialogue does.
    pub dialogue: Dialogue,
}

/// Whether a forum's text binds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It binds those who consent.
    #[default]
    Treaty,
    /// It binds nobody.
    Dialogue,
}

/// Legal reservations that a text allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Reservations {
    /// Most clauses that one country may reserve (a count).
    pub at_most: u32,
    /// Per clause of the agenda, whether it may be reserved.
    pub allowed: Vec<bool>,
}

/// Declarations that a text does not apply between two parties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NonApplication {
    /// Pairs of who declares and against whom, as places in the scenario's countries.
    pub against: Vec<(usize, usize)>,
    /// Share of its trade below which a party declares against one that falls short of the text [0–1].
    pub trade_below: f64,
    /// Whether a party that would object to an applicant makes the declaration instead.
    pub instead: bool,
}

impl NonApplication {
    /// Whether one of two countries is stated to make the declaration against the other.
    pub fn is_stated(&self, one: usize, other: usize) -> bool {
        self.against.contains(&(one, other)) || self.against.contains(&(other, one))
    }
}

/// The thresholds of entry into force. Where none is stated, all signatories must have consented (Vienna Convention on
/// the Law of Treaties, article 24(2)).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntryIntoForce {
    /// The thresholds.
    pub thresholds: Vec<Threshold>,
    /// Whether one of them is enough.
    pub any: bool,
    /// Days from the threshold, or from a later deposit, to entry into force.
    pub after_days: u32,
}

/// A number or share of consents.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// How much is needed.
    pub least: Least,
    /// Whether weights are counted, instead of instruments.
    pub by_weight: bool,
    /// Only this group counts.
    pub group: Option<String>,
    /// This group does not count.
    pub outside: Option<String>,
}

/// How much is needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Least {
    /// So many.
    Count(Fraction),
    /// A share of what the signatories count [0–1].
    OfSignatories(Fraction),
    /// A share of what the members of the forum count [0–1].
    OfMembers(Fraction),
}

/// How countries join that did not sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Accession {
    /// First day; the day of entry into force where not stated.
    pub opens: Option<Date>,
    /// How the parties admit an applicant.
    pub rule: DecisionRule,
    /// Pairs of applicant and party, as places in the scenario's countries: the party objects whatever it is offered.
    pub opposed: Vec<(usize, usize)>,
    /// Countries that may apply, as places in the scenario's countries.
    pub applicants: Vec<usize>,
}

/// A second decision in another body.
#[derive(Clone, Debug, PartialEq)]
pub struct Incorporation {
    /// Name of the body.
    pub body: String,
    /// Its members, as places among the forum's candidates: members first, then outsiders.
    pub members: Vec<usize>,
    /// How it decides.
    pub rule: DecisionRule,
    /// Whether the text is opened for signature only once it is incorporated.
    pub required: bool,
    /// Members that object whatever the text says, as places among the candidates.
    pub opposed: Vec<usize>,
}

/// What a dialogue does once it has concluded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dialogue {
    /// Share of the uncertainty about its members' wishes that it takes away [0–1].
    pub narrowing: f64,
    /// Share of the way to its text that their wishes move [0–1].
    pub convergence: f64,
}

impl super::Forum {
    /// How many candidates there are: members and outsiders (a count).
    pub fn candidates(&self) -> usize {
        self.members.len() + self.after.outsiders.len()
    }

    /// The candidate that speaks for a country, where one does.
    pub fn candidate_of(&self, country: usize) -> Option<usize> {
        (0..self.candidates()).find(|&no| self.candidate(no).country == country)
    }

    /// Whether a country may ever be bound by the text: a member, or an outsider that may accede. The others sit in the body
    /// that has a second say.
    pub fn may_be_bound(&self, candidate: usize) -> bool {
        let country = self.candidate(candidate).country;
        let accedes = || self.after.accession.as_ref().is_some_and(|terms| terms.applicants.contains(&country));
        candidate < self.members.len() || accedes()
    }

    /// A candidate: members in the order of their seats, then outsiders.
    pub fn candidate(&self, no: usize) -> &Member {
        match no.checked_sub(self.members.len()) {
            None => &self.members[no],
            Some(outside) => &self.after.outsiders[outside],
        }
    }
}
