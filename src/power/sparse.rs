//! Generating functions over the sums that there are: few members, or weights that add up to few different sums.
//!
//! The members are parted into two halves, each with a table of its sums below the quota; what both have together is found
//! by going through the two tables side by side. So twice as many members can be counted as one table would allow.

use super::game::{Chances, Core, Group};

/// A core whose sums are tabled in two halves.
pub(super) struct Sparse {
    /// Groups of each half, with their place in the core.
    halves: [Vec<(usize, Group)>; 2],
    quota: u64,
    dual: bool,
}

/// Sums of a table at most.
const MOST_SUMS: usize = 1 << 18;
/// Elementary steps that one sum of a table takes, compared with those of dense tables.
const STEPS: u64 = 4;

/// Sums, rising, each with how likely it is.
type Sums = Vec<(u64, f64)>;

impl Sparse {
    /// Parted into halves; nothing where one evaluation would take more than so many steps.
    pub(super) fn of(core: &Core, most: u64) -> Option<Sparse> {
        let (quota, dual) = core.smaller_quota();
        let mut halves = [Vec::new(), Vec::new()];
        let mut sums: [Sums; 2] = [vec![(0, 1.0)], vec![(0, 1.0)]];
        for (no, group) in core.groups.iter().enumerate().rev() {
            let half = usize::from(sums[1].len() < sums[0].len());
            halves[half].push((no, *group));
            for _ in 0..group.members {
                sums[half] = joined(&sums[half], group.weight, quota, 0.5);
                let together = (sums[0].len() + sums[1].len()) as u64;
                if sums[half].len() > MOST_SUMS || together * STEPS * core.groups.len() as u64 > most {
                    return None;
                }
            }
        }
        let sparse = Sparse { halves, quota, dual };
        (sparse.work([sums[0].len(), sums[1].len()]) <= most).then_some(sparse)
    }

    /// Steps of one evaluation: for each group its half is joined anew, and gone through beside the other half.
    fn work(&self, sums: [usize; 2]) -> u64 {
        let (own, other) = (sums, [sums[1], sums[0]]);
        let of = |half: usize| {
            let members = self.halves[half].iter().map(|(_, group)| group.members).sum::<usize>();
            let joins = members.min(own[half].ilog2() as usize / 2 + 2);
            self.halves[half].len() as u64 * (own[half] * joins + other[half] * 2) as u64
        };
        STEPS * (of(0) + of(1))
    }

    /// Chances where each accepts with probability t.
    pub(super) fn at(&self, t: f64) -> Chances {
        let t = if self.dual { 1.0 - t } else { t };
        let all = |half: usize, but: Option<usize>| {
            self.halves[half].iter().fold(vec![(0, 1.0)], |mut sums: Sums, (no, group)| {
                let members = group.members - usize::from(but == Some(*no));
                (0..members).for_each(|_| sums = joined(&sums, group.weight, self.quota, t));
                sums
            })
        };
        let whole = [all(0, None), all(1, None)];
        let mut swings = vec![0.0; self.halves[0].len() + self.halves[1].len()];
        for half in [0, 1] {
            for (no, group) in &self.halves[half] {
                // The rest is short of the quota, by no more than this member's weight.
                let least = self.quota - group.weight;
                swings[*no] = between(&all(half, Some(*no)), &whole[1 - half], least, self.quota);
            }
        }
        let short = between(&whole[0], &whole[1], 0, self.quota);
        let (wins, loses) = if self.dual { (short, 1.0 - short) } else { (1.0 - short, short) };
        Chances { swings, wins, loses }
    }
}

/// Sums below a bound once a member has joined, with probability t.
fn joined(sums: &[(u64, f64)], weight: u64, bound: u64, t: f64) -> Sums {
    let mut with = sums.iter().map(|&(sum, p)| (sum + weight, t * p)).take_while(|(sum, _)| *sum < bound).peekable();
    let mut more = Sums::with_capacity(2 * sums.len());
    for &(sum, p) in sums {
        while let Some(next) = with.next_if(|next| next.0 < sum) {
            more.push(next);
        }
        let both = with.next_if(|next| next.0 == sum).map_or(0.0, |next| next.1);
        more.push((sum, (1.0 - t) * p + both));
    }
    more.extend(with);
    more
}

/// How likely two sums are together at least one number and less than another.
fn between(one: &[(u64, f64)], other: &[(u64, f64)], least: u64, bound: u64) -> f64 {
    // As the first sum rises, fewer of the other are in reach: both ends only move down.
    let (mut first, mut last) = (other.len(), other.len());
    let (mut sum, mut reached) = (0.0, 0.0);
    let below = other.iter().map(|(_, p)| {
        reached += p;
        reached
    });
    let up_to: Vec<f64> = std::iter::once(0.0).chain(below).collect();
    for &(own, p) in one {
        while last > 0 && own + other[last - 1].0 >= bound {
            last -= 1;
        }
        while first > 0 && own + other[first - 1].0 >= least {
            first -= 1;
        }
        sum += p * (up_to[last] - up_to[first]);
    }
    sum
}
