//! Power under rules, held against plain counting in whole numbers.

use super::super::game::{self, Count};
use super::super::rounded::Rounded;
use super::super::{Method, Power, Within, quadrature};
use super::*;
use crate::rules::{Counting, Fraction, Majority};

const BY_WEIGHT: Majority = Majority { by: Counting::Weight, of_votes_cast: false };
const SIMPLE: DecisionRule = DecisionRule::SimpleMajority(BY_WEIGHT);

fn mass(share: f64) -> DecisionRule {
    DecisionRule::CriticalMass { quota: share.into() }
}

fn qualified(quota: Quota) -> DecisionRule {
    DecisionRule::QualifiedMajority { quota, majority: BY_WEIGHT }
}

fn without_vetoes(rule: &DecisionRule, weights: &[f64]) -> Powers {
    of_rule(rule, weights, &vec![false; weights.len()])
}

fn shapley(powers: &Powers) -> Vec<f64> {
    powers.members.iter().map(|power| power.shapley).collect()
}

fn banzhaf(powers: &Powers) -> Vec<f64> {
    powers.members.iter().map(|power| power.banzhaf).collect()
}

/// Numbers as good as drawn.
pub(super) struct Noise(pub(super) u64);

impl Noise {
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Shapley–Shubik and Banzhaf from all coalitions, all sums in whole numbers: a coalition wins with `quota` and all vetoes.
fn counted(weights: &[u64], quota: u64, vetoes: &[bool]) -> (Vec<f64>, Vec<f64>) {
    let members = weights.len();
    let factorial = |n: usize| (1..=n as u128).product::<u128>();
    let wins = |who: usize| {
        let there = |member: usize| who >> member & 1 == 1;
        let yes: u64 = (0..members).filter(|&member| there(member)).map(|member| weights[member]).sum();
        yes >= quota && (0..members).all(|member| there(member) || !vetoes[member])
    };
    let winning: Vec<bool> = (0..1 << members).map(wins).collect();
    let (mut orders, mut swings) = (vec![0_u128; members], vec![0_u128; members]);
    for who in 0..1_usize << members {
        for member in (0..members).filter(|member| who >> member & 1 == 0) {
            if winning[who | 1 << member] && !winning[who] {
                let before = who.count_ones() as usize;
                orders[member] += factorial(before) * factorial(members - 1 - before);
                swings[member] += 1;
            }
        }
    }
    let all = swings.iter().sum::<u128>().max(1);
    let share = |of: &[u128], all: u128| of.iter().map(|&own| own as f64 / all as f64).collect::<Vec<f64>>();
    (share(&orders, factorial(members)), share(&swings, all))
}

/// The same by coalitions of each size and weight, in floats that only add up: for more members than can be gone through.
fn counted_by_size(weights: &[u64], quota: u64) -> (Vec<f64>, Vec<f64>) {
    let (members, all) = (weights.len(), weights.iter().sum::<u64>() as usize);
    let found = (0..members).map(|out| {
        // Share of the coalitions of others of each size that have each weight, member by member.
        let mut counts = vec![vec![0.0_f64; all + 1]; members];
        counts[0][0] = 1.0;
        for (no, member) in (0..members).filter(|&member| member != out).enumerate() {
            for size in (0..=no).rev() {
                let (lower, upper) = counts.split_at_mut(size + 1);
                let weight = weights[member] as usize;
                for sum in 0..=all - weight {
                    upper[0][sum + weight] += lower[size][sum];
                }
            }
        }
        let (least, most) = (quota.saturating_sub(weights[out]) as usize, (quota as usize).min(all + 1));
        let swings: Vec<f64> = counts.iter().map(|row| row[least..most].iter().sum::<f64>()).collect();
        let mut choose = 1.0;
        let shapley = swings.iter().enumerate().map(|(size, swings)| {
            let share = swings / choose / members as f64;
            choose *= (members - 1 - size) as f64 / (size + 1) as f64;
            share
        });
        (shapley.sum::<f64>(), swings.iter().sum::<f64>())
    });
    let (shapley, swings): (Vec<f64>, Vec<f64>) = found.unzip();
    let all = swings.iter().sum::<f64>();
    (shapley, swings.iter().map(|swings| swings / all).collect())
}

pub(super) fn assert_near(got: &[f64], expected: &[f64], of: &str) {
    assert_eq!(got.len(), expected.len());
    for (member, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got - expected).abs() < 1e-12, "{got}, not {expected}, of member {member} of {of}");
    }
}

