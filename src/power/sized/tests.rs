//! Power by number and weight against all coalitions gone through one by one.

use super::super::by_enumeration;
use super::*;

/// Needs of a double majority among so many: a number and a weight, or all but fewer than a number.
fn double(members: usize, heads: usize, weight: u64, blocking: usize) -> Vec<u64> {
    let need = |size: usize| match size {
        _ if size > 0 && members - size < blocking => 0,
        _ if size >= heads => weight,
        _ => NEVER,
    };
    (0..=members).map(need).collect()
}

fn close(one: &[Power], other: &[Power]) -> bool {
    let same = |a: f64, b: f64| (a - b).abs() < 1e-12;
    one.len() == other.len()
        && one.iter().zip(other).all(|(a, b)| {
            same(a.shapley, b.shapley)
                && same(a.penrose, b.penrose)
                && same(a.banzhaf, b.banzhaf)
                && a.swings == b.swings
        })
}

fn enumerated(weights: &[u64], vetoes: &[bool], needed: &[u64]) -> Vec<Power> {
    let places = 0..weights.len();
    by_enumeration(weights.len(), |who| {
        let yes: Vec<usize> = places.clone().filter(|&place| who(place)).collect();
        let vetoed = places.clone().any(|place| vetoes[place] && !who(place));
        !vetoed
            && needed[yes.len()] != NEVER
            && yes.iter().map(|&place| weights[place]).sum::<u64>() >= needed[yes.len()]
    })
}

#[test]
fn halves_and_tables_count_what_enumeration_counts() {
    let weights = [9, 7, 7, 5, 3, 3, 2, 1, 1, 0];
    let mut off = 0;
    for (heads, weight, blocking) in [(6, 25, 1), (6, 25, 4), (3, 30, 2), (8, 1, 1), (10, 38, 1), (2, 39, 3)] {
        let needed = double(10, heads, weight, blocking);
        for holder in [None, Some(0), Some(7)] {
            let vetoes: Vec<bool> = (0..10).map(|place| Some(place) == holder).collect();
            let expected = enumerated(&weights, &vetoes, &needed);
            let found = of_sizes(&weights, &vetoes, &needed);
            assert!(close(&found.members, &expected), "{heads} {weight} {blocking} {holder:?}: {found:?} {expected:?}");
            assert_eq!((found.method, found.within.len()), (Method::Sparse, 0));
            // Another rule is another game.
            let other = double(10, heads, weight.saturating_sub(4).max(1), blocking);
            off += u32::from(!close(&found.members, &enumerated(&weights, &vetoes, &other)));
        }
    }
    assert!(off > 8, "{off}");
    let game = Sized { weights: weights.to_vec(), needed: double(10, 6, 25, 4) };
    let (halves, tables) = (game.by_halves(), game.by_tables());
    assert_eq!((&halves.0, &halves.1), (&tables.0, &tables.1));
    assert_eq!(tables.2, Method::Dense);
}

#[test]
fn rounded_weights_leave_the_exact_figures_within_their_bounds() {
    let weights: Vec<u64> = (0..30_u64).map(|no| 1_000_003 + no * no * 777_777).collect();
    let all: u64 = weights.iter().sum();
    let needed = double(30, 17, all * 65 / 100, 4);
    let vetoes = [false; 30];
    let exact = of_sizes(&weights, &vetoes, &needed);
    // One more, of no weight, makes them too many for halves.
    let more: Vec<u64> = weights.iter().copied().chain([0]).collect();
    let needed = double(31, 17, all * 65 / 100, 4);
    let rounded = of_sizes(&more, &[false; 31], &needed);
    assert_eq!((exact.method, rounded.method, rounded.within.len()), (Method::Sparse, Method::Rounded, 31));
    let whole = Sized { weights: more, needed };
    let (swings, ..) = whole.by_halves();
    let share = |no: usize| {
        let orders = Orders::of(31);
        let class = no.min(swings.len() - 1);
        swings[class][0].iter().enumerate().fold(0.0, |sum, (size, count)| sum + count * orders.share[size])
    };
    let mut narrow = 0;
    for (no, within) in rounded.within.iter().enumerate() {
        // Classes rise by weight, that of nobody's weight first.
        let truth = share((no + 1) % 31);
        assert!(within.shapley.0 <= truth + 1e-12 && truth <= within.shapley.1 + 1e-12, "{no}: {truth} {within:?}");
        narrow += u32::from(within.shapley.1 - within.shapley.0 < 0.05);
    }
    assert!(narrow > 25, "{narrow}");
}
