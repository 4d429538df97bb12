//! Assistance: transition periods, and capacity building that donors pay for, for those whose only obstacle is the burden.
//!
//! As in the Trade Facilitation Agreement (2014, section II) each recipient says itself which clauses it applies at
//! once (category A), after a transition period (B), and once it has been helped to build the capacity (C). It wants time
//! wherever a clause asks for more than it does already and can be softened at all; that takes a stated share of the
//! burden away and costs nobody anything. Capacity building takes away the rest, at the donors' expense. A recipient asks for it on as few clauses as
//! it takes to accept, heaviest burden first. Donors give in proportion to gain × weight, never more than a stated share
//! of their gain, and never so much that they would rather have no text (Barrett 2003: transfers come out of the gains
//! of those who want the treaty). The chair brings it in where it makes the difference: where a poll that failed would
//! be carried, or where one that was carried would have more parties. All of it but the categories is a judgement.

use super::{AT_THE_MARGIN, Package, Poll, share};
use crate::scenario::Assistance;

/// What assistance means for one member.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::rounds) struct Part {
    /// Clauses that it applies at once (category A, a count).
    pub at_once: u32,
    /// Clauses for which it takes a transition period (category B, a count).
    pub transition: u32,
    /// Clauses for which it is helped to build capacity (category C, a count).
    pub capacity_building: u32,
    /// Burden that its transition periods take away (in utility).
    pub relief: f64,
    /// Burden that capacity building takes away (in utility).
    pub received: f64,
    /// What it pays for that of others (in utility).
    pub paid: f64,
    /// What side letters ease, less what they cost it (in utility).
    pub letters: f64,
}

impl Part {
    /// What it adds to the member's gain (in utility).
    pub fn net(&self) -> f64 {
        self.relief + self.received - self.paid + self.letters
    }

    /// What changes hands: received, less paid (in utility).
    pub fn transfer(&self) -> f64 {
        self.received - self.paid
    }
}

/// A clause that asks a recipient for more than it does already.
struct Gap {
    clause: usize,
    /// Burden that is left after a transition period, where it can have one (in utility).
    remaining: f64,
    /// Whether it can have one.
    softened: bool,
}

/// A recipient that could be won, and what that takes.
struct Bid {
    seat: usize,
    /// How many of its gaps are closed, from the widest on.
    gaps: usize,
    received: f64,
}

impl Package<'_> {
    /// Assistance that makes a difference to a poll, and the poll that it makes of it. `id` names a seat's country, to
    /// settle ties whatever the order of seats.
    pub fn assisted<'i>(
        &self,
        poll: &Poll,
        rank: impl Fn(usize) -> usize,
        id: impl Fn(usize) -> &'i str,
    ) -> Option<(Vec<Part>, Poll)> {
        let terms = self.forum.terms.assistance.as_ref().filter(|_| !self.is_stopped_firmly())?;
        let seats = self.voters.len();
        let waiting = |seat: usize| {
            terms.recipients[self.voters[seat].seat]
                && !poll.accepts[seat]
                && self.desk.weighed.crossed[seat].is_empty()
        };
        if !(0..seats).any(waiting) {
            return None;
        }
        let mut parts = vec![Part::default(); seats];
        let mut gaps: Vec<Vec<Gap>> = (0..seats).map(|_| Vec::new()).collect();
        for seat in (0..seats)
            .filter(|&seat| terms.recipients[self.voters[seat].seat] && self.desk.weighed.crossed[seat].is_empty())
        {
            gaps[seat] = self.designate(seat, terms, &mut parts[seat]);
        }
        let shortfall = |seat: usize, part: &Part| self.shortfall(seat) - part.net();
        let shortfalls =
            |parts: &[Part]| -> Vec<f64> { (0..seats).map(|seat| shortfall(seat, &parts[seat])).collect() };
        let joining = self.would_be_parties(&shortfalls(&parts));
        let company = |seat: usize| self.exclusion.as_ref().map_or(0.0, |exclusion| exclusion.worth(seat, &joining));

        let lacking = |seat: usize| shortfall(seat, &parts[seat]) - company(seat) + AT_THE_MARGIN;
        let waiting = (0..seats).filter(|&seat| waiting(seat) && !joining[seat]);
        let mut bids: Vec<Bid> = waiting.filter_map(|seat| bid(seat, lacking(seat), &mut gaps[seat], &rank)).collect();
        bids.sort_by(|a, b| a.received.total_cmp(&b.received).then_with(|| id(a.seat).cmp(id(b.seat))));
        let donors: Vec<Donor> = (0..seats)
            .filter(|&seat| terms.donors[self.voters[seat].seat] && joining[seat])
            .map(|seat| self.donor(seat, self.gain(seat) + company(seat), terms))
            .filter(|donor| donor.weight > 0.0)
            .collect();
        let spent = grant(bids, &gaps, &donors, terms, &mut parts);
        for (donor, paid) in donors.iter().zip(levy(&donors, spent)) {
            parts[donor.seat].paid = paid;
        }

        let aided = self.ballot(shortfalls(&parts));
        let (before, after) = (self.carried_by(poll), self.carried_by(&aided));
        let wins = after && (!before || aided.tally.accepting > poll.tally.accepting);
        wins.then_some((parts, aided))
    }

    /// What a member that joins, and gains so much by it, can give.
    fn donor(&self, seat: usize, gains: f64, terms: &Assistance) -> Donor {
        let voter = &self.voters[seat];
        let gain = gains.max(0.0);
        let spare = gains - voter.instructions.reservation;
        let weight = gain * share(voter.strength.weight, self.total_weight);
        Donor { seat, weight, most: (terms.most * gain).min(spare).max(0.0) }
    }

    /// Has a recipient designate the clauses of the package, as far as that costs nobody anything; returns the gaps that
    /// capacity building could close.
    fn designate(&self, seat: usize, terms: &Assistance, part: &mut Part) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for clause in (0..self.point.len()).filter(|&c| self.included[c] && !self.is_out(seat, c)) {
            let burden = self.desk.weighed.burden.at(seat, clause);
            let softened = burden > 0.0 && self.clauses[clause].softened_by_sdt;
            let relief = if softened { terms.transition_relief * burden } else { 0.0 };
            *(if softened { &mut part.transition } else { &mut part.at_once }) += 1;
            part.relief += relief;
            if burden > 0.0 {
                gaps.push(Gap { clause, remaining: burden - relief, softened });
            }
        }
        gaps
    }
}

