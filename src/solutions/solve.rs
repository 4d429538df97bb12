//! The text that each solution names among texts of clauses and rungs, and how far a text is from the efficient ones.
//!
//! Up to [`EXACT`](super::text_space::EXACT) texts all of them are looked at: everything is exact. Beyond that
//!
//! * the utilitarian text stays exact, for each clause is chosen by itself;
//! * the others are climbed for: from several texts, always by the best change of one clause, and where none helps of two
//!   clauses, a bounded number of times. What is found cannot be bettered by changing two clauses, but a better text may
//!   exist; hopes, and so Kalai–Smorodinsky shares, are climbed for likewise and may be too small;
//! * a text is called inefficient only with a text that dominates it in hand, so that `left` may be too small and never
//!   too great; its distance is that to the text at the end of the climb.
//!
//! A climb costs at most members × (clauses × rungs)² × steps.

use super::climb::{Objective, climb};
use super::objective::{Score, is_rational};
use super::text_space::TextSpace;
use super::{Attainable, Efficiency, Solution, distance, dominates};

/// What a solution names.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The rung of each clause.
    pub text: Vec<usize>,
    /// What that is worth to each member (in utility).
    pub utilities: Vec<f64>,
    /// Whether it is sure to be the best there is.
    pub exact: bool,
}

impl TextSpace {
    /// The text that each solution names, in the order of [`Solution::ALL`]; nothing where none qualifies, or, beyond
    /// [`EXACT`](super::text_space::EXACT) texts, none was found. `near` is a text to climb from, as the one that was agreed.
    pub fn solve(&self, near: &[usize]) -> [Option<Found>; 4] {
        if self.is_exact() {
            let all = self.all();
            let set = Attainable { texts: all.iter().map(|text| self.utilities(text)).collect(), ..self.set() };
            return Solution::ALL.map(|solution| set.solve(solution).map(|no| self.found(all[no].clone(), true)));
        }
        let utilitarian = self.utilitarian();
        // The least gain can be climbed for from anywhere: it tells how far a text is from being rational.
        let least = |gains: &[f64]| gains.iter().copied().fold(f64::INFINITY, f64::min);
        let sum = |gains: &[f64]| gains.iter().fold(0.0, |sum, gain| sum + gain);
        let fairest =
            self.climb_from(&[near, &utilitarian], &|gains| Some(Score { aim: least(gains), sum: sum(gains) }));
        let fairest = fairest.unwrap_or_else(|| near.to_vec());
        let hope = |member: usize| {
            let rational =
                |gains: &[f64]| is_rational(least(gains)).then(|| Score { aim: gains[member], sum: sum(gains) });
            self.climb_from(&[&fairest], &rational).map_or(0.0, |text| self.gains(&text)[member])
        };
        let hopes: Vec<f64> = (0..self.disagreement.len()).map(hope).collect();
        Solution::ALL.map(|solution| match solution {
            Solution::Utilitarian => Some(self.found(utilitarian.clone(), true)),
            _ => {
                let found = self.climb_from(&[&fairest, near, &utilitarian], &|gains| solution.score(gains, &hopes));
                found.map(|text| self.found(text, false))
            }
        })
    }

    /// How far a text is from the efficient ones that leave nobody worse off.
    pub fn efficiency(&self, text: &[usize]) -> Efficiency {
        let utilities = self.utilities(text);
        if self.is_exact() {
            let texts = self.all().iter().map(|text| self.utilities(text)).collect();
            return Attainable { texts, ..self.set() }.efficiency(&utilities);
        }
        let sum = |row: &[f64]| row.iter().fold(0.0, |sum, utility| sum + utility);
        let better = |gains: &[f64]| {
            let after: Vec<f64> = gains.iter().zip(&self.disagreement).map(|(gain, d)| gain + d).collect();
            dominates(&after, &utilities).then(|| Score { aim: sum(&after), sum: 0.0 })
        };
        let end = self.utilities(&climb(self, text.to_vec(), &better));
        if !dominates(&end, &utilities) {
            return Efficiency { distance: 0.0, left: 0.0 };
        }
        let left = end.iter().zip(&utilities).fold(0.0, |sum, (after, before)| sum + (after - before));
        Efficiency { distance: distance(&end, &utilities), left }
    }

