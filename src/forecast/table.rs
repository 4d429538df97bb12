//! The table that every model reads: issues, and who takes which stance on them.

use std::collections::BTreeMap;

use crate::rules::{Fraction, Quota, Unit};

/// How an issue is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Rule {
    /// Everyone must agree.
    Unanimity,
    /// More than half of the capability.
    #[default]
    Majority,
    /// So much of it: a share, or an amount in units of capability; of more than there is all is enough.
    Quota(Quota),
}

impl Rule {
    /// Whether the capability of those who agree is enough of all; capabilities are whole numbers of the unit.
    pub fn passes(self, agreeing: f64, all: f64, unit: Unit) -> bool {
        let everyone = || unit.reaches(agreeing, Fraction::ONE, all);
        match self {
            Rule::Unanimity => everyone(),
            Rule::Majority => unit.exceeds(agreeing, Fraction::HALF, all),
            Rule::Quota(Quota::Share(share)) => unit.reaches(agreeing, share, all),
            Rule::Quota(Quota::Votes(amount)) => unit.comes_to(agreeing, amount) || everyone(),
        }
    }
}

/// What one actor has to do with an issue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stance {
    /// Who [place in [`Table::actors`]].
    pub actor: usize,
    /// What it wants [units of the issue's scale].
    pub position: f64,
    /// How much it cares [0–1].
    pub salience: f64,
    /// How strong it is [any unit, ≥ 0; only ratios matter].
    pub capability: f64,
}

impl Stance {
    /// Capability × salience, the usual weight.
    pub fn weight(&self) -> f64 {
        self.capability * self.salience
    }
}

/// Something to be decided on one dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// Identifier.
    pub id: String,
    /// What is decided together with it, and errs together with it.
    pub group: Option<String>,
    /// Ends of its scale, the lower first.
    pub scale: (f64, f64),
    /// What holds if nothing is decided [units of the scale], where that is known.
    pub reference: Option<f64>,
    /// How it is decided.
    pub rule: Rule,
    /// Where it was decided [units of the scale], where that is known; no model may look at it.
    pub outcome: Option<f64>,
    /// Who takes part, an actor once.
    pub stances: Vec<Stance>,
}

impl Issue {
    /// Length of the scale.
    pub fn span(&self) -> f64 {
        self.scale.1 - self.scale.0
    }

    /// A point as a share of the scale [0–1 within it].
    pub fn share(&self, point: f64) -> f64 {
        (point - self.scale.0) / self.span()
    }

    /// The point at a share of the scale.
    pub fn point(&self, share: f64) -> f64 {
        self.scale.0 + share * self.span()
    }

    /// What capabilities are whole numbers of.
    pub fn unit(&self) -> Unit {
        Unit::of(self.stances.iter().map(|stance| stance.capability))
    }

    /// Σ capability × salience.
    pub fn weight(&self) -> f64 {
        self.stances.iter().fold(0.0, |sum, stance| sum + stance.weight())
    }

    /// The mean of positions under weights; nothing where nobody weighs anything.
    pub fn mean(&self, weight: impl Fn(&Stance) -> f64) -> Option<f64> {
        let mut sums = (0.0, 0.0);
        for stance in &self.stances {
            let weight = weight(stance);
            sums = (sums.0 + weight, sums.1 + weight * stance.position);
        }
        (sums.0 > 0.0).then(|| sums.1 / sums.0)
    }

    /// The least and the greatest position of those that weigh something.
    pub fn extremes(&self) -> Option<(f64, f64)> {
        let heard = self.stances.iter().filter(|stance| stance.weight() > 0.0).map(|stance| stance.position);
        heard.fold(None, |found, x| match found {
            None => Some((x, x)),
            Some((low, high)) => Some((f64::min(low, x), f64::max(high, x))),
        })
    }
}

/// Issues and actors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of all actors, in the order they are first met.
    pub actors: Vec<String>,
    /// The issues, in the order written.
    pub issues: Vec<Issue>,
    /// Whether issues without a group are decided together, as where nothing is said of groups at all.
    pub one_negotiation: bool,
}

