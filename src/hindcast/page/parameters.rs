//! The parameters that were sought, a text left out at a time.

use super::Report;
use super::words::{figure, names, signed, table};
use crate::hindcast::calibrate::GRID;

impl Report<'_> {
    /// What the search found.
    pub(super) fn parameters(&self, page: &mut String) {
        *page += "## Global parameters, a text left out at a time\n\n";
        if self.folds.is_empty() {
            *page += "No parameters were sought. `comity hindcast --calibrate` seeks them.\n\n";
            return;
        }
        *page += "Values that err least on all other texts; an empty cell is as the scenario has it. *Left out* is the error on the text that \
                  the search did not see, under these values; *by default* that with everything as the scenario has it. The row `none` is \
                  the search over all texts, whose error is therefore no test. No text has a parameter of its own, and no scenario is \
                  changed. `comity hindcast --calibrate` repeats the search.\n\n";
        let row = |fold: &crate::hindcast::calibrate::Fold| {
            let mut cells = vec![format!("`{}`", fold.left_out.as_deref().unwrap_or("none"))];
            cells.extend(fold.values.0.map(|value| value.map_or(String::new(), |value| value.to_string())));
            cells.extend([fold.training, fold.error, fold.by_default].map(figure));
            cells.push(signed(fold.error - fold.by_default));
            cells
        };
        let mut header = vec!["left out"];
        header.extend(GRID.iter().map(|(name, _)| *name));
        header.extend(["error on the others", "left out", "by default", "change"]);
        *page += &table(&header, &self.folds.iter().map(row).collect::<Vec<_>>());
        let tests: Vec<_> = self.folds.iter().filter(|fold| fold.left_out.is_some()).collect();
        let clauses = tests.iter().map(|fold| fold.clauses).sum::<usize>().max(1) as f64;
        let mean = |error: &dyn Fn(&crate::hindcast::calibrate::Fold) -> f64| {
            tests.iter().fold(0.0, |sum, fold| sum + error(fold) * fold.clauses as f64) / clauses
        };
        let moved = |of: &dyn Fn(f64) -> bool| -> Vec<&str> {
            let named = tests.iter().filter(|fold| of(fold.error - fold.by_default));
            named.filter_map(|fold| fold.left_out.as_deref()).collect()
        };
        let same = tests.iter().filter(|fold| fold.values == tests[0].values).count();
        *page += &format!(
            "Pooled over the texts left out the error is {}, by default {}. {same} of {} folds found the same values as the first. The text \
             left out comes nearer in: {}; it moves away in: {}.\n\n",
            figure(mean(&|fold| fold.error)),
            figure(mean(&|fold| fold.by_default)),
            tests.len(),
            names(&moved(&|change| change < -1e-12)),
            names(&moved(&|change| change > 1e-12)),
        );
    }
}
