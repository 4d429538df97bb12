//! Side letters: two members soften a clause between themselves, so that one of them can accept the package.
//!
//! When it signed the Pacific partnership in 2018 New Zealand exchanged letters with five partners that keep compulsory
//! arbitration between investors and states out between the two (Horrigan & Naish 2018; Vienna Convention, article 41).
//! This is flexibility that buys members (Baccini, Dür & Elsig 2015), pair by pair. Here a member that falls short of what it
//! insists on asks partners for letters on clauses that cost it something; each takes away, of what the clause costs it,
//! the part that is owed to that partner. The partner loses as much of its own gain on the clause as comes from the member.
//! Both have to gain: a partner agrees only if the member's company, or a text instead of none, is worth more to it than
//! its letters. Letters do not reach red lines, for the clause still binds towards everyone else, and do not move those
//! who hold out on a clause. How much is owed to one partner, and that members ask in the order of what they lack, are
//! judgements.

use super::{AT_THE_MARGIN, Package, Part, Poll};

/// A letter between two voters: who asked, and who agreed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::rounds) struct Letter {
    pub between: [usize; 2],
    pub clause: usize,
    /// What either gains by it [in utility]; for who agreed, what it pays, below zero: what it gets is the company.
    pub gains: [f64; 2],
}

impl Package<'_> {
    /// Side letters that make a difference to a poll, given the parts in the assistance, which letters are added to, and
    /// the poll that they make of it. `id` names a voter's country, to settle ties whatever the order of seats.
    pub fn lettered<'i>(
        &self,
        poll: &Poll,
        parts: &[Part],
        rank: impl Fn(usize) -> usize,
        id: impl Fn(usize) -> &'i str,
    ) -> Option<(Vec<Part>, Vec<Letter>, Poll)> {
        self.forum.terms.side_letters.as_ref().filter(|_| !self.is_stopped_firmly())?;
        let seats = self.voters.len();
        let before = self.carried_by(poll);
        let mut parts: Vec<Part> = (0..seats).map(|seat| parts.get(seat).copied().unwrap_or_default()).collect();
        let mut parties = poll.accepts.clone();
        let can_be_won = |seat: &usize| !poll.accepts[*seat] && self.stands_firm_on(*seat).is_empty();
        let mut asking: Vec<(f64, usize)> =
            (0..seats).filter(can_be_won).map(|seat| (-self.over_reservation(seat, &parties, &parts), seat)).collect();
        asking.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
        let mut letters = Vec::new();
        for (_, seat) in asking {
            let lacking = -self.over_reservation(seat, &parties, &parts);
            let exchanged = self.ask(seat, lacking, before, &parties, &parts, (&rank, &id));
            let eased = exchanged.iter().fold(0.0, |sum, letter| sum + letter.gains[0]);
            if eased < lacking {
                continue;
            }
            parties[seat] = true;
            for letter in &exchanged {
                letter.between.iter().zip(letter.gains).for_each(|(&voter, gain)| parts[voter].letters += gain);
            }
            letters.extend(exchanged);
        }
        let won = self.ballot((0..seats).map(|seat| self.shortfall(seat) - parts[seat].net()).collect());
        let wins = self.carried_by(&won) && (!before || won.tally.accepting > poll.tally.accepting);
        (wins && !letters.is_empty()).then_some((parts, letters, won))
    }

    /// By how much the gain of a voter in the company of these parties exceeds what it insists on (in utility).
    fn over_reservation(&self, seat: usize, parties: &[bool], parts: &[Part]) -> f64 {
        let insists = self.voters[seat].instructions.reservation - AT_THE_MARGIN;
        self.gain_with(seat, parties, parts) - insists
    }

    /// Letters that a voter would exchange with those parties who agree, the most helpful first, until it lacks nothing.
    fn ask<'i>(
        &self,
        seat: usize,
        lacking: f64,
        carried: bool,
        parties: &[bool],
        parts: &[Part],
        (rank, id): (impl Fn(usize) -> usize, impl Fn(usize) -> &'i str),
    ) -> Vec<Letter> {
        let Some(terms) = &self.forum.terms.side_letters else { return Vec::new() };
        let mut offers: Vec<Letter> = Vec::new();
        for clause in (0..self.point.len()).filter(|&c| terms.clauses[c] && self.worth(seat, c) < -AT_THE_MARGIN) {
            for partner in (0..parties.len()).filter(|&partner| parties[partner] && partner != seat) {
                let eases = -terms.softening * self.owed(seat, partner) * self.worth(seat, clause);
                let costs = terms.softening * self.owed(partner, seat) * self.worth(partner, clause).max(0.0);
                offers.push(Letter { between: [seat, partner], clause, gains: [eases, -costs] });
            }
        }
        offers.retain(|letter| letter.gains[0] > AT_THE_MARGIN);
        offers.sort_by(|a, b| {
            let by_help = b.gains[0].total_cmp(&a.gains[0]);
            by_help
                .then_with(|| rank(a.clause).cmp(&rank(b.clause)))
                .then_with(|| id(a.between[1]).cmp(id(b.between[1])))
        });
        let mut asker_alone = vec![false; parties.len()];
        asker_alone[seat] = true;
        let mut exchanged: Vec<Letter> = Vec::new();
        let mut eased = 0.0;
        for letter in offers {
            if eased >= lacking || exchanged.len() >= terms.at_most as usize {
                break;
            }
            let partner = letter.between[1];
            let given =
                exchanged.iter().filter(|other| other.between[1] == partner).fold(0.0, |sum, l| sum + l.gains[1]);
            // In a text that is carried anyway the partner gains the asker's company; else, all that it has over no deal.
            let worth = match (&self.exclusion, carried) {
                (Some(exclusion), true) => exclusion.worth(partner, &asker_alone),
                (None, true) => 0.0,
                (_, false) => self.over_reservation(partner, parties, parts),
            };
            if worth + given + letter.gains[1] > AT_THE_MARGIN {
                eased += letter.gains[0];
                exchanged.push(letter);
            }
        }
        exchanged
    }

    /// Share of what a voter does under a clause that concerns one partner [0–1]: the partner's share of its trade where
    /// trade is priced, otherwise of the weight of all others.
    fn owed(&self, seat: usize, partner: usize) -> f64 {
        match &self.exclusion {
            Some(exclusion) => exclusion.trade_with(seat, partner),
            None => {
                let others = self.total_weight - self.voters[seat].strength.weight;
                if others > 0.0 { (self.voters[partner].strength.weight / others).min(1.0) } else { 0.0 }
            }
        }
    }
}
