//! The sums of a run or a part of it, in a file of the run directory: what puts the summary of a run together from its parts,
//! to the bit, even where no rows were written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::directory::Problematic;
use super::manifest::{Manifest, Shard, scenario_sha256};
use super::recorder::{Recording, sha256_of};
use crate::ensemble::BATCH;
use crate::scenario::check::Checked;
use crate::scenario::problem::{At, File, Problem, Problems};
use crate::scenario::{MAX_REPLICATIONS, Scenario};
use crate::summary::{Stored, Summary};

/// Name of the file in a run directory.
pub const PARTIAL: &str = "partial.json";
/// Version of the layout of the file.
const FORMAT: u32 = 1;

/// The sums of a part of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Partial {
    /// Where it was read from, for messages.
    place: String,
    head: Head,
    sums: Vec<Stored>,
}

/// Of what the sums are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    /// Version of this layout.
    format: u32,
    /// Version of comity that played it.
    comity: String,
    scenario_sha256: String,
    /// In words: not every reader takes a number as large.
    seed: String,
    /// Of the whole run.
    replications: u64,
    shard: Shard,
    /// Parts end at multiples of so many replications.
    batch: u64,
}

/// The file.
#[derive(Deserialize)]
struct Written {
    of: Head,
    sums: Vec<Stored>,
    #[serde(rename = "sha256")]
    _sha256: String,
}

impl Partial {
    /// The sums of what was recorded.
    pub fn of(manifest: &Manifest, recording: &Recording) -> Partial {
        let head = Head {
            format: FORMAT,
            comity: manifest.comity.clone(),
            scenario_sha256: manifest.scenario_sha256.clone(),
            seed: manifest.seed.to_string(),
            replications: manifest.replications,
            shard: manifest.shard,
            batch: BATCH,
        };
        Partial { place: PARTIAL.into(), head, sums: recording.sums.clone() }
    }

    /// The text of the file: JSON, a sum a line, and at its end the SHA-256 of all that stands before.
    pub fn text(&self) -> String {
        let sums: Vec<String> = self.sums.iter().map(|sum| json!(sum).to_string()).collect();
        let (head, sums) = (json!(self.head), sums.join(",\n    "));
        let text = format!("{{\n  \"of\": {head},\n  \"sums\": [\n    {sums}\n  ],\n");
        let sha256 = sha256_of(&text);
        format!("{text}  \"sha256\": \"{sha256}\"\n}}\n")
    }

