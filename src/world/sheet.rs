//! Sheets: a number of every voter on every clause, clause by clause. In a clause the voters lie side by side, in lanes of
//! [`TILE`]: a clause is always weighed by all of them, several at a time. Beyond the last voter a lane is filled with
//! voters whom nothing concerns.

use super::{Lane, TILE};

/// Numbers of voters × clauses.
#[derive(Default)]
pub struct Sheet {
    voters: usize,
    lanes: usize,
    cells: Vec<Lane>,
}

impl Sheet {
    /// Writes the same number everywhere, beyond the last voter too.
    pub fn lay(&mut self, voters: usize, clauses: usize, number: f64) {
        (self.voters, self.lanes) = (voters, lanes(voters));
        self.cells.clear();
        self.cells.resize(self.lanes * clauses, [number; TILE]);
    }

    /// Makes room where all voters are about to write their numbers: beyond the last one stands `number`, and before it
    /// whatever stood there.
    pub fn fit(&mut self, voters: usize, clauses: usize, number: f64) {
        if self.voters != voters || self.cells.len() != lanes(voters) * clauses {
            self.lay(voters, clauses, number);
        }
    }

    /// The lanes of a clause.
    pub fn row(&self, clause: usize) -> &[Lane] {
        &self.cells[clause * self.lanes..(clause + 1) * self.lanes]
    }

    /// The same, to write to.
    pub fn row_mut(&mut self, clause: usize) -> &mut [Lane] {
        &mut self.cells[clause * self.lanes..(clause + 1) * self.lanes]
    }

    /// The number of a voter on a clause.
    pub fn at(&self, voter: usize, clause: usize) -> f64 {
        self.cells[clause * self.lanes + voter / TILE][voter % TILE]
    }

    /// Writes what a voter has on the clauses, in their order.
    pub fn write(&mut self, voter: usize, numbers: impl Iterator<Item = f64>) {
        let (lane, at) = (voter / TILE, voter % TILE);
        for (row, number) in self.cells.chunks_exact_mut(self.lanes).zip(numbers) {
            row[lane][at] = number;
        }
    }
}

/// Lanes that hold so many voters.
pub fn lanes(voters: usize) -> usize {
    voters.div_ceil(TILE)
}

/// Writes a number per voter in lanes, and `rest` beyond the last voter.
pub fn fill(row: &mut Vec<Lane>, numbers: impl ExactSizeIterator<Item = f64>, rest: f64) {
    row.clear();
    row.resize(lanes(numbers.len()), [rest; TILE]);
    row.as_flattened_mut().iter_mut().zip(numbers).for_each(|(to, number)| *to = number);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_where_it_was_written() {
        let mut sheet = Sheet::default();
        sheet.lay(TILE + 3, 2, -1.0);
        (0..TILE + 3).for_each(|voter| sheet.write(voter, [voter as f64, 0.5].into_iter()));
        assert_eq!((sheet.at(TILE + 2, 0), sheet.at(3, 0), sheet.at(3, 1)), (TILE as f64 + 2.0, 3.0, 0.5));
        assert_eq!(sheet.row(0).len(), 2);
        assert_eq!(sheet.row(0)[1][2..5], [TILE as f64 + 2.0, -1.0, -1.0], "nobody has what it was laid with");
    }
}
