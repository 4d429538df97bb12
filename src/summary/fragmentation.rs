//! Fragmentation: what several forums together leave a country with. Only scenarios of more than one forum have it.

use super::measure::measures;
use super::range::Range;
use super::sums::Sum;
use super::{Mean, Measure, Measured, Subject};
use crate::minutes::{ForumOutcome, MemberOutcome, Outcome};
use crate::scenario::Scenario;
use crate::scenario::after::Kind;

measures! {
    OBLIGATION_GAP = AllForums(
        "obligation_gap", "0-1", |_| Range::UNIT,
        "Mean difference of the points of two texts that bind one country on the same clause; only with several forums",
        "those in which some country has two"
    );
    PAIRS_WITHOUT_TEXT = AllForums(
        "pairs_without_text", "0-1", |_| Range::UNIT,
        "Share of pairs of countries that no text binds both; only with several forums", "*N*"
    );
}

/// What is kept of all forums together.
#[derive(Clone, Debug, Default)]
pub(super) struct Fragmentation {
    obligation_gap: Mean,
    pairs_without_text: Mean,
}

impl Fragmentation {
    /// Adds one replication.
    pub fn add(&mut self, scenario: &Scenario, outcome: &Outcome) {
        if scenario.forums.len() < 2 {
            return;
        }
        let texts = texts(scenario, outcome);
        if let Some(gap) = obligation_gap(&texts, scenario.clauses.len()) {
            self.obligation_gap.add(gap);
        }
        let shares: Vec<u64> =
            texts.iter().map(|bound| bound.iter().fold(0, |set, text| set | 1 << text.forum)).collect();
        if let Some(apart) = share_apart(&shares) {
            self.pairs_without_text.add(apart);
        }
    }

    /// Its sums.
    pub fn sums<'s>(&'s mut self, all: &mut Vec<Sum<'s>>) {
        let Fragmentation { obligation_gap, pairs_without_text } = self;
        all.extend([obligation_gap, pairs_without_text].map(Sum::Mean));
    }

    /// Its lines.
    pub fn lines(&self, scenario: &Scenario) -> Vec<Measured> {
        match scenario.forums.len() {
            0 | 1 => Vec::new(),
            _ => vec![
                (Subject::AllForums, Measure::OBLIGATION_GAP, self.obligation_gap.estimate()),
                (Subject::AllForums, Measure::PAIRS_WITHOUT_TEXT, self.pairs_without_text.estimate()),
            ],
        }
    }
}

/// A text that binds a country: the forum, and the clauses of the scenario with their points.
struct Bond {
    forum: usize,
    clauses: Vec<(usize, f64)>,
}

/// Per country of the scenario that is a candidate somewhere, the texts that bind it.
fn texts(scenario: &Scenario, outcome: &Outcome) -> Vec<Vec<Bond>> {
    let horizon = scenario.aftermath.is_some();
    let mut bonds: Vec<Option<Vec<Bond>>> = scenario.countries.iter().map(|_| None).collect();
    for (no, (forum, ended)) in scenario.forums.iter().zip(&outcome.forums).enumerate() {
        if forum.after.kind != Kind::Treaty {
            continue;
        }
        for (candidate, member) in ended.members.iter().chain(&ended.outsiders).enumerate() {
            let of_country = bonds[forum.candidate(candidate).country].get_or_insert_default();
            if is_bound(ended, member, horizon) {
                let binding = ended.clauses.iter().enumerate().filter(|(place, _)| !member.excepted.has(*place));
                let points = binding.filter_map(|(place, clause)| Some((forum.agenda[place], clause.adopted?)));
                of_country.push(Bond { forum: no, clauses: points.collect() });
            }
        }
    }
    bonds.into_iter().flatten().collect()
}

/// Whether a text binds a country: at the horizon, or, where there is none, by adoption.
fn is_bound(ended: &ForumOutcome, member: &MemberOutcome, horizon: bool) -> bool {
    match horizon {
        true => member.in_force_day.is_some() && member.withdrawn_day.is_none(),
        false => ended.concluded && member.party,
    }
}

/// Mean difference of two obligations that one country has on the same clause [0–1]: over all countries, clauses and
/// pairs of texts; none where no country has two on the same clause.
fn obligation_gap(bonds: &[Vec<Bond>], clauses: usize) -> Option<f64> {
    let (mut gap, mut pairs) = (0.0, 0u64);
    let mut met: Vec<Vec<f64>> = vec![Vec::new(); clauses];
    for of_country in bonds.iter().filter(|of_country| of_country.len() > 1) {
        met.iter_mut().for_each(Vec::clear);
        for &(clause, point) in of_country.iter().flat_map(|bond| &bond.clauses) {
            gap += met[clause].iter().map(|other| (point - other).abs()).sum::<f64>();
            pairs += met[clause].len() as u64;
            met[clause].push(point);
        }
    }
    (pairs > 0).then(|| gap / pairs as f64)
}

/// Share of pairs that have nothing in common, given what each has as a set [0–1]; none where there is no pair.
fn share_apart(sets: &[u64]) -> Option<f64> {
    let (mut apart, mut pairs) = (0u64, 0u64);
    for (no, one) in sets.iter().enumerate() {
        apart += sets[no + 1..].iter().filter(|other| *other & one == 0).count() as u64;
        pairs += (sets.len() - no - 1) as u64;
    }
    (pairs > 0).then(|| apart as f64 / pairs as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obligations_differ_clause_by_clause_and_pair_by_pair() {
        let bond = |forum, clauses: &[(usize, f64)]| Bond { forum, clauses: clauses.to_vec() };
        // The first has 0.2 and 0.8 on clause 0, and three texts on clause 1: 0.1, 0.1, 0.5. The second has one text.
        let first = vec![bond(0, &[(0, 0.2), (1, 0.1)]), bond(1, &[(0, 0.8), (1, 0.1)]), bond(2, &[(1, 0.5)])];
        let bonds = [first, vec![bond(0, &[(0, 0.2), (1, 0.1)])]];
        let expected = (0.6 + 0.0 + 0.4 + 0.4) / 4.0;
        assert!((obligation_gap(&bonds, 2).unwrap() - expected).abs() < 1e-15);
        assert_eq!(obligation_gap(&bonds[1..], 2), None);
    }

    #[test]
    fn pairs_are_apart_that_share_no_text() {
        // Of six pairs, 1–2 and 2–3 share a text; the fourth has none.
        assert_eq!(share_apart(&[0b001, 0b011, 0b010, 0]), Some(4.0 / 6.0));
        assert_eq!(share_apart(&[0b1]), None);
    }
}
