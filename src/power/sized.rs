//! Power where a coalition wins by its number and its weight together, as under a double majority.
//!
//! A coalition of so many members wins if it has the weight that is needed of so many. So a member swings a coalition of s
//! others whose weight is in a range that depends on s alone, and it is enough to count coalitions of others by number and
//! weight: s! (n − 1 − s)! / n! of all orders have a given one before the member (Shapley & Shubik 1954).
//!
//! Up to [`HALVED`] members are counted exactly, from the sums of both halves (Horowitz & Sahni 1974). More are counted in
//! tables of number × weight without each member in turn; where there are more units of weight than a table may have, the
//! weights are rounded down, and bounds on what that does are told with the figures.

use super::game::bounds;
use super::{Method, Power, Powers, Within, normalise};

/// Most members without a veto that are counted by halves.
const HALVED: usize = 30;
/// Additions that tables may take: about a second.
const MOST_WORK: usize = 600_000_000;
/// Units of weight in a table, at least.
const FEWEST_UNITS: usize = 200;
/// No weight is enough.
pub(super) const NEVER: u64 = u64::MAX;

/// Coalitions of others that a member swings, by their number: as reckoned, at least, and at most.
type Swings = [Vec<f64>; 3];

/// Power of each member in the game that a coalition wins which has all the vetoes and the weight that is `needed` of so many
/// members, from 0 to all, and never more of more members. Weights may have 2⁶² together.
///
/// # Panics
/// Unless there is a veto, or none, for each weight, and a need for each number of members.
pub(super) fn of_sizes(weights: &[u64], vetoes: &[bool], needed: &[u64]) -> Powers {
    assert!(weights.len() == vetoes.len() && needed.len() == weights.len() + 1);
    let holders = vetoes.iter().filter(|veto| **veto).count();
    let brought: u64 = weights.iter().zip(vetoes).filter(|(_, veto)| **veto).map(|(weight, _)| weight).sum();
    let others: Vec<u64> = weights.iter().zip(vetoes).filter(|(_, veto)| !**veto).map(|(weight, _)| *weight).collect();
    let left = needed[holders..].iter().map(|&need| if need == NEVER { NEVER } else { need.saturating_sub(brought) });
    let game = Sized { weights: others, needed: left.collect() };
    let (swings, wins, method) = if game.weights.len() <= HALVED { game.by_halves() } else { game.by_tables() };

    let mut classes: Vec<u64> = game.weights.clone();
    classes.sort_unstable();
    classes.dedup();
    let orders = Orders::of(weights.len());
    let no_class = classes.len();
    let figures = |by_size: &[f64], before: usize| {
        let shapley = by_size.iter().enumerate().map(|(size, count)| count * orders.share[size + before]);
        let swings = by_size.iter().fold(0.0, |sum, count| sum + count);
        (shapley.fold(0.0, |sum, share| sum + share), swings / orders.coalitions)
    };
    // Per class, and for who holds a veto: as reckoned, at least, at most.
    let of_class: Vec<[(f64, f64); 3]> = (swings.iter())
        .map(|swings| [0, 1, 2].map(|version| figures(&swings[version], holders)))
        .chain((holders > 0).then(|| [0, 1, 2].map(|version| figures(&wins[version], holders - 1))))
        .collect();
    let class_of: Vec<usize> = (weights.iter().zip(vetoes))
        .map(|(weight, veto)| if *veto { no_class } else { classes.partition_point(|class| class < weight) })
        .collect();
    let power = |&class: &usize| {
        let (shapley, penrose) = of_class[class][0];
        Power { shapley, penrose, ..Power::default() }
    };
    let mut members = normalise(class_of.iter().map(power).collect());
    let mut within: Vec<Within> = Vec::new();
    if method == Method::Rounded {
        let column = |version: usize, what: fn(&(f64, f64)) -> f64| -> Vec<f64> {
            of_class.iter().map(|figures| what(&figures[version])).collect()
        };
        let shapley = [column(1, |of| of.0), column(2, |of| of.0)];
        let penrose = [column(1, |of| of.1), column(2, |of| of.1)];
        within = bounds(&mut members, &class_of, [&shapley[0], &shapley[1]], [&penrose[0], &penrose[1]]);
    }
    Powers { members, method, within }
}

/// The game among those without a veto.
struct Sized {
    weights: Vec<u64>,
    needed: Vec<u64>,
}

/// Shares of all orders, by how many come before a member, and coalitions of the others.
struct Orders {
    share: Vec<f64>,
    coalitions: f64,
}

