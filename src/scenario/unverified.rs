//! How much of a scenario rests on rows that nobody verified.

use super::evidence::Confidence;
use super::{Origin, Scenario};

impl Scenario {
    /// Mandates of members that rest on evidence of which some is unverified, and all mandates of members.
    pub fn unverified(&self) -> (usize, usize) {
        let mandates = || self.forums.iter().flat_map(|forum| &forum.members).flat_map(|member| &member.mandates);
        let low = Confidence::Low.words();
        let rests = |origin: &Origin| matches!(origin, Origin::Evidence { confidence, .. } if confidence == low);
        (mandates().filter(|mandate| rests(&mandate.origin)).count(), mandates().count())
    }
}
