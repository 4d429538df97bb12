//! The columns of `blockers.csv`: who stood in the way of what.

use crate::export::column::{Column, Row};
use crate::scenario::{Provenance, Scenario};
use crate::summary::Blocker;

/// A country and a clause that it stood in the way of.
pub struct BlockerRow<'a> {
    scenario: &'a Scenario,
    blocker: &'a Blocker,
    /// On what its mandate on the clause rests.
    known: Provenance,
}

/// The rows of a run.
pub fn rows<'a>(scenario: &'a Scenario, blockers: &'a [Blocker]) -> impl Iterator<Item = BlockerRow<'a>> {
    blockers.iter().map(|blocker| BlockerRow {
        scenario,
        blocker,
        known: scenario.provenance(Some(blocker.forum), Some(blocker.country), Some(blocker.clause)),
    })
}

impl<'a> Row<'a> for BlockerRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        Column::text("forum", "identifier", "Forum", |row| &row.scenario.forums[row.blocker.forum].id),
        Column::text("country", "identifier", "Country", |row| &row.scenario.countries[row.blocker.country].id),
        Column::text("clause", "identifier", "Clause that it stood in the way of", |row| {
            &row.scenario.clauses[row.blocker.clause].id
        }),
        Column::integer(
            "objections",
            "objections",
            "Its objections to the clause where the forum had no text, or the clause was weakened or left out",
            |row| Some(row.blocker.objections),
        ),
        Column::integer(
            "decisive",
            "objections",
            "Those of them without which the clause or text would have passed",
            |row| Some(row.blocker.decisive),
        ),
        Column::integer(
            "held_up",
            "replications",
            "Replications in which an objection of it was decisive and the clause did not make it, or the forum had no text",
            |row| Some(row.blocker.held_up),
        ),
        Column::integer(
            "in_minimal_set",
            "replications",
            "Replications without a text in which it is in a smallest blocking set of the last poll, by this clause",
            |row| Some(row.blocker.in_minimal_set),
        ),
        Column::fraction(
            "shortfall",
            "utility",
            "What it would have taken to win the country in the last poll: mean over the replications without a text in which \
             it stood in the way by this clause; empty where there are none",
            |row| row.blocker.shortfall,
        ),
        Column::flag(
            "imputed",
            "true or false",
            "Whether its mandate on the clause had no evidence of its own",
            |row| Some(row.known.imputed > 0),
        ),
        Column::flag(
            "unverified",
            "true or false",
            "Whether its mandate on the clause rests on evidence of which some is unverified",
            |row| Some(row.known.unverified > 0),
        ),
        Column::integer(
            "replications",
            "replications",
            "Replications in which it objected to the clause, and the forum had no text, or the clause was weakened or left out",
            |row| Some(row.blocker.replications),
        ),
    ];
}