/// The greatest gaps of a recipient that bring it what it lacks to join, once they are closed; none where all do not.
fn bid(seat: usize, lacking: f64, gaps: &mut [Gap], rank: impl Fn(usize) -> usize) -> Option<Bid> {
    gaps.sort_by(|a, b| b.remaining.total_cmp(&a.remaining).then_with(|| rank(a.clause).cmp(&rank(b.clause))));
    let mut bid = Bid { seat, gaps: 0, received: 0.0 };
    for gap in gaps.iter() {
        if bid.received < lacking {
            bid.gaps += 1;
            bid.received += gap.remaining;
        }
    }
    (bid.received >= lacking).then_some(bid)
}

/// Closes the gaps of one bidder after the other, while what the donors can give is enough; returns what that costs.
fn grant(bids: Vec<Bid>, gaps: &[Vec<Gap>], donors: &[Donor], terms: &Assistance, parts: &mut [Part]) -> f64 {
    let fund: f64 = donors.iter().map(|donor| donor.most).sum();
    let mut spent = 0.0;
    for bid in bids {
        let cost = terms.price * bid.received;
        if spent + cost > fund {
            break;
        }
        spent += cost;
        let part = &mut parts[bid.seat];
        for gap in &gaps[bid.seat][..bid.gaps] {
            *(if gap.softened { &mut part.transition } else { &mut part.at_once }) -= 1;
        }
        part.capacity_building = bid.gaps as u32;
        part.received = bid.received;
    }
    spent
}

/// A donor, and what it can give.
struct Donor {
    seat: usize,
    /// Its part of every levy, relative to that of the others [≥ 0].
    weight: f64,
    /// Most that it gives (in utility).
    most: f64,
}

/// Shares a sum out among donors by their weights; who reaches the most it gives leaves the rest to the others. Gives
/// what each pays, in their order.
fn levy(donors: &[Donor], sum: f64) -> Vec<f64> {
    let mut paid = vec![0.0; donors.len()];
    let mut open: Vec<usize> = (0..donors.len()).collect();
    let mut due = sum;
    while due > 0.0 && !open.is_empty() {
        let rate = due / open.iter().map(|&no| donors[no].weight).sum::<f64>();
        let before = open.len();
        let due_now = due;
        open.retain(|&no| {
            let is_at_its_most = rate * donors[no].weight >= donors[no].most;
            if is_at_its_most {
                paid[no] = donors[no].most.min(due_now);
                due -= paid[no];
            }
            !is_at_its_most
        });
        if open.len() == before {
            open.iter().for_each(|&no| paid[no] = rate * donors[no].weight);
            break;
        }
    }
    paid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn donors(given: &[(f64, f64)]) -> Vec<Donor> {
        given.iter().enumerate().map(|(seat, &(weight, most))| Donor { seat, weight, most }).collect()
    }

    #[test]
    fn a_levy_goes_by_weight() {
        assert_eq!(levy(&donors(&[(3.0, 1.0), (1.0, 1.0)]), 0.4), [0.30000000000000004, 0.1]);
        assert_eq!(levy(&donors(&[]), 0.0), [0.0; 0]);
    }

    #[test]
    fn who_is_at_its_most_leaves_the_rest_to_the_others() {
        // By weight 0.6, 0.2 and 0.2 of 1; the first stops at 0.3, and 0.7 is left to two equals, of whom the second
        // stops at 0.25: the third pays 0.45.
        let paid = levy(&donors(&[(3.0, 0.3), (1.0, 0.25), (1.0, 0.9)]), 1.0);
        assert!(paid.iter().zip([0.3, 0.25, 0.45]).all(|(is, should)| (is - should).abs() < 1e-15), "{paid:?}");
    }

    #[test]
    fn what_is_paid_is_what_was_asked_for() {
        let all = donors(&[(0.7, 0.05), (2.0, 0.2), (0.1, 0.4), (5.0, 0.01)]);
        for sum in [0.0, 0.01, 0.1, 0.3, 0.66] {
            let paid = levy(&all, sum);
            assert!((paid.iter().sum::<f64>() - sum).abs() < 1e-12, "{sum}: {paid:?}");
            assert!(paid.iter().zip(&all).all(|(paid, donor)| *paid <= donor.most), "{paid:?}");
        }
    }
}
