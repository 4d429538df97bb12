//! Generating functions over every sum: tables of how likely some of the members have each weight together.
//!
//! If each accepts with probability t, the weight of those who accept has the distribution Π (1 − t + t x^w), multiplied
//! out member by member; nothing is ever divided out again, so small powers keep their digits.

use super::game::{Chances, Core, Group};

/// A core whose sums are all tabled.
pub(super) struct Dense {
    groups: Vec<Group>,
    quota: usize,
    /// Whether the quota is that of those who stop a text.
    dual: bool,
}

/// Most numbers in all tables at once: 64 MB.
const MOST_ROOM: u64 = 8_000_000;

impl Core {
    /// The smaller of what carries a text and what stops it, and whether it is the latter. Who stops a text is who carries
    /// it in the dual game; the smaller of both quotas makes the smaller tables, and keeps digits where almost everyone is
    /// needed.
    pub(super) fn smaller_quota(&self) -> (u64, bool) {
        let dual = self.all + 1 - self.quota;
        if dual < self.quota { (dual, true) } else { (self.quota, false) }
    }
}

impl Dense {
    /// Elementary steps of one evaluation; nothing where the tables would be too large.
    pub(super) fn work(core: &Core) -> Option<u64> {
        let (quota, _) = core.smaller_quota();
        let groups = core.groups.len() as u64;
        if quota.saturating_mul(groups + 2) > MOST_ROOM {
            return None;
        }
        let (mut before, mut work) = (1, 0);
        let members: u64 = core.groups.iter().map(|group| group.members as u64).sum();
        for group in &core.groups {
            for _ in 0..group.members {
                before = quota.min(before + group.weight);
                work += before;
            }
            work += quota;
        }
        Some(work + members * quota)
    }

    pub(super) fn of(core: &Core) -> Dense {
        let (quota, dual) = core.smaller_quota();
        Dense { groups: core.groups.clone(), quota: quota as usize, dual }
    }

    /// Chances where each accepts with probability t.
    pub(super) fn at(&self, t: f64) -> Chances {
        let t = if self.dual { 1.0 - t } else { t };
        let mut swings = vec![0.0; self.groups.len()];
        let mut reaches = Vec::new();
        let up_to = walk(&self.groups, self.quota, t, |no, first, up_to| {
            let weight = self.groups[no].weight as usize;
            // The rest is short of the quota, by no more than this member's weight.
            reaches.clear();
            reaches.extend(up_to[weight..].iter().zip(up_to).rev().map(|(upper, lower)| upper - lower));
            reaches.extend(up_to[..weight].iter().rev());
            swings[no] = product(first, &reaches);
        });
        let short = up_to[self.quota - 1];
        let (wins, loses) = if self.dual { (short, 1.0 - short) } else { (1.0 - short, short) };
        Chances { swings, wins, loses }
    }
}

/// Goes through the groups, from the last to the first, with how likely those before each have each weight below a length,
/// and how likely all others but one of the group have at most each. Returns how likely all have at most each.
pub(super) fn walk(groups: &[Group], length: usize, t: f64, mut visit: impl FnMut(usize, &[f64], &[f64])) -> Vec<f64> {
    let mut before = vec![vec![1.0]];
    for group in &groups[..groups.len().saturating_sub(1)] {
        let mut more = join(&before[before.len() - 1], group.weight as usize, length, t, Vec::new());
        let mut spare = Vec::new();
        for _ in 1..group.members {
            let joined = join(&more, group.weight as usize, length, t, spare);
            spare = std::mem::replace(&mut more, joined);
        }
        before.push(more);
    }
    let (mut up_to, mut spare) = (vec![1.0; length], Vec::new());
    for (no, group) in groups.iter().enumerate().rev() {
        for member in 0..group.members {
            if member + 1 == group.members {
                visit(no, &before[no], &up_to);
            }
            let joined = join(&up_to, group.weight as usize, length, t, spare);
            spare = std::mem::replace(&mut up_to, joined);
        }
    }
    up_to
}

/// How likely each weight is, or at most each, once a member has joined with probability t; written into spare room.
fn join(old: &[f64], weight: usize, length: usize, t: f64, mut spare: Vec<f64>) -> Vec<f64> {
    let (alone, without) = (weight.min(old.len()), 1.0 - t);
    spare.clear();
    spare.extend(old[..alone].iter().map(|p| without * p));
    spare.resize(weight.min(length), 0.0);
    spare.extend(old[alone..].iter().zip(old).map(|(p, with)| without * p + t * with));
    let reach = length.min(old.len() + weight);
    spare.extend(old[old.len() - alone..].iter().take(reach - spare.len()).map(|with| t * with));
    spare
}

/// The sum of the products of two rows, in a fixed order that lets several be added at a time.
pub(super) fn product(one: &[f64], other: &[f64]) -> f64 {
    let length = one.len().min(other.len());
    let (one, other) = (one[..length].as_chunks::<AT_A_TIME>(), other[..length].as_chunks::<AT_A_TIME>());
    let mut sums = [0.0; AT_A_TIME];
    for (a, b) in one.0.iter().zip(other.0) {
        (0..AT_A_TIME).for_each(|at| sums[at] += a[at] * b[at]);
    }
    one.1.iter().zip(other.1).fold(sums.iter().sum::<f64>(), |sum, (a, b)| sum + a * b)
}

/// Products that are added up at the same time, each into a sum of its own.
const AT_A_TIME: usize = 8;
