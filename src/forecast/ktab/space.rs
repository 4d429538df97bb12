//! Actors in a space of several dimensions.
//!
//! ```text
//!   d_i(a, b) = √( Σ_k (σ_ik (a_k − b_k))² / Σ_k σ_ik² )        U(d; ρ) = (1 − d)(1 + ρ d)
//! ```

/// Actors, with a row of dimensions each.
#[derive(Clone, Debug, PartialEq)]
pub struct Space {
    /// Dimensions (a count).
    pub dimensions: usize,
    /// Where each actor stands, at `actor · dimensions + dimension` [0–1].
    pub positions: Vec<f64>,
    /// How much it cares about each dimension [0–1], together at most 1.
    pub saliences: Vec<f64>,
    /// How strong each actor is [any unit, ≥ 0].
    pub capabilities: Vec<f64>,
}

impl Space {
    /// Actors (a count).
    pub fn actors(&self) -> usize {
        self.capabilities.len()
    }

    /// Where an actor stands.
    pub fn position(&self, actor: usize) -> &[f64] {
        &self.positions[actor * self.dimensions..(actor + 1) * self.dimensions]
    }

    /// What it cares about.
    pub fn salience(&self, actor: usize) -> &[f64] {
        &self.saliences[actor * self.dimensions..(actor + 1) * self.dimensions]
    }

    /// How much it cares about all of it together, S [0–1].
    pub fn involvement(&self, actor: usize) -> f64 {
        self.salience(actor).iter().fold(0.0, |sum, s| sum + s)
    }

    /// How far an actor finds its own position from a point [0–1]; nothing is far for one that cares about nothing.
    pub fn distance(&self, actor: usize, point: &[f64]) -> f64 {
        let (mut far, mut all) = (0.0, 0.0);
        for ((own, at), salience) in self.position(actor).iter().zip(point).zip(self.salience(actor)) {
            let part = salience * (own - at);
            far += part * part;
            all += salience * salience;
        }
        if all > 0.0 { (far / all).sqrt() } else { 0.0 }
    }

    /// Every distance, at `actor · actors + other`, as the actor finds it.
    pub fn distances(&self) -> Vec<f64> {
        let pairs = (0..self.actors()).flat_map(|i| (0..self.actors()).map(move |j| (i, j)));
        pairs.map(|(i, j)| self.distance(i, self.position(j))).collect()
    }
}

/// Utility of a distance under an attitude to risk: 1 at one's own position, 0 at the far end.
#[inline]
pub fn utility(distance: f64, risk: f64) -> f64 {
    (1.0 - distance) * (1.0 + risk * distance)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The reference case of the toolkit, `dummyData_3Dim.csv` (github.com/KAPSARC/KTAB, MIT): capability, then position
    /// and salience on each of three dimensions, of 100.
    pub fn reference() -> Space {
        #[rustfmt::skip]
        let rows: [[f64; 7]; 7] = [
            [102.543, 75.79, 49.53,  6.37,  5.91, 70.45, 28.15],
            [ 53.393, 82.72, 30.33, 73.50, 21.22, 64.00, 24.79],
            [129.643, 82.45, 48.47, 90.89, 13.55,  0.07, 34.62],
            [ 75.920, 62.52, 20.76, 50.82, 39.24, 62.33, 22.21],
            [ 63.224, 82.34, 40.96, 45.77, 25.43, 73.31, 22.59],
            [120.048, 84.48, 22.92, 33.70, 39.35, 88.11, 15.42],
            [ 54.178, 70.96, 31.75, 33.46, 27.93, 90.36, 26.03],
        ];
        let every = |from: usize| rows.iter().flat_map(move |row| (0..3).map(move |k| row[from + 2 * k] / 100.0));
        Space {
            dimensions: 3,
            positions: every(1).collect(),
            saliences: every(2).collect(),
            capabilities: rows.iter().map(|row| row[0]).collect(),
        }
    }

    #[test]
    fn the_utilities_of_the_reference_case_come_out() {
        // The first two rows of its matrix for actors neutral to risk.
        let space = reference();
        let found: Vec<f64> = space.distances().iter().map(|&d| utility(d, 0.0)).collect();
        let printed = [1.0, 0.903, 0.639, 0.870, 0.929, 0.882, 0.890, 0.675, 1.0, 0.635, 0.825, 0.858, 0.767, 0.746];
        for (found, printed) in found.iter().zip(printed) {
            assert!((found - printed).abs() < 6e-4, "{found}, not {printed}");
        }
    }

    #[test]
    fn nothing_is_far_for_one_that_cares_about_nothing() {
        let space = Space { saliences: vec![0.0; 21], ..reference() };
        assert!(space.distances().iter().all(|&d| d == 0.0));
    }
}
