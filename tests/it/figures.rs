//! Figures that pages quote, held against the records under results/reference. `make reference` writes them anew.
//!
//! A figure is a link to where it stands. `[47 %](reference/rcep.csv "data_flows adopted")` is a line of a scenario's reference
//! run, with the forum in front where there are several, and `imputed` or `unverified` behind for the share of such mandates.
//! `[33 %](reference/variants.csv "un-ai --set forum.ai.rule=unanimity: capacity_sdt adopted")` is a line of a run that differs
//! from it. Sections `### Figures: NAME` are written whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use crate::folder::{Folder, home};
use crate::promise::must;
use crate::reference::{recorded, records, writes};
use crate::sections;

/// Pages whose figures are held.
const PAGES: [&str; 4] = ["results/README.md", "scenarios/README.md", "docs/tutorial.md", "docs/performance.md"];
/// Runs that differ from the reference runs: the lines of theirs that pages quote.
const VARIANTS: &str = "variants.csv";

/// A figure: as shown, the record and the place in it.
type Figure<'a> = (&'a str, &'a str, &'a str);

fn figures(page: &str) -> Vec<Figure<'_>> {
    let found = page.match_indices("reference/").filter_map(|(at, word)| {
        let (before, after) = (&page[..at], &page[at + word.len()..]);
        let open = before.rfind("](")?;
        if !["", "results/", "../results/"].contains(&&before[open + 2..]) {
            return None;
        }
        let shown = &before[before[..open].rfind('[')? + 1..open];
        let (file, rest) = after.split_once(" \"")?;
        Some((shown, file, rest.split_once("\")")?.0))
            .filter(|(_, file, _)| file.ends_with(".csv") && !file.contains('\n'))
    });
    found.collect()
}

/// What a record says where a figure points.
fn value(file: &str, place: &str) -> Result<f64, String> {
    let text = fs::read_to_string(records().join(file)).map_err(|error| format!("{file}: {error}"))?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let (run, line) = if file == VARIANTS { place.split_once(": ").unwrap_or(("", place)) } else { ("", place) };
    let mut words: Vec<&str> = line.split(' ').collect();
    let asked = match words.last() {
        Some(last @ (&"imputed" | &"unverified")) => *last,
        _ => "mean",
    };
    words.truncate(if asked == "mean" { words.len() } else { words.len() - 1 });
    let at = column(asked).ok_or_else(|| format!("{file} has no column {asked}"))?;
    let named = ["forum", "subject", "measure"].map(|name| column(name).unwrap());
    let wanted = |record: &csv::StringRecord| {
        let here = column("run").is_none_or(|at| &record[at] == run);
        here && words.len() >= 2 && named.iter().rev().zip(words.iter().rev()).all(|(at, word)| &record[*at] == *word)
    };
    let mut found = reader.records().map(Result::unwrap).filter(wanted);
    let line = found.next().ok_or_else(|| format!("{file} has no line `{place}`"))?;
    must(found.next().is_none(), || format!("{file} has several lines `{place}`: name the forum"))?;
    line[at].parse().map_err(|_| format!("{file}, `{place}`: no value"))
}

/// A value in the form of the figure: a share where it ends in `%`, else a number with as many decimals as are shown.
fn says((shown, file, place): Figure) -> Result<String, String> {
    let value = value(file, place)?;
    let (value, unit) = if shown.ends_with(" %") { (100.0 * value, " %") } else { (value, "") };
    let decimals = shown.trim_end_matches(" %").split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let number = format!("{value:.decimals$}");
    Ok(format!("{}{unit}", thousands(&number)))
}

/// A whole number of four figures and more with a comma.
fn thousands(number: &str) -> String {
    match (number.len(), number.bytes().all(|byte| byte.is_ascii_digit())) {
        (4..=6, true) => format!("{},{}", &number[..number.len() - 3], &number[number.len() - 3..]),
        _ => number.to_owned(),
    }
}

