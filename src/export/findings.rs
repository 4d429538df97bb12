//! Rows on what became of the countries, and on who stood in the way.

use super::marks::Marks;
use super::tables::{Cell, Rows};
use crate::minutes::{ForumOutcome, MemberOutcome, Outcome};
use crate::quantity::Date;
use crate::scenario::Scenario;
use crate::summary::Blocker;

impl Rows {
    /// Rows of [`Table::Parties`](super::Table::Parties) for one replication: members in the order of their seats, then
    /// outsiders that may accede.
    pub fn parties(&mut self, scenario: &Scenario, marks: &Marks, outcome: &Outcome) {
        let horizon = scenario.aftermath.is_some();
        for (place, (forum, ended)) in scenario.forums.iter().zip(&outcome.forums).enumerate() {
            let objections = objections_by_seat(ended);
            let named = forum.terms.co_sponsorship.is_some();
            let (letters, declares) = (forum.terms.side_letters.is_some(), forum.after.non_application.is_some());
            for (no, member) in ended.members.iter().chain(&ended.outsiders).enumerate() {
                let country = forum.candidate(no).country;
                if !forum.may_be_bound(no) {
                    continue;
                }
                let (id, counts) = (&scenario.countries[country].id, objections.get(no));
                self.row(&[
                    Cell::Count(outcome.replication),
                    Cell::Words(&forum.id),
                    Cell::Words(id),
                    if horizon { Cell::Flag(member.signed) } else { Cell::Nothing },
                    if horizon { Cell::Flag(member.ratified()) } else { Cell::Nothing },
                    Cell::count(year_in_force(member)),
                    Cell::number(member.weighed.then_some(member.gain)),
                    Cell::number(member.concession),
                    Cell::number(member.distance),
                    Cell::Flag(member.party),
                    Cell::count(counts.map(|(made, _)| *made)),
                    Cell::count(counts.map(|(_, decisive)| *decisive)),
                    Cell::count((letters && no < forum.members.len()).then_some(member.letters.into())),
                    Cell::count((horizon && declares).then_some(member.apart.into())),
                    if named && no < forum.members.len() { Cell::Flag(member.co_sponsor) } else { Cell::Nothing },
                    marks.member(place, no),
                    if horizon { Cell::Flag(member.acceded) } else { Cell::Nothing },
                ]);
            }
        }
    }

    /// Rows of [`Table::Blockers`](super::Table::Blockers).
    pub fn blockers(&mut self, scenario: &Scenario, blockers: &[Blocker]) {
        for blocker in blockers {
            let known = scenario.provenance(Some(blocker.forum), Some(blocker.country), Some(blocker.clause));
            self.row(&[
                Cell::Words(&scenario.forums[blocker.forum].id),
                Cell::Words(&scenario.countries[blocker.country].id),
                Cell::Words(&scenario.clauses[blocker.clause].id),
                Cell::Count(blocker.objections),
                Cell::Count(blocker.decisive),
                Cell::Count(blocker.held_up),
                Cell::Count(blocker.in_minimal_set),
                Cell::number(blocker.shortfall),
                Cell::Flag(known.imputed > 0),
                Cell::Flag(known.unverified > 0),
                Cell::Count(blocker.replications),
            ]);
        }
    }
}

/// Per seat, its objections and those that were decisive (counts).
fn objections_by_seat(ended: &ForumOutcome) -> Vec<(u64, u64)> {
    let mut counts = vec![(0, 0); ended.members.len()];
    for objections in &ended.objections {
        let (made, decisive) = &mut counts[objections.seat];
        *made += u64::from(objections.made);
        *decisive += u64::from(objections.decisive);
    }
    counts
}

fn year_in_force(member: &MemberOutcome) -> Option<u64> {
    member.in_force_day.map(|day| Date::of(day).year.max(0) as u64)
}
