//! What the actors want, how much they care and how strong they are.

use super::Limits;

/// Capabilities, one a row or one a cell of the table.
#[derive(Clone, Copy, Debug)]
pub enum Capabilities<'a> {
    /// One per actor, the same on every issue.
    Actors(&'a [f64]),
    /// One per actor and issue, at `actor · issues + issue`.
    Cells(&'a [f64]),
}

/// Actors × issues, borrowed as flat slices: the cell of an actor and an issue is at `actor · issues + issue`.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    pub(super) actors: usize,
    pub(super) issues: usize,
    positions: &'a [f64],
    saliences: &'a [f64],
    capabilities: Capabilities<'a>,
    pub(super) limits: Option<Limits<'a>>,
}

impl<'a> Table<'a> {
    /// Positions [any one scale, as 0–1 or 0–100], saliences [≥ 0] and capabilities [≥ 0] of `actors` on `issues`.
    /// A cell without salience or capability takes no part, whatever its position. Nothing if a slice has not the length
    /// that the numbers of actors and issues ask for, or holds a number that is not finite or out of its range.
    pub fn new(
        actors: usize,
        issues: usize,
        positions: &'a [f64],
        saliences: &'a [f64],
        capabilities: Capabilities<'a>,
    ) -> Option<Self> {
        let cells = actors.checked_mul(issues)?;
        let (strengths, expected) = match capabilities {
            Capabilities::Actors(c) => (c, actors),
            Capabilities::Cells(c) => (c, cells),
        };
        let lengths = positions.len() == cells && saliences.len() == cells && strengths.len() == expected;
        let indexed = u32::try_from(actors).is_ok() && u32::try_from(issues).is_ok();
        // Every number is looked at, which is quicker than to stop at the first that is wrong.
        let weights = |w: &[f64]| w.iter().fold(true, |fine, w| fine & (0.0..f64::INFINITY).contains(w));
        let finite = positions.iter().fold(true, |fine, x| fine & x.is_finite());
        let ranges = finite & weights(saliences) & weights(strengths);
        let limits = None;
        (lengths && indexed && ranges).then_some(Self { actors, issues, positions, saliences, capabilities, limits })
    }

    /// Copies positions, saliences, floors and ceilings, and what is settled.
    pub(super) fn copy(
        &self,
        positions: &mut Vec<f64>,
        saliences: &mut Vec<f64>,
        [floors, ceilings]: [&mut Vec<f64>; 2],
        settled: &mut Vec<bool>,
    ) {
        let write = |to: &mut Vec<f64>, from: &[f64]| {
            to.clear();
            to.extend_from_slice(from);
        };
        write(positions, self.positions);
        write(saliences, self.saliences);
        settled.clear();
        match self.limits {
            Some(limits) => {
                write(floors, limits.floors);
                write(ceilings, limits.ceilings);
                settled.extend_from_slice(limits.settled);
            }
            None => {
                for (to, limit) in [(floors, f64::NEG_INFINITY), (ceilings, f64::INFINITY)] {
                    to.clear();
                    to.resize(positions.len(), limit);
                }
                settled.resize(positions.len(), false);
            }
        }
    }

    /// Writes capability × salience.
    pub(super) fn weigh(&self, weights: &mut Vec<f64>) {
        weights.clear();
        match self.capabilities {
            Capabilities::Actors(capabilities) => {
                let rows = self.saliences.chunks_exact(self.issues.max(1)).zip(capabilities);
                for (saliences, capability) in rows {
                    weights.extend(saliences.iter().map(|salience| capability * salience));
                }
            }
            Capabilities::Cells(capabilities) => {
                weights.extend(
                    capabilities.iter().zip(self.saliences).map(|(capability, salience)| capability * salience),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_together_is_no_table() {
        let (x, s, c) = ([0.0, 1.0, 0.5, 0.25], [1.0; 4], [1.0; 2]);
        assert!(Table::new(2, 2, &x, &s, Capabilities::Actors(&c)).is_some());
        assert!(Table::new(2, 2, &x, &s, Capabilities::Cells(&s)).is_some());
        assert!(Table::new(0, 0, &[], &[], Capabilities::Actors(&[])).is_some());
        assert!(Table::new(2, 2, &x[1..], &s, Capabilities::Actors(&c)).is_none());
        assert!(Table::new(2, 2, &x, &s, Capabilities::Cells(&c)).is_none());
        assert!(Table::new(usize::MAX, 2, &x, &s, Capabilities::Actors(&c)).is_none());
        for wrong in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(Table::new(2, 2, &x, &s, Capabilities::Actors(&[1.0, wrong])).is_none(), "capability {wrong}");
            assert!(Table::new(2, 2, &x, &[wrong; 4], Capabilities::Actors(&c)).is_none(), "salience {wrong}");
        }
        assert!(Table::new(2, 2, &[f64::NAN; 4], &s, Capabilities::Actors(&c)).is_none());
    }
}
