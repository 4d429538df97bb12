//! The columns of `clauses.csv`: what became of a clause of a forum in one replication.

use crate::export::column::{Column, Row};
use crate::export::marks::Marks;
use crate::minutes::{ClauseOutcome, Outcome};
use crate::scenario::{Clause, Forum, Scenario};

/// A clause of a forum's agenda in one replication.
pub struct ClauseRow<'a> {
    replication: u64,
    forum: &'a Forum,
    clause: &'a Clause,
    ended: &'a ClauseOutcome,
    /// Mandates on unverified evidence (a count).
    unverified: u64,
}

/// The rows of one replication.
pub fn rows<'a>(scenario: &'a Scenario, marks: &'a Marks, outcome: &'a Outcome) -> impl Iterator<Item = ClauseRow<'a>> {
    let forums = scenario.forums.iter().zip(&outcome.forums).enumerate();
    forums.flat_map(move |(no, (forum, ended))| {
        let agenda = forum.agenda.iter().zip(&ended.clauses).enumerate();
        agenda.map(move |(place, (&clause, ended))| ClauseRow {
            replication: outcome.replication,
            forum,
            clause: &scenario.clauses[clause],
            ended,
            unverified: marks.clause(no, place),
        })
    })
}

impl<'a> Row<'a> for ClauseRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        Column::integer("replication", "number", "Replication, counted from 0", |row| Some(row.replication)),
        Column::text("forum", "identifier", "Forum", |row| &row.forum.id),
        Column::text("clause", "identifier", "Clause", |row| &row.clause.id),
        Column::flag("adopted", "true or false", "Whether the adopted text has a provision on it", |row| {
            Some(row.ended.adopted.is_some())
        }),
        Column::integer(
            "rung",
            "number",
            "Rung of the adopted provision, counted from 0; empty where none was adopted and on continuous scales",
            |row| row.ended.adopted.and_then(|point| row.clause.nearest_rung(point)).map(|rung| rung as u64),
        ),
        Column::fraction(
            "position",
            "0-1",
            "Effective obligation of the adopted provision; empty where none was adopted",
            |row| row.ended.adopted,
        ),
        Column::integer(
            "round",
            "number",
            "Round in which its brackets fell, counted from 1; empty where the endgame decided",
            |row| row.ended.closed_in.map(u64::from),
        ),
        Column::integer("objections", "objections", "Formal objections to it, over all rounds and polls", |row| {
            Some(row.ended.objections.into())
        }),
        Column::integer("dilutions", "steps", "Rungs, or steps of 0.1, by which the endgame weakened it", |row| {
            Some(row.ended.dilutions.into())
        }),
        Column::flag("dropped", "true or false", "Whether the endgame took it out", |row| Some(row.ended.dropped)),
        Column::flag(
            "proposed",
            "true or false",
            "Whether it was put forward and carried at the first reading; true where the forum holds none",
            |row| Some(row.ended.proposed),
        ),
        Column::fraction(
            "flexibility",
            "0-1",
            "Share of its depth that exceptions let members leave undone; 0 where there are none",
            |row| Some(row.ended.flexibility),
        ),
        Column::integer("opt_outs", "countries", "Parties to the adopted text that opted out of it", |row| {
            Some(row.ended.opt_outs.into())
        }),
        Column::integer(
            "unverified",
            "mandates",
            "Of the members' mandates on it, those on evidence of which some is unverified",
            |row| Some(row.unverified),
        ),
    ];
}
