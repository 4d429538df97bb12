//! From outcomes to tables: rows are rendered where a batch was played, and written, hashed and added up in order.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::cell::NotFinite;
use super::marks::Marks;
use super::outlet::{Forms, Outlet, Rendered, Rendering};
use super::tables::{self, Table};
use crate::conference::Conference;
use crate::minutes::Outcome;
use crate::scenario::Scenario;
use crate::summary::{Blocker, Line, Stored, Summary};

/// What one batch of replications leaves behind.
pub struct Batch<'a> {
    replications: u64,
    summary: Summary<'a>,
    tables: Result<Vec<Rendered>, NotFinite>,
}

impl<'a> Batch<'a> {
    /// Plays a batch, renders its rows in the forms that its recorder wants, and adds it up.
    pub fn play(
        conference: &mut Conference,
        scenario: &'a Scenario,
        seed: u64,
        replications: Range<u64>,
        forms: Forms,
    ) -> Batch<'a> {
        let outcomes: Vec<Outcome> =
            replications.clone().map(|replication| conference.run(seed, replication)).collect();
        let marks = Marks::of(scenario);
        let render = |table: Table| {
            let mut rows = Rendering::of(table, forms);
            outcomes.iter().for_each(|outcome| tables::replication(table, scenario, &marks, outcome, &mut rows));
            rows.finish(|| format!("{} of replications {replications:?} under seed {seed}", table.file()))
        };
        let tables = Table::PER_REPLICATION.into_iter().map(render).collect();
        let mut summary = Summary::new(scenario);
        outcomes.iter().for_each(|outcome| summary.add(outcome));
        Batch { replications: outcomes.len() as u64, summary, tables }
    }

    /// How many replications it has.
    pub fn replications(&self) -> u64 {
        self.replications
    }
}

/// Why rows could not be recorded.
#[derive(Debug)]
pub enum Unrecorded {
    /// A number was none: a defect, told with its place.
    NotFinite(NotFinite),
    /// A table could not be written.
    NotWritten(Table, std::io::Error),
}

/// A table on its way to disk, and its fingerprint.
struct Sheet {
    out: Option<Outlet>,
    hash: Sha256,
    bytes: u64,
}

/// Writes the tables of a run.
pub struct Recorder<'a> {
    scenario: &'a Scenario,
    summary: Summary<'a>,
    /// A sheet per table, in the order of all tables.
    sheets: Vec<Sheet>,
    forms: Forms,
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// SHA-256 over all tables, whether they were written or not.
    pub digest: String,
    /// Per table that was written: SHA-256 and size (in bytes).
    pub tables: Vec<(Table, String, u64)>,
    /// The summary.
    pub lines: Vec<Line>,
    /// Who stood in the way.
    pub blockers: Vec<Blocker>,
    /// What both are made of.
    pub sums: Vec<Stored>,
}

impl<'a> Recorder<'a> {
    /// A recorder that writes each table to where `open` says; a table without a place is still digested.
    pub fn new(
        scenario: &'a Scenario,
        mut open: impl FnMut(Table) -> std::io::Result<Option<Outlet>>,
    ) -> Result<Self, Unrecorded> {
        let mut sheet = |table| -> Result<Sheet, Unrecorded> {
            let out = open(table).map_err(|error| Unrecorded::NotWritten(table, error))?;
            Ok(Sheet { out, hash: Sha256::new(), bytes: 0 })
        };
        let mut sheets = Table::ALL.into_iter().map(&mut sheet).collect::<Result<Vec<_>, _>>()?;
        for (table, sheet) in Table::ALL.into_iter().zip(&mut sheets) {
            sheet.header(&table.header()).map_err(|error| Unrecorded::NotWritten(table, error))?;
        }
        let forms = Forms::of(sheets.iter().map(|sheet| sheet.out.as_ref()));
        let mut recorder = Recorder { scenario, summary: Summary::new(scenario), sheets, forms };
        let mut rows = Rendering::of(Table::Imputed, forms);
        tables::imputed(scenario, &mut rows);
        let rows = rows.finish(|| Table::Imputed.file()).map_err(Unrecorded::NotFinite)?;
        recorder.write(Table::Imputed, &rows)?;
        Ok(recorder)
    }

    /// In which forms it takes the rows of batches.
    pub fn forms(&self) -> Forms {
        self.forms
    }

    /// Records the next batch.
    pub fn take(&mut self, batch: Batch<'a>) -> Result<(), Unrecorded> {
        let tables = batch.tables.map_err(Unrecorded::NotFinite)?;
        for (table, rows) in Table::PER_REPLICATION.into_iter().zip(tables) {
            self.write(table, &rows)?;
        }
        self.summary.merge(batch.summary);
        Ok(())
    }

    /// Writes what all replications say together, and closes every table.
    pub fn finish(mut self) -> Result<Recording, Unrecorded> {
        let lines = self.summary.lines();
        let blockers = self.summary.blockers();
        let sums = self.summary.stored();
        let mut rows = Rendering::of(Table::Blockers, self.forms);
        tables::blockers(self.scenario, &blockers, &mut rows);
        let rows = rows.finish(|| Table::Blockers.file()).map_err(Unrecorded::NotFinite)?;
        self.write(Table::Blockers, &rows)?;
        let mut rows = Rendering::of(Table::Summary, self.forms);
        tables::summary(self.scenario, &lines, &mut rows);
        let rows = rows.finish(|| Table::Summary.file()).map_err(Unrecorded::NotFinite)?;
        self.write(Table::Summary, &rows)?;
        let mut all = Sha256::new();
        let mut tables = Vec::new();
        for (table, sheet) in Table::ALL.into_iter().zip(self.sheets) {
            let hash = hex(&sheet.hash.finalize());
            all.update(format!("{} {hash}\n", table.name()));
            if let Some(out) = sheet.out {
                out.finish().map_err(|error| Unrecorded::NotWritten(table, error))?;
                tables.push((table, hash, sheet.bytes));
            }
        }
        Ok(Recording { digest: hex(&all.finalize()), tables, lines, blockers, sums })
    }

    fn write(&mut self, table: Table, rows: &Rendered) -> Result<(), Unrecorded> {
        let written = self.sheets[table as usize].rows(rows);
        written.map_err(|error| Unrecorded::NotWritten(table, error))
    }
}

impl Sheet {
    fn header(&mut self, text: &str) -> std::io::Result<()> {
        self.count(text.as_bytes());
        self.out.as_mut().map_or(Ok(()), |out| out.header(text))
    }

    fn rows(&mut self, rows: &Rendered) -> std::io::Result<()> {
        self.count(&rows.text);
        self.out.as_mut().map_or(Ok(()), |out| out.write(rows))
    }

    fn count(&mut self, text: &[u8]) {
        self.hash.update(text);
        self.bytes += text.len() as u64;
    }
}

/// SHA-256 of bytes, in hexadecimal.
pub fn sha256_of(bytes: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
