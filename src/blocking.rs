//! Who stands in the way of a decision: the smallest sets of members whose consent would make it pass.
//!
//! All rules of [`crate::rules`] are of one form: what each member adds by consenting is added up and compared with what is
//! asked. So the smallest number is found by taking those first who add most, and is exact; and sets of that many are
//! found without looking at any that does not do. Whoever uses a veto of its own is in all of them.

pub use crate::rules::Stand;
use crate::rules::{DecisionRule, Tally, Unit};

/// A member with a vote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Voter {
    /// How it stands.
    pub stand: Stand,
    /// Its weight [≥ 0].
    pub weight: f64,
    /// Whether it can stop a decision alone by objecting.
    pub veto: bool,
}

/// The smallest sets of members whose consent makes a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocking {
    /// Members of each set (a count); none where the decision passes as it is.
    pub size: usize,
    /// The sets, each in the order of the members, in the order of their first members.
    pub sets: Vec<Vec<usize>>,
    /// Whether there are more sets than were asked for.
    pub more: bool,
}

/// The smallest sets, at most so many of them; nothing where even everyone's consent does not make the decision. Weights are
/// whole numbers of the unit.
pub fn smallest(rule: &DecisionRule, voters: &[Voter], unit: Unit, most: usize) -> Option<Blocking> {
    let vote = Vote { rule, voters, unit };
    // By what each adds, the greatest first; of equals the first.
    let mut helpful: Vec<usize> = (0..voters.len()).filter(|&no| adds(rule, &voters[no]) > 0.0).collect();
    helpful.sort_by(|&a, &b| adds(rule, &voters[b]).total_cmp(&adds(rule, &voters[a])));
    let size = (0..=helpful.len()).find(|&size| vote.passes(&helpful[..size]))?;
    helpful.sort_unstable();
    let mut blocking = Blocking { size, sets: Vec::new(), more: false };
    vote.gather(&helpful, size, &mut Vec::new(), most, &mut blocking);
    Some(blocking)
}

/// A decision, and who has a vote in it.
struct Vote<'a> {
    rule: &'a DecisionRule,
    voters: &'a [Voter],
    unit: Unit,
}

impl Vote<'_> {
    /// Adds the sets that begin with those that are chosen.
    fn gather(&self, left: &[usize], wanted: usize, chosen: &mut Vec<usize>, most: usize, blocking: &mut Blocking) {
        // The best way to go on: if that does not do, none does.
        let adds = |no: usize| adds(self.rule, &self.voters[no]);
        let mut best = left.to_vec();
        best.sort_by(|&a, &b| adds(b).total_cmp(&adds(a)));
        let hopeful = [chosen.as_slice(), &best[..wanted.min(best.len())]].concat();
        if blocking.more || best.len() < wanted || !self.passes(&hopeful) {
            return;
        }
        if wanted == 0 {
            blocking.more = blocking.sets.len() == most;
            if !blocking.more {
                blocking.sets.push(chosen.clone());
            }
            return;
        }
        for (at, &next) in left.iter().enumerate() {
            chosen.push(next);
            self.gather(&left[at + 1..], wanted - 1, chosen, most, blocking);
            chosen.pop();
        }
    }

    /// Whether it passes once some have consented.
    fn passes(&self, consenting: &[usize]) -> bool {
        let weight = self.voters.iter().fold(0.0, |sum, voter| sum + voter.weight);
        let mut tally = Tally::among(self.voters.len() as u32, weight, self.unit);
        for (no, voter) in self.voters.iter().enumerate() {
            let stand = if consenting.contains(&no) { Stand::Accepts } else { voter.stand };
            tally.add(stand, voter.weight, voter.veto);
        }
        self.rule.passes(&tally)
    }
}

