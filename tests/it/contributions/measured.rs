//! Pairs of runs on the same draws, and the tables made of them.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::ensemble::Ensemble;
use comity::minutes::{ForumOutcome, MemberOutcome};
use comity::scenario::Scenario;

use super::pairs::Pairs;

const SEED: u64 = 1;

/// What was found in one replication, measure by measure; nothing where it says nothing.
type Found = Vec<Option<f64>>;

/// Plays a scenario and measures the outcome of one forum.
fn play(scenario: Arc<Scenario>, pairs: &Pairs, measure: impl Fn(&ForumOutcome) -> Found + Sync) -> Vec<Found> {
    let forum = scenario.forums.iter().position(|forum| forum.id == pairs.forum).expect("a forum of the scenario");
    let mut all = Vec::new();
    let ensemble = Ensemble { scenario, replications: 0..pairs.replications, threads: 2 };
    let ran = ensemble.run(
        &AtomicBool::new(false),
        |conference, batch| batch.map(|number| measure(&conference.run(SEED, number).forums[forum])).collect(),
        |batch: Vec<Found>| {
            all.extend(batch);
            Ok::<(), ()>(())
        },
    );
    assert!(ran.is_ok());
    all
}

/// How a number is shown: what it is multiplied by, its decimals and its unit.
#[derive(Clone, Copy)]
struct Form(f64, usize, &'static str);

const SHARE: Form = Form(100.0, 1, " %");
const COUNT: Form = Form(1.0, 2, "");
const DAYS: Form = Form(1.0, 0, "");

/// Mean over the replications that say something.
fn level(runs: &[Found], no: usize, Form(factor, decimals, unit): Form) -> String {
    let says: Vec<f64> = runs.iter().filter_map(|found| found[no]).collect();
    if says.is_empty() {
        return "–".into();
    }
    format!("{:.decimals$}{unit}", factor * says.iter().sum::<f64>() / says.len() as f64)
}

/// Mean of the differences, with half of its 95 % interval, over the replications that say something in both runs.
fn difference(shipped: &[Found], changed: &[Found], no: usize, Form(factor, decimals, _): Form) -> String {
    let pairs = shipped.iter().zip(changed).filter_map(|(before, after)| Some(after[no]? - before[no]?));
    let differences: Vec<f64> = pairs.map(|difference| factor * difference).collect();
    let n = differences.len() as f64;
    if differences.is_empty() {
        return "–".into();
    }
    if differences.iter().all(|difference| *difference == 0.0) {
        return "·".into();
    }
    let mean = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|difference| (difference - mean) * (difference - mean)).sum();
    let half = 1.96 * (squares / (n - 1.0).max(1.0) / n).sqrt();
    let mean = format!("{mean:+.decimals$}");
    // A difference that rounds to nothing has no sign.
    let mean = if mean.chars().any(|digit| ('1'..='9').contains(&digit)) { mean.as_str() } else { &mean[1..] };
    format!("{mean} (± {half:.decimals$})")
}

/// A line of a table in Markdown.
fn line(cells: impl IntoIterator<Item = String>) -> String {
    cells.into_iter().fold("|".to_owned(), |line, cell| format!("{line} {cell} |")) + "\n"
}

fn share_of(holds: bool) -> Option<f64> {
    Some(f64::from(u8::from(holds)))
}

fn count_of(count: usize) -> Option<f64> {
    Some(count as f64)
}

fn bound(member: &&MemberOutcome) -> bool {
    member.in_force_day.is_some() && member.withdrawn_day.is_none()
}

/// Whether the other body takes the text in: told also where it never does.
const TAKEN_IN: &str = "taken in by the body";

/// What becomes of a text: name and form of each measure.
const FOLLOWS: [(&str, Form); 10] = [
    ("adopted", SHARE),
    ("clauses", COUNT),
    ("parties at adoption", COUNT),
    (TAKEN_IN, SHARE),
    ("in force", SHARE),
    ("days to force", DAYS),
    ("bound at the horizon", COUNT),
    ("acceded", COUNT),
    ("withdrawn", COUNT),
    ("clauses reserved", COUNT),
];

