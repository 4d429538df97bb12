//! Clause by clause: what comes out right, and which way the errors go.

use super::Report;
use super::words::{figure, names, percent, signed, table};
use crate::hindcast::Finding;
use crate::hindcast::scores::likeliest;

/// Mean errors beyond this are named as leaning one way (a judgement: half a rung of a ladder of four).
const LEANING: f64 = 1.0 / 6.0;
/// Texts below which no leaning is named.
const ENOUGH: usize = 3;
/// Models whose leanings are shown beside those of the engine.
const BESIDE: [&str; 3] = ["compromise", "salience_mean", "base_rate"];

/// What became of a clause, against what the most likely rung said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    TooStrong,
    TooWeak,
    WronglyIn,
    WronglyOut,
}

fn verdict(said: usize, real: usize) -> Verdict {
    match (said, real) {
        (said, real) if said == real => Verdict::Right,
        (_, 0) => Verdict::WronglyIn,
        (0, _) => Verdict::WronglyOut,
        (said, real) if said > real => Verdict::TooStrong,
        _ => Verdict::TooWeak,
    }
}

impl Report<'_> {
    fn said(&self, row: &Finding, model: usize) -> Option<usize> {
        Some(likeliest(row.told[model].as_ref()?.shares.as_deref()?))
    }

    /// Which clauses of which text the engine gets right, and how it misses the others.
    pub(super) fn right_and_wrong(&self, page: &mut String) {
        *page +=
            "## What comes out right, and what does not\n\nThe most likely rung of `comity` against the real one.\n\n";
        let kinds = [
            (Verdict::Right, "right"),
            (Verdict::TooStrong, "in, but too strong"),
            (Verdict::TooWeak, "in, but too weak"),
            (Verdict::WronglyIn, "in, the real text does not have it"),
            (Verdict::WronglyOut, "left out, the real text has it"),
        ];
        let mut all = [0; 5];
        for (no, trial) in self.findings.trials.iter().enumerate() {
            let rows: Vec<&Finding> = self.findings.rows.iter().filter(|row| row.trial == no).collect();
            *page += &format!("`{}`:\n\n", trial.instrument);
            for (kind, (is, words)) in kinds.iter().enumerate() {
                let of_kind = rows.iter().filter(|row| {
                    let real = trial.provisions[row.provision].real.rung;
                    self.said(row, 0).is_some_and(|said| verdict(said, real) == *is)
                });
                let found: Vec<&str> = of_kind.map(|row| trial.provisions[row.provision].id.as_str()).collect();
                all[kind] += found.len();
                if !found.is_empty() {
                    *page += &format!("- {words}: {}\n", names(&found));
                }
            }
            page.push('\n');
        }
        let clauses: usize = all.iter().sum();
        let told = kinds.iter().zip(all).map(|((_, words), n)| format!("{words}: {n}"));
        let provision = all[3] + all[4];
        *page += &format!(
            "Together {clauses} clauses; {}. Whether there is a provision at all is right on {} of them ({}).\n\n",
            told.collect::<Vec<_>>().join("; "),
            clauses - provision,
            percent((clauses - provision) as f64 / clauses.max(1) as f64),
        );
    }

    /// Which way errors on each clause go, over all texts.
    pub(super) fn by_clause(&self, page: &mut String) {
        let mut clauses: Vec<&str> = Vec::new();
        for row in &self.findings.rows {
            let id = self.findings.trials[row.trial].provisions[row.provision].id.as_str();
            if !clauses.contains(&id) {
                clauses.push(id);
            }
        }
        let beside = BESIDE.into_iter().filter_map(|name| Some((name, self.findings.model(name)?)));
        let models: Vec<(&str, usize)> = self.references().into_iter().chain(beside).collect();
        let mut rows = Vec::new();
        let mut leaning: [Vec<&str>; 2] = Default::default();
        for clause in clauses {
            let of_clause: Vec<&Finding> = self
                .findings
                .rows
                .iter()
                .filter(|row| self.findings.trials[row.trial].provisions[row.provision].id == clause)
                .collect();
            let mut cells = vec![format!("`{clause}`"), of_clause.len().to_string()];
            for (place, &(_, model)) in models.iter().enumerate() {
                let off: Vec<f64> = of_clause
                    .iter()
                    .filter_map(|row| {
                        let provision = &self.findings.trials[row.trial].provisions[row.provision];
                        Some(row.told[model].as_ref()?.point - provision.positions[provision.real.rung])
                    })
                    .collect();
                let mean = |of: &dyn Fn(f64) -> f64| off.iter().fold(0.0, |sum, off| sum + of(*off)) / off.len() as f64;
                let (lean, error) = (mean(&|off| off), mean(&f64::abs));
                cells.push(if off.is_empty() {
                    "–".to_owned()
                } else {
                    format!("{} ({})", signed(lean), figure(error))
                });
                if place == 0 && off.len() >= ENOUGH && lean.abs() > LEANING {
                    leaning[usize::from(lean > 0.0)].push(clause);
                }
            }
            rows.push(cells);
        }
        *page += "## Which way errors go\n\nForecast less real position, mean over texts; in brackets the mean absolute error.\n\n";
        let header: Vec<&str> = ["clause", "texts"].into_iter().chain(models.iter().map(|model| model.0)).collect();
        *page += &table(&header, &rows);
        *page += &format!(
            "On clauses of {ENOUGH} texts or more, `comity` leans by more than {} of the scale towards too little on: {}; towards too much \
             on: {}.\n\n",
            figure(LEANING),
            names(&leaning[0]),
            names(&leaning[1]),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_right_or_wrong_in_one_of_four_ways() {
        assert!(verdict(2, 2) == Verdict::Right && verdict(0, 0) == Verdict::Right);
        assert!(verdict(3, 2) == Verdict::TooStrong && verdict(1, 2) == Verdict::TooWeak);
        assert!(verdict(1, 0) == Verdict::WronglyIn && verdict(0, 1) == Verdict::WronglyOut);
    }
}
