//! The table of parameters: the model's page and the schema say what it says.

use std::collections::BTreeMap;

use comity::scenario::{AfterParameters, Parameter, Parameters};

use crate::folder::home;

fn all() -> Vec<&'static Parameter> {
    Parameters::table().into_iter().chain(AfterParameters::table()).collect()
}

/// Every row of every table of a page, its cells by the heads of their columns.
fn rows(page: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut heads: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for line in page.lines() {
        let Some(inner) = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) else {
            heads.clear();
            continue;
        };
        let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
        match heads.is_empty() {
            true => heads = cells,
            false => rows.push(heads.iter().copied().zip(cells).collect()),
        }
    }
    rows
}

/// What a page says of parameters that the table does not, in words.
fn differences(page: &str) -> Vec<String> {
    let rows = rows(page);
    let mut found = Vec::new();
    for parameter in all() {
        let key = format!("`{}`", parameter.key());
        let is_it = |row: &&BTreeMap<&str, &str>| {
            let told = row.get("key").or_else(|| row.get("key under `parameters`"));
            told == Some(&key.as_str()) && row.contains_key("range")
        };
        let Some(row) = rows.iter().find(is_it) else {
            found.push(format!("{key} is not told"));
            continue;
        };
        let said = |column: &str| row.get(column).copied().unwrap_or_default();
        let range = said("range").replace(',', "");
        for (column, told, is) in [
            ("unit", said("unit"), parameter.unit),
            ("range", &range, &parameter.range()),
            ("default", said("default"), &parameter.default.to_string()),
            ("source", said("source"), parameter.source),
        ] {
            if told != is {
                found.push(format!("{key}: {column} `{told}`, in the table `{is}`"));
            }
        }
    }
    found
}

fn page() -> String {
    std::fs::read_to_string(home().join("docs/model.md")).expect("the model's page")
}

#[test]
fn the_models_page_has_the_table_of_parameters_with_their_sources() {
    assert_eq!(differences(&page()), [""; 0]);
    assert!(all().len() >= 22);
}

#[test]
fn a_default_range_or_source_that_is_told_wrong_is_found() {
    let page = page();
    for (right, wrong) in [
        ("| 0.79 |", "| 0.78 |"),
        ("| 1–100,000 | 900 |", "| 1–10,000 | 900 |"),
        ("direction Busch 2007 |", "Busch 2008 |"),
        ("| share of variance |", "| share |"),
        ("| `isolation` |", "| `loneliness` |"),
    ] {
        assert!(page.contains(right), "{right}");
        assert_eq!(differences(&page.replacen(right, wrong, 1)).len(), 1, "{wrong}");
    }
}

/// Parameters of which the page of the format tells another default, or none.
fn defaults_told_wrong(page: &str) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    for parameter in all() {
        let row = page.split("\n| `").find(|row| row.contains(&format!("| `{}` |", parameter.path)));
        let (cell, words) = (format!("| {} |", parameter.default), format!("default {}]", parameter.default));
        if !row.is_some_and(|row| row.contains(&cell) || row.contains(&words)) {
            wrong.push(parameter.path);
        }
    }
    wrong
}

#[test]
fn the_page_of_the_format_says_the_default_of_every_parameter() {
    let page = std::fs::read_to_string(home().join("docs/scenarios.md")).expect("the page of the format");
    assert_eq!(defaults_told_wrong(&page), [""; 0]);
    let wrong = page.replacen("default 900]", "default 90]", 1).replacen("| 0.25 | Share of", "| 0.2 | Share of", 1);
    assert_eq!(defaults_told_wrong(&wrong), ["parameters.common_error", "parameters.after.accession_days"]);
}

#[test]
fn the_schema_bounds_every_parameter_and_says_its_default() {
    let schema = comity::scenario::file::schema();
    let definitions = &schema["$defs"];
    for parameter in all() {
        let of = match parameter.path.starts_with("parameters.after.") {
            true => "AfterParametersFile",
            false => "ParametersFile",
        };
        let property = &definitions[of]["properties"][parameter.key()];
        assert_eq!(property["minimum"].as_f64(), Some(parameter.least), "{}", parameter.path);
        assert_eq!(property["maximum"].as_f64(), Some(parameter.most), "{}", parameter.path);
        let told = property["description"].as_str().unwrap_or_default();
        assert!(told.ends_with(&format!("default {}].", parameter.default)), "{told}");
    }
    let keys = |of: &str| definitions[of]["properties"].as_object().map_or(0, |properties| properties.len());
    // `after` stands beside the parameters of the talks.
    assert_eq!(keys("ParametersFile") + keys("AfterParametersFile"), all().len() + 1);
}

#[test]
fn a_parameter_can_be_set_to_its_bounds_and_not_beyond_them() {
    use comity::scenario::{check::load, source::Memory};
    let holds = |parameter: &Parameter, value: f64| {
        let set = format!("{}={value:?}", parameter.path);
        load("minimal", &[set], &Memory::default()).is_ok()
    };
    for parameter in all() {
        assert!(holds(parameter, parameter.least) && holds(parameter, parameter.most), "{}", parameter.path);
        let below = parameter.least - 0.01;
        assert!(!holds(parameter, below), "{} = {below}", parameter.path);
        assert!(!holds(parameter, parameter.most * 1.01), "{} above {}", parameter.path, parameter.most);
    }
}
