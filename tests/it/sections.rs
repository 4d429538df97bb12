//! Sections of scenarios/README.md that are written whole: `### Figures: NAME`, from the record of the reference run and the
//! rungs of the real texts.

use std::collections::BTreeMap;
use std::fs;

use comity::scenario::check::load;
use comity::scenario::source::Disk;
use comity::scenario::{Forum, Scenario};

use crate::folder::home;
use crate::reference::records;

pub const PAGE: &str = "scenarios/README.md";
const HEADING: &str = "\n### Figures: ";
/// The section on all texts together.
const TOGETHER: &str = "all texts together";
/// Of the scenario with every forum, those that are shown.
const SHOWN: [&str; 6] = ["rcep", "cptpp", "jsi", "gdc", "ai", "flows"];

/// One clause, as the model has it and as it is.
struct Judged {
    clause: String,
    adopted: f64,
    likely: usize,
    share: f64,
    real: Option<usize>,
}

/// The clauses of one forum.
pub struct Judgement(Vec<Judged>);

impl Judgement {
    fn known(&self) -> impl Iterator<Item = (&Judged, usize)> {
        self.0.iter().filter_map(|judged| Some((judged, judged.real?)))
    }

    pub fn right_in_or_out(&self) -> usize {
        self.known().filter(|(judged, real)| (judged.adopted >= 0.5) == (*real > 0)).count()
    }

    pub fn right_rung(&self) -> usize {
        self.known().filter(|(judged, real)| judged.likely == *real).count()
    }

    /// Clauses of which the most likely rung is below, or above, the real one.
    fn off(&self, below: bool) -> usize {
        self.known().filter(|(judged, real)| if below { judged.likely < *real } else { judged.likely > *real }).count()
    }
}

impl Judged {
    fn verdict(&self) -> String {
        let Some(real) = self.real else { return "–".into() };
        match (self.adopted >= 0.5, real > 0) {
            (true, false) => "**in, but not in the real text**".into(),
            (false, true) => "**out, but in the real text**".into(),
            _ if self.likely == real => "right".into(),
            _ if self.likely < real => format!("too weak by {}", real - self.likely),
            _ => format!("too strong by {}", self.likely - real),
        }
    }
}

