//! Scores over many clauses, with what chance could have made of them, and how well stated chances hold.
//!
//! Clauses of a text err together, so every interval is a bootstrap over texts (`forecast::score`). Differences are paired:
//! a model of reference, the engine, less the other model, on the clauses of which both say something; below 0 the engine is
//! nearer.

use super::scores::{Scores, at_least};
use super::{Finding, Findings};
use crate::forecast::score::{Interval, clustered_mean};

/// How near one model came, over many clauses.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// The model.
    pub model: String,
    /// Clauses (a count).
    pub clauses: usize,
    /// Texts (a count).
    pub texts: usize,
    /// Mean absolute error [0–1].
    pub error: Interval,
    /// Mean Brier score [0–2].
    pub brier: Option<Interval>,
    /// Mean ranked probability score [0–1].
    pub ranked: Option<Interval>,
    /// Share of clauses whose most likely rung is the real one [0–1].
    pub hits: Option<Interval>,
    /// Clauses of which the reference and the model both say something (a count).
    pub paired: usize,
    /// Error of the reference less that of the model.
    pub error_difference: Option<Interval>,
    /// Ranked probability score of the reference less that of the model.
    pub ranked_difference: Option<Interval>,
}

/// Every model over the clauses of the trials that are wanted, beside a model of reference; a model that says nothing of any
/// of them is left out.
pub fn pool(findings: &Findings, reference: usize, seed: u64, wanted: impl Fn(usize) -> bool) -> Vec<Pooled> {
    let rows: Vec<&Finding> = findings.rows.iter().filter(|row| wanted(row.trial)).collect();
    let scores = |model: usize| -> Vec<Option<Scores>> { rows.iter().map(|row| findings.score(row, model)).collect() };
    let engine = scores(reference);
    let one = |(no, model): (usize, &String)| {
        let own = scores(no);
        let mean = |value: &dyn Fn(&Scores) -> Option<f64>| {
            let values = rows.iter().zip(&own).filter_map(|(row, own)| Some((row.trial, value(own.as_ref()?)?)));
            clustered_mean(&values.collect::<Vec<_>>(), seed)
        };
        let pairs: Vec<(usize, &Scores, &Scores)> = if no == reference {
            Vec::new()
        } else {
            let both = rows.iter().zip(engine.iter().zip(&own));
            both.filter_map(|(row, (engine, own))| Some((row.trial, engine.as_ref()?, own.as_ref()?))).collect()
        };
        let difference = |value: &dyn Fn(&Scores) -> Option<f64>| {
            let values = pairs.iter().filter_map(|(trial, engine, own)| Some((*trial, value(engine)? - value(own)?)));
            clustered_mean(&values.collect::<Vec<_>>(), seed)
        };
        let mut texts: Vec<usize> =
            rows.iter().zip(&own).filter(|(_, own)| own.is_some()).map(|(row, _)| row.trial).collect();
        texts.dedup();
        Some(Pooled {
            model: model.clone(),
            clauses: own.iter().flatten().count(),
            texts: texts.len(),
            error: mean(&|scores| Some(scores.error))?,
            brier: mean(&|scores| scores.brier),
            ranked: mean(&|scores| scores.ranked),
            hits: mean(&|scores| scores.hit.map(|hit| f64::from(u8::from(hit)))),
            paired: pairs.len(),
            error_difference: difference(&|scores| Some(scores.error)),
            ranked_difference: difference(&|scores| scores.ranked),
        })
    };
    findings.models.iter().enumerate().filter_map(one).collect()
}

/// One bin of a curve of calibration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Chances from here [0–1]; the last bin includes its end.
    pub from: f64,
    /// Chances to here [0–1].
    pub to: f64,
    /// Events (a count).
    pub events: usize,
    /// Mean chance that was given [0–1].
    pub stated: f64,
    /// Share of events that came about [0–1].
    pub observed: f64,
}

/// Bins of a curve of calibration.
const BINS: usize = 10;

/// Chances that a clause comes to at least a rung, against how often it did; bins without events are left out.
pub fn reliability(findings: &Findings, model: usize, wanted: impl Fn(usize) -> bool) -> Vec<Bin> {
    let mut sums = [(0usize, 0.0, 0usize); BINS];
    for row in findings.rows.iter().filter(|row| wanted(row.trial)) {
        let real = findings.trials[row.trial].provisions[row.provision].real.rung;
        let shares = row.told[model].as_ref().and_then(|told| told.shares.as_deref()).unwrap_or_default();
        for (chance, came) in at_least(shares, real) {
            // A share of a count of replications that lies on a border up to rounding belongs to the upper bin.
            let bin = ((chance * BINS as f64 + 1e-9) as usize).min(BINS - 1);
            sums[bin].0 += 1;
            sums[bin].1 += chance;
            sums[bin].2 += usize::from(came);
        }
    }
    let bin = |(no, &(events, stated, came)): (usize, &(usize, f64, usize))| {
        (events > 0).then(|| Bin {
            from: no as f64 / BINS as f64,
            to: (no + 1) as f64 / BINS as f64,
            events,
            stated: stated / events as f64,
            observed: came as f64 / events as f64,
        })
    };
    sums.iter().enumerate().filter_map(bin).collect()
}
