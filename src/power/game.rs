//! Weighted votes, made small: who wins alone and who is needed by all are set aside, the rest is a core.
//!
//! If everyone else accepts with probability t, a member decides with probability f(t), a polynomial; its Penrose power is
//! f(½) and its Shapley–Shubik index ∫ f(t) dt (Owen 1972, multilinear extensions). The game is peeled like an onion: as
//! long as some members reach the quota alone, or cannot be done without, they make a layer, and the game goes on among the
//! others. What is left is a core in which every member needs others and nobody is indispensable; how likely each of its
//! members decides is counted by one of the methods beside this file, for members of one weight at once.

use super::quadrature::{gauss_legendre, points};
use super::{Method, Power, Powers, Within, dense::Dense, normalise, rounded::Rounded, sparse::Sparse};
use crate::rules::greatest_common_divisor;

/// Members of one weight in the core.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    /// Their weight [> 0].
    pub weight: u64,
    /// How many they are.
    pub members: usize,
    /// Their place among the classes.
    pub class: usize,
}

/// A vote in which nobody wins alone and nobody is needed by all: 2 ≤ every weight + 1 ≤ quota ≤ all − every weight.
#[derive(Clone, Debug, Default)]
pub(super) struct Core {
    /// Its members, weights rising.
    pub groups: Vec<Group>,
    /// What they need.
    pub quota: u64,
    /// What they have.
    pub all: u64,
}

/// What is known of the core if each accepts with probability t: by groups, how likely a member decides; how likely the
/// core wins, and how likely it does not.
#[derive(Clone, Debug, Default)]
pub(super) struct Chances {
    pub swings: Vec<f64>,
    pub wins: f64,
    pub loses: f64,
}

/// Members set aside: all of them are needed, or each of them is enough.
struct Layer {
    all_needed: bool,
    classes: Vec<usize>,
    members: i32,
}

/// A vote in layers, the outermost first.
pub(super) struct Game {
    layers: Vec<Layer>,
    pub core: Core,
    /// How the core ends where it has no members.
    decided: bool,
}

/// How the core is counted.
pub(super) enum Count {
    Decided(bool),
    Dense(Dense),
    Sparse(Sparse),
    Rounded(Rounded),
}

/// Power of each member in the game that a coalition wins which has the quota [≥ 1] and all the vetoes. Weights may have
/// 2⁶³ together.
///
/// # Panics
/// Unless there is a veto, or none, for each weight.
pub fn of_whole_weights(weights: &[u64], quota: u64, vetoes: &[bool]) -> Powers {
    counted(weights, quota, vetoes, Game::count)
}

/// The same, with the core counted in a given way.
pub(super) fn counted(weights: &[u64], quota: u64, vetoes: &[bool], count: impl Fn(&Game, usize) -> Count) -> Powers {
    assert_eq!(weights.len(), vetoes.len(), "a weight and a veto for each member");
    let mut classes: Vec<(u64, bool)> = weights.iter().copied().zip(vetoes.iter().copied()).collect();
    classes.sort_unstable();
    classes.dedup();
    let class_of: Vec<usize> = (weights.iter().zip(vetoes))
        .map(|(&weight, &veto)| classes.partition_point(|&class| class < (weight, veto)))
        .collect();
    let mut members = vec![0_usize; classes.len()];
    class_of.iter().for_each(|&class| members[class] += 1);

    let game = Game::peeled(&classes, &members, quota);
    let effective = game.layers.iter().map(|layer| layer.members as usize).sum::<usize>()
        + game.core.groups.iter().map(|group| group.members).sum::<usize>();
    let count = count(&game, effective);
    let versions = if matches!(count, Count::Rounded(_)) { 3 } else { 1 };
    let mut shapley = vec![vec![0.0; classes.len()]; versions];
    for (t, weight) in gauss_legendre(points(effective)) {
        for (shapley, decides) in shapley.iter_mut().zip(game.decides(&count, t, classes.len())) {
            shapley.iter_mut().zip(decides).for_each(|(shapley, decides)| *shapley += weight * decides);
        }
    }
    let penrose = game.decides(&count, 0.5, classes.len());
    let power = |&class: &usize| Power { shapley: shapley[0][class], penrose: penrose[0][class], ..Power::default() };
    let mut members = normalise(class_of.iter().map(power).collect());
    let within = match (shapley.as_slice(), penrose.as_slice()) {
        ([_, least, most], [_, fewest, swings]) => bounds(&mut members, &class_of, [least, most], [fewest, swings]),
        _ => Vec::new(),
    };
    let method = match count {
        Count::Decided(_) | Count::Dense(_) => Method::Dense,
        Count::Sparse(_) => Method::Sparse,
        Count::Rounded(_) => Method::Rounded,
    };
    Powers { members, method, within }
}

