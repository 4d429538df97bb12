//! The tables of a run directory, and how their rows are written.

use std::fmt::Write as _;

use super::columns::{BLOCKERS, CLAUSES, Column, IMPUTED, PARTIES, RUNS, SUMMARY};
use super::marks::Marks;
use crate::decimal::{self, FIGURE, FRACTION};
use crate::minutes::{ClauseOutcome, ForumOutcome, Outcome};
use crate::quantity::Date;
use crate::scenario::{Clause, Scenario};
use crate::summary::{Line, Subject};

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
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Runs => RUNS,
            Table::Clauses => CLAUSES,
            Table::Parties => PARTIES,
            Table::Imputed => IMPUTED,
            Table::Blockers => BLOCKERS,
            Table::Summary => SUMMARY,
        }
    }

    /// Its header row.
    pub fn header(self) -> String {
        let names: Vec<&str> = self.columns().iter().map(|(name, ..)| *name).collect();
        names.join(",") + "\n"
    }
}

/// The word for all forums together.
const ALL_FORUMS: &str = "world";

/// A value that is not a number in a table that must not have one: a defect of the model, told with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFinite(pub String);

/// Writes rows of a table as CSV (RFC 4180, with plain line feeds): numbers that read back to the same bits, nothing for
/// "no value".
pub struct Rows {
    csv: csv::Writer<Vec<u8>>,
    /// The digits of the number that is being written.
    digits: String,
    not_finite: bool,
}

/// One cell.
#[derive(Clone, Copy)]
pub(super) enum Cell<'a> {
    Flag(bool),
    /// A whole number.
    Count(u64),
    /// A fraction.
    Number(f64),
    /// A fraction that people read in a spreadsheet.
    Figure(f64),
    Words(&'a str),
    Nothing,
}

impl<'a> Cell<'a> {
    pub(super) fn count(count: Option<u64>) -> Cell<'a> {
        count.map_or(Cell::Nothing, Cell::Count)
    }
    pub(super) fn number(number: Option<f64>) -> Cell<'a> {
        number.map_or(Cell::Nothing, Cell::Number)
    }
    pub(super) fn figure(number: Option<f64>) -> Cell<'a> {
        number.map_or(Cell::Nothing, Cell::Figure)
    }
}

impl Default for Rows {
    fn default() -> Self {
        Rows {
            csv: csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new()),
            digits: String::new(),
            not_finite: false,
        }
    }
}

impl Rows {
    /// The bytes written, unless a number was not one.
    pub fn finish(self, what: impl FnOnce() -> String) -> Result<Vec<u8>, NotFinite> {
        if self.not_finite {
            return Err(NotFinite(what()));
        }
        self.csv.into_inner().map_err(|error| NotFinite(error.to_string()))
    }

    pub(super) fn row(&mut self, cells: &[Cell]) {
        for cell in cells {
            // Writing to memory cannot fail.
            let _ = match *cell {
                Cell::Flag(flag) => self.csv.write_field(if flag { "true" } else { "false" }),
                Cell::Count(count) => self.count(count),
                Cell::Number(number) if number.is_finite() => self.fraction(number, FRACTION),
                Cell::Figure(number) if number.is_finite() => self.fraction(number, FIGURE),
                Cell::Number(_) | Cell::Figure(_) => {
                    self.not_finite = true;
                    self.csv.write_field("")
                }
                Cell::Words(words) => self.csv.write_field(words),
                Cell::Nothing => self.csv.write_field(""),
            };
        }
        let _ = self.csv.write_record(None::<&[u8]>);
    }

    fn count(&mut self, count: u64) -> csv::Result<()> {
        self.digits.clear();
        let _ = write!(self.digits, "{count}");
        self.csv.write_field(&self.digits)
    }

    fn fraction(&mut self, number: f64, least: usize) -> csv::Result<()> {
        self.digits.clear();
        decimal::push(&mut self.digits, number, least);
        self.csv.write_field(&self.digits)
    }

    /// Rows of a table for one replication; none of a table that has no rows for single ones.
    pub fn replication(&mut self, table: Table, scenario: &Scenario, marks: &Marks, outcome: &Outcome) {
        match table {
            Table::Runs => self.runs(scenario, marks, outcome),
            Table::Clauses => self.clauses(scenario, marks, outcome),
            Table::Parties => self.parties(scenario, marks, outcome),
            Table::Imputed | Table::Blockers | Table::Summary => {}
        }
    }

    /// Rows of [`Table::Runs`] for one replication.
    pub fn runs(&mut self, scenario: &Scenario, marks: &Marks, outcome: &Outcome) {
        for (no, (forum, ended)) in scenario.forums.iter().zip(&outcome.forums).enumerate() {
            self.run(&forum.id, outcome.replication, ended, marks.talks(no));
        }
    }

