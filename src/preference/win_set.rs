//! The win-set: the texts that a country likes no less than the status quo.

/// The win-set of one country on one clause: the points that it likes no less than the status quo, which lie between it
/// and its mirror image, 2·ideal − status quo, whatever the exponent of its loss (Putnam 1988; Romer & Rosenthal 1978).
/// The lower end first; not cut to any scale.
pub fn win_set(ideal: f64, status_quo: f64) -> (f64, f64) {
    let mirror = 2.0 * ideal - status_quo;
    (mirror.min(status_quo), mirror.max(status_quo))
}

#[cfg(test)]
mod tests {
    use super::super::loss;
    use super::*;

    /// What a foreign proposer with an ideal point of 0.9 gets ratified from a status quo of nothing.
    fn proposed(pivot: f64) -> f64 {
        let (low, high) = win_set(pivot, 0.0);
        0.9f64.clamp(low, high)
    }

    #[test]
    fn the_smaller_the_win_set_the_closer_to_home_the_deal() {
        // Putnam (1988), the Schelling conjecture: pivots at 0.2, 0.3 and 0.5 give 0.4, 0.6 and 0.9.
        assert_eq!(win_set(0.3, 0.0), (0.0, 0.6));
        assert_eq!([0.2, 0.3, 0.5].map(proposed), [0.4, 0.6, 0.9]);
        assert_eq!(win_set(0.2, 0.5), (2.0 * 0.2 - 0.5, 0.5), "from below as from above");
    }

    #[test]
    fn a_text_is_in_the_win_set_where_it_is_no_loss() {
        for exponent in [1.0, 1.5, 2.0] {
            for point in (0..=100).map(|percent| f64::from(percent) / 100.0) {
                let (low, high) = win_set(0.3, 0.1);
                let gains = loss(point, 0.3, exponent) <= loss(0.1, 0.3, exponent) + 1e-12;
                assert_eq!(
                    (low - 1e-9..=high + 1e-9).contains(&point),
                    gains,
                    "{point} with an exponent of {exponent}"
                );
            }
        }
    }
}
