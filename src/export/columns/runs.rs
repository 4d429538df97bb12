//! The columns of `runs.csv`: how the talks of a forum ended in one replication.

use crate::export::column::{Column, Row};
use crate::export::marks::Marks;
use crate::minutes::{ForumOutcome, Outcome};
use crate::quantity::Date;
use crate::scenario::{Forum, Scenario};

/// A forum in one replication.
pub struct RunRow<'a> {
    replication: u64,
    forum: &'a Forum,
    ended: &'a ForumOutcome,
    /// Mandates on unverified evidence (a count).
    unverified: u64,
}

/// The rows of one replication.
pub fn rows<'a>(scenario: &'a Scenario, marks: &'a Marks, outcome: &'a Outcome) -> impl Iterator<Item = RunRow<'a>> {
    let forums = scenario.forums.iter().zip(&outcome.forums).enumerate();
    forums.map(|(no, (forum, ended))| RunRow {
        replication: outcome.replication,
        forum,
        ended,
        unverified: marks.talks(no),
    })
}

impl<'a> Row<'a> for RunRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        Column::integer("replication", "number", "Replication, counted from 0", |row| Some(row.replication)),
        Column::text("forum", "identifier", "Forum", |row| &row.forum.id),
        Column::flag("concluded", "true or false", "Whether a text was adopted", |row| Some(row.ended.concluded)),
        Column::integer("rounds", "rounds", "Rounds held", |row| Some(row.ended.rounds.into())),
        Column::integer("clauses_adopted", "clauses", "Clauses in the adopted text", |row| {
            Some(row.ended.adopted() as u64)
        }),
        Column::integer(
            "clauses_dropped",
            "clauses",
            "Clauses of the agenda that the adopted text leaves out; empty without a text",
            |row| row.ended.dropped().map(|dropped| dropped as u64),
        ),
        Column::integer("parties", "countries", "Members that become parties to the adopted text", |row| {
            Some(row.ended.parties() as u64)
        }),
        Column::integer("extensions", "times", "Extensions granted after the first deadline", |row| {
            Some(row.ended.extensions.into())
        }),
        Column::integer("polls", "polls", "Polls held in the endgame", |row| Some(row.ended.polls.into())),
        Column::integer("exchanges", "exchanges", "Exchanges of positions between clauses; 0 without linkage", |row| {
            Some(row.ended.exchanges.into())
        }),
        Column::fraction(
            "externality",
            "utility",
            "What the exchanges did to those who had no part in them, all together",
            |row| Some(row.ended.externality),
        ),
        Column::integer(
            "in_force_year",
            "year",
            "Year in which the text entered into force; empty where it did not before the horizon, or no horizon is stated",
            |row| row.ended.in_force_day.map(|day| Date::of(day).year.max(0) as u64),
        ),
        Column::flag(
            "incorporated",
            "true or false",
            "Whether the other body took the text in; empty where it was not asked",
            |row| row.ended.incorporated,
        ),
        Column::flag(
            "without_a_vote",
            "true or false",
            "Whether nobody objected to the adopted text in the last poll; empty without a text, and where modules are decided",
            |row| row.ended.without_a_vote,
        ),
        Column::integer(
            "unverified",
            "mandates",
            "Of the forum's mandates, those on evidence of which some is unverified",
            |row| Some(row.unverified),
        ),
    ];
}
