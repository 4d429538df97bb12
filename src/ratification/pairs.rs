//! Non-application: a text does not apply between two of its parties where one of them has declared so.
//!
//! Either of two parties may say, when one of them becomes party, that the text does not apply between them (GATT 1947,
//! article XXXV; WTO Agreement, article XIII). Fourteen did so against Japan, which had acceded in 1955 (GATT, Spec/299/58):
//! it lets an accession pass that an objection would stop. Who does so is stated; or, where the scenario gives a share of trade, it is who has
//! little to lose, against one that falls short of the text (a judgement). The declaration works both ways.

use super::worth::{Scales, gap};
use crate::scenario::{NonApplication, Scenario};
use crate::world::{Instructions, Strength};

/// The candidates of a forum, as they look at each other.
pub(super) struct Pairs<'a> {
    pub scenario: &'a Scenario,
    pub scales: &'a Scales<'a>,
    pub text: &'a [Option<f64>],
    pub there: &'a [(&'a Instructions, &'a Strength)],
}

impl Pairs<'_> {
    fn terms(&self) -> Option<&NonApplication> {
        self.scales.forum.after.non_application.as_ref()
    }

    fn country(&self, candidate: usize) -> usize {
        self.scales.forum.candidate(candidate).country
    }

    /// Whether either of two is stated to declare against the other: known before anyone becomes party.
    pub fn is_stated(&self, one: usize, other: usize) -> bool {
        self.terms().is_some_and(|terms| terms.is_stated(self.country(one), self.country(other)))
    }

    /// Whether a candidate declares that the text does not apply between it and another.
    pub fn declares(&self, who: usize, against: usize) -> bool {
        let Some(terms) = self.terms() else { return false };
        let (country, other) = (self.country(who), self.country(against));
        terms.against.contains(&(country, other)) || {
            let little = |trade: &crate::scenario::Trade| trade.of(country)[other] < terms.trade_below;
            self.scenario.trade.as_ref().is_some_and(little) && self.shortcoming(who, against) > 0.0
        }
    }

    /// How far a candidate falls short of the text in the eyes of another [0–1].
    fn shortcoming(&self, eyes: usize, of: usize) -> f64 {
        let (wants, _) = self.there[of];
        let asked = self.scales.obligations(self.text, wants);
        gap(&asked, self.scales.forum.candidate(of), wants, self.there[eyes].0)
    }

    /// All declarations among some candidates, in their order.
    pub fn among(&self, candidates: &[usize]) -> Vec<(usize, usize)> {
        let pairs = candidates.iter().flat_map(|&who| candidates.iter().map(move |&against| (who, against)));
        let declared = |&(who, against): &(usize, usize)| who != against && self.declares(who, against);
        if self.terms().is_none() { Vec::new() } else { pairs.filter(declared).collect() }
    }
}
