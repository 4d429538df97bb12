//! Unanimity: every member says yes.

use super::rule::Rule;
use super::{Demand, Fraction, Game, Tally, Unit};

/// Every member accepts; silence is not enough.
#[derive(Clone, Copy)]
pub(super) struct Unanimity;

impl Rule for Unanimity {
    fn passes(self, tally: &Tally) -> bool {
        tally.accepting == tally.members
    }

    fn everyone_holds_a_veto(self) -> bool {
        true
    }

    fn stopped_by_objections_only(self) -> bool {
        false
    }

    fn weighs_objections(self) -> bool {
        false
    }

    fn counts_heads(self) -> bool {
        true
    }

    fn is_a_vote(self) -> bool {
        false
    }

    fn consent_adds(self, _objects: bool, _weight: f64) -> f64 {
        1.0
    }

    fn game(self, members: u64) -> Game {
        Game::Heads(members)
    }

    fn amount_of_weight(self) -> Option<Fraction> {
        None
    }

    fn of_capability(self, _members: usize) -> Demand {
        Demand::All
    }

    fn code(self) -> String {
        "unanimity".into()
    }

    fn describe(self) -> String {
        "unanimity: every member accepts".into()
    }

    fn comes_to(self, _members: u64, _weight: f64, _unit: Unit) -> Option<String> {
        None
    }
}