/// Bounds on powers that were counted with rounded weights, by the least and the greatest that the Shapley–Shubik index and
/// the Penrose power of each class can be. The former are made to add up to 1.
pub(super) fn bounds(
    powers: &mut [Power],
    class_of: &[usize],
    shapley: [&Vec<f64>; 2],
    penrose: [&Vec<f64>; 2],
) -> Vec<Within> {
    let [least, most] = penrose.map(|of| class_of.iter().fold(0.0, |sum, &class| sum + of[class]));
    let all = powers.iter().fold(0.0, |sum, power| sum + power.shapley);
    let around = |value: f64, low: f64, high: f64| (low.min(value).max(0.0), high.max(value).min(1.0));
    let share = |own: f64, others: f64| if own > 0.0 { own / (own + others.max(0.0)) } else { 0.0 };
    let within = powers.iter_mut().zip(class_of).map(|(power, &class)| {
        power.shapley /= all;
        let [fewest, swings] = penrose.map(|of| of[class]);
        let (low, high) = (share(fewest, most - swings), share(swings, least - fewest));
        Within {
            shapley: around(power.shapley, shapley[0][class], shapley[1][class]),
            banzhaf: around(power.banzhaf, low, high),
        }
    });
    within.collect()
}

impl Game {
    /// Sets aside, again and again, who wins alone and who is needed by all.
    fn peeled(classes: &[(u64, bool)], members: &[usize], quota: u64) -> Game {
        let mut layers = Vec::new();
        let mut quota = quota;
        let mut aside = |classes: Vec<(usize, usize)>, all_needed: bool| {
            let members = classes.iter().map(|(_, members)| *members as i32).sum();
            layers.push(Layer { all_needed, classes: classes.into_iter().map(|(class, _)| class).collect(), members });
        };
        let holders: Vec<(usize, usize)> =
            (0..classes.len()).filter(|&class| classes[class].1).map(|class| (class, members[class])).collect();
        let brought = holders.iter().map(|&(class, members)| classes[class].0 * members as u64).sum();
        quota = quota.saturating_sub(brought);
        if !holders.is_empty() {
            aside(holders, true);
        }
        let others = (0..classes.len()).filter(|&class| !classes[class].1 && classes[class].0 > 0);
        let mut groups: Vec<Group> =
            others.map(|class| Group { weight: classes[class].0, members: members[class], class }).collect();
        loop {
            let all = groups.iter().map(|group| group.weight * group.members as u64).sum::<u64>();
            if quota == 0 || quota > all {
                return Game { layers, core: Core::default(), decided: quota == 0 };
            }
            let wins_alone = |group: &Group| group.weight >= quota;
            let is_needed = |group: &Group| group.weight > all - quota;
            let all_needed = !groups.iter().any(wins_alone);
            let (out, rest): (Vec<Group>, Vec<Group>) =
                groups.iter().partition(|group| if all_needed { is_needed(group) } else { wins_alone(group) });
            if out.is_empty() {
                let common = groups.iter().fold(0, |common, group| greatest_common_divisor(common, group.weight));
                if common > 1 {
                    groups.iter_mut().for_each(|group| group.weight /= common);
                    quota = quota.div_ceil(common);
                    continue;
                }
                return Game { layers, core: Core { groups, quota, all }, decided: false };
            }
            if all_needed {
                quota = quota.saturating_sub(out.iter().map(|group| group.weight * group.members as u64).sum());
            }
            aside(out.iter().map(|group| (group.class, group.members)).collect(), all_needed);
            groups = rest;
        }
    }

    /// The way to count the core that takes the least work, exact if any is bounded.
    fn count(&self, members: usize) -> Count {
        if self.core.groups.is_empty() {
            return Count::Decided(self.decided);
        }
        let times = points(members) as u64 + 1;
        let dense = Dense::work(&self.core).map(|work| work.saturating_mul(times)).filter(|&work| work <= MOST_WORK);
        let sparse = Sparse::of(&self.core, dense.unwrap_or(MOST_WORK) / times);
        match (dense, sparse) {
            (_, Some(sparse)) => Count::Sparse(sparse),
            (Some(_), None) => Count::Dense(Dense::of(&self.core)),
            (None, None) => Count::Rounded(Rounded::of(&self.core, ROUNDED_WORK / times)),
        }
    }

    /// Probability that a member of each class decides, if the others accept with probability t; where weights are rounded
    /// also the least and the greatest that it can be.
    fn decides(&self, count: &Count, t: f64, classes: usize) -> Vec<Vec<f64>> {
        let chances = match count {
            Count::Decided(wins) => {
                let wins = f64::from(u8::from(*wins));
                vec![Chances { swings: Vec::new(), wins, loses: 1.0 - wins }]
            }
            Count::Dense(dense) => vec![dense.at(t)],
            Count::Sparse(sparse) => vec![sparse.at(t)],
            Count::Rounded(rounded) => rounded.at(t).into(),
        };
        chances.iter().map(|chances| self.in_layers(chances, t, classes)).collect()
    }