fn follows(ended: &ForumOutcome) -> Found {
    let everyone = || ended.members.iter().chain(&ended.outsiders);
    let days = ended.in_force_day.zip(ended.signed_day).map(|(force, signed)| (force - signed) as f64);
    vec![
        share_of(ended.concluded),
        count_of(ended.adopted()),
        count_of(ended.parties()),
        ended.incorporated.and_then(share_of),
        share_of(ended.in_force_day.is_some()),
        days,
        count_of(everyone().filter(bound).count()),
        count_of(everyone().filter(|member| member.acceded).count()),
        count_of(everyone().filter(|member| member.withdrawn_day.is_some()).count()),
        Some(everyone().map(|member| f64::from(member.reserved)).sum()),
    ]
}

impl Pairs {
    /// A row a clause: how often it is adopted, and what each change adds, in percentage points; then the talks as a whole.
    pub fn of_talks(&self) -> String {
        let measure = |ended: &ForumOutcome| -> Found {
            let clauses = ended.clauses.iter().map(|clause| share_of(clause.adopted.is_some()));
            let parties = if ended.concluded { count_of(ended.parties()) } else { None };
            clauses.chain([share_of(ended.concluded), count_of(ended.adopted()), parties]).collect()
        };
        let scenario = self.scenario(&[]);
        let forum = scenario.forums.iter().find(|forum| forum.id == self.forum).expect("a forum of the scenario");
        let clauses = forum.agenda.iter().map(|&clause| (format!("`{}`", scenario.clauses[clause].id), SHARE));
        let whole = [("a text is adopted", SHARE), ("clauses (mean)", COUNT), ("parties (mean)", COUNT)];
        let rows = clauses.chain(whole.map(|(name, form)| (name.to_owned(), form)));
        let shipped = play(scenario.clone(), self, measure);
        let changed: Vec<Vec<Found>> =
            self.changes.iter().map(|change| play(self.scenario(change.set), self, measure)).collect();
        let heads = ["clause", "as shipped"].into_iter().chain(self.changes.iter().map(|change| change.label));
        let mut table = line(heads.map(str::to_owned));
        table += &line(vec!["---".to_owned(); self.changes.len() + 2]);
        for (no, (name, form)) in rows.enumerate() {
            let differences = changed.iter().map(|changed| difference(&shipped, changed, no, form));
            table += &line([name, level(&shipped, no, form)].into_iter().chain(differences));
        }
        table
    }

    /// A row a change: what becomes of the text as shipped, and what each change adds. Measures that nothing says
    /// anything about are left out.
    pub fn of_what_follows(&self) -> String {
        let shipped = play(self.scenario(&[]), self, follows);
        let changed: Vec<Vec<Found>> =
            self.changes.iter().map(|change| play(self.scenario(change.set), self, follows)).collect();
        let moves = |runs: &[Found], no: usize| {
            let asked = FOLLOWS[no].0 == TAKEN_IN;
            runs.iter().any(|found| found[no].is_some_and(|found| asked || found != 0.0))
        };
        let told: Vec<usize> = (0..FOLLOWS.len())
            .filter(|&no| moves(&shipped, no) || changed.iter().any(|runs| moves(runs, no)))
            .collect();
        let heads = [format!("`{}`, {}", self.scenario, self.forum)].into_iter();
        let mut table = line(heads.chain(told.iter().map(|&no| FOLLOWS[no].0.to_owned())));
        table += &line(vec!["---".to_owned(); told.len() + 1]);
        let levels = told.iter().map(|&no| level(&shipped, no, FOLLOWS[no].1));
        table += &line(["as shipped".to_owned()].into_iter().chain(levels));
        for (change, runs) in self.changes.iter().zip(&changed) {
            let differences = told.iter().map(|&no| difference(&shipped, runs, no, FOLLOWS[no].1));
            table += &line([change.label.to_owned()].into_iter().chain(differences));
        }
        table
    }
}
