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

    use comity::decimal;
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
