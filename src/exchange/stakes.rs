//! The state exchanges work on: where everybody stands and votes, and the outcomes expected from it.

use super::Table;

/// What an actor has done with an issue this round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    None,
    Demanded,
    Supplied,
}

/// An actor's stake in an issue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stake {
    /// Where it stands [scale units].
    pub position: f64,
    /// Where it votes: its position, until it supplies the issue [scale units].
    pub voting: f64,
    pub salience: f64,
    /// Share of all weight: how far the outcome follows its vote [0–1].
    pub pull: f64,
    /// The side of the opening outcome it stands on: 1 above, −1 below, 0 on it, without weight or settled.
    pub side: f64,
    pub role: Role,
    /// How far it can go where it supplies the issue [scale units].
    pub floor: f64,
    pub ceiling: f64,
}

impl Stake {
    /// As near as it can come to a position [scale units].
    pub fn reach(&self, position: f64) -> f64 {
        position.max(self.floor).min(self.ceiling)
    }
}

/// All stakes, and the outcome of each issue. A list a number, at `actor · issues + issue`: passes over all stakes go row by
/// row and ask for few of their numbers.
#[derive(Debug, Default)]
pub(super) struct Stakes {
    pub actors: usize,
    pub issues: usize,
    /// As [`Stake::position`], and so on.
    pub positions: Vec<f64>,
    pub voting: Vec<f64>,
    pub saliences: Vec<f64>,
    weighing: Vec<f64>,
    pub pulls: Vec<f64>,
    pub sides: Vec<f64>,
    roles: Vec<Role>,
    pub floors: Vec<f64>,
    pub ceilings: Vec<f64>,
    settled: Vec<bool>,
    /// Expected outcome by issue: the weighted mean of the voting positions, the plain mean where nobody has weight
    /// [scale units].
    pub outcomes: Vec<f64>,
    /// Σ capability × salience by issue.
    weights: Vec<f64>,
}

impl Stakes {
    /// Opens a round: everybody votes as it stands, and sides are taken once.
    pub fn open(&mut self, table: &Table) {
        let (actors, issues) = (table.actors, table.issues);
        (self.actors, self.issues) = (actors, issues);
        table.copy(&mut self.positions, &mut self.saliences, [&mut self.floors, &mut self.ceilings], &mut self.settled);
        self.voting.clone_from(&self.positions);
        self.roles.clear();
        self.roles.resize(actors * issues, Role::None);
        table.weigh(&mut self.weighing);
        for row in [&mut self.weights, &mut self.outcomes] {
            row.clear();
            row.resize(issues, 0.0);
        }
        if issues == 0 {
            return;
        }
        let rows = self.weighing.chunks_exact(issues).zip(self.positions.chunks_exact(issues));
        for (weighing, positions) in rows {
            let sums = self.weights.iter_mut().zip(&mut self.outcomes);
            for ((weight, outcome), (&weighs, &position)) in sums.zip(weighing.iter().zip(positions)) {
                *weight += weighs;
                *outcome += weighs * position;
            }
        }
        for (issue, (outcome, &weight)) in self.outcomes.iter_mut().zip(&self.weights).enumerate() {
            *outcome = if weight > 0.0 {
                *outcome / weight
            } else {
                let column = self.positions.iter().skip(issue).step_by(issues);
                column.fold(0.0, |sum, position| sum + position) / actors as f64
            };
        }
        for cells in [&mut self.pulls, &mut self.sides] {
            cells.resize(actors * issues, 0.0);
        }
        let rows = self.weighing.chunks_exact(issues).zip(self.settled.chunks_exact(issues));
        let rows = rows.zip(self.positions.chunks_exact(issues));
        let to = self.pulls.chunks_exact_mut(issues).zip(self.sides.chunks_exact_mut(issues));
        let (weights, outcomes) = (&self.weights[..issues], &self.outcomes[..issues]);
        for (((weighing, settled), positions), (pulls, sides)) in rows.zip(to) {
            let (weighing, settled, positions) = (&weighing[..issues], &settled[..issues], &positions[..issues]);
            let (pulls, sides) = (&mut pulls[..issues], &mut sides[..issues]);
            for issue in 0..issues {
                let weighs = weighing[issue] > 0.0;
                let share = weighing[issue] / weights[issue];
                pulls[issue] = if weighs { share } else { 0.0 };
                let above = if positions[issue] > outcomes[issue] { 1.0 } else { 0.0 };
                let side = if positions[issue] < outcomes[issue] { -1.0 } else { above };
                sides[issue] = if weighs & !settled[issue] { side } else { 0.0 };
            }
        }
    }

    #[inline(always)]
    pub fn at(&self, actor: usize, issue: usize) -> Stake {
        let cell = actor * self.issues + issue;
        Stake {
            position: self.positions[cell],
            voting: self.voting[cell],
            salience: self.saliences[cell],
            pull: self.pulls[cell],
            side: self.sides[cell],
            role: self.roles[cell],
            floor: self.floors[cell],
            ceiling: self.ceilings[cell],
        }
    }

    /// Two actors give way on an issue each, and the outcomes follow.
    pub fn supply(&mut self, gives: [(usize, usize, f64); 2]) {
        for (actor, issue, voting) in gives {
            let cell = actor * self.issues + issue;
            (self.voting[cell], self.roles[cell]) = (voting, Role::Supplied);
        }
        let mut sums = [0.0; 2];
        let rows = self.weighing.chunks_exact(self.issues).zip(self.voting.chunks_exact(self.issues));
        for (weighing, voting) in rows {
            for (sum, (_, issue, _)) in sums.iter_mut().zip(gives) {
                *sum += weighing[issue] * voting[issue];
            }
        }
        for (sum, (_, issue, _)) in sums.into_iter().zip(gives) {
            self.outcomes[issue] = sum / self.weights[issue];
        }
    }

    /// An actor asks for an issue.
    pub fn demand(&mut self, actor: usize, issue: usize) {
        self.roles[actor * self.issues + issue] = Role::Demanded;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Capabilities;
    use super::*;

    #[test]
    fn the_outcome_follows_a_vote_by_the_voters_share_of_the_weight() {
        let (x, s) = ([0.0, 0.5, 1.0], [1.0, 1.0, 2.0]);
        let table = Table::new(3, 1, &x, &s, Capabilities::Actors(&[1.0, 1.0, 1.0])).unwrap();
        let mut stakes = Stakes::default();
        stakes.open(&table);
        assert_eq!(stakes.outcomes, [0.625]);
        assert_eq!([0, 1, 2].map(|a| stakes.at(a, 0).side), [-1.0, -1.0, 1.0]);
        stakes.supply([(2, 0, 0.5); 2]);
        assert_eq!(stakes.outcomes, [0.375]);
        assert_eq!(stakes.at(2, 0).pull, 0.5);
    }

    #[test]
    fn an_issue_nobody_weighs_has_no_sides() {
        let table = Table::new(2, 1, &[0.0, 1.0], &[1.0, 0.0], Capabilities::Actors(&[0.0, 1.0])).unwrap();
        let mut stakes = Stakes::default();
        stakes.open(&table);
        assert_eq!(stakes.outcomes, [0.5]);
        assert!(stakes.sides.iter().chain(&stakes.pulls).all(|number| *number == 0.0));
    }
}
