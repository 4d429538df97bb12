//! The tables of a run directory: their columns, and their rows.

use crate::minutes::{ClauseOutcome, ForumOutcome, Outcome};
use crate::scenario::Scenario;
use crate::summary::{Line, Subject};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Words.
    Text,
}

/// A column: name, kind, unit, description.
pub type Column = (&'static str, Kind, &'static str, &'static str);

/// A table of the run directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Replication × forum.
    Runs,
    /// Replication × forum × clause.
    Clauses,
    /// Mandate values that had no evidence.
    Imputed,
    /// Forum × subject × measure.
    Summary,
}

use Kind::{Boolean, Integer, Number, Text};

const RUNS: &[Column] = &[
    ("replication", Integer, "number", "Replication, counted from 0"),
    ("forum", Text, "identifier", "Forum"),
    ("concluded", Boolean, "true or false", "Whether a text was adopted"),
    ("rounds", Integer, "rounds", "Rounds held"),
    ("clauses_adopted", Integer, "clauses", "Clauses in the adopted text"),
    (
        "clauses_dropped",
        Integer,
        "clauses",
        "Clauses of the agenda that the adopted text leaves out; empty without a text",
    ),
    ("parties", Integer, "countries", "Members that become parties to the adopted text"),
    ("extensions", Integer, "times", "Extensions granted after the first deadline"),
    ("polls", Integer, "polls", "Polls held in the endgame"),
    ("exchanges", Integer, "exchanges", "Exchanges of positions between clauses; 0 without linkage"),
    ("externality", Number, "utility", "What the exchanges did to those who had no part in them, all together"),
];

const CLAUSES: &[Column] = &[
    ("replication", Integer, "number", "Replication, counted from 0"),
    ("forum", Text, "identifier", "Forum"),
    ("clause", Text, "identifier", "Clause"),
    ("adopted", Boolean, "true or false", "Whether the adopted text has a provision on it"),
    (
        "rung",
        Integer,
        "number",
        "Rung of the adopted provision, counted from 0; empty where none was adopted and on continuous scales",
    ),
    ("position", Number, "0-1", "Effective obligation of the adopted provision; empty where none was adopted"),
    ("round", Integer, "number", "Round in which its brackets fell, counted from 1; empty where the endgame decided"),
    ("objections", Integer, "objections", "Formal objections to it, over all rounds and polls"),
    ("dilutions", Integer, "steps", "Rungs, or steps of 0.1, by which the endgame weakened it"),
    ("dropped", Boolean, "true or false", "Whether the endgame took it out"),
    (
        "proposed",
        Boolean,
        "true or false",
        "Whether it was put forward and carried at the first reading; true where the forum holds none",
    ),
    (
        "flexibility",
        Number,
        "0-1",
        "Share of its depth that exceptions let members leave undone; 0 where there are none",
    ),
    ("opt_outs", Integer, "countries", "Parties to the adopted text that opted out of it"),
];

const IMPUTED: &[Column] = &[
    ("country", Text, "identifier", "Country"),
    ("clause", Text, "identifier", "Clause"),
    ("quantity", Text, "ideal_point or salience", "What was imputed"),
    ("value", Number, "0-1", "Central value assumed"),
    ("uncertainty", Number, "0-1", "Standard deviation assumed"),
    ("method", Text, "words", "How it was imputed"),
    ("forum", Text, "identifier", "Forum"),
];

const SUMMARY: &[Column] = &[
    ("forum", Text, "identifier", "Forum"),
    ("subject", Text, "identifier", "`talks` for the forum as a whole, a clause, or a country"),
    ("measure", Text, "name", "What is measured; see docs/results.md"),
    ("mean", Number, "as the measure", "Mean, or share of replications for what happens or not; empty where n is 0"),
    (
        "ci_low",
        Number,
        "as the measure",
        "Lower end of the 95 % interval: Wilson for shares, normal for means; empty below two values",
    ),
    ("ci_high", Number, "as the measure", "Upper end of the 95 % interval"),
    ("n", Integer, "replications", "Replications it rests on"),
    ("kind", Text, "talks, clause or country", "What the subject is"),
    ("sd", Number, "as the measure", "Standard deviation over replications"),
];

impl Table {
    /// All tables, in the order in which they are described and digested.
    pub const ALL: [Table; 4] = [Table::Runs, Table::Clauses, Table::Imputed, Table::Summary];

    /// Tables with rows for every replication, which `--tables` chooses from.
    pub const PER_REPLICATION: [Table; 2] = [Table::Runs, Table::Clauses];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Table::Runs => "runs",
            Table::Clauses => "clauses",
            Table::Imputed => "imputed",
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
            Table::Imputed => "One row per mandate value that had no evidence",
            Table::Summary => "One row per forum, subject and measure",
        }
    }

    /// Its columns.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Runs => RUNS,
            Table::Clauses => CLAUSES,
            Table::Imputed => IMPUTED,
            Table::Summary => SUMMARY,
        }
    }

    /// Its header row.
    pub fn header(self) -> String {
        let names: Vec<&str> = self.columns().iter().map(|(name, ..)| *name).collect();
        names.join(",") + "\n"
    }
}

