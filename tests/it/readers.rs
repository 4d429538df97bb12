//! Tables as DuckDB, polars and pandas read them, by the recipes of docs/results.md. Where no Python with all three is at
//! hand there is nothing to look at, and the test says so; `COMITY_PYTHON` names one.

use std::process::Command;

use crate::folder::{Folder, Said, home};

/// A Python that has all three.
fn python() -> Option<String> {
    let named = std::env::var("COMITY_PYTHON").ok();
    let has_all = |python: &String| {
        let tried = Command::new(python).args(["-c", "import duckdb, polars, pandas"]).output();
        tried.is_ok_and(|tried| tried.status.success())
    };
    let found = named.clone().into_iter().chain(["python3".to_owned()]).find(has_all);
    assert!(named.is_none() || found == named, "COMITY_PYTHON lacks duckdb, polars or pandas: {named:?}");
    if found.is_none() {
        eprintln!("skipped: no Python with duckdb, polars and pandas; name one in COMITY_PYTHON");
    }
    found
}

/// The blocks of Python under a heading of the page.
fn recipes() -> Vec<String> {
    let page = std::fs::read_to_string(home().join("docs/results.md")).unwrap();
    let (_, section) = page.split_once("\n## Reading a run\n").expect("a section on reading");
    let blocks = section.split("```python\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned());
    blocks.collect()
}

fn read(python: &str, folder: &Folder, recipe: &str, runs: &[&str]) -> Said {
    folder.write("recipe.py", recipe);
    let script = home().join("tests/it/readers.py");
    let mut command = Command::new(python);
    command.arg(script).arg("recipe.py").args(runs).current_dir(folder.path("."));
    Said::of(&command.output().unwrap())
}

#[test]
fn duckdb_polars_and_pandas_read_every_table_with_equal_values_by_the_recipes_of_the_page() {
    let recipes = recipes();
    assert_eq!(recipes.len(), 3);
    let Some(python) = python() else { return };
    let folder = Folder::new();
    let runs = [("wto-jsi", "60"), ("rcep", "60"), ("digital-order", "3")];
    for (scenario, n) in runs {
        folder.comity(&["run", scenario, "-n", n, "-q", "-o", scenario]).well();
    }
    // Identifiers that look like no value, and like numbers.
    folder.write("na.toml", odd_names());
    folder.comity(&["run", "na.toml", "-n", "20", "-q", "-o", "na"]).well();
    for (recipe, library) in recipes.iter().zip(["pandas", "polars", "duckdb"]) {
        assert!(recipe.contains(&format!("import {library}")), "{recipe}");
        let said = read(&python, &folder, recipe, &["wto-jsi", "rcep", "digital-order", "na"]).well();
        assert!(said.out.contains("24 tables are equal"), "{}", said.out);
    }
    // The control: as pandas reads without being told, `NA` is no name; and a changed value is found.
    let plain = "import pandas as pd\n\ndef table(name):\n    return pd.read_csv(f\"{name}.csv\")\n";
    let said = read(&python, &folder, plain, &["na"]);
    assert!(said.status == Some(1) && said.out.contains("'NA'"), "{said:?}");
    let rounded = "import pandas as pd\n\ndef table(name):\n    return pd.read_csv(f\"{name}.csv\", keep_default_na=False, \
                   na_values=[\"\"]).round(3)\n";
    assert_eq!(read(&python, &folder, rounded, &["rcep"]).status, Some(1));
}

/// Talks among countries whose names readers take for something else.
fn odd_names() -> String {
    let names = ["NA", "NaN", "null", "None", "TRUE", "Alba"];
    let mut text = "title = \"Names\"\n[[clause.c.rungs]]\nlabel = \"none\"\nposition = 0.0\n[[clause.c.rungs]]\n\
                    label = \"half\"\nposition = 0.5\n[[clause.c.rungs]]\nlabel = \"full\"\nposition = 1.0\n"
        .to_owned();
    for name in names {
        text += &format!("[country.{name}]\n[mandate.{name}.c]\nideal = {{ normal = {{ mean = 0.6, sd = 0.3 }} }}\n");
    }
    text + &format!(
        "[forum.NA]\nname = \"NA\"\nmembers = {names:?}\nrule = \"unanimity\"\n\
         calendar = {{ start = 2025-01-01, rounds = 3 }}\n"
    )
}

/// A fraction that comes first behind all that a reader looks at before it settles what a column holds: one play in some
/// fifteen thousand ends half way.
const RARE: &str = "title = \"A rare half\"\nclause.c.rungs = [{ label = \"none\", position = 0.0 }, \
    { label = \"half\", position = 0.5 }, { label = \"full\", position = 1.0 }]\n[country.A]\n[forum.talks]\n\
    name = \"Talks\"\nmembers = [\"A\"]\nrule = \"unanimity\"\ncalendar = { start = 2025-01-01, rounds = 1 }\n\
    [mandate.A.c]\nideal = { normal = { mean = 0.95, sd = 0.052 } }\n";

#[test]
fn a_rare_fraction_is_read_as_one_by_readers_that_guess() {
    let folder = Folder::new();
    folder.write("rare.toml", RARE);
    folder.comity(&["run", "rare.toml", "-n", "60000", "-s", "4", "-q", "-o", "run", "--tables", "clauses"]).well();
    let text = folder.read("run/clauses.csv");
    let positions = |text: &str| -> Vec<String> {
        text.lines().skip(1).map(|line| line.split(',').nth(5).unwrap().to_owned()).collect()
    };
    let found = positions(&text);
    let (halves, ones) = ["0.5", "1.0"].map(|form| found.iter().filter(|cell| *cell == form).count()).into();
    assert!(halves > 0 && halves + ones == 60_000, "{halves} {ones}");
    let first = found.iter().position(|cell| cell == "0.5").unwrap();
    assert!(found[..first.min(1_000)].iter().all(|cell| cell.contains('.')), "the first row tells already");
    let Some(python) = python() else { return };
    // As each reads without being told anything; and the control, whole numbers without a point as they once were.
    let plain = text.replace(",1.0,", ",1,").replace(",0.0,", ",0,");
    folder.write("plain/clauses.csv", plain).write("plain/datapackage.json", folder.read("run/datapackage.json"));
    for (library, read_csv) in [
        ("duckdb", "duckdb.read_csv(f'{name}.csv')"),
        ("polars", "polars.read_csv(f'{name}.csv')"),
        ("pandas", "pandas.read_csv(f'{name}.csv')"),
    ] {
        let recipe = format!("import {library}\n\ndef table(name):\n    return {read_csv}\n");
        read(&python, &folder, &recipe, &["run", "--only", "clauses"]).well();
        let without = read(&python, &folder, &recipe, &["plain", "--only", "clauses"]);
        assert!(library == "pandas" || without.status != Some(0), "{library} reads what it once did not: {without:?}");
    }
}
