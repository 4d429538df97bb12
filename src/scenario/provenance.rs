//! How mandates are known: stated, read from evidence, or filled in; and how much of a scenario rests on rows that nobody
//! verified, or on no rows at all.

use super::evidence::Confidence;
use super::{Mandate, Scenario};

/// How a mandate is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// Typed into the scenario.
    Stated,
    /// From rows of the evidence table.
    Evidence {
        /// How many rows.
        rows: usize,
        /// The weakest confidence among them.
        confidence: String,
        /// The weightiest of them, in words.
        because: String,
    },
    /// From comparable countries.
    Imputed {
        /// How many countries.
        from: usize,
        /// Of them, those whose own evidence is partly unverified (a count).
        unverified: usize,
        /// The most alike of them.
        nearest: String,
    },
    /// Nothing is known of anyone.
    Uninformed,
}

/// One mandate value that had no evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Imputed {
    /// The forum.
    pub forum: usize,
    /// Place in [`Scenario::countries`].
    pub country: usize,
    /// Place in [`Scenario::clauses`].
    pub clause: usize,
    /// What was imputed: `ideal_point` or `salience`.
    pub quantity: &'static str,
    /// Central value.
    pub value: f64,
    /// Standard deviation.
    pub uncertainty: f64,
    /// How.
    pub method: String,
    /// Of the countries it was taken from, those whose own evidence is partly unverified (a count).
    pub unverified: usize,
}

impl Origin {
    /// Whether it was filled in, for want of evidence of its own.
    pub fn is_imputed(&self) -> bool {
        matches!(self, Origin::Imputed { .. } | Origin::Uninformed)
    }

    /// Whether some of the evidence behind it is unverified.
    pub fn is_unverified(&self) -> bool {
        matches!(self, Origin::Evidence { confidence, .. } if confidence == Confidence::Low.words())
    }
}

/// How many mandates there are, and how they are known (counts).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// All of them.
    pub mandates: usize,
    /// Filled in, for want of evidence.
    pub imputed: usize,
    /// Read from evidence of which some is unverified.
    pub unverified: usize,
}

impl Provenance {
    /// Of these mandates.
    pub fn of<'a>(mandates: impl Iterator<Item = &'a Mandate>) -> Self {
        mandates.fold(Provenance::default(), |counted, mandate| Provenance {
            mandates: counted.mandates + 1,
            imputed: counted.imputed + usize::from(mandate.origin.is_imputed()),
            unverified: counted.unverified + usize::from(mandate.origin.is_unverified()),
        })
    }

    /// Whether more than half of them are filled in.
    pub fn is_mostly_imputed(&self) -> bool {
        2 * self.imputed > self.mandates
    }
}

impl Scenario {
    /// How the mandates of members are known, of all forums or of one; of all members or of one, by its place among the
    /// countries; on all clauses or on one, by its place among the clauses.
    pub fn provenance(&self, forum: Option<usize>, country: Option<usize>, clause: Option<usize>) -> Provenance {
        let forums = self.forums.iter().enumerate().filter(|(no, _)| forum.is_none_or(|wanted| *no == wanted));
        let mandates = forums.flat_map(|(_, forum)| {
            let members =
                forum.members.iter().filter(move |member| country.is_none_or(|wanted| member.country == wanted));
            members.flat_map(move |member| {
                let on = member.mandates.iter().zip(&forum.agenda);
                on.filter(move |(_, on)| clause.is_none_or(|wanted| **on == wanted)).map(|(mandate, _)| mandate)
            })
        });
        Provenance::of(mandates)
    }

    /// Mandates of members that rest on evidence of which some is unverified, and all mandates of members.
    pub fn unverified(&self) -> (usize, usize) {
        let Provenance { unverified, mandates, .. } = self.provenance(None, None, None);
        (unverified, mandates)
    }
}