fn assert_equals_are_equal(powers: &Powers, weights: &[f64], vetoes: &[bool]) {
    for (one, a) in weights.iter().enumerate() {
        for (other, b) in weights.iter().enumerate() {
            if a == b && vetoes[one] == vetoes[other] {
                assert_eq!(powers.members[one], powers.members[other], "{one} and {other} of {weights:?}");
            }
        }
    }
}

#[test]
fn everyone_is_equal_where_everyone_holds_a_veto() {
    for rule in [DecisionRule::Consensus, DecisionRule::Unanimity] {
        for members in [1, 3, 30, 164] {
            let weights: Vec<f64> = (0..members).map(|member| f64::from(member) * 0.3).collect();
            for power in without_vetoes(&rule, &weights).members {
                assert!((power.shapley * f64::from(members) - 1.0).abs() < 1e-11, "{power:?} of {members}");
                assert!((power.banzhaf * f64::from(members) - 1.0).abs() < 1e-11 && power.swings == 1.0);
            }
        }
    }
}

#[test]
fn the_council_of_1958_by_its_rule() {
    // 12 of 17 votes (Treaty of Rome, article 148).
    let twelve = Fraction::exactly(12.0).unwrap();
    for quota in [Quota::Share(Fraction::new(12, 17).unwrap()), Quota::Votes(twelve), (12.0 / 17.0).into()] {
        let powers = without_vetoes(&qualified(quota), &[4.0, 4.0, 4.0, 2.0, 2.0, 1.0]);
        assert_near(&shapley(&powers), &[14.0, 14.0, 14.0, 9.0, 9.0, 0.0].map(|x| x / 60.0), "the Council");
    }
}

#[test]
fn the_security_council_is_a_majority_with_vetoes() {
    // Nine of fifteen, the five permanent among them, is [39; 7×5, 1×10].
    let majority = Majority { by: Counting::Heads, of_votes_cast: false };
    let rule = DecisionRule::QualifiedMajority { quota: (9.0 / 15.0).into(), majority };
    let vetoes: Vec<bool> = (0..15).map(|member| member < 5).collect();
    let powers = of_rule(&rule, &[1.0; 15], &vetoes).members;
    assert!((powers[0].shapley - 0.196_270).abs() < 5e-7 && (powers[14].shapley - 0.001_865).abs() < 5e-7);
    assert!((powers[4].swings - 848.0).abs() < 1e-9 && (powers[5].swings - 84.0).abs() < 1e-9);
}

#[test]
fn a_tie_by_weight_is_no_majority_whatever_the_order_of_members() {
    let [small, middle, large] = [1.0 / 6.0, 1.0 / 6.0, 2.0 / 3.0];
    let orders = [[0.2, 0.3, 0.1], [0.3, 0.2, 0.1], [0.1, 0.2, 0.3], [0.1, 0.3, 0.2], [0.2, 0.1, 0.3], [0.3, 0.1, 0.2]];
    for weights in orders {
        let expected = weights.map(|weight| {
            if weight == 0.3 {
                large
            } else if weight == 0.2 {
                middle
            } else {
                small
            }
        });
        assert_near(&shapley(&without_vetoes(&SIMPLE, &weights)), &expected, "a tie");
    }
    // With a hair more for one side there is no tie: any two of three decide.
    assert_near(&shapley(&without_vetoes(&SIMPLE, &[0.2, 0.3, 0.11])), &[1.0 / 3.0; 3], "no tie");
    assert_near(&shapley(&without_vetoes(&SIMPLE, &[1e12, 1e12, 1.0])), &[1.0 / 3.0; 3], "a vote that decides");
}

