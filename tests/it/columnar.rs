//! Tables as typed columns: for any format that takes them, and as Parquet files (`--parquet`), the same cell by cell as CSV.

use std::io::Write;
use std::sync::{Arc, Mutex};

use comity::conference::Conference;
use comity::decimal;
use comity::export::{Batch, ColumnSink, Columns, Forms, Outlet, Recorder, Table, Unrecorded, Values};
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;

use crate::folder::Folder;

/// A format of one's own: it keeps the columns.
struct Kept(Arc<Mutex<Columns>>);

impl ColumnSink for Kept {
    fn write(&mut self, rows: &Columns) -> std::io::Result<()> {
        self.0.lock().unwrap().append(rows, 0..rows.rows());
        Ok(())
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        Ok(())
    }
}

/// A CSV file in memory.
#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Records some batches; the tables as text and as columns, in order.
fn recorded(
    scenario: &Arc<Scenario>,
    forms: impl Fn(&Recorder) -> Forms,
) -> Result<Vec<(String, Columns)>, Unrecorded> {
    let tables = Table::ALL.map(|table| (Text::default(), Arc::new(Mutex::new(Columns::of(table)))));
    let open = |table: Table| {
        let (text, columns) = tables[table as usize].clone();
        Ok(Some(Outlet::csv(text).and(Kept(columns))))
    };
    let mut recorder = Recorder::new(scenario, open)?;
    let forms = forms(&recorder);
    let mut conference = Conference::new(scenario.clone());
    for batch in 0..3 {
        recorder.take(Batch::play(&mut conference, scenario, 1, batch * 5..batch * 5 + 5, forms))?;
    }
    recorder.finish()?;
    let read = |(text, columns): (Text, Arc<Mutex<Columns>>)| {
        let text = String::from_utf8(text.0.lock().unwrap().clone()).unwrap();
        (text, columns.lock().unwrap().clone())
    };
    Ok(tables.map(read).into())
}

/// The cells of columns as text, row by row.
fn cells(columns: &Columns, decimals: usize) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new(); columns.rows()];
    for buffer in columns.columns() {
        let mut values: Box<dyn Iterator<Item = String>> = match &buffer.values {
            Values::Flags(flags) => Box::new(flags.iter().map(bool::to_string)),
            Values::Integers(numbers) => Box::new(numbers.iter().map(i64::to_string)),
            Values::Numbers(numbers) => Box::new(numbers.iter().map(move |it| decimal::text(Some(*it), decimals))),
            Values::Text(words) => {
                Box::new((0..words.ends.len()).map(|no| words.text[words.start(no)..words.ends[no]].to_owned()))
            }
        };
        for (row, present) in rows.iter_mut().zip(&buffer.present) {
            row.push(if *present { values.next().expect("a value") } else { String::new() });
        }
        assert_eq!((values.next(), buffer.present.len()), (None, columns.rows()));
    }
    rows
}

fn everything() -> Arc<Scenario> {
    let files = Memory([("everything.toml".to_owned(), include_str!("everything.toml").to_owned())].into());
    load("everything.toml", &[], &files).unwrap_or_else(|problems| panic!("{problems}")).scenario
}

#[test]
fn a_format_of_ones_own_takes_the_cells_that_text_has() {
    let tables = recorded(&everything(), |recorder| recorder.forms()).unwrap();
    for (table, (text, columns)) in Table::ALL.into_iter().zip(tables) {
        let decimals = if table == Table::Summary { decimal::FIGURE } else { decimal::FRACTION };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert!(columns.fit(), "{}", table.name());
        assert_eq!(cells(&columns, decimals), rows, "{}", table.name());
        assert!(!rows.is_empty() || table == Table::Imputed, "{}", table.name());
        // With fewer decimals the cells would not be those.
        assert!(table != Table::Summary || cells(&columns, 1) != rows);
    }
}

