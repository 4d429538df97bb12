//! A finite set of texts, by what each is worth to each member. Everything here is exact up to rounding.

use super::objective::is_rational;
use super::{Efficiency, Solution, distance, dominates};

/// Texts that can be reached, and what holds without agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Attainable {
    pub(super) texts: Vec<Vec<f64>>,
    pub(super) disagreement: Vec<f64>,
}

impl Attainable {
    /// Texts by the utility of each member (finite), and the members' utilities without agreement; nothing unless each
    /// text has a utility for each member.
    pub fn new(texts: Vec<Vec<f64>>, disagreement: Vec<f64>) -> Option<Self> {
        let finite = |row: &Vec<f64>| row.len() == disagreement.len() && row.iter().all(|u| u.is_finite());
        (texts.iter().all(finite) && finite(&disagreement)).then_some(Attainable { texts, disagreement })
    }

    /// The texts, as given.
    pub fn texts(&self) -> &[Vec<f64>] {
        &self.texts
    }

    /// The text that a solution names [place among the texts]; nothing where none qualifies.
    pub fn solve(&self, solution: Solution) -> Option<usize> {
        let hopes = self.hopes();
        let scored = (0..self.texts.len()).filter_map(|no| Some((no, solution.score(&self.gains(no), &hopes)?)));
        // The later of two replaces the earlier only if it is better.
        let best = scored.reduce(|best, other| if other.1.is_ahead_of(best.1) { other } else { best });
        best.map(|(no, _)| no)
    }

    /// The greatest gain of each member in a rational text (in utility); zero where there is none.
    pub fn hopes(&self) -> Vec<f64> {
        let mut hopes = vec![0.0; self.disagreement.len()];
        let rational = |gains: &Vec<f64>| gains.iter().all(|gain| is_rational(*gain));
        for gains in (0..self.texts.len()).map(|no| self.gains(no)).filter(rational) {
            hopes.iter_mut().zip(gains).for_each(|(hope, gain)| *hope = f64::max(*hope, gain));
        }
        hopes
    }

    /// Whether no other text dominates it.
    pub fn is_efficient(&self, text: &[f64]) -> bool {
        !self.texts.iter().any(|other| dominates(other, text))
    }

    /// How far any text, of the set or not, is from the efficient ones that leave nobody worse off.
    pub fn efficiency(&self, text: &[f64]) -> Efficiency {
        let better: Vec<&Vec<f64>> = self.texts.iter().filter(|other| dominates(other, text)).collect();
        let gain = |other: &[f64]| other.iter().zip(text).fold(0.0, |sum, (a, b)| sum + (a - b));
        let left = better.iter().map(|other| gain(other)).fold(0.0, f64::max);
        // What dominates one of these dominates the text as well, and is one of these.
        let mut nearest: Vec<(f64, &Vec<f64>)> = better.iter().map(|other| (distance(other, text), *other)).collect();
        nearest.sort_by(|a, b| a.0.total_cmp(&b.0));
        let efficient = |one: &[f64]| !better.iter().any(|other| dominates(other, one));
        let distance = nearest.iter().find(|(_, other)| efficient(other)).map_or(0.0, |(distance, _)| *distance);
        Efficiency { distance, left }
    }

    fn gains(&self, no: usize) -> Vec<f64> {
        self.texts[no].iter().zip(&self.disagreement).map(|(u, d)| u - d).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Solution::*;

    /// Points of a frontier, so many steps along it.
    fn frontier(most: f64, steps: u32, other: impl Fn(f64) -> f64) -> Attainable {
        let point = |no: u32| most * f64::from(no) / f64::from(steps);
        let texts = (0..=steps).map(|no| vec![point(no), other(point(no))]).collect();
        Attainable::new(texts, vec![0.0, 0.0]).unwrap()
    }

    fn at(set: &Attainable, solution: Solution) -> [f64; 2] {
        let text = &set.texts()[set.solve(solution).unwrap()];
        [text[0], text[1]]
    }

    fn close(got: [f64; 2], expected: [f64; 2], by: f64) {
        assert!((got[0] - expected[0]).abs() <= by && (got[1] - expected[1]).abs() <= by, "{got:?}, not {expected:?}");
    }

    #[test]
    fn a_line_has_the_solutions_of_the_textbook() {
        let line = frontier(1.0, 3000, |x| 2.0 * (1.0 - x));
        close(at(&line, Nash), [0.5, 1.0], 1e-9);
        close(at(&line, KalaiSmorodinsky), [0.5, 1.0], 1e-9);
        close(at(&line, Egalitarian), [2.0 / 3.0, 2.0 / 3.0], 1e-9);
        close(at(&line, Utilitarian), [0.0, 2.0], 1e-9);
    }

    #[test]
    fn a_curve_has_the_solutions_of_the_textbook() {
        let curve = frontier(1.0, 20_000, |x| 1.0 - x * x);
        close(at(&curve, Nash), [0.577_350, 0.666_666], 1e-4);
        close(at(&curve, KalaiSmorodinsky), [0.618_034; 2], 1e-4);
        close(at(&curve, Egalitarian), [0.618_034; 2], 1e-4);
    }

    #[test]
    fn a_kinked_frontier_has_the_solutions_of_the_textbook() {
        let kinked = frontier(8.0, 2400, |x| (6.0 - 1.5 * (x - 4.0)).min(6.0));
        close(at(&kinked, Nash), [4.0, 6.0], 1e-9);
        close(at(&kinked, KalaiSmorodinsky), [16.0 / 3.0, 4.0], 1e-9);
        close(at(&kinked, Egalitarian), [4.8, 4.8], 1e-9);
    }

    #[test]
    fn only_the_sum_does_not_ask_whether_anyone_loses() {
        let set = Attainable::new(vec![vec![5.0, -1.0], vec![1.0, 1.0], vec![2.0, 0.0]], vec![0.0, 0.0]).unwrap();
        assert_eq!(set.solve(Utilitarian), Some(0));
        assert_eq!(set.solve(Nash), Some(1));
        assert_eq!(set.hopes(), [2.0, 1.0]);
        let hopeless = Attainable::new(vec![vec![5.0, -1.0]], vec![0.0, 0.0]).unwrap();
        assert_eq!([Nash, KalaiSmorodinsky, Egalitarian].map(|solution| hopeless.solve(solution)), [None; 3]);
        assert_eq!(Attainable::new(vec![vec![1.0]], vec![0.0, 0.0]), None);
        assert_eq!(Attainable::new(vec![vec![f64::NAN]], vec![0.0]), None);
    }

    #[test]
    fn the_frontier_is_as_far_as_the_nearest_text_that_hurts_nobody() {
        // From (1, 1): (3, 1) is efficient and 2/√2 away; (2, 2) is nearer but (2.5, 2) dominates it; (0, 9) hurts.
        let texts = [[1.0, 1.0], [3.0, 1.0], [2.0, 2.0], [2.5, 2.0], [0.0, 9.0]].map(Vec::from).to_vec();
        let set = Attainable::new(texts, vec![0.0, 0.0]).unwrap();
        let from = set.efficiency(&[1.0, 1.0]);
        assert!((from.distance - (3.25_f64 / 2.0).sqrt()).abs() < 1e-15 && from.left == 2.5, "{from:?}");
        assert_eq!(set.efficiency(&[2.5, 2.0]), Efficiency { distance: 0.0, left: 0.0 });
        assert!(set.is_efficient(&[0.0, 9.0]) && !set.is_efficient(&[2.0, 2.0]));
    }
}