/// The rungs of real texts, by instrument and clause.
fn outcomes() -> BTreeMap<(String, String), usize> {
    let text = fs::read_to_string(home().join("scenarios/data/outcomes.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.filter_map(|row| Some(((row[0].to_owned(), row[1].to_owned()), row[2].parse().ok()?))).collect()
}

fn scenario(name: &str) -> std::sync::Arc<Scenario> {
    load(name, &[], &Disk).unwrap_or_else(|problems| panic!("{name}: {problems}")).scenario
}

/// Holds what `says` tells, by clause and measure, against the real text of a forum's instrument.
pub fn judged(name: &str, forum: &str, says: &dyn Fn(&str, &str) -> Option<f64>) -> Judgement {
    let scenario = scenario(name);
    let forum = scenario.forums.iter().find(|known| known.id == forum).expect("a forum");
    judgement(&scenario, forum, says)
}

fn judgement(scenario: &Scenario, forum: &Forum, says: &dyn Fn(&str, &str) -> Option<f64>) -> Judgement {
    let real = outcomes();
    let one = |&clause: &usize| {
        let clause = &scenario.clauses[clause];
        let rungs = (0..clause.rungs.len()).filter_map(|rung| Some((rung, says(&clause.id, &format!("rung_{rung}"))?)));
        // Of equally likely rungs the weaker.
        let (likely, share) = rungs.fold((0, f64::MIN), |best, next| if next.1 > best.1 { next } else { best });
        let known = forum.instrument.as_ref().and_then(|about| real.get(&(about.clone(), clause.id.clone())).copied());
        let adopted = says(&clause.id, "adopted")?;
        Some(Judged { clause: clause.id.clone(), adopted, likely, share, real: known })
    };
    Judgement(forum.agenda.iter().filter_map(one).collect())
}

/// The record of a reference run: mean, imputed and unverified by forum, subject and measure.
struct Record(BTreeMap<[String; 3], [Option<f64>; 3]>);

impl Record {
    fn of(name: &str) -> Record {
        let text =
            fs::read_to_string(records().join(format!("{name}.csv"))).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows = reader.records().map(Result::unwrap);
        let line = |row: csv::StringRecord| {
            ([0, 1, 2].map(|at: usize| row[at].to_owned()), [3, 9, 10].map(|at: usize| row[at].parse().ok()))
        };
        Record(rows.map(line).collect())
    }

    fn get(&self, forum: &str, subject: &str, measure: &str) -> [Option<f64>; 3] {
        self.0.get(&[forum, subject, measure].map(str::to_owned)).copied().unwrap_or_default()
    }

    fn says(&self, forum: &str, subject: &str, measure: &str) -> Option<f64> {
        self.get(forum, subject, measure)[0]
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// One forum: how the talks end, and its clauses beside the real text.
fn on_forum(scenario: &Scenario, forum: &Forum, record: &Record) -> String {
    let talks = |measure: &str| record.says(&forum.id, "talks", measure);
    let mut text = format!("`{}`: a text in {}", forum.id, talks("concluded").map_or("–".into(), percent));
    if let Some(parties) = talks("parties") {
        text += &format!(", by {parties:.1} on average");
    }
    if let Some(share) = talks("in_force") {
        text += &format!("; in force in {}", percent(share));
    }
    if let Some(days) = talks("median_days_to_force") {
        text += &format!(", {days:.0} days after signature in the median");
    }
    if let Some(share) = talks("incorporated") {
        text += &format!("; incorporated in {}", percent(share));
    }
    text += ".\n\n| clause | real | adopted | most likely | share | imputed | unverified | verdict |\n|---|---|---|---|---|---|---|---|\n";
    let found = judgement(scenario, forum, &|clause, measure| record.says(&forum.id, clause, measure));
    for judged in &found.0 {
        let rungs = &scenario.clauses[scenario.clause(&judged.clause).expect("a clause")].rungs;
        let words = |rung: usize| format!("{rung} {}", rungs[rung].label);
        let [_, imputed, unverified] = record.get(&forum.id, &judged.clause, "adopted");
        let whole = |share: Option<f64>| share.map_or("–".into(), |share| format!("{:.0} %", 100.0 * share));
        text += &format!(
            "| `{}` | {} | {} | {} | {} | {} | {} | {} |\n",
            judged.clause,
            judged.real.map_or("–".into(), words),
            percent(judged.adopted),
            words(judged.likely),
            percent(judged.share),
            whole(imputed),
            whole(unverified),
            judged.verdict()
        );
    }
    let known = found.known().count();
    if known > 0 {
        text += &format!(
            "\nRight about whether there is a provision on {} of {known} clauses, most likely rung the real one on {}.\n",
            found.right_in_or_out(),
            found.right_rung()
        );
    }
    text
}

/// The section on a scenario, without its heading.
fn section(name: &str, runs: &BTreeMap<String, String>) -> String {
    if name == TOGETHER {
        return together(runs);
    }
    let (scenario, record) = (scenario(name), Record::of(name));
    let run: Vec<&str> = runs[name].trim_end().split(',').collect();
    let mut text = format!("\nCommand: `comity run {name}`; digest `{}`. Replications: {}.\n", run[3], run[1]);
    for forum in &scenario.forums {
        if name != "digital-order" || SHOWN.contains(&forum.id.as_str()) {
            text += &format!("\n{}", on_forum(&scenario, forum, &record));
        }
    }
    text
}

/// Whether texts lean to the weak side, over every scenario that is no counterfactual.
fn together(runs: &BTreeMap<String, String>) -> String {
    let (mut below, mut right, mut above, mut texts) = (0, 0, 0, Vec::new());
    for name in runs.keys().filter(|name| name.as_str() != "digital-order") {
        let checked = load(name, &[], &Disk).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        let record = Record::of(name);
        for forum in checked.scenario.forums.iter().filter(|_| !checked.resolved.is_variant()) {
            let found = judgement(&checked.scenario, forum, &|clause, measure| record.says(&forum.id, clause, measure));
            if found.known().count() > 0 {
                texts.push(format!("`{}`", forum.id));
                (below, right, above) = (below + found.off(true), right + found.right_rung(), above + found.off(false));
            }
        }
    }
    format!(
        "\nOf {} clauses in {} forums ({}) the most likely rung is below the real one on {below}, the real one on {right}, above it on {above}.\n",
        below + right + above,
        texts.len(),
        texts.join(", ")
    )
}

/// The scenarios that have a section on the page.
pub fn names(page: &str) -> Vec<&str> {
    page.split(HEADING).skip(1).filter_map(|rest| rest.lines().next()).collect()
}

/// The page with every section of figures, and every digest beside a command, as the records have them.
pub fn put_right(page: &str, runs: &BTreeMap<String, String>) -> String {
    let mut parts = page.split(HEADING);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('\n').unwrap_or((part, ""));
        let after = rest.find("\n#").map_or("", |at| &rest[at..]);
        text += &format!("{HEADING}{name}\n{}{after}", section(name, runs));
    }
    for (name, run) in runs {
        let lead = format!("Command: `comity run {name}`; digest `");
        let digest = run.trim_end().rsplit(',').next().unwrap_or_default();
        let mut pieces = text.split(&lead);
        let mut renewed = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            renewed += &format!("{lead}{digest}{}", piece.find('`').map_or("", |end| &piece[end..]));
        }
        text = renewed;
    }
    text
}