impl Orders {
    fn of(members: usize) -> Orders {
        let mut share = Vec::with_capacity(members);
        let mut next = 1.0 / members.max(1) as f64;
        for before in 0..members {
            if before > 0 {
                next *= before as f64 / (members - before) as f64;
            }
            share.push(next);
        }
        Orders { share, coalitions: (1..members).fold(1.0, |coalitions, _| coalitions * 2.0) }
    }
}

impl Sized {
    /// The weights that there are, rising, each with a place at which it stands.
    fn classes(&self) -> Vec<(u64, usize)> {
        let mut classes: Vec<(u64, usize)> =
            self.weights.iter().enumerate().map(|(no, &weight)| (weight, no)).collect();
        classes.sort_unstable();
        classes.dedup_by_key(|(weight, _)| *weight);
        classes
    }

    /// Exactly, for each weight that there is; and coalitions that win, by number.
    fn by_halves(&self) -> (Vec<Swings>, Swings, Method) {
        let middle = self.weights.len() / 2;
        let half = |from: usize, to: usize, without: usize| {
            let places = (from..to).filter(|&place| place != without);
            sums_by_number(&places.map(|place| self.weights[place]).collect::<Vec<_>>())
        };
        let exact = |by_number: Vec<f64>| [by_number.clone(), by_number.clone(), by_number];
        let classes = self.classes();
        let swings = classes.iter().map(|&(own, place)| {
            let (one, other) = (half(0, middle, place), half(middle, self.weights.len(), place));
            exact(counted(&one, &other, self.weights.len(), |size| self.range(size, own)))
        });
        let swings = swings.collect();
        let (one, other) = (half(0, middle, usize::MAX), half(middle, self.weights.len(), usize::MAX));
        let wins = counted(&one, &other, self.weights.len() + 1, |size| (self.needed[size], NEVER));
        (swings, exact(wins), Method::Sparse)
    }

    /// Weights of so many others that a member of this weight swings: at least the first, less than the second.
    fn range(&self, size: usize, own: u64) -> (u64, u64) {
        let with = self.needed[size + 1];
        (if with == NEVER { NEVER } else { with.saturating_sub(own) }, self.needed[size])
    }

    /// By tables, for each weight that there is; and coalitions that win, by number.
    fn by_tables(&self) -> (Vec<Swings>, Swings, Method) {
        let members = self.weights.len();
        let all: u64 = self.weights.iter().sum();
        let additions = members * members * (members.ilog2() as usize + 1) / 2;
        let most = (MOST_WORK / additions).max(FEWEST_UNITS) as u64;
        let unit = all.div_ceil(most).max(1);
        let mut lost: Vec<u64> = self.weights.iter().map(|weight| weight % unit).collect();
        lost.sort_unstable_by(|a, b| b.cmp(a));
        let mean_lost = lost.iter().sum::<u64>() as f64 / members as f64;
        // What rounding down can have taken from so many, at most.
        let mut most_lost = vec![0_u64; members + 1];
        for (size, lost) in lost.iter().enumerate() {
            most_lost[size + 1] = most_lost[size] + lost;
        }
        let rounded = Rounding { unit, mean_lost, most_lost };
        let width = (all / unit) as usize + 1;
        let whole: Vec<usize> = self.weights.iter().map(|weight| (weight / unit) as usize).collect();
        let classes = self.classes();
        let mut swings: Vec<Swings> = vec![Default::default(); classes.len()];
        let mut table = Table { width, rows: vec![0.0; (members + 1) * width], size: 0, reach: 0 };
        table.rows[0] = 1.0;
        // Members of one weight are alike: each class is left out once, the others of it stay in.
        let mut twins = self.weights.clone();
        classes.iter().rev().for_each(|&(_, place)| twins[place] = NEVER);
        let stay = (0..members).filter(|&place| twins[place] != NEVER);
        stay.for_each(|place| table.add(whole[place]));
        let leave: Vec<usize> = classes.iter().map(|&(_, place)| place).collect();
        let mut full = None;
        without_each(&leave, &table, &whole, 0, &mut |no, table| {
            let own = self.weights[leave[no]];
            swings[no] = rounded.counted(table, members, |size| self.range(size, own));
            if no == 0 {
                let mut all = table.clone();
                all.add(whole[leave[0]]);
                full = Some(all);
            }
        });
        let wins = full.map(|table| rounded.counted(&table, members + 1, |size| (self.needed[size], NEVER)));
        (swings, wins.unwrap_or_default(), if unit == 1 { Method::Dense } else { Method::Rounded })
    }
}