fn read(page: &str) -> String {
    fs::read_to_string(home().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

#[test]
fn every_figure_of_the_pages_is_what_the_records_say() {
    if writes() {
        return;
    }
    let mut wrong = Vec::new();
    let mut count = 0;
    for name in PAGES {
        let page = read(name);
        for figure in figures(&page) {
            let (shown, file, place) = figure;
            count += 1;
            match says(figure) {
                Ok(now) if now == shown => {}
                Ok(now) => wrong.push(format!("{name}: {file} `{place}`: shown {shown}, on record {now}")),
                Err(why) => wrong.push(format!("{name}: {why}")),
            }
        }
    }
    assert!(count > 150, "{count} figures are links to records");
    assert!(wrong.is_empty(), "`make reference` writes them anew:\n{}", wrong.join("\n"));
}

#[test]
fn a_figure_that_is_off_or_points_nowhere_is_found() {
    let page = r#"so [12.3 %](reference/minimal.csv "talks concluded") and [1](../results/reference/minimal.csv "talks nothing")
        not [this](../docs/reference/other.csv "talks concluded")"#;
    let found = figures(page);
    assert_eq!(found.len(), 2);
    assert_ne!(says(found[0]), Ok("12.3 %".into()));
    assert!(says(found[1]).is_err());
    assert_eq!((thousands("1234"), thousands("123"), thousands("12.5")), ("1,234".into(), "123".into(), "12.5".into()));
}

#[test]
fn every_section_of_figures_and_every_digest_is_what_the_records_say() {
    if writes() {
        return;
    }
    let page = read(sections::PAGE);
    assert!(sections::names(&page).len() > 15);
    let now = sections::put_right(&page, &recorded());
    let differs = page.lines().zip(now.lines()).find(|(shown, now)| shown != now);
    assert_eq!(page, now, "`make reference` writes it anew: {differs:?}");
    // A verdict that is off is put right.
    let off = page.replacen("| right |\n", "| too weak by 9 |\n", 1);
    assert!(off != page && sections::put_right(&off, &recorded()) == page);
}

/// What the page of findings expects, worked out from the records, in the order of its table.
fn expectations() -> Vec<bool> {
    let of = |file: &str, place: &str| value(file, place).unwrap_or_else(|why| panic!("{why}"));
    let jsi = |clause: &str| of("wto-jsi.csv", &format!("{clause} adopted"));
    let contested = ["data_flows", "data_localisation", "source_code"];
    let calm = ["e_signatures", "paperless_trading", "consumer_protection"];
    let kept = |clause: &&str| of("wto-jsi-us-2019.csv", &format!("{clause} adopted"));
    let renewed = ["mc12", "mc13", "mc14"].map(|forum| of("wto-moratorium.csv", &format!("{forum} talks concluded")));
    let lower = |measure: &str| {
        of("rcep.csv", &format!("data_flows {measure}")) < of("cptpp.csv", &format!("cptpp data_flows {measure}"))
    };
    let incorporated = of("wto-jsi-incorporation.csv", "talks incorporated");
    let unopposed = "wto-jsi-incorporation --set forum.jsi.incorporation.opposed=[]: talks incorporated";
    vec![
        contested.iter().all(|one| calm.iter().all(|other| jsi(other) - jsi(one) >= 0.25)),
        contested.iter().all(|clause| kept(clause) > jsi(clause)),
        lower("adopted") && lower("position"),
        of("cptpp.csv", "cptpp talks in_force") >= 0.9,
        renewed.iter().all(|share| *share <= 0.95),
        of("un-ai.csv", "talks concluded") >= 0.95,
        of("wto-jsi-incorporation.csv", "talks concluded") > 0.5,
        incorporated < 0.5,
        of(VARIANTS, unopposed) < 0.5,
    ]
}

/// The verdicts of the table: its last column.
fn verdicts(page: &str) -> Vec<&str> {
    let (_, table) = page.split_once("| is it so |\n").expect("the table of expectations");
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    rows.filter_map(|line| line.trim_end_matches(" |").rsplit(" | ").next()).collect()
}

fn verdict(holds: bool) -> &'static str {
    if holds { "true" } else { "**false**" }
}

#[test]
fn whether_an_expectation_holds_is_what_the_page_says() {
    if writes() {
        return;
    }
    let page = read(PAGES[0]);
    assert_eq!(verdicts(&page), expectations().into_iter().map(verdict).collect::<Vec<_>>());
}

/// Every run that a page quotes beside the reference runs, with the lines of it that are quoted.
fn variants() -> BTreeMap<String, BTreeSet<String>> {
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for page in PAGES.map(read) {
        for (_, file, place) in figures(&page) {
            if let (VARIANTS, Some((run, line))) = (file, place.split_once(": ")) {
                wanted.entry(run.to_owned()).or_default().insert(line.to_owned());
            }
        }
    }
    wanted
}

/// Plays a run that a page quotes and gives its lines of the record. Tables of its own are made as the page says.
fn play(run: &str, lines: &BTreeSet<String>) -> String {
    let folder = Folder::new();
    for line in read(sections::PAGE).lines() {
        let made = line.split_once(". `grep ").and_then(|(_, rest)| rest.strip_suffix('`')?.split_once(" > "));
        if let Some((grep, file)) = made.filter(|(_, file)| run.contains(file)) {
            let output = Command::new("sh").arg("-c").arg(format!("grep {grep}")).current_dir(home()).output().unwrap();
            folder.write(file, output.stdout);
        }
    }
    let changed = lines.iter().any(|line| line.ends_with(" changed"));
    let tables = if changed { "clauses" } else { "none" };
    let ran = |arguments: &[&str], out: &str| {
        let rest = ["--seed", "1", "--tables", tables, "--quiet", "--out", out];
        folder.comity(&[&["run"], arguments, &rest].concat()).well();
        csv_of(&folder.read(&format!("{out}/summary.csv")))
    };
    let arguments: Vec<&str> = run.split(' ').collect();
    let summary = ran(&arguments, "run");
    let mut text = String::new();
    for line in lines {
        let words: Vec<&str> = line.trim_end_matches(" imputed").trim_end_matches(" unverified").split(' ').collect();
        let (subject, measure) = (words[words.len() - 2], words[words.len() - 1]);
        let forum = if words.len() > 2 { words[0] } else { &summary[0][0] };
        let (mean, imputed, unverified) = match (subject, measure) {
            ("clauses", "changed") => {
                ran(&arguments[..1], "base");
                let rungs = |out: &str| csv_of(&folder.read(&format!("{out}/clauses.csv")));
                let (now, base) = (rungs("run"), rungs("base"));
                let differ = now.iter().zip(&base).filter(|(now, base)| now[3..5] != base[3..5]).count();
                (differ.to_string(), String::new(), String::new())
            }
            ("clauses", _) => {
                let found = sections::judged(arguments[0], forum, &|clause, measure| {
                    let line = summary.iter().find(|row| row[0] == *forum && row[1] == clause && row[2] == measure)?;
                    line[3].parse().ok()
                });
                let count = if measure == "right_rung" { found.right_rung() } else { found.right_in_or_out() };
                (count.to_string(), String::new(), String::new())
            }
            _ => {
                let row = summary.iter().find(|row| row[0] == *forum && row[1] == *subject && row[2] == *measure);
                let row = row.unwrap_or_else(|| panic!("`{run}` has no line `{line}`"));
                (row[3].clone(), row[9].clone(), row[10].clone())
            }
        };
        text += &format!("\"{run}\",{forum},{subject},{measure},{mean},{imputed},{unverified}\n");
    }
    text
}

fn csv_of(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Dozens of long runs: `cargo test --release --test it variants -- --ignored`.
#[test]
#[ignore = "dozens of runs of a thousand replications"]
fn variants_give_what_is_on_record() {
    let text = fs::read_to_string(records().join(VARIANTS)).unwrap();
    for (run, lines) in variants() {
        let expected: String = text
            .lines()
            .filter(|line| line.starts_with(&format!("\"{run}\",")))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(play(&run, &lines), expected, "{run}");
    }
}

#[test]
fn a_variant_gives_what_is_on_record() {
    let text = fs::read_to_string(records().join(VARIANTS)).unwrap();
    let all = variants();
    let (run, lines) = all.iter().find(|(run, _)| run.starts_with("minimal ")).expect("a small one");
    let expected: String =
        text.lines().filter(|line| line.starts_with(&format!("\"{run}\","))).map(|line| format!("{line}\n")).collect();
    if !writes() {
        assert_eq!(play(run, lines), expected);
    }
}

/// Writes the figures of every page anew, and the runs and outputs that pages show beside the records.
pub fn renew() {
    let page = sections::put_right(&read(sections::PAGE), &recorded());
    fs::write(home().join(sections::PAGE), page).unwrap();
    let mut text = "run,forum,subject,measure,mean,imputed,unverified\n".to_owned();
    for (run, lines) in variants() {
        text += &play(&run, &lines);
    }
    fs::write(records().join(VARIANTS), text).unwrap();
    for name in PAGES {
        let mut page = read(name);
        for figure in figures(&page.clone()) {
            let now = says(figure).unwrap_or_else(|why| panic!("{name}: {why}"));
            let (shown, file, place) = figure;
            let rest = format!("reference/{file} \"{place}\")");
            for way in ["", "results/", "../results/"] {
                page = page.replace(&format!("[{shown}]({way}{rest}"), &format!("[{now}]({way}{rest}"));
            }
        }
        if name == PAGES[0] {
            let (before, table) = page.split_once("| is it so |\n").expect("the table of expectations");
            let mut holds = expectations().into_iter();
            let line =
                |line: &str| match (line.starts_with("| ").then(|| holds.next()).flatten(), line.rsplit_once(" | ")) {
                    (Some(holds), Some((row, _))) => format!("{row} | {} |\n", verdict(holds)),
                    _ => format!("{line}\n"),
                };
            page = format!("{before}| is it so |\n{}", table.lines().map(line).collect::<String>());
        }
        fs::write(home().join(name), page).unwrap();
    }
    let folder = Folder::new();
    // As a reader calls it, with nothing said of the width of lines.
    let printed = |arguments: &[&str]| {
        let called = Command::new(env!("CARGO_BIN_EXE_comity")).args(arguments).current_dir(folder.path(".")).output();
        String::from_utf8(called.expect("comity runs").stdout).expect("text").trim_end().to_owned()
    };
    let table = printed(&["run", "wto-jsi", "--quiet", "--out", "run"]);
    printed(&["run", "minimal", "--quiet", "--out", "minimal"]);
    let replay = printed(&["replay", "minimal", "--replication", "3"]);
    let mut readme = read("README.md");
    for (from, now) in [("$ cargo run --release -- run wto-jsi\n", table), ("```text\n", replay)] {
        let (before, rest) = readme.split_once(from).expect("the README shows it");
        let (_, after) = rest.split_once("\n```").expect("an end");
        readme = format!("{before}{from}{now}\n```{after}");
    }
    fs::write(home().join("README.md"), readme).unwrap();
}
