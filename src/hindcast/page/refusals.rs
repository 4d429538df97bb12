//! Who refuses: decisions on record.

use super::Report;
use super::words::{count, figure, names, signed, table, with_interval};
use crate::hindcast::cases::scored::{Refusals, Score};
use crate::hindcast::cases::{Case, Stance};

impl Report<'_> {
    /// Scores of stances on decisions, together, by rule and case by case.
    pub(super) fn who_refuses(&self, page: &mut String) {
        let Some(refusals) = self.refusals else { return };
        *page += &format!(
            "## Who refuses\n\n{}, {} on record, authors of texts left aside. The engine sees each from its eve: stands on earlier texts of the \
             same axis and the library's evidence, imputed for the others. `base_rate` (by rule) and `regression` (on the ideal point in \
             the United Nations and its distance from the author's) learn from all other cases, later ones too. Brier score over for, \
             abstains, against (0 to 2) and log score; less is better. Intervals of 95 % are a bootstrap over cases. Not to be on record \
             is no stance.\n\n",
            count(refusals.cases.len(), "decision", "decisions"),
            count(refusals.rows.len(), "stance", "stances"),
        );
        let scores = refusals.scores(self.seed, |_| true);
        let row = |score: &Score| {
            vec![
                format!("`{}`", score.model),
                with_interval(Some(score.brier), figure),
                with_interval(Some(score.log), figure),
                figure(score.brier_by_case),
                figure(score.log_by_case),
                with_interval(score.brier_difference, signed),
                with_interval(score.log_difference, signed),
            ]
        };
        let header = [
            "forecaster",
            "Brier",
            "log",
            "Brier, each case once",
            "log, each case once",
            "Brier of comity less its own",
            "log of comity less its own",
        ];
        *page += &table(&header, &scores.iter().map(row).collect::<Vec<_>>());
        page.push_str(&verdict(&scores));
        by_rule(refusals, self.seed, page);
        by_line(refusals, self.seed, page);
        by_case(refusals, self.seed, page);
    }
}

fn verdict(scores: &[Score]) -> String {
    let others = || scores.iter().skip(1).filter(|score| !score.model.starts_with(super::ENGINE));
    let among = |holds: &dyn Fn(&Score) -> bool| -> Vec<&str> {
        others().filter(|score| holds(score)).map(|score| score.model.as_str()).collect()
    };
    let mean = |of: fn(&Score) -> Option<crate::forecast::score::Interval>, below: bool| {
        among(&move |score: &Score| of(score).is_some_and(|difference| (difference.mean < 0.0) == below))
    };
    format!(
        "By the Brier score `comity` is nearer than {} and not nearer than {}; by the log score nearer than {} and not nearer than {}. The \
         interval of the difference in Brier scores leaves out 0 against: {}.\n\n",
        names(&mean(|score| score.brier_difference, true)),
        names(&mean(|score| score.brier_difference, false)),
        names(&mean(|score| score.log_difference, true)),
        names(&mean(|score| score.log_difference, false)),
        names(&among(&|score| {
            let between = score.brier_difference.and_then(|difference| difference.between);
            between.is_some_and(|(low, high)| low > 0.0 || high < 0.0)
        })),
    )
}

fn by_rule(refusals: &Refusals, seed: u64, page: &mut String) {
    let mut rules: Vec<&str> = refusals.cases.iter().map(|case| case.rule.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    let mut rows = Vec::new();
    for rule in rules {
        let of_rule = |case: &Case| case.rule == rule;
        let stances = refusals.rows.iter().filter(|row| of_rule(&refusals.cases[row.case])).count();
        let cases = refusals.cases.iter().filter(|case| of_rule(case)).count();
        let mut cells = vec![rule.to_owned(), cases.to_string(), stances.to_string()];
        let scores = refusals.scores(seed, of_rule);
        cells.extend(scores.iter().map(|score| figure(score.brier.mean)));
        cells.extend(scores.iter().map(|score| figure(score.log.mean)));
        rows.push(cells);
    }
    let mut header = vec!["rule".to_owned(), "cases".to_owned(), "stances".to_owned()];
    header.extend(
        ["Brier", "log"].iter().flat_map(|of| refusals.models.iter().map(move |model| format!("{of} {model}"))),
    );
    *page += &table(&header.iter().map(String::as_str).collect::<Vec<_>>(), &rows);
}

/// Whether the first of a line of texts is told as well as those that follow.
fn by_line(refusals: &Refusals, seed: u64, page: &mut String) {
    let followed = |case: &Case| refusals.cases.iter().any(|other| other.axis == case.axis && other.date <= case.eve);
    let mut rows = Vec::new();
    for (words, known) in [("first of its line", false), ("earlier texts of its line", true)] {
        let scores = refusals.scores(seed, |case| followed(case) == known);
        let stances = refusals.rows.iter().filter(|row| followed(&refusals.cases[row.case]) == known);
        let cases = refusals.cases.iter().filter(|case| followed(case) == known).count();
        let mut cells = vec![words.to_owned(), cases.to_string(), stances.count().to_string()];
        cells.extend(scores.iter().map(|score| figure(score.brier.mean)));
        cells.extend(scores.iter().skip(1).map(|score| with_interval(score.brier_difference, signed)));
        rows.push(cells);
    }
    let mut header = vec!["known before".to_owned(), "cases".to_owned(), "stances".to_owned()];
    header.extend(refusals.models.iter().map(|model| format!("Brier {model}")));
    header.extend(refusals.models.iter().skip(1).map(|model| format!("comity less {model}")));
    *page += &table(&header.iter().map(String::as_str).collect::<Vec<_>>(), &rows);
}

fn by_case(refusals: &Refusals, seed: u64, page: &mut String) {
    let mut rows = Vec::new();
    for (no, case) in refusals.cases.iter().enumerate() {
        let stood = |stance: Stance| refusals.rows.iter().filter(|row| row.case == no && row.stance == stance).count();
        let scores = refusals.scores(seed, |of| of.id == case.id);
        if scores.is_empty() {
            continue;
        }
        let mut cells = vec![format!("`{}`", case.id), case.what.clone(), case.author.clone(), case.rule.clone()];
        cells.extend(Stance::ALL.map(|stance| stood(stance).to_string()));
        cells.extend(scores.iter().map(|score| figure(score.brier.mean)));
        rows.push(cells);
    }
    *page += "Case by case, Brier scores:\n\n";
    let mut header = vec!["case", "what", "author", "rule", "for", "abstain", "against"];
    header.extend(refusals.models.iter().map(String::as_str));
    *page += &table(&header, &rows);
}
