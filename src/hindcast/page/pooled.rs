//! What was held against what; scores over many texts; chances.

use super::words::{count, figure, names, percent, signed, table, with_interval};
use super::{Report, SETS};
use crate::forecast::score::Interval;
use crate::hindcast::pooled::{Pooled, pool};

/// Models that stand in the table of texts, where they are asked at all.
const NAMED: [&str; 12] = [
    "comity",
    "comity_calibrated",
    "compromise",
    "salience_mean",
    "mean",
    "median",
    "nash",
    "egalitarian",
    "exchange",
    "minimum",
    "constant",
    "base_rate",
];

impl Report<'_> {
    /// The texts.
    pub(super) fn texts(&self, page: &mut String) {
        let trials = &self.findings.trials;
        let clauses: usize = trials.iter().map(|trial| trial.provisions.len()).sum();
        *page += &format!(
            "## What is held against what\n\n{}, {} that are on the agenda and on record. *Beyond* are clauses that are on record but \
             not on the agenda, which no forecast knows of; in brackets how many of them the real text has. *Hindsight* are shocks \
             of the scenario later than the day from which it is seen; they are left out. *Unverified* are rungs of the real text \
             that nobody checked.\n\n",
            count(trials.len(), "text", "texts"),
            count(clauses, "clause", "clauses"),
        );
        let row = |trial: &crate::hindcast::trials::Trial| {
            let forum = trial.forum();
            let mandates = forum.members.iter().flat_map(|member| &member.mandates);
            let imputed = mandates.clone().filter(|mandate| {
                use crate::scenario::Origin::{Imputed, Uninformed};
                matches!(mandate.origin, Imputed { .. } | Uninformed)
            });
            let held = trial.beyond.iter().filter(|(_, rung)| *rung > 0).count();
            vec![
                format!("`{}`", trial.instrument),
                trial.kind.clone(),
                format!("`{}`", trial.scenario),
                trial.seen.to_string(),
                forum.members.len().to_string(),
                percent(imputed.count() as f64 / mandates.count().max(1) as f64),
                trial.provisions.len().to_string(),
                trial.provisions.iter().filter(|provision| !provision.real.verified).count().to_string(),
                format!("{} ({held})", trial.beyond.len()),
                if trial.hindsight.is_empty() { "–".to_owned() } else { names(&trial.hindsight) },
            ]
        };
        let header = [
            "instrument",
            "kind",
            "scenario",
            "seen from",
            "members",
            "mandates imputed",
            "clauses",
            "unverified",
            "beyond",
            "hindsight",
        ];
        *page += &table(&header, &trials.iter().map(row).collect::<Vec<_>>());
    }

    /// Scores over all texts, and over treaties.
    pub(super) fn together(&self, page: &mut String) {
        let pooled = self.pooled();
        for set in self.sets() {
            let by: Vec<_> = pooled.iter().filter(|(of, ..)| *of == set).collect();
            *page += if set == SETS[0] { "## All texts together\n\n" } else { "## Treaties alone\n\n" };
            if set == SETS[0] {
                *page += "Mean absolute error on scales from 0 to 1, ranked probability score (0 to 1), Brier score (0 to 2), share of clauses \
                          whose most likely rung is the real one. In brackets 95 % intervals of a bootstrap over texts. Differences are \
                          paired, clause by clause; below 0 the engine is nearer. A model without a distribution is held to be certain of \
                          the nearest rung. `base_rate` knows what all other texts hold, later ones too: no forecast could.\n\n";
            }
            let mut header = vec!["model", "clauses", "error", "ranked", "Brier", "right rung"];
            let differences: Vec<String> =
                by.iter().map(|(_, name, _)| format!("error of {name} less its own")).collect();
            header.extend(differences.iter().map(String::as_str));
            let row = |no: usize| {
                let own = &by[0].2[no];
                let mut cells = vec![
                    format!("`{}`", own.model),
                    own.clauses.to_string(),
                    with_interval(Some(own.error), figure),
                    own.ranked.map_or("–".to_owned(), |ranked| figure(ranked.mean)),
                    own.brier.map_or("–".to_owned(), |brier| figure(brier.mean)),
                    own.hits.map_or("–".to_owned(), |hits| percent(hits.mean)),
                ];
                cells.extend(by.iter().map(|(.., models)| with_interval(models[no].error_difference, signed)));
                cells
            };
            *page += &table(&header, &(0..by[0].2.len()).map(row).collect::<Vec<_>>());
            for (_, name, models) in by {
                *page += &verdict(name, models);
            }
            page.push('\n');
        }
    }

    /// Errors text by text.
    pub(super) fn text_by_text(&self, page: &mut String) {
        let named: Vec<&str> = NAMED.into_iter().filter(|name| self.findings.model(name).is_some()).collect();
        let mut rows = Vec::new();
        for (no, trial) in self.findings.trials.iter().enumerate() {
            let models = pool(self.findings, 0, self.seed, |trial| trial == no);
            let error = |name: &str| models.iter().find(|pooled| pooled.model == name).map(|pooled| pooled.error.mean);
            let least = named.iter().filter_map(|name| error(name)).fold(f64::INFINITY, f64::min);
            let mut cells = vec![format!("`{}`", trial.instrument), trial.provisions.len().to_string()];
            cells.extend(named.iter().map(|name| match error(name) {
                None => "–".to_owned(),
                Some(error) if error <= least + 1e-12 => format!("**{}**", figure(error)),
                Some(error) => figure(error),
            }));
            rows.push(cells);
        }
        *page += "## Text by text\n\nMean absolute error; the least of a row stands out.\n\n";
        let header: Vec<&str> = ["instrument", "clauses"].into_iter().chain(named).collect();
        *page += &table(&header, &rows);
    }

    /// Whether stated chances hold.
    pub(super) fn chances(&self, page: &mut String) {
        *page += "## Do stated chances hold?\n\nChances that a clause comes to at least a rung, against how often it did.\n\n";
        for (name, bins) in self.curves() {
            let row = |bin: &crate::hindcast::pooled::Bin| {
                vec![
                    format!("{:.1} to {:.1}", bin.from, bin.to),
                    bin.events.to_string(),
                    percent(bin.stated),
                    percent(bin.observed),
                ]
            };
            *page += &format!("`{name}`:\n\n");
            *page += &table(&["chance", "events", "stated", "came about"], &bins.iter().map(row).collect::<Vec<_>>());
            let events: usize = bins.iter().map(|bin| bin.events).sum();
            let gap = bins.iter().fold(0.0, |sum, bin| sum + bin.events as f64 * (bin.stated - bin.observed).abs());
            let sure = |from: f64, to: f64| {
                let within = bins.iter().filter(|bin| bin.from >= from - 1e-9 && bin.to <= to + 1e-9);
                within.fold((0, 0.0), |sum, bin| (sum.0 + bin.events, sum.1 + bin.events as f64 * bin.observed))
            };
            let (low, high) = (sure(0.0, 0.1), sure(0.9, 1.0));
            *page += &format!(
                "Stated and observed lie {} apart on average over {events} events. Of {} held to be nearly impossible {:.0} came about; \
                 of {} held to be nearly certain {:.0} did not.\n\n",
                figure(gap / events.max(1) as f64),
                low.0,
                low.1,
                high.0,
                high.0 as f64 - high.1,
            );
        }
    }
}

