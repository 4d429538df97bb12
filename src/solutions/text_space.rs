//! Texts of clauses and rungs, whose utilities add up clause by clause.

use super::Attainable;

/// Most texts that are all looked at.
pub const EXACT: u64 = 4096;

/// Clauses, rungs and what each is worth to each member.
#[derive(Clone, Debug, PartialEq)]
pub struct TextSpace {
    /// By clause, rung and member (in utility).
    pub(super) worth: Vec<Vec<Vec<f64>>>,
    pub(super) disagreement: Vec<f64>,
}

impl TextSpace {
    /// What each rung of each clause is worth to each member (finite, in utility), and what holds without agreement;
    /// nothing unless each clause has a rung, and each rung a worth for each member.
    pub fn new(worth: Vec<Vec<Vec<f64>>>, disagreement: Vec<f64>) -> Option<Self> {
        let finite = |row: &Vec<f64>| row.len() == disagreement.len() && row.iter().all(|u| u.is_finite());
        let fits = worth.iter().all(|rungs| !rungs.is_empty() && rungs.iter().all(finite));
        (fits && finite(&disagreement)).then_some(TextSpace { worth, disagreement })
    }

    /// What a text is worth to each member (in utility): the sum over its clauses, in their order.
    ///
    /// # Panics
    /// If the text names a rung that there is not.
    pub fn utilities(&self, text: &[usize]) -> Vec<f64> {
        let mut utilities = vec![0.0; self.disagreement.len()];
        for (rungs, &rung) in self.worth.iter().zip(text) {
            utilities.iter_mut().zip(&rungs[rung]).for_each(|(utility, worth)| *utility += worth);
        }
        utilities
    }

    /// Texts that there are (a count; the most that the number holds if there are more).
    pub fn texts(&self) -> u64 {
        self.worth.iter().fold(1, |texts: u64, rungs| texts.saturating_mul(rungs.len() as u64))
    }

    /// Whether all texts are looked at.
    pub fn is_exact(&self) -> bool {
        self.texts() <= EXACT
    }

    pub(super) fn set(&self) -> Attainable {
        Attainable { texts: Vec::new(), disagreement: self.disagreement.clone() }
    }

    pub(super) fn gains(&self, text: &[usize]) -> Vec<f64> {
        self.utilities(text).iter().zip(&self.disagreement).map(|(u, d)| u - d).collect()
    }

    /// The text of the greatest sum; of equal rungs the first.
    pub(super) fn utilitarian(&self) -> Vec<usize> {
        let sum = |row: &Vec<f64>| row.iter().fold(0.0, |sum, worth| sum + worth);
        let best = |rungs: &Vec<Vec<f64>>| {
            let sums: Vec<f64> = rungs.iter().map(sum).collect();
            (0..sums.len()).reduce(|best, next| if sums[next] > sums[best] { next } else { best }).unwrap_or(0)
        };
        self.worth.iter().map(best).collect()
    }

    /// All texts; the last clause changes fastest.
    pub(super) fn all(&self) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new()];
        for rungs in &self.worth {
            let longer = |text: &Vec<usize>| {
                let text = text.clone();
                (0..rungs.len()).map(move |rung| text.iter().copied().chain([rung]).collect())
            };
            all = all.iter().flat_map(longer).collect();
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_that_does_not_fit_is_none() {
        assert_eq!(TextSpace::new(vec![vec![]], vec![0.0]), None);
        assert_eq!(TextSpace::new(vec![vec![vec![0.0]]], vec![0.0, 0.0]), None);
        assert_eq!(TextSpace::new(vec![vec![vec![f64::INFINITY]]], vec![0.0]), None);
    }
}