#[test]
fn thirty_equal_members_have_a_thirtieth_each_whatever_their_weight() {
    for weight in [1000.0, 0.5, 1.0 / 3.0, 1e17, 0.001_234_567] {
        for rule in [SIMPLE, mass(0.9), qualified("2/3".parse_quota())] {
            let powers = without_vetoes(&rule, &[weight; 30]);
            assert_near(&shapley(&powers), &[1.0 / 30.0; 30], "thirty");
            assert_equals_are_equal(&powers, &[weight; 30], &[false; 30]);
        }
    }
}

#[test]
fn of_a_whole_share_the_smallest_has_as_much_as_any() {
    let mut weights = vec![1.5; 20];
    weights[19] = 0.0001;
    assert_near(&shapley(&without_vetoes(&qualified(1.0.into()), &weights)), &[0.05; 20], "all");
    // With half a vote to spare it has none, and the others a nineteenth.
    let powers = without_vetoes(&qualified("9999/10000".parse_quota()), &weights);
    assert_eq!(powers.members[19], Power::default());
    assert_near(&shapley(&powers)[..19], &[1.0 / 19.0; 19], "all but the smallest");
}

/// For short.
trait ParseQuota {
    fn parse_quota(&self) -> Quota;
}

impl ParseQuota for str {
    fn parse_quota(&self) -> Quota {
        Quota::Share(Fraction::read(self).unwrap())
    }
}

#[test]
fn under_open_sign_up_everyone_has_power_who_can_go_ahead_or_help() {
    // Those above a millionth of the weight can go ahead alone; of the others three in four sets are too light.
    let mut weights = vec![1000.0; 30];
    weights.extend([0.02, 0.013, 0.002]);
    let all = weights.iter().sum::<f64>();
    assert!(all * 1e-6 > 0.03 && all * 1e-6 < 0.0301);
    let powers = without_vetoes(&mass(0.000001), &weights);
    let units: Vec<u64> = weights.iter().map(|weight| (weight * 1000.0).round() as u64).collect();
    let asked = (units.iter().sum::<u64>()).div_ceil(1_000_000);
    // Cut down to what counts, so that plain counting can do it.
    let cut: Vec<u64> = units.iter().map(|&weight| weight.min(asked)).collect();
    let (expected, shares) = counted_by_size(&cut, asked);
    assert_near(&shapley(&powers), &expected, "open sign-up");
    assert_near(&banzhaf(&powers), &shares, "open sign-up");
    assert!(powers.members[30].shapley > 0.0 && powers.members[32].shapley == 0.0);
}