/// A value that is not a number in a table that must not have one: a defect of the model, told with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFinite(pub String);

/// Writes rows of a table as CSV (RFC 4180, with plain line feeds): shortest round-trip numbers, nothing for "no value".
pub struct Rows {
    csv: csv::Writer<Vec<u8>>,
    not_finite: bool,
}

/// One cell.
#[derive(Clone, Copy)]
enum Cell<'a> {
    Flag(bool),
    Count(u64),
    Number(f64),
    Words(&'a str),
    Nothing,
}

impl<'a> Cell<'a> {
    fn count(count: Option<u64>) -> Cell<'a> {
        count.map_or(Cell::Nothing, Cell::Count)
    }
    fn number(number: Option<f64>) -> Cell<'a> {
        number.map_or(Cell::Nothing, Cell::Number)
    }
}

impl Default for Rows {
    fn default() -> Self {
        Rows { csv: csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new()), not_finite: false }
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

    fn row(&mut self, cells: &[Cell]) {
        for cell in cells {
            // Writing to memory cannot fail.
            let _ = match *cell {
                Cell::Flag(flag) => self.csv.write_field(if flag { "true" } else { "false" }),
                Cell::Count(count) => self.csv.write_field(count.to_string()),
                Cell::Number(number) if number.is_finite() => self.csv.write_field((number + 0.0).to_string()),
                Cell::Number(_) => {
                    self.not_finite = true;
                    self.csv.write_field("")
                }
                Cell::Words(words) => self.csv.write_field(words),
                Cell::Nothing => self.csv.write_field(""),
            };
        }
        let _ = self.csv.write_record(None::<&[u8]>);
    }

    /// Rows of [`Table::Runs`] for one replication.
    pub fn runs(&mut self, scenario: &Scenario, outcome: &Outcome) {
        for (forum, ended) in scenario.forums.iter().zip(&outcome.forums) {
            self.run(&forum.id, outcome.replication, ended);
        }
    }

    fn run(&mut self, forum: &str, replication: u64, ended: &ForumOutcome) {
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
        ]);
    }

    /// Rows of [`Table::Clauses`] for one replication.
    pub fn clauses(&mut self, scenario: &Scenario, outcome: &Outcome) {
        for (forum, ended) in scenario.forums.iter().zip(&outcome.forums) {
            for (&clause, ended) in forum.agenda.iter().zip(&ended.clauses) {
                self.clause(&forum.id, &scenario.clauses[clause], outcome.replication, ended);
            }
        }
    }

    fn clause(&mut self, forum: &str, clause: &crate::scenario::Clause, replication: u64, ended: &ClauseOutcome) {
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
            ]);
        }
    }

    /// Rows of [`Table::Summary`].
    pub fn summary(&mut self, scenario: &Scenario, lines: &[Line]) {
        for line in lines {
            let (subject, kind) = match line.subject {
                Subject::Talks => ("talks", "talks"),
                Subject::Clause(clause) => (scenario.clauses[clause].id.as_str(), "clause"),
                Subject::Country(country) => (scenario.countries[country].id.as_str(), "country"),
            };
            let interval = line.estimate.and_then(|estimate| estimate.interval);
            self.row(&[
                Cell::Words(&scenario.forums[line.forum].id),
                Cell::Words(subject),
                Cell::Words(&line.measure),
                Cell::number(line.estimate.map(|estimate| estimate.mean)),
                Cell::number(interval.map(|(low, _)| low)),
                Cell::number(interval.map(|(_, high)| high)),
                Cell::Count(line.estimate.map_or(0, |estimate| estimate.n)),
                Cell::Words(kind),
                Cell::number(line.estimate.and_then(|estimate| estimate.sd)),
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
    fn numbers_are_the_shortest_that_read_back_and_no_value_is_empty() {
        let line = written(&[Cell::Number(0.1 + 0.2), Cell::Number(-0.0), Cell::Nothing, Cell::Words("a, \"b\"")]);
        assert_eq!(line.unwrap(), "0.30000000000000004,0,,\"a, \"\"b\"\"\"\n");
    }

    #[test]
    fn no_number_that_is_none_reaches_a_table() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(written(&[Cell::Number(bad)]), Err(NotFinite("here".into())));
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
        assert!(Table::Imputed.header().starts_with("country,clause,quantity,value,uncertainty,method"));
        assert!(Table::Summary.header().starts_with("forum,subject,measure,mean,ci_low,ci_high,n"));
    }
}