    /// Reads the file of a run directory.
    pub fn read(directory: &Path) -> Problematic<Partial> {
        let path = directory.join(PARTIAL);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            unreadable(None, format!("cannot read {}: {error}", path.display()))
                .help("name a directory that `comity run` has written, with its partial.json")
        })?;
        Partial::parse(&path.to_string_lossy(), &text)
    }

    /// Reads the text of the file; `place` is its name in messages.
    pub fn parse(place: &str, text: &str) -> Problematic<Partial> {
        // Line ends may have been turned on the way; that harms no number.
        let text = text.replace("\r\n", "\n");
        let at = |line: usize, column: usize| {
            let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let start = (before + column.saturating_sub(1)).min(text.len());
            At { file: Arc::new(File { name: place.into(), text: text.clone() }), span: start..start }
        };
        let again = "play this part again";
        let written: Written = serde_json::from_str(&text).map_err(|error| {
            unreadable(Some(at(error.line(), error.column())), format!("{place} is damaged: {error}")).help(again)
        })?;
        let head = &written.of;
        if head.format != FORMAT || head.batch != BATCH {
            let what = format!(
                "{place} has layout {} with batches of {}, and this reads {FORMAT} with {BATCH}",
                head.format, head.batch
            );
            return Err(unreadable(None, what).help(format!("use comity {}, which wrote it", head.comity)).into());
        }
        let read = Partial { place: place.into(), head: written.of, sums: written.sums };
        // It has one way to be written, and its hash in it.
        let expected = read.text();
        if expected != text {
            let same = expected.bytes().zip(text.bytes()).take_while(|(one, other)| one == other).count();
            let line = text.as_bytes()[..same].iter().filter(|byte| **byte == b'\n').count() + 1;
            let what = format!("{place} is damaged: it is not what was written, as its hash tells");
            return Err(unreadable(Some(at(line, 1)), what).help(again).into());
        }
        let Head { replications, shard, .. } = &read.head;
        let sound = (1..=shard.of).contains(&shard.part) && *replications <= MAX_REPLICATIONS;
        if !sound || *shard != Shard::of(*replications, shard.part, shard.of) {
            let what = format!("{place} is of no part of a run: {}", told(shard, *replications));
            return Err(unreadable(None, what).help(again).into());
        }
        Ok(read)
    }

    /// Which part of the run it is of.
    pub fn shard(&self) -> Shard {
        self.head.shard
    }

    /// The summary that the sums come to: that of the run, to the bit, where they are of all its parts.
    pub fn summary<'a>(&self, scenario: &'a Scenario) -> Problematic<Summary<'a>> {
        let Shard { first, end, .. } = self.head.shard;
        Summary::restored(scenario, &self.sums, end - first).ok_or_else(|| {
            let what =
                format!("the sums of {} are not those of {} replications of this scenario", self.place, end - first);
            unreadable(None, what)
                .help("merge it with the scenario that was run, by the version of comity that ran it")
                .into()
        })
    }

    /// The sums of a whole run from those of its parts 1 to N, in any order. The problems are all that keep them from being
    /// one run: another scenario, seed, length or version, a part missing or there twice, sums that cannot be.
    pub fn merge(parts: &[Partial], checked: &Checked) -> Problematic<Partial> {
        let Some(first) = parts.first() else {
            let none = Problem::new("comity::merge::missing", None, "there are no parts to merge");
            return Err(none.help("name the directories of all parts of a run").into());
        };
        let mut problems = Problems::default();
        let sha256 = scenario_sha256(&checked.resolved);
        for part in parts {
            problems.extend(part.differs_from(first, &sha256));
        }
        // Of parts of different runs, none is missing.
        problems.none_or(())?;
        let mut problems = present(parts, first.head.shard.of);
        let mut whole = Summary::new(&checked.scenario);
        for part in parts {
            match part.summary(&checked.scenario) {
                Ok(summary) => whole.merge(summary),
                Err(found) => problems.extend(found.0),
            }
        }
        problems.none_or(())?;
        let head = Head { shard: Shard::of(first.head.replications, 1, 1), ..first.head.clone() };
        Ok(Partial { place: "the merged run".into(), head, sums: whole.stored() })
    }

    /// Why this cannot be a part of the same run as the first.
    fn differs_from(&self, first: &Partial, sha256: &str) -> Vec<Problem> {
        let (mine, theirs) = (&self.head, &first.head);
        let facts = [
            ("scenario", mine.scenario_sha256.as_str(), sha256, "the scenario to merge with"),
            ("seed", &mine.seed, &theirs.seed, &first.place),
            ("number of replications", &mine.replications.to_string(), &theirs.replications.to_string(), &first.place),
            ("number of parts", &mine.shard.of.to_string(), &theirs.shard.of.to_string(), &first.place),
            ("version of comity", &mine.comity, &theirs.comity, &first.place),
        ];
        let differing = facts.into_iter().filter(|(_, mine, theirs, _)| mine != theirs);
        let told = differing.map(|(what, mine, theirs, whose)| {
            let message = format!("{} has another {what}: {mine}, and {whose} has {theirs}", self.place);
            Problem::new("comity::merge::differs", None, message).help("merge parts of one run only")
        });
        told.collect()
    }
}

/// Parts that are missing, or there more than once.
fn present(parts: &[Partial], of: u64) -> Problems {
    let mut places: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for part in parts {
        places.entry(part.head.shard.part).or_default().push(&part.place);
    }
    let mut problems = Problems::default();
    for (part, places) in places.iter().filter(|(_, places)| places.len() > 1) {
        let message = format!("part {part} of {of} is there {} times: {}", places.len(), places.join(", "));
        problems.push(Problem::new("comity::merge::twice", None, message).help("name each part once"));
    }
    let there: BTreeSet<u64> = places.into_keys().collect();
    let missing: Vec<u64> = (1..=of).filter(|part| !there.contains(part)).take(12).collect();
    if !missing.is_empty() {
        let all = of - there.len() as u64;
        let mut named: Vec<String> = missing.iter().map(u64::to_string).collect();
        named.extend((all > missing.len() as u64).then(|| "…".to_owned()));
        let message = format!("{all} of {of} parts are missing: {}", named.join(", "));
        let help =
            format!("play what is missing with --shard {}/{of}, the same scenario, seed and replications", missing[0]);
        problems.push(Problem::new("comity::merge::missing", None, message).help(help));
    }
    problems
}

fn told(shard: &Shard, replications: u64) -> String {
    let Shard { part, of, first, end } = shard;
    format!("part {part} of {of}, replications {first} to {end} of {replications}")
}

fn unreadable(at: Option<At>, what: String) -> Problem {
    Problem::new("comity::merge::unreadable", at, what)
}
