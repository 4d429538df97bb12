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
    /// Capability × salience.
    pub weight: f64,
    /// Share of all weight: how far the outcome follows its vote [0–1].
    pub pull: f64,
    /// The side of the opening outcome it stands on: 1 above, −1 below, 0 on it, without weight or settled.
    pub side: f64,
    pub role: Role,
    /// How far it can go where it supplies the issue [scale units].
    pub floor: f64,
    pub ceiling: f64,
    /// Whether it takes no part, though it weighs.
    pub settled: bool,
}

impl Stake {
    /// As near as it can come to a position [scale units].
    pub fn reach(&self, position: f64) -> f64 {
        position.max(self.floor).min(self.ceiling)
    }
}

/// All stakes, a row an actor, and the outcome of each issue.
#[derive(Debug, Default)]
pub(super) struct Stakes {
    pub actors: usize,
    pub issues: usize,
    pub cells: Vec<Stake>,
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
        self.cells.clear();
        for cells in [&mut self.weights, &mut self.outcomes] {
            cells.clear();
            cells.resize(issues, 0.0);
        }
        for actor in 0..actors {
            for issue in 0..issues {
                let (position, salience, capability) = table.cell(actor, actor * issues + issue);
                let weight = capability * salience;
                self.weights[issue] += weight;
                self.outcomes[issue] += weight * position;
                let (floor, ceiling, settled) = table.limit(actor * issues + issue);
                self.cells.push(Stake {
                    position,
                    voting: position,
                    salience,
                    weight,
                    pull: 0.0,
                    side: 0.0,
                    role: Role::None,
                    floor,
                    ceiling,
                    settled,
                });
            }
        }
        for (issue, (outcome, &weight)) in self.outcomes.iter_mut().zip(&self.weights).enumerate() {
            *outcome = if weight > 0.0 {
                *outcome / weight
            } else {
                let column = self.cells.iter().skip(issue).step_by(issues);
                column.fold(0.0, |sum, stake| sum + stake.position) / actors as f64
            };
        }
        for row in self.cells.chunks_exact_mut(issues.max(1)) {
            for ((stake, &outcome), &weight) in row.iter_mut().zip(&self.outcomes).zip(&self.weights) {
                if stake.weight > 0.0 {
                    stake.pull = stake.weight / weight;
                }
                if stake.weight > 0.0 && !stake.settled {
                    stake.side = f64::from(i8::from(stake.position > outcome) - i8::from(stake.position < outcome));
                }
            }
        }
    }

    /// The stakes of each actor.
    pub fn rows(&self) -> impl Iterator<Item = &[Stake]> {
        self.cells.chunks_exact(self.issues.max(1))
    }

    pub fn at(&self, actor: usize, issue: usize) -> &Stake {
        &self.cells[actor * self.issues + issue]
    }

    /// An actor gives way on an issue, and the outcome follows.
    pub fn supply(&mut self, actor: usize, issue: usize, voting: f64) {
        let stake = &mut self.cells[actor * self.issues + issue];
        (stake.voting, stake.role) = (voting, Role::Supplied);
        let mut sum = 0.0;
        for actor in 0..self.actors {
            let stake = self.at(actor, issue);
            sum += stake.weight * stake.voting;
        }
        self.outcomes[issue] = sum / self.weights[issue];
    }

    /// An actor asks for an issue.
    pub fn demand(&mut self, actor: usize, issue: usize) {
        self.cells[actor * self.issues + issue].role = Role::Demanded;
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
        stakes.supply(2, 0, 0.5);
        assert_eq!(stakes.outcomes, [0.375]);
        assert_eq!(stakes.at(2, 0).pull, 0.5);
    }

    #[test]
    fn an_issue_nobody_weighs_has_no_sides() {
        let table = Table::new(2, 1, &[0.0, 1.0], &[1.0, 0.0], Capabilities::Actors(&[0.0, 1.0])).unwrap();
        let mut stakes = Stakes::default();
        stakes.open(&table);
        assert_eq!(stakes.outcomes, [0.5]);
        assert!(stakes.cells.iter().all(|stake| stake.side == 0.0 && stake.pull == 0.0));
    }
}
