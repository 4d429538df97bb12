//! The columns of `imputed.csv`: what was assumed where there was no evidence.

use crate::export::column::{Column, Row};
use crate::scenario::{Imputed, Scenario};

/// A value of a mandate that had no evidence.
pub struct ImputedRow<'a> {
    scenario: &'a Scenario,
    value: &'a Imputed,
}

/// The rows of a scenario.
pub fn rows(scenario: &Scenario) -> impl Iterator<Item = ImputedRow<'_>> {
    scenario.imputed.iter().map(move |value| ImputedRow { scenario, value })
}

impl<'a> Row<'a> for ImputedRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        Column::text("country", "identifier", "Country", |row| &row.scenario.countries[row.value.country].id),
        Column::text("clause", "identifier", "Clause", |row| &row.scenario.clauses[row.value.clause].id),
        Column::text("quantity", "ideal_point or salience", "What was imputed", |row| row.value.quantity),
        Column::fraction("value", "0-1", "Central value assumed", |row| Some(row.value.value)),
        Column::fraction("uncertainty", "0-1", "Standard deviation assumed", |row| Some(row.value.uncertainty)),
        Column::text("method", "words", "How it was imputed", |row| &row.value.method),
        Column::text("forum", "identifier", "Forum", |row| &row.scenario.forums[row.value.forum].id),
        Column::integer(
            "unverified",
            "countries",
            "Of the countries it was taken from, those whose own evidence is partly unverified",
            |row| Some(row.value.unverified as u64),
        ),
    ];
}