#[test]
fn two_hundred_random_votes_agree_with_all_coalitions_counted_in_whole_numbers() {
    let mut noise = Noise(7);
    let mut apart = 0;
    for case in 0..200 {
        let members = 2 + noise.below(if case % 20 == 0 { 13 } else { 9 }) as usize;
        let per_one = 10_u64.pow(noise.below(7) as u32);
        let most = 1 + noise.below(3 * per_one.max(4));
        let units: Vec<u64> = (0..members).map(|_| if noise.below(9) == 0 { 0 } else { noise.below(most) }).collect();
        let weights: Vec<f64> = units.iter().map(|&units| units as f64 / per_one as f64).collect();
        let vetoes: Vec<bool> = (0..members).map(|_| noise.below(8) == 0).collect();
        let all = units.iter().sum::<u64>();
        let whole = 2 + noise.below(40);
        let part = whole / 2 + 1 + noise.below(whole - whole / 2);
        let (rule, quota) = match case % 4 {
            0 => (SIMPLE, all / 2 + 1),
            1 => (qualified(format!("{part}/{whole}").parse_quota()), (part * all).div_ceil(whole).max(1)),
            2 => {
                let percent = 50 + noise.below(51);
                (
                    DecisionRule::CriticalMass { quota: format!("{percent} %").parse_quota() },
                    (percent * all).div_ceil(100).max(1),
                )
            }
            _ => {
                let votes = 1 + noise.below(all.max(1));
                let exactly = Fraction::exactly(votes as f64 / per_one as f64).unwrap();
                (qualified(Quota::Votes(exactly)), votes)
            }
        };
        let powers = of_rule(&rule, &weights, &vetoes);
        let (expected, shares) = counted(&units, quota, &vetoes);
        let named = format!("{rule:?} with {weights:?}, {vetoes:?}");
        assert!(powers.within.is_empty(), "{named}");
        assert_near(&shapley(&powers), &expected, &named);
        assert_near(&banzhaf(&powers), &shares, &named);
        assert_equals_are_equal(&powers, &weights, &vetoes);
        // The negative control: plain sums of floats make another game of some.
        let wins = |who: &dyn Fn(usize) -> bool| {
            let sum = |there: &dyn Fn(usize) -> bool| {
                (0..members).filter(|&member| there(member)).fold(0.0, |sum, member| sum + weights[member])
            };
            let enough = match rule {
                DecisionRule::SimpleMajority(_) => sum(who) > 0.5 * sum(&|_| true),
                DecisionRule::QualifiedMajority { quota, .. } | DecisionRule::CriticalMass { quota } => {
                    sum(who) >= quota.share_of(sum(&|_| true)) * sum(&|_| true)
                }
                _ => unreachable!("no such rule here"),
            };
            enough && sum(who) > 0.0 && (0..members).all(|member| who(member) || !vetoes[member])
        };
        let by_floats: Vec<f64> =
            super::super::by_enumeration(members, wins).iter().map(|power| power.shapley).collect();
        apart += u32::from(by_floats.iter().zip(&expected).any(|(one, other)| (one - other).abs() > 1e-9));
    }
    assert!(apart > 0, "sums of floats would have done");
}

#[test]
fn many_members_agree_with_coalitions_counted_by_size_and_weight() {
    let mut noise = Noise(11);
    for case in 0..6 {
        let members = 20 + noise.below(12) as usize;
        let units: Vec<u64> = (0..members).map(|_| noise.below(if case % 3 == 0 { 5 } else { 25 })).collect();
        let weights: Vec<f64> = units.iter().map(|&units| units as f64 / 100.0).collect();
        let all = units.iter().sum::<u64>();
        for (share, part) in [("1/2", 50), ("9/10", 90), ("2/3", 0)] {
            let quota = if part > 0 { (part * all).div_ceil(100) } else { (2 * all).div_ceil(3) };
            let powers = without_vetoes(&qualified(share.parse_quota()), &weights);
            let (expected, shares) = counted_by_size(&units, quota.max(1));
            assert_near(&shapley(&powers), &expected, share);
            assert_near(&banzhaf(&powers), &shares, share);
        }
    }
}

#[test]
fn twenty_seven_members_of_six_digits_are_counted_exactly() {
    let mut noise = Noise(3);
    let units: Vec<u64> = (0..27).map(|_| 100_000 + noise.below(900_000)).collect();
    let weights: Vec<f64> = units.iter().map(|&units| units as f64 / 1000.0).collect();
    let powers = without_vetoes(&qualified("65 %".parse_quota()), &weights);
    assert!(powers.within.is_empty());
    let all = shapley(&powers).iter().sum::<f64>();
    assert!((all - 1.0).abs() < 1e-12, "{all}");
    let mut by_weight: Vec<(u64, f64)> = units.into_iter().zip(shapley(&powers)).collect();
    by_weight.sort_by_key(|&(units, _)| units);
    assert!(by_weight.windows(2).all(|pair| pair[0].1 <= pair[1].1 + 1e-15), "more weight, more power");
}