    fn run(&mut self, forum: &str, replication: u64, ended: &ForumOutcome, unverified: Cell) {
        self.row(&[
            Cell::Count(replication),
            Cell::Words(forum),
            Cell::Flag(ended.concluded),
            Cell::Count(ended.rounds.into()),
            Cell::Count(ended.adopted() as u64),
            Cell::count(ended.dropped().map(|dropped| dropped as u64)),
            Cell::Count(ended.parties() as u64),
            Cell::Count(ended.extensions.into()),
            Cell::Count(ended.polls.into()),
            Cell::Count(ended.exchanges.into()),
            Cell::Number(ended.externality),
            Cell::count(ended.in_force_day.map(|day| Date::of(day).year.max(0) as u64)),
            ended.incorporated.map_or(Cell::Nothing, Cell::Flag),
            ended.without_a_vote.map_or(Cell::Nothing, Cell::Flag),
            unverified,
        ]);
    }

    /// Rows of [`Table::Clauses`] for one replication.
    pub fn clauses(&mut self, scenario: &Scenario, marks: &Marks, outcome: &Outcome) {
        for (no, (forum, ended)) in scenario.forums.iter().zip(&outcome.forums).enumerate() {
            for (place, (&clause, ended)) in forum.agenda.iter().zip(&ended.clauses).enumerate() {
                let about = (forum.id.as_str(), &scenario.clauses[clause]);
                self.clause(about, outcome.replication, ended, marks.clause(no, place));
            }
        }
    }

    fn clause(&mut self, about: (&str, &Clause), replication: u64, ended: &ClauseOutcome, unverified: Cell) {
        let (forum, clause) = about;
        let rung = ended.adopted.and_then(|point| clause.nearest_rung(point));
        self.row(&[
            Cell::Count(replication),
            Cell::Words(forum),
            Cell::Words(&clause.id),
            Cell::Flag(ended.adopted.is_some()),
            Cell::count(rung.map(|rung| rung as u64)),
            Cell::number(ended.adopted),
            Cell::count(ended.closed_in.map(u64::from)),
            Cell::Count(ended.objections.into()),
            Cell::Count(ended.dilutions.into()),
            Cell::Flag(ended.dropped),
            Cell::Flag(ended.proposed),
            Cell::Number(ended.flexibility),
            Cell::Count(ended.opt_outs.into()),
            unverified,
        ]);
    }

    /// Rows of [`Table::Imputed`].
    pub fn imputed(&mut self, scenario: &Scenario) {
        for value in &scenario.imputed {
            self.row(&[
                Cell::Words(&scenario.countries[value.country].id),
                Cell::Words(&scenario.clauses[value.clause].id),
                Cell::Words(value.quantity),
                Cell::Number(value.value),
                Cell::Number(value.uncertainty),
                Cell::Words(&value.method),
                Cell::Words(&scenario.forums[value.forum].id),
                Cell::Count(value.unverified as u64),
            ]);
        }
    }

    /// Rows of [`Table::Summary`].
    pub fn summary(&mut self, scenario: &Scenario, lines: &[Line]) {
        let mut last = None;
        for line in lines {
            let (subject, kind, country, clause) = match line.subject {
                Subject::Talks => ("talks", "talks", None, None),
                Subject::Clause(clause) => (scenario.clauses[clause].id.as_str(), "clause", None, Some(clause)),
                Subject::Country(country) => (scenario.countries[country].id.as_str(), "country", Some(country), None),
                Subject::AllForums => (ALL_FORUMS, ALL_FORUMS, None, None),
            };
            // The lines of a subject follow each other.
            let about = (line.forum, country, clause);
            let known = match last {
                Some((like, known)) if like == about => known,
                _ => scenario.provenance(line.forum, country, clause),
            };
            last = Some((about, known));
            let share = |count: usize| (known.mandates > 0).then(|| count as f64 / known.mandates as f64);
            let interval = line.estimate.and_then(|estimate| estimate.interval);
            self.row(&[
                Cell::Words(line.forum.map_or(ALL_FORUMS, |forum| &scenario.forums[forum].id)),
                Cell::Words(subject),
                Cell::Words(&line.measure),
                Cell::figure(line.estimate.map(|estimate| estimate.mean)),
                Cell::figure(interval.map(|(low, _)| low)),
                Cell::figure(interval.map(|(_, high)| high)),
                Cell::Count(line.estimate.map_or(0, |estimate| estimate.n)),
                Cell::Words(kind),
                Cell::figure(line.estimate.and_then(|estimate| estimate.sd)),
                Cell::figure(share(known.imputed)),
                Cell::figure(share(known.unverified)),
            ]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Cell]) -> Result<String, NotFinite> {
        let mut rows = Rows::default();
        rows.row(cells);
        rows.finish(|| "here".into()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn fractions_have_a_point_whole_numbers_none_and_no_value_is_empty() {
        let line = written(&[Cell::Number(0.1 + 0.2), Cell::Number(-0.0), Cell::Nothing, Cell::Words("a, \"b\"")]);
        assert_eq!(line.unwrap(), "0.30000000000000004,0.0,,\"a, \"\"b\"\"\"\n");
        let line = written(&[Cell::Count(1), Cell::Number(1.0), Cell::Figure(1.0), Cell::Figure(0.985)]);
        assert_eq!(line.unwrap(), "1,1.0,1.0000,0.9850\n");
    }

    #[test]
    fn no_number_that_is_none_reaches_a_table() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(written(&[Cell::Number(bad)]), Err(NotFinite("here".into())));
            assert_eq!(written(&[Cell::Figure(bad)]), Err(NotFinite("here".into())));
        }
    }

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
