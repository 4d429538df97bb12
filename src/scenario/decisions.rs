//! Columns of the tables of decisions on record, and of who stood where.

use super::tables::Column;

/// `cases.csv`, one row a decision.
pub const DECISIONS: &[Column] = &[
    ("case", true),
    ("date", true),
    ("rule", true),
    ("what", true),
    ("author", true),
    ("axis", true),
    ("point", true),
    ("source", true),
    ("confidence", true),
];

/// `case_parties.csv`, one row a country in a decision.
pub const STANDS: &[Column] =
    &[("case", true), ("country", true), ("stance", true), ("source", true), ("confidence", true)];
