//! The rolling text: what is on the table, clause by clause, agreed or in brackets.

use bevy_ecs::prelude::*;

use crate::scenario::Clause;

/// Where a clause stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// In brackets: not agreed.
    #[default]
    Bracketed,
    /// Agreed in a round.
    Agreed(u32),
}

/// The points that count as the same text as a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// Least.
    pub low: f64,
    /// Greatest.
    pub high: f64,
}

impl Cell {
    /// The cell around a text of a clause: up to half way to the neighbouring rungs, or within the indifference of a
    /// continuous scale.
    pub fn around(clause: &Clause, point: f64, indifference: f64) -> Cell {
        match clause.nearest_rung(point) {
            None => Cell { low: point - indifference, high: point + indifference },
            Some(rung) => {
                let at = |r: usize| clause.rungs[r].position;
                let low = if rung > 0 { (at(rung - 1) + at(rung)) / 2.0 } else { f64::NEG_INFINITY };
                let high = if rung + 1 < clause.rungs.len() { (at(rung) + at(rung + 1)) / 2.0 } else { f64::INFINITY };
                Cell { low, high }
            }
        }
    }

    /// Whether a point is the same text.
    pub fn holds(self, point: f64) -> bool {
        self.low <= point && point <= self.high
    }
}

/// What is on the table.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct RollingText {
    /// The text per clause of the agenda [0–1].
    pub point: Box<[f64]>,
    /// The least point that counts as that text.
    pub low: Box<[f64]>,
    /// The greatest point that counts as that text.
    pub high: Box<[f64]>,
    /// Agreed or in brackets.
    pub status: Box<[Status]>,
    /// Whether the chair has put the text of the clause forward.
    pub tabled: Box<[bool]>,
    /// Clauses still in brackets, in the order of the agenda.
    pub open: Vec<usize>,
    /// Clauses whose text has moved since the delegations took their bearings.
    pub moved: Vec<usize>,
}

impl RollingText {
    /// A text of so many clauses, all in brackets, about which nothing is said yet.
    pub(super) fn blank(clauses: usize) -> Self {
        RollingText {
            point: vec![0.0; clauses].into(),
            low: vec![0.0; clauses].into(),
            high: vec![0.0; clauses].into(),
            status: vec![Status::Bracketed; clauses].into(),
            tabled: vec![false; clauses].into(),
            open: Vec::with_capacity(clauses),
            moved: Vec::with_capacity(clauses),
        }
    }

    /// Puts every clause back in brackets at the given points, where nothing is text yet.
    pub fn reopen_all(&mut self, at: &[f64]) {
        self.moved.clear();
        for (clause, &point) in at.iter().enumerate() {
            self.write(clause, point, Cell { low: point, high: point });
        }
        self.status.fill(Status::Bracketed);
        self.tabled.fill(false);
        self.open.clear();
        self.open.extend(0..at.len());
    }

    /// Puts a text on the table.
    pub fn write(&mut self, clause: usize, point: f64, cell: Cell) {
        self.point[clause] = point;
        self.low[clause] = cell.low;
        self.high[clause] = cell.high;
        self.moved.push(clause);
    }

    /// What counts as the text of a clause.
    pub fn cell(&self, clause: usize) -> Cell {
        Cell { low: self.low[clause], high: self.high[clause] }
    }

    /// Puts one agreed clause back in brackets.
    pub fn reopen(&mut self, clause: usize) {
        if self.status[clause] != Status::Bracketed {
            self.status[clause] = Status::Bracketed;
            let place = self.open.partition_point(|&open| open < clause);
            self.open.insert(place, clause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_ladder_meet_half_way_between_rungs() {
        let clause = Clause::ladder(&[0.0, 0.1, 0.7, 1.0]);
        let cell = Cell::around(&clause, 0.1, 0.05);
        assert!(cell.low == 0.05 && (cell.high - 0.4).abs() < 1e-15);
        assert!(Cell::around(&clause, 1.0, 0.05).holds(2.0));
        assert!(Cell::around(&Clause::ladder(&[]), 0.5, 0.05).holds(0.55));
        assert!(!Cell::around(&Clause::ladder(&[]), 0.5, 0.05).holds(0.56));
    }

    #[test]
    fn reopening_keeps_the_order_of_the_agenda() {
        let mut text = RollingText::blank(3);
        text.reopen_all(&[0.0, 0.0, 0.0]);
        text.status[1] = Status::Agreed(1);
        text.open.retain(|&c| c != 1);
        text.reopen(1);
        text.reopen(1);
        assert_eq!(text.open, vec![0, 1, 2]);
    }
}
