//! What is watched beside the talks: who objected to what and whether that decided, and how far each has moved. Nothing
//! in the talks reads it, and nothing is drawn for it.

use bevy_ecs::prelude::*;

use super::Grid;
use crate::clause_set::ClauseSet;
use crate::minutes::{Distances, Impasse, Objections};

/// What is watched in a forum. Rows of a table of seats × clauses stand one after the other, seat by seat.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct Watch {
    clauses: usize,
    /// Objections per seat and clause, over rounds and lost polls; whole counts as floats.
    pub objections: Grid,
    /// Those of them that were decisive; seat by seat.
    pub decisive: Box<[u32]>,
    /// Per seat, the clauses that it has spoken on.
    pub spoken: Box<[ClauseSet]>,
    /// The clauses that are on the table in this round.
    pub on_table: ClauseSet,
    /// Position last stated per seat and clause that has left the table [0–1].
    pub said: Box<[f64]>,
    /// Per seat, how far its last stated positions are from its ideal points.
    pub concession: Box<[Option<f64>]>,
    /// Per candidate, how far the adopted text is from its ideal points.
    pub distance: Box<[Option<f64>]>,
    /// Per seat, whether its gain is one of the last text.
    pub weighed: Box<[bool]>,
    /// Clauses that a single vote could have decided in this round.
    pub close: Vec<usize>,
    /// Per clause, the seat that decided last: mostly it does so again.
    pub decided_last: Box<[usize]>,
    /// Why the last endgame failed.
    pub impasse: Option<Impasse>,
    /// How far the adopted text is from those that theory names.
    pub distances: Option<Distances>,
}

impl Watch {
    pub(super) fn over(seats: usize, candidates: usize, clauses: usize) -> Self {
        let cells = seats * clauses;
        Watch {
            clauses,
            objections: Grid::of(seats, clauses, 0.0),
            decisive: vec![0; cells].into(),
            spoken: vec![ClauseSet::EMPTY; seats].into(),
            said: vec![0.0; cells].into(),
            concession: vec![None; seats].into(),
            distance: vec![None; candidates].into(),
            weighed: vec![false; seats].into(),
            close: Vec::with_capacity(clauses),
            decided_last: vec![0; clauses].into(),
            ..Watch::default()
        }
    }

    /// Forgets the last replication.
    pub fn clear(&mut self) {
        self.objections.fill(0.0);
        self.decisive.fill(0);
        self.spoken.fill(ClauseSet::EMPTY);
        self.on_table = ClauseSet::EMPTY;
        self.concession.fill(None);
        self.distance.fill(None);
        self.weighed.fill(false);
        self.impasse = None;
        self.distances = None;
    }

    /// Counts objections of a seat to a clause, and those of them that were decisive.
    pub fn count(&mut self, seat: usize, clause: usize, made: u32, decisive: u32) {
        *self.objections.at_mut(seat, clause) += f64::from(made);
        self.decisive[seat * self.clauses + clause] += decisive;
    }

    /// Notes a decisive objection, where it is one.
    pub fn decides(&mut self, seat: usize, clause: usize, it_does: bool) {
        if it_does {
            self.decisive[seat * self.clauses + clause] += 1;
            self.decided_last[clause] = seat;
        }
    }

    /// Positions last stated by a seat, per clause that has left the table.
    pub fn said_by_mut(&mut self, seat: usize) -> &mut [f64] {
        &mut self.said[seat * self.clauses..(seat + 1) * self.clauses]
    }

    /// Who objected to what.
    pub fn told(&self) -> Vec<Objections> {
        let pairs = self.objections.positive();
        let mut told = Vec::with_capacity(pairs);
        for seat in (0..self.spoken.len()).filter(|_| pairs > 0) {
            for (clause, made) in self.objections.row(seat).enumerate().filter(|(_, made)| *made > 0.0) {
                let decisive = self.decisive[seat * self.clauses + clause];
                told.push(Objections { seat, clause, made: made as u32, decisive });
            }
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_those_who_objected_are_told_of_seat_by_seat() {
        let mut watch = Watch::over(2, 2, 3);
        watch.count(1, 0, 2, 0);
        watch.count(0, 2, 1, 0);
        watch.decides(1, 0, true);
        watch.decides(0, 2, false);
        let of = |seat, clause, made, decisive| Objections { seat, clause, made, decisive };
        assert_eq!(watch.told(), [of(0, 2, 1, 0), of(1, 0, 2, 1)]);
        watch.clear();
        assert_eq!(watch.told(), []);
    }
}
