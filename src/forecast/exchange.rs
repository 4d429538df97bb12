//! The equal-gain exchange model (Stokman & Van Oosten 1994) as a forecaster; the model itself is [`crate::exchange`].
//!
//! Issues that are decided together are one table. Exchanges are concluded, the best first; the forecast of an issue is the
//! mean of the votes by capability × salience. An actor without a stance on an issue takes no part in it. An issue that is
//! decided alone has nothing to be exchanged against: there the model says what the compromise model says.
//!
//! In further rounds everybody starts from where it came round to (`carry_over`). Tables that have more possible pairs
//! than a machine should hold are settled among a shortlist (`realise_within`), with outcomes as they stand.

use super::{Forecast, Forecaster, Issue};
use crate::exchange::{Bounds, Capabilities, Roles, Table, Workspace, carry_over, decide, realise, realise_within};

/// What holds once exchanges have begun. All courses agree on the first exchange.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Course {
    /// As the program of the model's authors does it, quirks included ([`decide`]).
    #[default]
    Program,
    /// Outcomes as they stand, whoever moved them ([`realise`]), with these roles.
    Standing(Roles),
}

/// The exchange model.
#[derive(Clone, Copy, Debug)]
pub struct Exchange {
    /// Rounds of exchange (a count).
    pub rounds: usize,
    /// What holds once exchanges have begun.
    pub course: Course,
}

impl Default for Exchange {
    /// One round, as the program does it.
    fn default() -> Self {
        Exchange { rounds: 1, course: Course::Program }
    }
}

/// Most cells of a table; of a larger one the model has nothing to say.
const CELLS: usize = 1_000_000;
/// Most pairs of actors over pairs of issues that are all looked at.
const PAIRS: usize = 2_000_000;

impl Exchange {
    /// The outcome of each issue [0–1]; nothing where the numbers do not make a table.
    fn settle(&self, issues: &[&Issue]) -> Option<Vec<f64>> {
        let mut known: Vec<usize> = issues.iter().flat_map(|issue| &issue.stances).map(|stance| stance.actor).collect();
        known.sort_unstable();
        known.dedup();
        let actors = known.len();
        let cells = actors.checked_mul(issues.len()).filter(|&cells| cells <= CELLS)?;
        let (mut positions, mut saliences, mut capabilities) = (vec![0.5; cells], vec![0.0; cells], vec![0.0; cells]);
        for (no, issue) in issues.iter().enumerate() {
            for stance in &issue.stances {
                let row = known.binary_search(&stance.actor).ok()?;
                let cell = row * issues.len() + no;
                positions[cell] = issue.share(stance.position);
                saliences[cell] = stance.salience;
                capabilities[cell] = stance.capability;
            }
        }
        let pairs = |of: usize| of * of.saturating_sub(1) / 2;
        let few = pairs(actors).saturating_mul(pairs(issues.len())) <= PAIRS;
        let bounds = Bounds::for_issues(issues.len());
        let mut outcomes = Vec::new();
        for round in 0..self.rounds.max(1) {
            let table = Table::new(actors, issues.len(), &positions, &saliences, Capabilities::Cells(&capabilities))?;
            let mut workspace = Workspace::default();
            let realised = match self.course {
                Course::Program if few => &decide(&table),
                Course::Standing(roles) if few => &realise(&table, roles, usize::MAX),
                Course::Program => realise_within(&table, Roles::Free, bounds, &mut workspace),
                Course::Standing(roles) => realise_within(&table, roles, bounds, &mut workspace),
            };
            outcomes.clone_from(&realised.outcomes);
            if round + 1 < self.rounds {
                for ((position, &voting), &salience) in positions.iter_mut().zip(&realised.voting).zip(&saliences) {
                    *position = carry_over(*position, voting, salience);
                }
            }
        }
        Some(outcomes)
    }
}

impl Forecaster for Exchange {
    fn name(&self) -> &'static str {
        match self.course {
            Course::Program => "exchange",
            Course::Standing(Roles::Kept) => "exchange_kept",
            Course::Standing(Roles::Free) => "exchange_free",
        }
    }

    fn source(&self) -> &'static str {
        match self.course {
            Course::Program => {
                "equal-gain exchange of positions (Stokman & Van Oosten 1994), as the program Decide runs it"
            }
            Course::Standing(Roles::Kept) => "the same, outcomes as they stand, nobody sells what it has bought",
            Course::Standing(Roles::Free) => "the same, outcomes as they stand, roles free",
        }
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        let Some(outcomes) = self.settle(issues) else {
            return vec![None; issues.len()];
        };
        let one = |(issue, outcome): (&&Issue, f64)| (issue.weight() > 0.0).then(|| Forecast::at(issue.point(outcome)));
        issues.iter().zip(outcomes).map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::issue;
    use super::*;

    /// Two actors on opposite sides of two issues, each of which matters to one of them three times as much.
    fn two() -> [Issue; 2] {
        [issue(&[(0.0, 0.75, 1.0), (100.0, 0.25, 1.0)]), issue(&[(0.0, 0.25, 1.0), (100.0, 0.75, 1.0)])]
    }

    #[test]
    fn each_gets_what_matters_to_it() {
        // Outcomes of 25 and 75 become 0 and 100: each gives way all of the way.
        let [one, other] = two();
        let points = |issues: &[&Issue]| -> Vec<f64> {
            Exchange::default().forecast(issues).iter().map(|forecast| forecast.unwrap().point).collect()
        };
        assert_eq!(points(&[&one, &other]), [0.0, 100.0]);
        assert_eq!(points(&[&one]), [25.0], "alone there is nothing to exchange");
    }

    #[test]
    fn who_takes_no_stance_takes_no_part() {
        let [one, mut other] = two();
        other.stances.pop();
        let found = Exchange::default().forecast(&[&one, &other]);
        assert_eq!(found.iter().map(|f| f.unwrap().point).collect::<Vec<_>>(), [25.0, 0.0]);
    }

    #[test]
    fn who_votes_elsewhere_comes_round_to_it() {
        let [one, other] = two();
        let again = Exchange { rounds: 2, ..Exchange::default() }.forecast(&[&one, &other]);
        let points: Vec<f64> = again.iter().map(|f| f.unwrap().point).collect();
        // After the first round the suppliers stand 0.4 · 0.75 + 0.1 = 0.4 of the way to where they voted; they give all
        // of what is left.
        assert!(points[0].abs() < 1e-9 && (points[1] - 100.0).abs() < 1e-9, "{points:?}");
    }
}
