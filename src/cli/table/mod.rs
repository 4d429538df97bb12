//! The short text that a run prints: how the talks end, what becomes of each clause, what follows, and on how much of it
//! rests on guesses.

mod clauses;
mod fate;
mod in_the_way;
mod later;

use std::fmt::Write as _;

use crate::replay::plural;
use crate::scenario::{Provenance, Scenario};
use crate::study::Results;
use crate::summary::{Estimate, Line, Measure, Subject};

/// In front of a share of which more than half is guessed.
const GUESSED: char = '~';

/// Lines of the summary of one forum, to look measures up in.
#[derive(Clone, Copy)]
struct Found<'a> {
    lines: &'a [Line],
    forum: usize,
}

impl Found<'_> {
    /// The estimate of a measure; none where it is not there, or no replication says anything.
    fn of(&self, subject: Subject, measure: Measure) -> Option<Estimate> {
        let wanted =
            |line: &&Line| line.forum == Some(self.forum) && line.subject == subject && line.measure == measure;
        self.lines.iter().find(wanted)?.estimate
    }
}

/// The run in short: per forum how the talks end, and what becomes of each clause; then what the marks mean.
pub(super) fn told(results: &Results) -> String {
    let scenario: &Scenario = results.scenario().model();
    let replications = results.shard().end - results.shard().first;
    let mut text = format!(
        "{}\n{}, seed {}\n",
        scenario.title,
        plural(replications as usize, "replication", "replications"),
        results.seed()
    );
    for shock in &scenario.shocks {
        if let Some(date) = shock.hindsight(scenario.as_of) {
            let _ = writeln!(text, "with hindsight: the shock {} of {date}", shock.id);
        }
    }
    text += &guessed(scenario);
    let (unverified, all) = scenario.unverified();
    if unverified > 0 {
        let _ = writeln!(text, "unverified rows are behind {unverified} of {all} mandates; `comity check` says more");
    }
    let mut notes = Notes::default();
    for (no, forum) in scenario.forums.iter().enumerate() {
        let found = Found { lines: results.summary(), forum: no };
        let known = scenario.provenance(Some(no), None, None);
        let concluded =
            found.of(Subject::Talks, Measure::CONCLUDED).map_or("–".into(), |share| with_interval(&share, &known));
        notes.guessed |= known.is_mostly_imputed();
        let _ = write!(text, "\n{}: a text is adopted in {concluded} of replications", forum.name);
        if let Some(parties) = found.of(Subject::Talks, Measure::PARTIES) {
            let _ = write!(text, ", by {:.1} of {} members on average", parties.mean, forum.members.len());
        }
        text.push_str("\n\n");
        text += &clauses::grid(scenario, forum, found, &mut notes);
        text += &later::told(scenario, forum, found);
        text += &in_the_way::told(scenario, found, results.blockers(), replications);
    }
    text += &notes.told();
    let _ = writeln!(text, "\ndigest {}", results.digest());
    text
}

/// How many of all mandates are guessed; nothing where none is.
fn guessed(scenario: &Scenario) -> String {
    let Provenance { mandates, imputed, .. } = scenario.provenance(None, None, None);
    match imputed {
        0 => String::new(),
        _ if imputed == mandates => format!(
            "IMPUTED: all {mandates} mandates; no evidence of what any member wants counts, and every share below is a guess; `comity check` says why\n"
        ),
        _ => format!(
            "imputed: {imputed} of {mandates} mandates ({}) have no evidence of their own; `comity check` names the clauses\n",
            percent(imputed as f64 / mandates as f64)
        ),
    }
}

/// What the marks of the tables mean, for those that were used.
#[derive(Clone, Copy, Debug, Default)]
struct Notes {
    guessed: bool,
    template: bool,
    out: bool,
    simulation: bool,
}

impl Notes {
    fn told(&self) -> String {
        let mut text = String::new();
        let notes = [
            (self.guessed, "~ guessed: more than half of the mandates behind the share are imputed"),
            (self.out, "out: the clause is not in the text, or there is none; what held before goes on to hold"),
            (
                self.template,
                "template: text that the institution brings along, an input and no finding; `adopted` says how often it is kept",
            ),
            (
                self.simulation,
                "simulation 95 %: the interval is that of the simulation: more replications narrow it; it says nothing of how far \
                 the model is right",
            ),
        ];
        for (_, note) in notes.iter().filter(|(used, _)| *used) {
            let lead = if text.is_empty() { "\n" } else { "" };
            let _ = writeln!(text, "{lead} {note}");
        }
        text
    }
}

fn with_interval(share: &Estimate, known: &Provenance) -> String {
    match share.interval {
        Some((low, high)) => format!("{} ({} to {})", marked(share.mean, known), percent(low), percent(high)),
        None => marked(share.mean, known),
    }
}

/// A share, marked where most of what is behind it is guessed.
fn marked(share: f64, known: &Provenance) -> String {
    match known.is_mostly_imputed() {
        true => format!("{GUESSED}{}", percent(share)),
        false => percent(share),
    }
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}
