//! Power from all coalitions, whatever makes a coalition win.

use super::{Power, normalise};

/// Most members whose coalitions are gone through (2¹⁸ coalitions).
pub const ENUMERATED: usize = 18;

/// Power of each of so many members, where `wins` says whether the coalition of those for whom a function holds wins.
/// This serves rules that are no weighted vote, such as double majorities.
///
/// # Panics
/// If there are more than [`ENUMERATED`] members.
pub fn by_enumeration(members: usize, wins: impl Fn(&dyn Fn(usize) -> bool) -> bool) -> Vec<Power> {
    assert!(members <= ENUMERATED, "{members} members are more than {ENUMERATED}");
    let winning: Vec<bool> = (0..1_u32 << members).map(|who| wins(&|member| (who >> member) & 1 == 1)).collect();
    let share_of_orders = shares_of_orders(members);
    let powers = (0..members).map(|member| {
        let (mut shapley, mut swings) = (0.0, 0_u32);
        for without in (0..winning.len()).filter(|who| (who >> member) & 1 == 0) {
            if winning[without | (1 << member)] && !winning[without] {
                shapley += share_of_orders[without.count_ones() as usize];
                swings += 1;
            }
        }
        let coalitions = 1_u32 << (members - 1);
        Power { shapley, penrose: f64::from(swings) / f64::from(coalitions), ..Power::default() }
    });
    normalise(powers.collect())
}

/// Share of all orders in which a member comes right after a coalition of each size: size! (n − 1 − size)! / n!.
fn shares_of_orders(members: usize) -> Vec<f64> {
    // Between sizes the share changes by a factor of size / (n − size).
    let mut share = 1.0 / members.max(1) as f64;
    (0..members)
        .map(|size| {
            if size > 0 {
                share *= size as f64 / (members - size) as f64;
            }
            share
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_votes_two_and_one_of_four() {
        // [4; 3, 2, 1]: 4/6, 1/6, 1/6; swings 3, 1, 1.
        let weights = [3, 2, 1];
        let powers = by_enumeration(3, |who| (0..3).filter(|&i| who(i)).map(|i| weights[i]).sum::<i32>() >= 4);
        let close = |got: f64, expected: f64| (got - expected).abs() < 1e-15;
        assert!(close(powers[0].shapley, 2.0 / 3.0) && close(powers[2].shapley, 1.0 / 6.0));
        assert_eq!(powers.iter().map(|power| power.swings).collect::<Vec<_>>(), [3.0, 1.0, 1.0]);
        assert!(close(powers[0].banzhaf, 0.6));
    }

    #[test]
    fn a_double_majority_is_no_weighted_vote_and_yet_has_powers() {
        // Three of four heads that speak for six of ten people.
        let people = [4, 3, 2, 1];
        let wins = |who: &dyn Fn(usize) -> bool| {
            let yes: Vec<usize> = (0..4).filter(|&member| who(member)).collect();
            yes.len() >= 3 && yes.iter().map(|&member| people[member]).sum::<i32>() >= 6
        };
        let powers = by_enumeration(4, wins);
        // Any three do: the three smallest have six. Everyone is equal.
        assert!(powers.iter().all(|power| (power.shapley - 0.25).abs() < 1e-15 && power.swings == 3.0), "{powers:?}");
    }
}