    fn in_layers(&self, core: &Chances, t: f64, classes: usize) -> Vec<f64> {
        let power = |base: f64, exponent: i32| (0..exponent).fold(1.0, |product, _| product * base);
        let mut decides = vec![0.0; classes];
        // From within: how likely the inner game is won or lost.
        let mut inner = vec![(core.wins, core.loses)];
        for layer in self.layers.iter().rev() {
            let (wins, loses) = inner[inner.len() - 1];
            let through = power(if layer.all_needed { t } else { 1.0 - t }, layer.members);
            inner.push(match layer.all_needed {
                true => (through * wins, (1.0 - through) + through * loses),
                false => ((1.0 - through) + through * wins, through * loses),
            });
        }
        // From without: how likely the outer layers leave it to the inner game.
        let mut left = 1.0;
        for (layer, &(wins, loses)) in self.layers.iter().zip(inner.iter().rev().skip(1)) {
            let (chance, outcome) = if layer.all_needed { (t, wins) } else { (1.0 - t, loses) };
            let decisive = left * power(chance, layer.members - 1) * outcome;
            layer.classes.iter().for_each(|&class| decides[class] = decisive);
            left *= power(chance, layer.members);
        }
        for (group, swings) in self.core.groups.iter().zip(&core.swings) {
            decides[group.class] = left * swings;
        }
        decides
    }
}

/// Elementary steps that exact powers may take, and rounded ones: some tenths of a second.
const MOST_WORK: u64 = 1_000_000_000;
const ROUNDED_WORK: u64 = 400_000_000;

#[cfg(test)]
mod tests {
    use super::super::by_enumeration;
    use super::*;

    fn swings(powers: &Powers) -> Vec<f64> {
        powers.members.iter().map(|power| power.swings).collect()
    }

    #[test]
    fn the_council_of_1958() {
        let powers = of_whole_weights(&[4, 4, 4, 2, 2, 1], 12, &[false; 6]);
        for (power, sixtieths) in powers.members.iter().zip([14.0, 14.0, 14.0, 9.0, 9.0, 0.0]) {
            assert!((power.shapley - sixtieths / 60.0).abs() < 1e-14, "{power:?}");
        }
        assert_eq!(swings(&powers), [10.0, 10.0, 10.0, 6.0, 6.0, 0.0]);
        assert!((powers.members[0].banzhaf - 10.0 / 42.0).abs() < 1e-15);
    }

    #[test]
    fn the_security_council_as_a_weighted_vote() {
        let weights: Vec<u64> = (0..15).map(|member| if member < 5 { 7 } else { 1 }).collect();
        let powers = of_whole_weights(&weights, 39, &[false; 15]);
        let (permanent, elected) = (powers.members[0], powers.members[5]);
        assert!((permanent.shapley - 0.196_270).abs() < 5e-7 && (elected.shapley - 0.001_865).abs() < 5e-7);
        assert!((permanent.swings - 848.0).abs() < 1e-9 && (elected.swings - 84.0).abs() < 1e-9);
        assert!((permanent.banzhaf - 0.166_929).abs() < 5e-7 && (elected.banzhaf - 0.016_535).abs() < 5e-7);
        // One vote less is another game.
        assert!(swings(&of_whole_weights(&weights, 38, &[false; 15]))[0] > 848.5);
    }

    #[test]
    fn whatever_is_set_aside_powers_agree_with_all_coalitions() {
        let weights = [9, 0, 3, 7, 7, 1, 2, 4, 5];
        for vetoes in [[false; 9], [true, false, true, false, false, false, false, true, false], [true; 9]] {
            for quota in 1..=40 {
                let wins = |who: &dyn Fn(usize) -> bool| {
                    let yes = (0..9).filter(|&member| who(member)).map(|member| weights[member]).sum::<u64>();
                    yes >= quota && (0..9).all(|member| who(member) || !vetoes[member])
                };
                let exact = by_enumeration(9, wins);
                let powers = of_whole_weights(&weights, quota, &vetoes);
                for (power, exact) in powers.members.iter().zip(&exact) {
                    assert!((power.shapley - exact.shapley).abs() < 1e-13, "{power:?}, not {exact:?}, of {quota}");
                    assert!((power.swings - exact.swings).abs() < 1e-9, "{power:?}, not {exact:?}, of {quota}");
                }
            }
        }
    }

    #[test]
    fn peeling_goes_on_inside() {
        // 50 wins alone; of the others all but the smallest are needed, which is of no account.
        let game = Game::peeled(&[(1, false), (10, false), (50, false)], &[1, 4, 1], 40);
        assert_eq!(
            game.layers.iter().map(|layer| (layer.all_needed, layer.members)).collect::<Vec<_>>(),
            [(false, 1), (true, 4)]
        );
        assert!(game.core.groups.is_empty() && game.decided);
        let powers = of_whole_weights(&[1, 10, 10, 10, 10, 50], 40, &[false; 6]);
        assert_eq!(swings(&powers), [0.0, 2.0, 2.0, 2.0, 2.0, 30.0]);
    }
}
