//! Which forums of which scenarios are held against history, and what of it each is held against.
//!
//! A forum is a trial if the text of its instrument is on record and was not there yet on the day from which the forum is
//! seen. Shocks that a scenario dates later than that day are hindsight, so a trial is played without them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::record::{Real, Record};
use crate::quantity::Date;
use crate::scenario::check::Checked;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::{Forum, Scenario};

/// One clause of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Provision {
    /// Its identifier.
    pub id: String,
    /// Its place on the forum's agenda.
    pub place: usize,
    /// Labels of its rungs.
    pub labels: Vec<String>,
    /// Positions of its rungs [0–1], rising.
    pub positions: Vec<f64>,
    /// What the real text holds.
    pub real: Real,
}

/// A forum that is held against the text that it really wrote.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Name of the scenario.
    pub scenario: String,
    /// The instrument.
    pub instrument: String,
    /// What kind of instrument it is; empty where nothing says.
    pub kind: String,
    /// The day from which it is seen.
    pub seen: Date,
    /// What is played, without hindsight.
    pub played: Arc<Scenario>,
    /// Place of the forum in the scenario.
    pub forum: usize,
    /// Clauses on the agenda that are on record.
    pub provisions: Vec<Provision>,
    /// Clauses that are on record and not on the agenda, with the rung of each.
    pub beyond: Vec<(String, usize)>,
    /// Shocks that were left out as hindsight.
    pub hindsight: Vec<String>,
}

impl Trial {
    /// Its forum.
    pub fn forum(&self) -> &Forum {
        &self.played.forums[self.forum]
    }
}

/// The trials of one scenario, and a word on each forum whose instrument is on record and that is none.
pub fn trials(checked: &Checked, record: &Record, problems: &mut Problems) -> (Vec<Trial>, Vec<String>) {
    let mut played = Scenario::clone(&checked.scenario);
    let as_of = played.as_of;
    let (kept, late): (Vec<_>, Vec<_>) = played.shocks.drain(..).partition(|shock| shock.hindsight(as_of).is_none());
    played.shocks = kept;
    let hindsight: Vec<String> = late.into_iter().map(|shock| shock.id).collect();
    let played = Arc::new(played);
    let (mut found, mut passed) = (Vec::new(), Vec::new());
    for (no, forum) in played.forums.iter().enumerate() {
        let Some((id, instrument)) = forum.instrument.as_ref().and_then(|id| record.0.get_key_value(id)) else {
            continue;
        };
        let Some((seen, _)) = checked.seen_from(&forum.id) else { continue };
        if instrument.text.is_some_and(|text| text <= seen) {
            passed.push(format!("{id}: seen from {seen}, its text was there already"));
            continue;
        }
        let mut provisions = Vec::new();
        for (place, &clause) in forum.agenda.iter().enumerate() {
            let clause = &played.clauses[clause];
            let Some(&real) = instrument.clauses.get(&clause.id) else { continue };
            if real.rung >= clause.rungs.len() {
                let what = format!(
                    "`{id}` holds rung {} of `{}`, which has {} rungs",
                    real.rung,
                    clause.id,
                    clause.rungs.len()
                );
                problems.push(
                    Problem::new("comity::hindcast::no_rung", None, what)
                        .help("outcomes are rungs of the ladders that the scenario uses"),
                );
                continue;
            }
            provisions.push(Provision {
                id: clause.id.clone(),
                place,
                labels: clause.rungs.iter().map(|rung| rung.label.clone()).collect(),
                positions: clause.rungs.iter().map(|rung| rung.position).collect(),
                real,
            });
        }
        let on_agenda = |clause: &str| forum.agenda.iter().any(|&on| played.clauses[on].id == clause);
        let beyond = instrument.clauses.iter().filter(|(clause, _)| !on_agenda(clause));
        let beyond = beyond.map(|(clause, real)| (clause.clone(), real.rung)).collect();
        if !provisions.is_empty() {
            found.push(Trial {
                scenario: played.name.clone(),
                instrument: id.clone(),
                kind: instrument.kind.clone(),
                seen,
                played: played.clone(),
                forum: no,
                provisions,
                beyond,
                hindsight: hindsight.clone(),
            });
        }
    }
    (found, passed)
}

/// Of several trials of an instrument the one whose scenario has the fewest forums, of equals the first: there it is played
/// for itself. The others are left out.
pub fn one_each(trials: Vec<Trial>) -> Vec<Trial> {
    let mut narrowest: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (no, trial) in trials.iter().enumerate() {
        let own = (trial.played.forums.len(), no);
        let best = narrowest.entry(&trial.instrument).or_insert(own);
        *best = own.min(*best);
    }
    let mut kept: Vec<usize> = narrowest.into_values().map(|(_, no)| no).collect();
    kept.sort_unstable();
    let mut no = 0;
    let mut trials = trials;
    trials.retain(|_| {
        no += 1;
        kept.binary_search(&(no - 1)).is_ok()
    });
    trials
}
