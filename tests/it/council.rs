//! The Council of the European Union: 27 members, 55 % of them with 65 % of the population, and four to block (Treaty on
//! European Union, article 16(4)), with the populations of 1 January 2024.

use comity::blocking::{Stand, Voter, smallest};
use comity::power::{Method, Power, of_rule};
use comity::rules::{DecisionRule, Fraction, Tally, Unit};

const MEMBERS: usize = 27;

/// Country, population, and share in the Council's own figures for 2025 [%].
fn council() -> Vec<(String, f64, f64)> {
    let mut table = csv::Reader::from_reader(include_str!("../data/council.csv").as_bytes());
    let number = |text: &str| text.parse::<f64>().expect("a number");
    table.records().map(Result::unwrap).map(|row| (row[0].to_owned(), number(&row[1]), number(&row[2]))).collect()
}

fn populations() -> Vec<f64> {
    council().into_iter().map(|(_, population, _)| population).collect()
}

fn rule(blocking: u32) -> DecisionRule {
    let share = |text: &str| Fraction::read(text).expect("a share");
    DecisionRule::DoubleMajority { heads: share("55 %"), weight: share("65 %"), blocking }
}

/// Whether it is carried with these members against and all others for it.
fn carried_against(rule: DecisionRule, against: &[&str]) -> bool {
    let mut tally = Tally { unit: Unit::ONE, ..Tally::default() };
    for (country, population, _) in council() {
        tally.members += 1;
        tally.weight += population;
        if against.contains(&country.as_str()) {
            tally.objecting += 1;
            tally.objecting_weight += population;
        } else {
            tally.accepting += 1;
            tally.accepting_weight += population;
        }
    }
    rule.passes(&tally)
}

#[test]
fn populations_are_near_the_shares_of_the_council() {
    let members = council();
    assert_eq!(members.len(), MEMBERS);
    let all: f64 = populations().iter().sum();
    for (country, population, share) in &members {
        // The Council's figures were revised later: by half a percentage point for nobody.
        assert!((100.0 * population / all - share).abs() < 0.3, "{country}: {population} is not {share} %");
    }
    assert!((members.iter().map(|member| member.2).sum::<f64>() - 100.0).abs() < 0.1);
}

#[test]
fn the_three_largest_cannot_block_and_with_any_fourth_they_can() {
    let largest = ["DEU", "FRA", "ITA"];
    assert!(carried_against(rule(4), &largest));
    assert!(carried_against(rule(4), &["DEU", "FRA"]));
    for (country, ..) in council().iter().filter(|member| !largest.contains(&member.0.as_str())) {
        assert!(!carried_against(rule(4), &[largest.as_slice(), &[country.as_str()]].concat()), "{country}");
    }
    // Four that have too little between them cannot, and thirteen small ones can, by their number.
    assert!(carried_against(rule(4), &["ROU", "NLD", "BEL", "CZE"]));
    let small: Vec<String> = council().iter().rev().take(13).map(|member| member.0.clone()).collect();
    let small: Vec<&str> = small.iter().map(String::as_str).collect();
    assert!(!carried_against(rule(4), &small) && carried_against(rule(4), &small[1..]));
    // Without the condition the three largest have more than 35 %.
    assert!(!carried_against(rule(1), &largest));
}

#[test]
fn one_of_the_opposed_is_enough_where_they_are_four() {
    let opposed = ["DEU", "FRA", "ITA", "MLT"];
    let voters: Vec<Voter> = (council().iter())
        .map(|(country, population, _)| Voter {
            stand: if opposed.contains(&country.as_str()) { Stand::Objects } else { Stand::Accepts },
            weight: *population,
            veto: false,
        })
        .collect();
    let sets = |rule: DecisionRule| smallest(&rule, &voters, Unit::ONE, 10).expect("all together carry it").sets;
    assert_eq!(sets(rule(4)), [vec![0], vec![1], vec![2], vec![26]], "any of the four, Malta too");
    assert_eq!(sets(rule(1)), [vec![0], vec![1], vec![2]], "without the condition Malta brings nothing");
}

/// Coalitions by number and population in hundreds of thousands, rounded to the nearest: a table in whole numbers that
/// is built up member by member and taken apart again.
struct Counted {
    weights: Vec<usize>,
    all: usize,
    rows: Vec<Vec<u64>>,
}

impl Counted {
    fn of(weights: &[usize]) -> Counted {
        let all = weights.iter().sum();
        let mut rows = vec![vec![0_u64; all + 1]; weights.len() + 1];
        rows[0][0] = 1;
        for weight in weights {
            for number in (0..weights.len()).rev() {
                for sum in *weight..=all {
                    rows[number + 1][sum] += rows[number][sum - weight];
                }
            }
        }
        Counted { weights: weights.to_vec(), all, rows }
    }

