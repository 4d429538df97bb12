//! The two models as forecasters of issues.

use super::super::{Forecast, Forecaster, Issue};
use super::condorcet::{Count, Election, Process};
use super::space::{Space, utility};
use super::spatial::{Settings, play};

/// A probabilistic Condorcet election over the positions that are taken on an issue, influence being capability ×
/// salience, everyone neutral to risk. The forecast is the distribution over the positions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CondorcetElection {
    /// How the election is held.
    pub election: Election,
}

impl Default for CondorcetElection {
    /// Proportional votes, linear victory, Markov process with uniform challenges.
    fn default() -> Self {
        CondorcetElection { election: Election { process: Process::MarkovUniform, ..Election::default() } }
    }
}

impl CondorcetElection {
    fn distribution(&self, issue: &Issue) -> Option<Forecast> {
        if issue.weight() <= 0.0 {
            return None;
        }
        let mut options: Vec<f64> = issue.stances.iter().map(|stance| stance.position).collect();
        options.sort_by(f64::total_cmp);
        options.dedup();
        let influence: Vec<f64> = issue.stances.iter().map(|stance| stance.weight()).collect();
        let worth =
            |position: f64| options.iter().map(move |option| utility((option - position).abs() / issue.span(), 0.0));
        let utilities: Vec<f64> = issue.stances.iter().flat_map(|stance| worth(stance.position)).collect();
        let mut count = Count::default();
        self.election.hold(options.len(), &influence, &utilities, &mut count);
        Forecast::of(options.into_iter().zip(count.shares).collect())
    }
}

impl Forecaster for CondorcetElection {
    fn name(&self) -> &'static str {
        "ktab_pce"
    }

    fn source(&self) -> &'static str {
        "probabilistic Condorcet election over the positions taken (Wise, Lester & Efird 2015)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        issues.iter().map(|issue| self.distribution(issue)).collect()
    }
}

/// The spatial model of politics; its forecast is the mean of positions by capability × salience after its turns.
///
/// Issues that are decided together are the dimensions of one space where everyone takes a stance on each of them and
/// nobody's saliences add up to more than 1, as the toolkit has it; otherwise each issue is a space of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpatialModel {
    /// How it is played.
    pub settings: Settings,
    /// Most turns (a count); fewer where it settles.
    pub turns: usize,
}

impl Default for SpatialModel {
    /// One turn: further ones do not come nearer to what was decided.
    fn default() -> Self {
        SpatialModel { settings: Settings::default(), turns: 1 }
    }
}

impl SpatialModel {
    /// The space of issues, whose actors are those of the first in its order; nothing where it is none.
    pub fn space(issues: &[&Issue]) -> Option<Space> {
        let first = issues.first()?;
        let actors = || first.stances.iter().map(|stance| stance.actor);
        let mut space = Space {
            dimensions: issues.len(),
            positions: Vec::new(),
            saliences: Vec::new(),
            capabilities: first.stances.iter().map(|stance| stance.capability).collect(),
        };
        for actor in actors() {
            let mut together = 0.0;
            for issue in issues {
                let stance = issue.stances.iter().find(|stance| stance.actor == actor)?;
                space.positions.push(issue.share(stance.position));
                space.saliences.push(stance.salience);
                together += stance.salience;
            }
            if together > 1.0 + 1e-9 {
                return None;
            }
        }
        let nobody_else = issues.iter().all(|issue| issue.stances.len() == first.stances.len());
        let alike = |issue: &&Issue| {
            let mut strengths = issue.stances.iter().map(|stance| (stance.actor, stance.capability));
            strengths.all(|one| first.stances.iter().any(|stance| (stance.actor, stance.capability) == one))
        };
        (nobody_else && issues.iter().all(alike)).then_some(space)
    }

    /// The forecasts of the dimensions of one space.
    fn play(&self, issues: &[&Issue], mut space: Space) -> Vec<Option<Forecast>> {
        play(&mut space, &self.settings, self.turns);
        let one = |(dimension, issue): (usize, &&Issue)| {
            let mut sums = (0.0, 0.0);
            for actor in 0..space.actors() {
                let weight = space.capabilities[actor] * space.salience(actor)[dimension];
                sums = (sums.0 + weight, sums.1 + weight * space.position(actor)[dimension]);
            }
            (sums.0 > 0.0).then(|| Forecast::at(issue.point(sums.1 / sums.0)))
        };
        issues.iter().enumerate().map(one).collect()
    }
}

impl Forecaster for SpatialModel {
    fn name(&self) -> &'static str {
        "ktab_smp"
    }

    fn source(&self) -> &'static str {
        "spatial model of politics: challenges, bargains, votes (Wise, Lester & Efird 2015)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        if let Some(space) = SpatialModel::space(issues) {
            return self.play(issues, space);
        }
        let alone = |issue: &&Issue| {
            let space = SpatialModel::space(&[issue])?;
            self.play(&[issue], space).pop().flatten()
        };
        issues.iter().map(alone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::table::tests::issue;
    use super::*;

    #[test]
    fn the_election_gives_the_positions_that_are_taken_their_chances() {
        // Three times the weight at 0 as at 100: shares of 3/4 and 1/4.
        let talks = issue(&[(0.0, 1.0, 1.0), (0.0, 0.5, 4.0), (100.0, 1.0, 1.0)]);
        let found = CondorcetElection::default().forecast(&[&talks])[0].unwrap();
        assert!((found.point - 25.0).abs() < 1e-5, "{found:?}");
        assert_eq!(found.interval, Some((0.0, 100.0)));
    }

    #[test]
    fn issues_are_one_space_only_where_everyone_is_in_all_of_it() {
        let one = issue(&[(10.0, 0.5, 1.0), (90.0, 0.4, 2.0)]);
        let other = issue(&[(20.0, 0.5, 1.0), (60.0, 0.6, 2.0)]);
        let space = SpatialModel::space(&[&one, &other]).unwrap();
        assert_eq!((space.dimensions, space.position(1).to_vec()), (2, vec![0.9, 0.6]));
        let cares_more = issue(&[(20.0, 0.6, 1.0), (60.0, 0.6, 2.0)]);
        let is_stronger = issue(&[(20.0, 0.5, 1.0), (60.0, 0.6, 3.0)]);
        let lacks_one = issue(&[(20.0, 0.5, 1.0)]);
        for wrong in [&cares_more, &is_stronger, &lacks_one] {
            assert_eq!(SpatialModel::space(&[&one, wrong]), None);
            assert!(SpatialModel::default().forecast(&[&one, wrong]).iter().all(Option::is_some));
        }
    }
}