/// Sums of all coalitions, rising, by their number of members.
fn sums_by_number(weights: &[u64]) -> Vec<Vec<u64>> {
    let mut sums = vec![Vec::new(); weights.len() + 1];
    sums[0].push(0);
    for &weight in weights {
        for size in (0..weights.len()).rev() {
            let more: Vec<u64> = sums[size].iter().map(|sum| sum + weight).collect();
            sums[size + 1].extend(more);
        }
    }
    sums.iter_mut().for_each(|sums| sums.sort_unstable());
    sums
}

/// Coalitions of two halves by number, of those numbers below a bound, whose weight is in the range for it.
fn counted(one: &[Vec<u64>], other: &[Vec<u64>], sizes: usize, range: impl Fn(usize) -> (u64, u64)) -> Vec<f64> {
    let mut found = vec![0_u64; sizes];
    for (a, left) in one.iter().enumerate() {
        for (b, right) in other.iter().enumerate().filter(|(b, _)| a + b < sizes) {
            let (least, bound) = range(a + b);
            if least < bound {
                found[a + b] += below(left, right, bound) - below(left, right, least);
            }
        }
    }
    found.into_iter().map(|count| count as f64).collect()
}

/// Pairs of a sum of either list that are together less than a bound.
fn below(one: &[u64], other: &[u64], bound: u64) -> u64 {
    let mut reach = other.len();
    let pairs = one.iter().map(|sum| {
        while reach > 0 && sum + other[reach - 1] >= bound {
            reach -= 1;
        }
        reach as u64
    });
    pairs.sum()
}

/// Coalitions by number and rounded weight.
#[derive(Clone)]
struct Table {
    width: usize,
    rows: Vec<f64>,
    /// Members that are in, and what they have together.
    size: usize,
    reach: usize,
}

impl Table {
    fn add(&mut self, weight: usize) {
        for size in (0..=self.size).rev() {
            let (below, above) = self.rows.split_at_mut((size + 1) * self.width);
            let row = &below[size * self.width..size * self.width + self.reach + 1];
            for (more, count) in above[weight..weight + self.reach + 1].iter_mut().zip(row) {
                *more += count;
            }
        }
        self.size += 1;
        self.reach += weight;
    }
}

/// Visits, for each of some members, the table of all others: those of the other half are added, and so on by halves.
fn without_each(
    leave: &[usize],
    table: &Table,
    weights: &[usize],
    first: usize,
    visit: &mut impl FnMut(usize, &Table),
) {
    if let [_] = leave {
        return visit(first, table);
    }
    let (left, right) = leave.split_at(leave.len() / 2);
    for (stay, go, first) in [(right, left, first), (left, right, first + left.len())] {
        if go.is_empty() {
            continue;
        }
        let mut more = table.clone();
        stay.iter().for_each(|&place| more.add(weights[place]));
        without_each(go, &more, weights, first, visit);
    }
}

/// What rounding down to a unit takes from coalitions.
struct Rounding {
    unit: u64,
    mean_lost: f64,
    /// By number of members, at most.
    most_lost: Vec<u64>,
}

impl Rounding {
    /// Coalitions by number whose weight is in a range: as reckoned, surely, and possibly.
    fn counted(&self, table: &Table, sizes: usize, range: impl Fn(usize) -> (u64, u64)) -> Swings {
        let mut found: Swings = [vec![0.0; sizes], vec![0.0; sizes], vec![0.0; sizes]];
        let [reckoned, surely, possibly] = &mut found;
        let counts = reckoned.iter_mut().zip(surely).zip(possibly).zip(table.rows.chunks(table.width));
        for (size, (((reckoned, surely), possibly), row)) in counts.enumerate().take(table.size + 1) {
            let ((least, bound), lost) = (range(size), self.most_lost[size]);
            let middle = (self.mean_lost * size as f64) as u64;
            let inside = |from: u64, to: u64| from >= least && to < bound;
            for (units, count) in row.iter().enumerate().filter(|(_, count)| **count > 0.0) {
                let low = units as u64 * self.unit;
                *reckoned += if inside(low + middle, low + middle) { *count } else { 0.0 };
                *surely += if inside(low, low + lost) { *count } else { 0.0 };
                *possibly += if inside(low + lost, low) { *count } else { 0.0 };
            }
        }
        found
    }
}

#[cfg(test)]
mod tests;
