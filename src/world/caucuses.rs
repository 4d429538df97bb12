//! What blocs go by from round to round: what their members want and how much they have to say, laid out for passes over
//! the members of a bloc.

use bevy_ecs::change_detection::Tick;
use bevy_ecs::prelude::*;

use super::{Grid, Instructions, Lane, TILE, tiles};
use crate::clause_set::ClauseSet;

/// The blocs of a forum, in the scenario's order. Kept from round to round and taken anew where instructions have changed.
#[derive(Component, Debug, Default)]
pub struct Caucuses {
    /// One a bloc.
    pub all: Vec<Caucus>,
    /// When instructions were last read.
    pub read: Option<Tick>,
}

/// A bloc at work. Rows are the members that are there, in the bloc's order. Where a member has given way in an exchange it
/// has left the bloc: it has no say and a floor without bound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caucus {
    /// Their seats.
    pub seats: Vec<usize>,
    /// What each would pursue by itself [0–1].
    pub wish: Grid,
    /// Weight of what each says [≥ 0].
    pub say: Grid,
    /// The least each would say [0–1; −1 where it has no such red line; ∞ where it has left].
    pub floor: Grid,
    /// The most [0–1; 2 where it has no such red line].
    pub ceiling: Grid,
    /// Per tile, all say together.
    pub total: Box<[Lane]>,
    /// Per tile, the common statement of the round [0–1; not a number where there is none].
    pub common: Box<[Lane]>,
    /// Per member, the clauses that it has left.
    pub left: Box<[ClauseSet]>,
    /// The clauses on which aims are due to be pulled: the common aim may have moved since they were.
    pub due: ClauseSet,
}

impl Caucus {
    /// Makes room for members on so many clauses, where it has not got it already.
    pub fn seat(&mut self, members: impl Iterator<Item = usize>, clauses: usize) {
        self.seats.clear();
        self.seats.extend(members);
        let rows = self.seats.len();
        if self.left.len() == rows && self.wish.clauses() == clauses {
            return;
        }
        let zeros = || Grid::of(rows, clauses, 0.0);
        (self.wish, self.say, self.floor, self.ceiling) = (zeros(), zeros(), zeros(), zeros());
        let lanes = || vec![[0.0; TILE]; tiles(clauses)].into_boxed_slice();
        (self.total, self.common) = (lanes(), lanes());
        self.left = vec![ClauseSet::EMPTY; rows].into();
    }

    /// Writes down what a member goes by that has left nothing yet.
    pub fn brief(&mut self, row: usize, instructions: &Instructions) {
        self.left[row] = ClauseSet::EMPTY;
        self.say.write_row(row, instructions.say.iter().copied());
        self.floor.write_row(row, instructions.floor.iter().copied());
        self.ceiling.write_row(row, instructions.ceiling.iter().copied());
        let wishes = instructions.ideal.iter().enumerate();
        self.wish.write_row(row, wishes.map(|(clause, &ideal)| instructions.within_lines(clause, ideal)));
    }

    /// Has a member leave the bloc on a set of clauses: from now on it is neither heard nor pulled there.
    pub fn leave(&mut self, row: usize, clauses: ClauseSet) {
        for clause in clauses - self.left[row] {
            *self.say.at_mut(row, clause) = 0.0;
            *self.floor.at_mut(row, clause) = f64::INFINITY;
            self.due.insert(clause);
        }
        self.left[row] |= clauses;
    }
}