    fn found(&self, text: Vec<usize>, exact: bool) -> Found {
        Found { utilities: self.utilities(&text), text, exact }
    }

    /// The best end of climbs from several texts; of equals the first. Nothing where none of them qualifies.
    fn climb_from(&self, starts: &[&[usize]], objective: Objective) -> Option<Vec<usize>> {
        let ends = starts.iter().map(|start| climb(self, start.to_vec(), objective));
        let scored = ends.filter_map(|end| Some((objective(&self.gains(&end))?, end)));
        scored.reduce(|best, next| if next.0.is_ahead_of(best.0) { next } else { best }).map(|(_, end)| end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two members and so many clauses of three rungs that one wants and the other bears, in turn.
    fn space(clauses: usize) -> TextSpace {
        let clause = |no: usize| {
            let (gain, cost) = (1.0 + no as f64 * 0.1, 0.6);
            let rung = |rung: f64| {
                if no.is_multiple_of(2) { vec![gain * rung, -cost * rung] } else { vec![-cost * rung, gain * rung] }
            };
            vec![rung(0.0), rung(0.5), rung(1.0)]
        };
        TextSpace::new((0..clauses).map(clause).collect(), vec![0.0, 0.0]).unwrap()
    }

    #[test]
    fn one_clause_of_a_fine_scale_is_the_line_of_the_textbook() {
        let rung = |no: u32| vec![f64::from(no) / 3000.0, 2.0 * (1.0 - f64::from(no) / 3000.0)];
        let line = TextSpace::new(vec![(0..=3000).map(rung).collect()], vec![0.0, 0.0]).unwrap();
        let texts = line.solve(&[0]).map(|found| found.unwrap().text[0]);
        assert_eq!(texts, [1500, 1500, 2000, 0]);
    }

    #[test]
    fn linking_clauses_makes_room_that_neither_has_alone() {
        let found = space(2).solve(&[0, 0]);
        assert!(found.iter().all(|found| found.as_ref().is_some_and(|found| found.exact && found.text == [2, 2])));
        assert_eq!(space(1).solve(&[0])[0], None, "what one gains the other loses");
        let idle = space(2).efficiency(&[0, 0]);
        assert!((idle.left - 0.9).abs() < 1e-12 && (idle.distance - ((0.16 + 0.25) / 2.0_f64).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn climbing_agrees_with_looking_at_everything() {
        // Seven clauses of three rungs are 2187 texts, nine are too many to look at: their extra clauses are worthless.
        let small = space(7);
        let mut worth = small.worth.clone();
        worth.extend(vec![vec![vec![0.0, 0.0], vec![-0.1, -0.1], vec![-0.2, 0.0]]; 2]);
        let large = TextSpace::new(worth, vec![0.0, 0.0]).unwrap();
        assert!(small.is_exact() && !large.is_exact());
        for (exact, climbed) in small.solve(&[1; 7]).into_iter().zip(large.solve(&[1; 9])) {
            let (exact, climbed) = (exact.unwrap(), climbed.unwrap());
            assert!(super::distance(&exact.utilities, &climbed.utilities) < 1e-9, "{exact:?}, not {climbed:?}");
        }
        assert!(!large.solve(&[0; 9])[0].as_ref().unwrap().exact && large.solve(&[0; 9])[3].as_ref().unwrap().exact);
        let best = large.solve(&[0; 9])[3].as_ref().unwrap().text.clone();
        assert_eq!(large.efficiency(&best), Efficiency { distance: 0.0, left: 0.0 });
        assert!(large.efficiency(&[0, 0, 0, 0, 0, 0, 0, 1, 1]).left > 0.2);
    }
}