impl Table {
    /// Issues that are decided together, as places in [`Table::issues`], in the order of their first.
    pub fn negotiations(&self) -> Vec<Vec<usize>> {
        let mut found: Vec<Vec<usize>> = Vec::new();
        let mut places: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for (no, issue) in self.issues.iter().enumerate() {
            let group = issue.group.as_deref();
            let alone = group.is_none() && !self.one_negotiation;
            match places.get(&group).filter(|_| !alone) {
                Some(&place) => found[place].push(no),
                None => {
                    places.insert(group, found.len());
                    found.push(vec![no]);
                }
            }
        }
        found
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An issue on a scale of 0–100 with stances of position, salience and capability.
    pub fn issue(stances: &[(f64, f64, f64)]) -> Issue {
        let one = |(actor, &(position, salience, capability))| Stance { actor, position, salience, capability };
        Issue {
            id: "issue".into(),
            group: None,
            scale: (0.0, 100.0),
            reference: None,
            rule: Rule::Majority,
            outcome: None,
            stances: stances.iter().enumerate().map(one).collect(),
        }
    }

    /// When catalytic converters were to become compulsory, as the member states stood on it: years from 1985, with 4
    /// and 10 the earliest and the latest asked for (Bueno de Mesquita 1994; as tabled by Scholz, Calbert & Smith 2011).
    pub fn emissions() -> Issue {
        let stances = [
            (4.0, 0.8, 0.08),
            (7.0, 0.4, 0.08),
            (4.0, 0.2, 0.03),
            (4.0, 0.8, 0.16),
            (10.0, 0.6, 0.16),
            (10.0, 0.6, 0.16),
            (10.0, 0.9, 0.16),
            (7.0, 0.1, 0.05),
            (4.0, 1.0, 0.05),
            (7.0, 0.7, 0.08),
        ];
        Issue { scale: (4.0, 10.0), ..issue(&stances) }
    }

    #[test]
    fn rules_are_met_by_shares_and_by_amounts() {
        for unit in [Unit::NONE, Unit::of([0.1, 0.2].into_iter())] {
            let passes = |rule: Rule, agreeing: f64, all: f64| rule.passes(agreeing, all, unit);
            let share = |share: f64| Rule::Quota(share.into());
            let amount = Rule::Quota(Quota::Votes(Fraction::exactly(62.0).unwrap()));
            assert!(!passes(Rule::Majority, 2.0, 4.0) && passes(Rule::Majority, 2.1, 4.0));
            assert!(!passes(Rule::Majority, 0.1 + 0.2, 0.6) && !passes(Rule::Majority, 0.3, 0.1 + 0.2 + 0.3));
            assert!(passes(share(2.0 / 3.0), 2.0, 3.0) && !passes(share(0.7), 2.0, 3.0));
            assert!(passes(share(0.6667), 4.0, 6.0) && !passes(share(0.6667), 3.9, 6.0));
            assert!(passes(amount, 62.0, 87.0) && !passes(amount, 61.0, 87.0) && passes(amount, 50.0, 50.0));
            assert!(!passes(Rule::Unanimity, 2.0, 3.0) && passes(Rule::Unanimity, 0.1 + 0.2, 0.3));
        }
    }

    #[test]
    fn issues_of_a_group_are_decided_together() {
        let of = |group: Option<&str>| Issue { group: group.map(str::to_owned), ..issue(&[]) };
        let issues = vec![of(Some("a")), of(None), of(Some("b")), of(Some("a")), of(None)];
        let mut table = Table { actors: vec![], issues, one_negotiation: false };
        assert_eq!(table.negotiations(), [vec![0, 3], vec![1], vec![2], vec![4]]);
        table.one_negotiation = true;
        assert_eq!(table.negotiations(), [vec![0, 3], vec![1, 4], vec![2]]);
    }
}
