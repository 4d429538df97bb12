//! The best of many proposals whose gains change one at a time.

/// Gains of proposals, at the leaves of a tree whose nodes hold the highest gain below them. A gain of 0 is none.
#[derive(Debug)]
pub(super) struct Proposals {
    /// Node k has the children 2 k and 2 k + 1; the root is 1, the leaves begin at half of the length.
    tree: Vec<f64>,
}

impl Proposals {
    /// Proposals with these gains [≥ 0], in the order in which ties are settled.
    pub fn new(gains: impl ExactSizeIterator<Item = f64>) -> Self {
        let leaves = gains.len().next_power_of_two();
        let mut tree = vec![0.0; 2 * leaves];
        for (leaf, gain) in tree[leaves..].iter_mut().zip(gains) {
            *leaf = gain;
        }
        for node in (1..leaves).rev() {
            tree[node] = tree[2 * node].max(tree[2 * node + 1]);
        }
        Self { tree }
    }

    /// Another gain for a proposal.
    pub fn set(&mut self, proposal: usize, gain: f64) {
        let mut node = self.tree.len() / 2 + proposal;
        self.tree[node] = gain;
        while node > 1 {
            node /= 2;
            self.tree[node] = self.tree[2 * node].max(self.tree[2 * node + 1]);
        }
    }

    /// The highest gain.
    pub fn highest(&self) -> f64 {
        self.tree[1]
    }

    /// The first proposal that falls short of the highest gain by no more than `tie`; none where nobody gains.
    pub fn best(&self, tie: f64) -> Option<usize> {
        let leaves = self.tree.len() / 2;
        let enough = (self.highest() - tie).max(f64::MIN_POSITIVE);
        if self.highest() < enough {
            return None;
        }
        let mut node = 1;
        while node < leaves {
            node = if self.tree[2 * node] >= enough { 2 * node } else { 2 * node + 1 };
        }
        Some(node - leaves)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_those_that_are_as_good_is_the_best_and_nothing_gained_is_nothing() {
        let mut proposals = Proposals::new([0.25, 1.0 - 1e-15, 0.5, 1.0, 0.0].into_iter());
        assert_eq!((proposals.best(0.0), proposals.best(1e-12), proposals.highest()), (Some(3), Some(1), 1.0));
        proposals.set(1, 0.0);
        proposals.set(3, 0.0);
        assert_eq!(proposals.best(1e-12), Some(2));
        proposals.set(2, 0.0);
        proposals.set(0, 0.0);
        assert_eq!(proposals.best(1e-12), None);
        assert_eq!(Proposals::new([].into_iter()).best(0.0), None);
        assert_eq!(Proposals::new([0.5].into_iter()).best(0.0), Some(0));
    }
}
