//! Every exchange that is possible at the opening positions.

use super::pairs::Pair;
use super::stakes::Stakes;
use super::{Exchange, Table};

/// Every possible exchange: two issues, two actors on opposite sides of the expected outcome of both. In the order of the
/// pair of issues, then of the pair of actors, lower numbers first. Each is worked out by itself, as if it came first;
/// those whose partners weigh both issues in the same ratio are listed with a gain of 0.
///
/// Takes time in proportion to actors² × issues².
pub fn potential(table: &Table) -> Vec<Exchange> {
    let mut stakes = Stakes::default();
    stakes.open(table);
    every_pair(&stakes).map(|pair| pair.exchange(&stakes)).collect()
}

/// The pairs behind [`potential`], in its order.
pub(super) fn every_pair(stakes: &Stakes) -> impl Iterator<Item = Pair> {
    couples(stakes.issues)
        .flat_map(move |issues| couples(stakes.actors).filter_map(move |actors| Pair::between(stakes, actors, issues)))
}

fn couples(of: usize) -> impl Iterator<Item = [u32; 2]> {
    let of = of as u32;
    (0..of).flat_map(move |a| (a + 1..of).map(move |b| [a, b]))
}

#[cfg(test)]
mod tests {
    use super::super::{Capabilities, Party};
    use super::*;

    #[test]
    fn each_gives_way_on_what_matters_less_to_it_and_both_gain_the_same() {
        let (x, s) = ([0.0, 0.0, 1.0, 1.0], [0.75, 0.25, 0.25, 0.75]);
        let table = Table::new(2, 2, &x, &s, Capabilities::Actors(&[1.0, 1.0])).unwrap();
        let all = potential(&table);
        // The outcomes are 0.25 and 0.75; each supplier could shift its issue by 0.25, right to the demander.
        let first = Party { actor: 0, demands: 0, supplies: 1, moves: 1.0, votes: 1.0, shift: 0.25 };
        let second = Party { actor: 1, demands: 1, supplies: 0, moves: -1.0, votes: 0.0, shift: -0.25 };
        assert_eq!(all, [Exchange { parties: [first, second], gain: 0.125 }]);
    }

    #[test]
    fn on_the_same_side_of_an_issue_there_is_nothing_to_exchange() {
        let (x, s) = ([0.0, 0.0, 0.0, 1.0, 1.0, 0.0], [1.0; 6]);
        let table = Table::new(3, 2, &x, &s, Capabilities::Actors(&[1.0; 3])).unwrap();
        let among: Vec<_> = potential(&table).iter().map(|e| e.parties.map(|party| party.actor)).collect();
        assert_eq!(among, [[1, 2]]);
    }
}