    fn without(&self, member: usize) -> Vec<Vec<u64>> {
        let (own, mut rows) = (self.weights[member], self.rows.clone());
        for number in 1..rows.len() {
            for sum in own..=self.all {
                rows[number][sum] -= rows[number - 1][sum - own];
            }
        }
        rows
    }

    fn wins(&self, number: usize, sum: usize, blocking: usize) -> bool {
        let members = self.weights.len();
        number + blocking > members || 100 * number >= 55 * members && 100 * sum >= 65 * self.all
    }

    /// Coalitions that win, of all.
    fn share_that_wins(&self, blocking: usize) -> f64 {
        let winning = self.rows.iter().enumerate().flat_map(|(number, row)| {
            row.iter().enumerate().filter(move |(sum, _)| self.wins(number, *sum, blocking)).map(|(_, count)| count)
        });
        winning.sum::<u64>() as f64 / (1_u64 << self.weights.len()) as f64
    }

    /// Swings of a member by the number of others.
    fn swings(&self, member: usize, blocking: usize) -> Vec<u64> {
        let own = self.weights[member];
        let rows = self.without(member);
        let swings = rows[..MEMBERS].iter().enumerate().map(|(number, row)| {
            let swung = |sum: usize| !self.wins(number, sum, blocking) && self.wins(number + 1, sum + own, blocking);
            row.iter().enumerate().filter(|(sum, _)| swung(*sum)).map(|(_, count)| count).sum()
        });
        swings.collect()
    }
}

/// Populations in hundreds of thousands.
fn coarse() -> Vec<usize> {
    populations().iter().map(|population| (population / 100_000.0).round() as usize).collect()
}

#[test]
fn the_power_of_27_members_is_that_of_an_independent_count() {
    let weights = coarse();
    let table = Counted::of(&weights);
    let as_floats: Vec<f64> = weights.iter().map(|&weight| weight as f64).collect();
    let mut apart = 0;
    for blocking in [1, 4] {
        let found = of_rule(&rule(blocking), &as_floats, &[false; MEMBERS]);
        assert_eq!((found.method, found.within.len()), (Method::Sparse, 0), "exactly");
        let other = of_rule(&rule(5 - blocking), &as_floats, &[false; MEMBERS]);
        for member in 0..MEMBERS {
            let swings = table.swings(member, blocking as usize);
            let all: u64 = swings.iter().sum();
            // s! (26 − s)! / 27!, as one over 27 times the number of coalitions of s of 26.
            let mut coalitions = 1_u64;
            let shapley = swings.iter().enumerate().fold(0.0, |sum, (number, count)| {
                let share = *count as f64 / (27 * coalitions) as f64;
                coalitions = coalitions * (26 - number as u64) / (number as u64 + 1);
                sum + share
            });
            let Power { shapley: got, swings, .. } = found.members[member];
            assert_eq!(swings, all as f64, "{member}");
            assert!((got - shapley).abs() < 1e-12, "{member}: {got} {shapley}");
            apart += u32::from(other.members[member].swings != all as f64);
        }
    }
    // With another blocking minority it is another game, and seen to be.
    assert!(apart > 40, "{apart}");
}

#[test]
fn of_all_coalitions_so_many_win_as_the_literature_says() {
    // Petróczy & Csató: 13.2 % of the coalitions win (populations of another year).
    let share = Counted::of(&coarse()).share_that_wins(4);
    assert!((share - 0.132).abs() < 0.0015, "{share}");
    // With a majority of the members in the place of 55 % of them with 65 % of the people it would be a half.
    let equal = Counted::of(&[10; MEMBERS]).share_that_wins(4);
    assert!((equal - 0.132).abs() > 0.02, "{equal}");
}

#[test]
fn large_states_gain_power_by_population_and_small_ones_by_number() {
    let members = populations();
    let power = of_rule(&rule(4), &members, &[false; MEMBERS]).members;
    assert!((power.iter().map(|of| of.shapley).sum::<f64>() - 1.0).abs() < 1e-12);
    assert!(power.windows(2).all(|two| two[0].shapley >= two[1].shapley), "by population");
    let all: f64 = members.iter().sum();
    // Malta has a 27th of what numbers decide, far more than its share of the people; Banzhaf levels the large.
    assert!(power[26].shapley > 5.0 * members[26] / all && power[26].banzhaf > power[26].shapley);
    assert!(power[0].banzhaf < power[0].shapley && power[0].banzhaf < members[0] / all);
}
