//! The page of validation: what was held against what, all scores, what comes out right and wrong. Every figure and every
//! name in it is computed; the sentences around them are the same whatever comes out.

mod clauses;
mod parameters;
mod pooled;
mod refusals;
mod words;

use super::calibrate::Fold;
use super::cases::scored::Refusals;
use super::pooled::{Pooled, pool, reliability};
use super::{CALIBRATED, ENGINE, Findings};

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What was found.
    pub findings: &'a Findings,
    /// The parameters that were sought, a text left out at a time; empty where none were.
    pub folds: &'a [Fold],
    /// Who stood where on decisions; none where no decisions are on record.
    pub refusals: Option<&'a Refusals>,
    /// Replications of each scenario (a count).
    pub replications: u64,
    /// Seed of all chance.
    pub seed: u64,
}

/// Names of the sets of texts that are pooled.
pub const SETS: [&str; 2] = ["all", "treaties"];

impl Report<'_> {
    /// Whether a trial belongs to a set.
    fn belongs(&self, set: &str, trial: usize) -> bool {
        set == SETS[0] || self.findings.trials[trial].kind == "treaty"
    }

    /// Sets that are worth a table: all texts, and the treaties where not all are.
    fn sets(&self) -> Vec<&'static str> {
        let treaties = (0..self.findings.trials.len()).filter(|&trial| self.belongs(SETS[1], trial)).count();
        let some = treaties > 0 && treaties < self.findings.trials.len();
        SETS.into_iter().filter(|set| *set == SETS[0] || some).collect()
    }

    /// The engine, and the engine under the parameters that were sought, where they were.
    pub fn references(&self) -> Vec<(&'static str, usize)> {
        [ENGINE, CALIBRATED].into_iter().filter_map(|name| Some((name, self.findings.model(name)?))).collect()
    }

    /// Scores over many clauses: set by set, reference by reference.
    pub fn pooled(&self) -> Vec<(&'static str, &'static str, Vec<Pooled>)> {
        let mut found = Vec::new();
        for set in self.sets() {
            for (name, reference) in self.references() {
                found.push((set, name, pool(self.findings, reference, self.seed, |trial| self.belongs(set, trial))));
            }
        }
        found
    }

    /// Curves of calibration of the models that spread their forecast over rungs.
    pub fn curves(&self) -> Vec<(&'static str, Vec<super::pooled::Bin>)> {
        let curve = |(name, model)| (name, reliability(self.findings, model, |_| true));
        self.references().into_iter().map(curve).collect()
    }

    /// The page, as Markdown.
    pub fn page(&self) -> String {
        let mut page = format!(
            "# Validation\n\nForecasts of texts that are known by now, held against them. This page is written by `comity hindcast --page` \
             with {} replications of each scenario and seed {}; nothing in it is written by hand. [docs/hindcast.md](../docs/hindcast.md) \
             tells the method and what each column means.\n\n",
            self.replications, self.seed
        );
        self.texts(&mut page);
        self.together(&mut page);
        self.text_by_text(&mut page);
        self.chances(&mut page);
        self.right_and_wrong(&mut page);
        self.by_clause(&mut page);
        self.parameters(&mut page);
        self.who_refuses(&mut page);
        while page.ends_with("\n\n") {
            page.pop();
        }
        page
    }
}
