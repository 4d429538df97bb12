//! `--parquet`: the same tables, cell by cell, as Parquet files.

use crate::folder::Folder;

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
    fn cells(file: &Path) -> Vec<Vec<String>> {
        let reader = SerializedFileReader::new(File::open(file).unwrap()).unwrap();
        let written = |(_, field): (&String, &Field)| match field {
            Field::Null => String::new(),
            Field::Bool(flag) => flag.to_string(),
            Field::Long(count) => count.to_string(),
            Field::Double(number) => number.to_string(),
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
            assert!(!rows.is_empty() && rows == cells(&parquet), "{table}");
        }
        assert!(!folder.path("plain/runs.parquet").exists());
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
