//! The tables of a run directory: their names, their columns, and where their rows come from.

use super::cell::RowSink;
use super::column::{Field, Row};
use super::columns::{self, BlockerRow, ClauseRow, ImputedRow, PartyRow, RunRow, SummaryRow};
use super::marks::Marks;
use crate::minutes::Outcome;
use crate::scenario::Scenario;
use crate::summary::{Blocker, Line};

/// A table of the run directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Replication × forum.
    Runs,
    /// Replication × forum × clause.
    Clauses,
    /// Replication × forum × country.
    Parties,
    /// Mandate values that had no evidence.
    Imputed,
    /// Forum × country × clause that stood in the way.
    Blockers,
    /// Forum × subject × measure.
    Summary,
}

impl Table {
    /// All tables, in the order in which they are described and digested.
    pub const ALL: [Table; 6] =
        [Table::Runs, Table::Clauses, Table::Parties, Table::Imputed, Table::Blockers, Table::Summary];

    /// Tables with rows for every replication, which `--tables` chooses from.
    pub const PER_REPLICATION: [Table; 3] = [Table::Runs, Table::Clauses, Table::Parties];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Table::Runs => "runs",
            Table::Clauses => "clauses",
            Table::Parties => "parties",
            Table::Imputed => "imputed",
            Table::Blockers => "blockers",
            Table::Summary => "summary",
        }
    }

    /// Its file in the run directory.
    pub fn file(self) -> String {
        format!("{}.csv", self.name())
    }

    /// What one row is.
    pub fn describe(self) -> &'static str {
        match self {
            Table::Runs => "One row per replication and forum",
            Table::Clauses => "One row per replication, forum and clause",
            Table::Parties => "One row per replication, forum and country",
            Table::Imputed => "One row per mandate value that had no evidence",
            Table::Blockers => "One row per forum, country and clause that stood in the way",
            Table::Summary => "One row per forum, subject and measure",
        }
    }

    /// Its columns.
    pub fn columns(self) -> Vec<Field> {
        match self {
            Table::Runs => RunRow::fields(),
            Table::Clauses => ClauseRow::fields(),
            Table::Parties => PartyRow::fields(),
            Table::Imputed => ImputedRow::fields(),
            Table::Blockers => BlockerRow::fields(),
            Table::Summary => SummaryRow::fields(),
        }
    }

    /// Its header row.
    pub fn header(self) -> String {
        let names: Vec<&str> = self.columns().iter().map(|field| field.name).collect();
        names.join(",") + "\n"
    }
}

/// The rows of a table for one replication; none of a table that has no rows for single ones.
pub fn replication(table: Table, scenario: &Scenario, marks: &Marks, outcome: &Outcome, sink: &mut impl RowSink) {
    match table {
        Table::Runs => fill(columns::runs(scenario, marks, outcome), sink),
        Table::Clauses => fill(columns::clauses(scenario, marks, outcome), sink),
        Table::Parties => fill(columns::parties(scenario, marks, outcome), sink),
        Table::Imputed | Table::Blockers | Table::Summary => {}
    }
}

/// The rows of [`Table::Imputed`].
pub fn imputed(scenario: &Scenario, sink: &mut impl RowSink) {
    fill(columns::imputed(scenario), sink);
}

/// The rows of [`Table::Blockers`].
pub fn blockers(scenario: &Scenario, blockers: &[Blocker], sink: &mut impl RowSink) {
    fill(columns::blockers(scenario, blockers), sink);
}

/// The rows of [`Table::Summary`].
pub fn summary(scenario: &Scenario, lines: &[Line], sink: &mut impl RowSink) {
    fill(columns::summary(scenario, lines), sink);
}

fn fill<'a, R: Row<'a>>(rows: impl Iterator<Item = R>, sink: &mut impl RowSink) {
    rows.for_each(|row| sink.row(row.cells()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_columns_are_those_of_the_contract() {
        assert!(
            Table::Runs
                .header()
                .starts_with("replication,forum,concluded,rounds,clauses_adopted,clauses_dropped,parties,")
        );
        assert!(Table::Clauses.header().starts_with("replication,forum,clause,adopted,rung,position,round,"));
        assert!(Table::Parties.header().starts_with("replication,forum,country,signed,ratified,in_force_year,gain,"));
        assert!(Table::Blockers.header().starts_with("forum,country,clause,objections,decisive,"));
        assert!(Table::Imputed.header().starts_with("country,clause,quantity,value,uncertainty,method"));
        assert!(Table::Summary.header().starts_with("forum,subject,measure,mean,ci_low,ci_high,n"));
    }
}
