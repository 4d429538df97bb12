//! The complete example of docs/scenarios.md: its files, put in one folder, give what the page prints.

use crate::folder::{Folder, Said};
use crate::promise::{Kept, must};

const PAGE: &str = include_str!("../../docs/scenarios.md");

/// The example, from its heading on.
fn example() -> &'static str {
    &PAGE[PAGE.find("## A complete example").expect("an example")..]
}

/// Writes every file of the example: a name in backticks at the start of a line, or in one on a variant, and its block.
fn files() -> Folder {
    let folder = Folder::new();
    let mut name = None;
    let mut lines = example().lines();
    while let Some(line) = lines.next() {
        let named = line.split('`').nth(1).filter(|word| word.ends_with(".toml") || word.ends_with(".csv"));
        name = named.or(name);
        if line == "```toml" || line == "```csv" {
            let text: String =
                lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            folder.write(name.take().expect("a name before a block"), text);
        }
    }
    folder
}

/// The block of output behind a command of the page.
fn output(command: &str) -> &'static str {
    let from = example().find(&format!("`comity {command}`")).unwrap_or_else(|| panic!("no `comity {command}`"));
    let text = &example()[from..];
    let text = &text[text.find("```text\n").expect("a block") + 8..];
    &text[..text.find("```").expect("its end")]
}

fn prints(said: &Said, shown: &str) -> Kept {
    must(said.out.contains(shown), || format!("printed:\n{}\nshown:\n{shown}", said.out))
}

/// What a measure of the summary is, in per cent.
fn percent(folder: &Folder, run: &str, subject: &str, measure: &str) -> String {
    let summary = folder.read(&format!("{run}/summary.csv"));
    let line = summary.lines().find(|line| line.starts_with(&format!("harbour,{subject},{measure},"))).expect("a line");
    format!("{:.1} %", 100.0 * line.split(',').nth(3).unwrap().parse::<f64>().unwrap())
}

#[test]
fn the_complete_example_prints_what_its_page_shows() {
    let folder = files();
    let show = "show harbour.toml --clause data_flows";
    let said = folder.comity(&show.split(' ').collect::<Vec<_>>()).well();
    assert_eq!(prints(&said, output(show)), Ok(true));
    let said = folder.comity(&["run", "harbour.toml", "--quiet", "--out", "base"]).well();
    assert_eq!(prints(&said, output("run harbour.toml")), Ok(true));
    assert!(prints(&said, output(show)).is_err(), "the output of another command is none of this one");
    folder.comity(&["run", "majority.toml", "--quiet", "--out", "variant"]).well();
    let told = &example()[example().find("`comity run majority.toml`").expect("the variant")..];
    for (subject, measure) in [("data_flows", "agreed_in_rounds"), ("data_flows", "rung_2")] {
        let [base, variant] = ["base", "variant"].map(|run| percent(&folder, run, subject, measure));
        assert!(told.contains(&format!("{variant} of")) || told.contains(&format!("{variant} instead")), "{variant}");
        assert!(told.contains(&format!("instead of {base}")), "{measure}: {base}");
    }
}