/// How the engine stands against every model, in words.
fn verdict(name: &str, models: &[Pooled]) -> String {
    let Some(own) = models.iter().find(|pooled| pooled.model == name) else { return String::new() };
    let others: Vec<(&str, Interval)> = models
        .iter()
        .filter(|pooled| !pooled.model.starts_with(super::ENGINE))
        .filter_map(|pooled| Some((pooled.model.as_str(), pooled.error_difference?)))
        .collect();
    let among = |holds: &dyn Fn(&Interval) -> bool| {
        others.iter().filter(|(_, difference)| holds(difference)).map(|(model, _)| *model).collect::<Vec<_>>()
    };
    let nearer = among(&|difference| difference.mean < 0.0);
    let farther = among(&|difference| difference.mean >= 0.0);
    let surely_nearer = among(&|difference| difference.between.is_some_and(|(_, high)| high < 0.0));
    let surely_farther = among(&|difference| difference.between.is_some_and(|(low, _)| low > 0.0));
    format!(
        "- `{name}` errs by {}. It errs less than {} of {} other models, and not less than: {}. The interval of the difference lies \
         below 0 against: {}; above 0 against: {}.\n",
        with_interval(Some(own.error), figure),
        nearer.len(),
        others.len(),
        names(&farther),
        names(&surely_nearer),
        names(&surely_farther),
    )
}
