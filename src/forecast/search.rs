//! The peak of a concave function on an interval.

/// Golden-section search (Kiefer 1953): the point between `low` and `high` where a concave function is greatest, to about
/// eight digits. Each step keeps a share of 0.618 of the interval.
pub(super) fn peak(low: f64, high: f64, value: impl Fn(f64) -> f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    const STEPS: usize = 80;
    let (mut a, mut b) = (low, high);
    let (mut c, mut d) = (b - GOLDEN * (b - a), a + GOLDEN * (b - a));
    let (mut at_c, mut at_d) = (value(c), value(d));
    for _ in 0..STEPS {
        if at_c >= at_d {
            (b, d, at_d) = (d, c, at_c);
            c = b - GOLDEN * (b - a);
            at_c = value(c);
        } else {
            (a, c, at_c) = (c, d, at_d);
            d = a + GOLDEN * (b - a);
            at_d = value(d);
        }
    }
    // A peak at an end of the interval is only ever approached.
    let middle = (a + b) / 2.0;
    [low, high].into_iter().fold(middle, |best, end| if value(end) > value(best) { end } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_are_found_inside_and_at_the_ends() {
        assert!((peak(0.0, 1.0, |x| -(x - 0.3) * (x - 0.3)) - 0.3).abs() < 1e-7);
        assert!((peak(0.0, 1.0, |x| -(x - 0.7).abs()) - 0.7).abs() < 1e-12);
        assert_eq!(peak(0.0, 1.0, |x| x), 1.0);
        assert_eq!(peak(2.0, 2.0, |x| x), 2.0);
    }
}
