//! Co-sponsors: who puts its name to the adopted text.
//!
//! A name on a text costs little and says more than a vote: who co-sponsors wants the text as it is, and does not merely
//! live with it (Kessler & Krehbiel 1996 on cosponsorship as a signal). Here a party does where the text is worth more to
//! it than a stated gain, and no clause of it costs it anything against the status quo. Both are judgements. It is told of
//! the text that was adopted; it moves nothing.

use super::{AT_THE_MARGIN, Package, Part};

impl Package<'_> {
    /// Those of the parties that co-sponsor the package, where the forum knows co-sponsors.
    pub fn co_sponsors(&self, parties: &[bool], parts: &[Part]) -> Vec<usize> {
        let Some(least) = self.forum.terms.co_sponsorship else { return Vec::new() };
        let costs = |seat: usize, clause: usize| self.included[clause] && self.worth(seat, clause) < -AT_THE_MARGIN;
        let wants = |&seat: &usize| {
            self.gain_with(seat, parties, parts) > least + AT_THE_MARGIN
                && !(0..self.point.len()).any(|clause| costs(seat, clause))
        };
        (0..parties.len()).filter(|&seat| parties[seat]).filter(wants).collect()
    }
}
