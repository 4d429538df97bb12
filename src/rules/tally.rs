//! How members stand when a text is put to them, counted.

use super::Unit;

/// How the members stand when a text is put to them.
///
/// *Accepting* members want the text or can live with it and say so; *objecting* members state a formal objection;
/// the others acquiesce: they say nothing, which blocks a consensus as little as it makes a majority.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Members of the forum (a count).
    pub members: u32,
    /// Their weight together.
    pub weight: f64,
    /// Members that accept (a count).
    pub accepting: u32,
    /// Weight of those that accept.
    pub accepting_weight: f64,
    /// Members that object (a count).
    pub objecting: u32,
    /// Weight of those that object.
    pub objecting_weight: f64,
    /// Of those that object, how many hold a veto of their own under the forum's rules (a count).
    pub vetoes: u32,
    /// What the weights are whole numbers of.
    pub unit: Unit,
}

impl Tally {
    /// The tally had an objector of this weight accepted, with all others as they are.
    #[must_use]
    pub fn won_over(&self, weight: f64, veto: bool) -> Tally {
        Tally {
            accepting: self.accepting + 1,
            accepting_weight: self.accepting_weight + weight,
            objecting: self.objecting.saturating_sub(1),
            objecting_weight: (self.objecting_weight - weight).max(0.0),
            vetoes: self.vetoes.saturating_sub(u32::from(veto)),
            ..*self
        }
    }
}