#[test]
fn where_weights_are_rounded_the_bounds_hold_what_is_exact() {
    // Few enough for exact powers, and put to the rounded tables all the same.
    let mut noise = Noise(5);
    for members in [24, 27] {
        let weights: Vec<f64> = (0..members).map(|_| 1.0 + noise.below(1_000_000) as f64 / 1000.0).collect();
        for share in [0.5, 0.7, 0.9] {
            let (units, quota) = in_units(&weights, Demand::AtLeast(share.into()));
            let vetoes = vec![false; members];
            let exact = of_whole_weights(&units, quota, &vetoes);
            assert_ne!(exact.method, Method::Rounded);
            let told =
                game::counted(&units, quota, &vetoes, |game, _| Count::Rounded(Rounded::of(&game.core, 2_000_000)));
            assert_eq!(told.method, Method::Rounded);
            for ((exact, told), Within { shapley, banzhaf }) in
                exact.members.iter().zip(&told.members).zip(&told.within)
            {
                assert!((shapley.0..=shapley.1).contains(&exact.shapley), "{exact:?} outside {shapley:?}");
                assert!((banzhaf.0..=banzhaf.1).contains(&exact.banzhaf), "{exact:?} outside {banzhaf:?}");
                assert!((shapley.0..=shapley.1).contains(&told.shapley) && shapley.1 - shapley.0 < 0.05, "{shapley:?}");
                assert!((exact.shapley - told.shapley).abs() < 2e-3, "{exact:?}, reckoned as {told:?}");
            }
        }
    }
}

#[test]
fn two_hundred_members_with_the_trade_of_the_world_take_a_bounded_time_and_tell_their_bounds() {
    // Trade as it is: two members have half of it.
    let weights: Vec<f64> =
        (1..=193).map(|member| 1000.0 / f64::from(member * member) + f64::from(member) * 0.001_234_567_8).collect();
    let powers = without_vetoes(&mass(0.9), &weights);
    assert_eq!((powers.method, powers.within.len()), (Method::Rounded, 193));
    let all = shapley(&powers).iter().fold(0.0, |sum, power| sum + power);
    assert!((all - 1.0).abs() < 1e-9, "{all}");
    assert!(powers.members.iter().all(|power| power.shapley > 0.0), "nobody is rounded away");
}

#[test]
fn where_no_coalition_wins_nobody_has_power() {
    let votes = qualified(Quota::Votes(Fraction::exactly(4.5).unwrap()));
    for (rule, weights) in [(mass(0.9), [0.0; 4]), (votes, [1.0; 4]), (SIMPLE, [0.0; 4])] {
        let powers = without_vetoes(&rule, &weights);
        assert!(powers.members.iter().all(|power| *power == Power::default()), "{powers:?}");
    }
    assert!(without_vetoes(&DecisionRule::Consensus, &[]).members.is_empty());
}

#[test]
fn fewer_points_than_half_of_the_members_still_integrate_to_the_last_digits() {
    // 400 heads: a simple majority gives each 1/400, a quota of 300 too, and by symmetry all 1 together.
    let majority = Majority { by: Counting::Heads, of_votes_cast: false };
    assert!(quadrature::points(400) < 200);
    for share in ["1/2", "3/4", "99/100"] {
        let rule = DecisionRule::QualifiedMajority { quota: share.parse_quota(), majority };
        for power in without_vetoes(&rule, &[1.0; 400]).members {
            assert!((power.shapley * 400.0 - 1.0).abs() < 1e-12, "{power:?} of {share}");
        }
    }
}

#[test]
fn weights_next_to_nothing_have_the_powers_of_their_proportions() {
    for scale in [1e-290, 1e-300, 1e-307, 5e-324, 1e17] {
        let powers = without_vetoes(&SIMPLE, &[scale, 2.0 * scale, 3.0 * scale]);
        for (power, sixths) in shapley(&powers).iter().zip([1.0, 1.0, 4.0]) {
            assert!((power - sixths / 6.0).abs() < 1e-12, "{powers:?} at {scale}");
        }
    }
    let beside = without_vetoes(&SIMPLE, &[1e18, 1e-300, 1e-300]);
    assert_eq!(shapley(&beside), [1.0, 0.0, 0.0], "it decides alone");
}
