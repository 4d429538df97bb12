//! Bootstrap intervals over groups, against the exact distribution of means: every way to draw as many groups as there are.

use comity::forecast::score::{DRAWS, Interval, clustered_mean};

use super::CASES;

/// Numbers that are as random as a test needs: a linear congruential generator (Knuth 1997, 3.3.4, line 26).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Values with their groups: three to five groups of one to four values each.
fn case(no: u64) -> Vec<(usize, f64)> {
    let mut numbers = Numbers(no);
    let groups = 3 + numbers.next(3) as usize;
    let mut values = Vec::new();
    for group in 0..groups {
        let centre = numbers.next(40) as f64;
        // Places of groups need not be next to each other.
        (0..=numbers.next(4)).for_each(|_| values.push((group * 3, centre + numbers.next(7) as f64)));
    }
    if no.is_multiple_of(10) {
        values.iter_mut().for_each(|value| value.1 = 4.0);
    }
    values
}

/// The means of all ordered draws of groups with replacement, rising.
fn all_means(values: &[(usize, f64)]) -> Vec<f64> {
    let mut places: Vec<usize> = values.iter().map(|value| value.0).collect();
    places.sort_unstable();
    places.dedup();
    let of = |place: usize| values.iter().filter(|value| value.0 == place).map(|value| value.1).collect::<Vec<f64>>();
    let groups: Vec<Vec<f64>> = places.into_iter().map(of).collect();
    let draws = groups.len().pow(groups.len() as u32);
    let mean = |draw: usize| {
        let drawn = (0..groups.len()).map(|turn| &groups[draw / groups.len().pow(turn as u32) % groups.len()]);
        let drawn: Vec<f64> = drawn.flatten().copied().collect();
        drawn.iter().sum::<f64>() / drawn.len() as f64
    };
    let mut means: Vec<f64> = (0..draws).map(mean).collect();
    means.sort_by(f64::total_cmp);
    means
}

/// Whether an end of an interval lies where so many draws put the quantile at a share of the exact distribution: within
/// four and a half standard deviations of a share of draws.
fn fits(means: &[f64], end: f64, share: f64) -> bool {
    let part = |count: usize| count as f64 / means.len() as f64;
    let below = part(means.iter().filter(|mean| **mean < end - 1e-9).count());
    let to = part(means.iter().filter(|mean| **mean <= end + 1e-9).count());
    let slack = 4.5 * (share * (1.0 - share) / DRAWS as f64).sqrt() + 1.0 / DRAWS as f64;
    below <= share + slack && share - slack <= to
}

/// Cases whose interval does not fit.
fn wrong(interval: impl Fn(u64, &[(usize, f64)]) -> Option<Interval>) -> usize {
    let fits = |no: u64| {
        let values = case(no);
        let means = all_means(&values);
        let found = interval(no, &values).unwrap();
        let (low, high) = found.between.unwrap();
        let mean = values.iter().map(|value| value.1).sum::<f64>() / values.len() as f64;
        (found.mean - mean).abs() < 1e-9 && fits(&means, low, 0.025) && fits(&means, high, 0.975)
    };
    (0..CASES as u64).filter(|no| !fits(*no)).count()
}

#[test]
fn bootstrap_intervals_agree_with_every_draw_that_there_is() {
    assert_eq!(wrong(|no, values| clustered_mean(values, no)), 0);
    // Values drawn each for itself; an interval of 80 %.
    let apart = |no: u64, values: &[(usize, f64)]| {
        let apart: Vec<(usize, f64)> = values.iter().enumerate().map(|(place, value)| (place, value.1)).collect();
        clustered_mean(&apart, no)
    };
    assert!(wrong(apart) > 40);
    let narrow = |no: u64, values: &[(usize, f64)]| {
        let means = all_means(values);
        let at = |share: f64| means[(share * means.len() as f64) as usize];
        clustered_mean(values, no).map(|found| Interval { between: Some((at(0.1), at(0.9))), ..found })
    };
    assert!(wrong(narrow) > 40);
}

#[test]
fn the_interval_of_a_difference_is_the_same_whichever_is_taken_from_which() {
    for no in 0..CASES as u64 {
        let values = case(no);
        let negated: Vec<(usize, f64)> = values.iter().map(|value| (value.0, -value.1)).collect();
        let (low, high) = clustered_mean(&values, no).unwrap().between.unwrap();
        let (other_low, other_high) = clustered_mean(&negated, no).unwrap().between.unwrap();
        assert!(
            (low + other_high).abs() < 1e-12 && (high + other_low).abs() < 1e-12,
            "{no}: {low} {high}, {other_low} {other_high}"
        );
    }
}
