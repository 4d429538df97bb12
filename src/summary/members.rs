//! What each member of a forum has from the adopted text, over all replications.

use super::measure::measures;
use super::range::Range;
use super::sums::Sum;
use super::{Counts, Mean, Measure, Measured, Proportion, Subject};
use crate::minutes::MemberOutcome;
use crate::scenario::Forum;

measures! {
    PARTY = Country("party", "share", |_| Range::UNIT, "Replications in which it becomes a party / *N*", "*N*");
    CO_SPONSOR = Country(
        "co_sponsor", "share", |_| Range::UNIT,
        "Replications in which it co-sponsors / *N*; only where the forum states `co_sponsorship`", "*N*"
    );
    // Gains, and what they are made of, have no bounds: cost of failure and burdens are as large as one writes them.
    GAIN = Country(
        "gain", "utility", |_| Range::Any, "Σ gain / replications in which it becomes a party",
        "those in which it becomes a party"
    );
    TRANSFER = Country(
        "transfer", "utility", |_| Range::Any,
        "Σ (capacity building received − paid) / replications in which it becomes a party; only where the forum states `assistance`",
        "those in which it becomes a party"
    );
    COUNTRY_OPT_OUTS = Country(
        "opt_outs", "clauses", |at| at.clauses(),
        "Σ clauses it opted out of / replications in which it becomes a party; only where the forum states `opt_outs`",
        "those in which it becomes a party"
    );
}

/// What is kept of one member.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Membership {
    party: Proportion,
    co_sponsor: Proportion,
    gain: Mean,
    transfer: Mean,
    opt_outs: Counts,
}

impl Membership {
    /// Adds one replication.
    pub fn add(&mut self, ended: &MemberOutcome) {
        self.party.count(ended.party);
        self.co_sponsor.count(ended.co_sponsor);
        if ended.party {
            self.gain.add(ended.gain);
            self.transfer.add(ended.transfer);
            self.opt_outs.add(ended.opt_outs.into());
        }
    }

    /// Its sums.
    pub fn sums<'s>(&'s mut self, all: &mut Vec<Sum<'s>>) {
        let Membership { party, co_sponsor, gain, transfer, opt_outs } = self;
        all.extend([party, co_sponsor].map(Sum::Share));
        all.extend([gain, transfer].map(Sum::Mean));
        all.push(Sum::Counts(opt_outs));
    }

    /// Its lines, given the forum and the country by its place in the scenario.
    pub fn lines(&self, forum: &Forum, country: usize) -> Vec<Measured> {
        let mut lines = Vec::new();
        let mut line = |measure, estimate| lines.push((Subject::Country(country), measure, estimate));
        line(Measure::PARTY, self.party.estimate());
        if forum.terms.co_sponsorship.is_some() {
            line(Measure::CO_SPONSOR, self.co_sponsor.estimate());
        }
        line(Measure::GAIN, self.gain.estimate());
        if forum.terms.assistance.is_some() {
            line(Measure::TRANSFER, self.transfer.estimate());
        }
        if forum.terms.opt_outs.is_some() {
            line(Measure::COUNTRY_OPT_OUTS, self.opt_outs.estimate());
        }
        lines
    }
}