#[test]
fn rows_that_were_not_rendered_as_columns_are_no_whole_table() {
    let half = recorded(&everything(), |_| Forms::default());
    let Err(Unrecorded::NotWritten(Table::Runs, error)) = half else { panic!("a table without its rows") };
    assert!(error.to_string().contains("not rendered as columns"), "{error}");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so_and_leaves_nothing() {
    let folder = Folder::new();
    folder.comity(&["run", "minimal", "-n", "3", "--parquet", "--out", "r"]).fails(1, "--features parquet");
    assert!(folder.listing().is_empty());
}

#[cfg(feature = "parquet")]
mod built {
    use std::fs::File;
    use std::path::Path;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;

    const TABLES: [&str; 6] = ["runs", "clauses", "parties", "imputed", "blockers", "summary"];

    /// The cells of a Parquet file as a CSV table would write them.
    fn cells(file: &Path, decimals: usize) -> Vec<Vec<String>> {
        let reader = SerializedFileReader::new(File::open(file).unwrap()).unwrap();
        let written = |(_, field): (&String, &Field)| match field {
            Field::Null => String::new(),
            Field::Bool(flag) => flag.to_string(),
            Field::Long(count) => count.to_string(),
            Field::Double(number) => decimal::text(Some(*number), decimals),
            Field::Str(words) => words.clone(),
            other => panic!("no column holds {other:?}"),
        };
        reader.get_row_iter(None).unwrap().map(|row| row.unwrap().get_column_iter().map(written).collect()).collect()
    }

    #[test]
    fn every_cell_is_the_same_as_in_the_csv_table_and_the_digest_too() {
        let folder = Folder::new();
        let plain = folder.comity(&["run", "rcep", "-n", "70", "--out", "plain"]).well();
        let both = folder.comity(&["run", "rcep", "-n", "70", "--parquet", "--out", "both"]).well();
        assert_eq!(plain.out, both.out);
        for table in TABLES {
            let csv = folder.read(&format!("both/{table}.csv"));
            let rows: Vec<Vec<String>> = csv::Reader::from_reader(csv.as_bytes())
                .records()
                .map(|row| row.unwrap().iter().map(str::to_owned).collect())
                .collect();
            let parquet = folder.path(&format!("both/{table}.parquet"));
            let decimals = if table == "summary" { decimal::FIGURE } else { decimal::FRACTION };
            assert!(!rows.is_empty() && rows == cells(&parquet, decimals), "{table}");
        }
        assert!(!folder.path("plain/runs.parquet").exists());
    }

    #[test]
    fn the_data_package_and_the_manifest_know_of_parquet_files() {
        let folder = Folder::new();
        folder.comity(&["run", "minimal", "-n", "20", "-q", "--parquet", "--tables", "runs", "--out", "run"]).well();
        let json =
            |file: &str| -> serde_json::Value { serde_json::from_str(&folder.read(&format!("run/{file}"))).unwrap() };
        let (package, manifest) = (json("datapackage.json"), json("manifest.json"));
        let of = |format: &str| -> Vec<String> {
            let all = package["resources"].as_array().unwrap().iter().filter(|resource| resource["format"] == format);
            all.map(|resource| resource["path"].as_str().unwrap().to_owned()).collect()
        };
        let tables = ["runs", "imputed", "blockers", "summary"];
        assert_eq!(of("csv"), tables.map(|table| format!("{table}.csv")));
        assert_eq!(of("parquet"), tables.map(|table| format!("{table}.parquet")));
        for resource in package["resources"].as_array().unwrap() {
            let path = resource["path"].as_str().unwrap();
            assert_eq!(resource["type"], "table");
            assert_eq!(resource["bytes"], std::fs::metadata(folder.path(&format!("run/{path}"))).unwrap().len());
            assert_eq!(resource["hash"], format!("sha256:{}", manifest["files"][path].as_str().unwrap()));
        }
        // A Parquet file that was changed is found.
        std::fs::write(folder.path("run/runs.parquet"), "x").unwrap();
        folder.comity(&["verify", "run", "-q"]).fails(1, "run/runs.parquet was changed");
    }

    #[test]
    fn a_parquet_file_is_the_same_whatever_the_threads() {
        let folder = Folder::new();
        let read = |threads: &str| {
            folder
                .comity(&["run", "minimal", "-n", "40000", "--threads", threads, "--parquet", "--out", threads])
                .well();
            TABLES.map(|table| std::fs::read(folder.path(&format!("{threads}/{table}.parquet"))).unwrap())
        };
        let (one, three) = (read("1"), read("3"));
        assert!(one == three);
        // 120,000 rows are more than one row group.
        let parties = SerializedFileReader::new(File::open(folder.path("1/parties.parquet")).unwrap()).unwrap();
        assert_eq!(parties.metadata().num_row_groups(), 2);
    }
}
