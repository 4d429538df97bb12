//! Grids: a number per seat and clause, laid out for passes over all seats.

use crate::clause_set::ClauseSet;
use crate::maths::each;

/// Clauses that lie side by side.
pub const TILE: usize = 8;

/// The numbers of one seat on the clauses of a tile.
pub type Lane = [f64; TILE];

/// Numbers of seats × clauses in tiles of [`TILE`] clauses: in a tile, the seats follow each other. So a pass over a tile
/// reads memory from end to end, and what it adds up per clause stays in registers. Sums go along the seats, whatever
/// the layout: no result depends on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    seats: usize,
    clauses: usize,
    lanes: Box<[Lane]>,
}

impl Grid {
    /// A grid that holds the same number everywhere, beyond its last clause too.
    pub fn of(seats: usize, clauses: usize, number: f64) -> Self {
        Grid { seats, clauses, lanes: vec![[number; TILE]; tiles(clauses) * seats].into() }
    }

    /// Writes the same number everywhere.
    pub fn fill(&mut self, number: f64) {
        self.lanes.fill([number; TILE]);
    }

    /// Clauses of a row (a count).
    pub fn clauses(&self) -> usize {
        self.clauses
    }

    /// Tiles side by side (a count).
    pub fn tiles(&self) -> usize {
        tiles(self.clauses)
    }

    /// The lanes of a tile, seat by seat.
    pub fn tile(&self, tile: usize) -> &[Lane] {
        &self.lanes[tile * self.seats..(tile + 1) * self.seats]
    }

    /// The same, to write to.
    pub fn tile_mut(&mut self, tile: usize) -> &mut [Lane] {
        &mut self.lanes[tile * self.seats..(tile + 1) * self.seats]
    }

    /// All numbers; that of a seat on a clause stands [`TILE`] times the seat after that of the first seat.
    pub fn cells(&self) -> &[f64] {
        self.lanes.as_flattened()
    }

    /// Where the number of the first seat on a clause stands among all numbers.
    pub fn first(&self, clause: usize) -> usize {
        clause / TILE * self.seats * TILE + clause % TILE
    }

    /// The number of a seat on a clause.
    pub fn at(&self, seat: usize, clause: usize) -> f64 {
        self.lanes[clause / TILE * self.seats + seat][clause % TILE]
    }

    /// The same, to write to.
    pub fn at_mut(&mut self, seat: usize, clause: usize) -> &mut f64 {
        &mut self.lanes[clause / TILE * self.seats + seat][clause % TILE]
    }

    /// The numbers of a seat in the order of the clauses.
    pub fn row(&self, seat: usize) -> impl Iterator<Item = f64> + Clone {
        (0..self.clauses).map(move |clause| self.at(seat, clause))
    }

    /// How many numbers are above zero.
    pub fn positive(&self) -> usize {
        self.lanes.as_flattened().iter().filter(|number| **number > 0.0).count()
    }

    /// The lanes of a seat, tile by tile.
    pub fn row_mut(&mut self, seat: usize) -> impl Iterator<Item = &mut Lane> {
        self.lanes.iter_mut().skip(seat).step_by(self.seats.max(1))
    }

    /// Writes numbers of a seat, worked out of three rows: clause by clause, whole tiles at once.
    #[inline(always)]
    pub fn write_from(&mut self, seat: usize, [a, b, c]: [&[f64]; 3], of: impl Fn(f64, f64, f64) -> f64) {
        let ((a, a_end), (b, b_end), (c, c_end)) =
            (a.as_chunks::<TILE>(), b.as_chunks::<TILE>(), c.as_chunks::<TILE>());
        let mut lanes = self.row_mut(seat);
        for (((a, b), c), lane) in a.iter().zip(b).zip(c).zip(&mut lanes) {
            *lane = each(|at| of(a[at], b[at], c[at]));
        }
        for (((a, b), c), to) in a_end.iter().zip(b_end).zip(c_end).zip(lanes.next().into_iter().flatten()) {
            *to = of(*a, *b, *c);
        }
    }

    /// Writes the numbers of a seat as they come.
    pub fn write_row(&mut self, seat: usize, mut numbers: impl Iterator<Item = f64>) {
        for tile in 0..self.tiles() {
            let lane = &mut self.lanes[tile * self.seats + seat];
            lane.iter_mut().zip(&mut numbers).for_each(|(to, number)| *to = number);
        }
    }
}

/// Tiles that hold so many clauses.
pub fn tiles(clauses: usize) -> usize {
    clauses.div_ceil(TILE)
}

/// The tiles that hold any of a set of clauses.
pub fn tiles_with(clauses: ClauseSet) -> impl Iterator<Item = usize> {
    (0..tiles(clauses.end())).filter(move |tile| clauses.eight_from(tile * TILE) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seat_and_clause_has_a_place_of_its_own() {
        let (seats, clauses) = (3, 19);
        let mut grid = Grid::of(seats, clauses, -1.0);
        for seat in 0..seats {
            for clause in 0..clauses {
                *grid.at_mut(seat, clause) = (seat * clauses + clause) as f64;
            }
        }
        for seat in 0..seats {
            let row: Vec<f64> = (0..clauses).map(|clause| (seat * clauses + clause) as f64).collect();
            assert!(grid.row(seat).eq(row.iter().copied()));
            assert!((0..clauses).all(|clause| grid.cells()[grid.first(clause) + TILE * seat] == row[clause]));
            let mut other = Grid::of(seats, clauses, -1.0);
            other.write_row(seat, row.iter().copied());
            assert!(other.row(seat).eq(row.iter().copied()) && other.at((seat + 1) % seats, 0) == -1.0);
            let mut other = Grid::of(seats, clauses, -1.0);
            other.write_from(seat, [&row, &row, &row], |a, b, c| a - b + c);
            assert!(other.row(seat).eq(row) && other.at((seat + 1) % seats, 0) == -1.0);
        }
        assert_eq!((grid.positive(), Grid::of(2, 3, -1.0).positive()), (seats * clauses - 1, 0));
        assert!(tiles_with([18, 2].into_iter().collect()).eq([0, 2]) && tiles_with(ClauseSet::EMPTY).next().is_none());
        assert_eq!((grid.positive(), Grid::of(2, 3, -1.0).positive()), (seats * clauses - 1, 0));
        assert!(tiles_with(ClauseSet::of(127)).eq([15]));
        assert_eq!((grid.tiles(), grid.tile(2).len()), (3, seats));
        assert_eq!(grid.tile(2)[1][2..], [37.0, -1.0, -1.0, -1.0, -1.0, -1.0], "nothing stands beyond the last clause");
    }
}
