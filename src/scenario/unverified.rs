//! How much of a scenario rests on rows that nobody verified, or on no rows at all.

use super::evidence::Confidence;
use super::{Origin, Scenario};

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

impl Scenario {
    /// Mandates of members that rest on evidence of which some is unverified, and all mandates of members.
    pub fn unverified(&self) -> (usize, usize) {
        let mandates = || self.forums.iter().flat_map(|forum| &forum.members).flat_map(|member| &member.mandates);
        (mandates().filter(|mandate| mandate.origin.is_unverified()).count(), mandates().count())
    }
}