/// What consent adds to a decision; without bound for who uses a veto.
fn adds(rule: &DecisionRule, voter: &Voter) -> f64 {
    let objects = match voter.stand {
        Stand::Accepts => return 0.0,
        Stand::Objects if voter.veto => return f64::INFINITY,
        Stand::Objects => true,
        Stand::Silent => false,
    };
    rule.consent_adds(objects, voter.weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Counting, Majority};

    const HEADS: Majority = Majority { by: Counting::Heads, of_votes_cast: false };

    fn voters(stands: &str, weights: &[f64]) -> Vec<Voter> {
        let stand = |letter: char| match letter.to_ascii_lowercase() {
            'y' => Stand::Accepts,
            'n' => Stand::Objects,
            _ => Stand::Silent,
        };
        // A capital holds a veto.
        let voter =
            |(letter, &weight): (char, &f64)| Voter { stand: stand(letter), weight, veto: letter.is_uppercase() };
        stands.chars().zip(weights).map(voter).collect()
    }

    fn sets(rule: DecisionRule, stands: &str, weights: &[f64]) -> Option<Vec<Vec<usize>>> {
        smallest(&rule, &voters(stands, weights), Unit::ONE, 100).map(|blocking| blocking.sets)
    }

    #[test]
    fn all_who_object_block_a_consensus_and_all_who_are_silent_unanimity() {
        assert_eq!(sets(DecisionRule::Consensus, "yn-n", &[1.0; 4]), Some(vec![vec![1, 3]]));
        assert_eq!(sets(DecisionRule::Unanimity, "yn-n", &[1.0; 4]), Some(vec![vec![1, 2, 3]]));
        assert_eq!(sets(DecisionRule::Consensus, "yy--", &[1.0; 4]), Some(vec![vec![]]), "it passes as it is");
    }

    #[test]
    fn any_who_are_enough_block_a_majority() {
        let majority = DecisionRule::SimpleMajority(HEADS);
        assert_eq!(sets(majority, "yynn-", &[1.0; 5]), Some(vec![vec![2], vec![3], vec![4]]));
        assert_eq!(sets(majority, "yyNnN", &[1.0; 5]), Some(vec![vec![2, 4]]), "vetoes have to be lifted");
        // Two thirds of the votes cast: two of four stand for it; one who objects is enough with none silent to add.
        let cast =
            DecisionRule::QualifiedMajority { quota: 0.6.into(), majority: Majority { of_votes_cast: true, ..HEADS } };
        assert_eq!(sets(cast, "yynn--", &[1.0; 6]), Some(vec![vec![2], vec![3], vec![4], vec![5]]));
        let narrow =
            DecisionRule::QualifiedMajority { quota: 0.7.into(), majority: Majority { of_votes_cast: true, ..HEADS } };
        assert_eq!(sets(narrow, "yynn--", &[1.0; 6]), Some(vec![vec![2], vec![3]]), "3 of 5 are too few, 3 of 4 not");
    }

    #[test]
    fn a_critical_mass_lacks_the_heaviest() {
        let mass = |share: f64| DecisionRule::CriticalMass { quota: share.into() };
        let weights = [40.0, 30.0, 15.0, 10.0, 5.0];
        assert_eq!(sets(mass(0.8), "ynnnn", &weights), Some(vec![vec![1, 2], vec![1, 3]]));
        assert_eq!(sets(mass(0.9), "y-nn-", &weights), Some(vec![vec![1, 2, 3], vec![1, 2, 4]]));
        assert_eq!(sets(mass(0.9), "nn", &[0.0, 0.0]), None, "nobody has weight");
    }

    #[test]
    fn no_smaller_set_would_do_and_none_of_its_size_is_left_out() {
        let weights = [3.0, 5.0, 2.0, 2.0, 8.0, 1.0, 4.0];
        let by_weight = Majority { by: Counting::Weight, of_votes_cast: true };
        let rules = [
            DecisionRule::SimpleMajority(by_weight),
            DecisionRule::QualifiedMajority { quota: 0.75.into(), majority: by_weight },
            DecisionRule::QualifiedMajority { quota: 0.75.into(), majority: HEADS },
            DecisionRule::CriticalMass { quota: 0.85.into() },
        ];
        for rule in rules {
            for stands in ["yn-n-nn", "nnnnnnn", "-------", "yyNn--N", "ynnnyyy"] {
                let voters = voters(stands, &weights);
                let among = |no: usize| voters[no].stand != Stand::Accepts;
                let all: Vec<Vec<usize>> = (0..1_u32 << 7)
                    .map(|who| (0..7).filter(|no| (who >> no) & 1 == 1).collect::<Vec<usize>>())
                    .filter(|set| {
                        set.iter().all(|&no| among(no))
                            && Vote { rule: &rule, voters: &voters, unit: Unit::ONE }.passes(set)
                    })
                    .collect();
                let least = all.iter().map(Vec::len).min().unwrap();
                let mut expected: Vec<Vec<usize>> = all.into_iter().filter(|set| set.len() == least).collect();
                expected.sort();
                let found = smallest(&rule, &voters, Unit::ONE, 100).unwrap();
                assert_eq!((found.size, found.sets, found.more), (least, expected, false), "{rule:?}, {stands}");
            }
        }
    }

    #[test]
    fn of_very_many_sets_some_are_told() {
        let blocking =
            smallest(&DecisionRule::SimpleMajority(HEADS), &voters(&"n".repeat(90), &[1.0; 90]), Unit::ONE, 5).unwrap();
        assert_eq!((blocking.size, blocking.sets.len(), blocking.more), (46, 5, true));
        assert_eq!(blocking.sets[0], (0..46).collect::<Vec<_>>());
    }
}
