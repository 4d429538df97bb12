//! Generating functions over rounded sums, with bounds on what rounding does.
//!
//! Weights become whole numbers u of a coarse unit, each rounded to the nearest, so that equal weights stay equal. What is
//! lost, e = w − u, is made good on average: those who accept with probability t have t Σ e more than their rounded weight.
//! Around that average the loss of a coalition is more than λ with a probability of at most exp(−2 λ² / Σ e²) (Hoeffding
//! 1963). So the true distribution lies between the rounded one shifted by λ to either side, give or take that probability,
//! and so does the chance that a member decides. Between whole units the distribution is interpolated.

use super::dense::{product, walk};
use super::game::{Chances, Core, Group};
use crate::maths::ln;

/// A core in coarse units.
pub(super) struct Rounded {
    /// Groups with their weights in units.
    groups: Vec<Group>,
    /// What rounding took from a member of each group [units, −½–½].
    lost: Vec<f64>,
    /// Their exact weights [units].
    exact: Vec<f64>,
    /// Half a true unit below the quota: what is at least the quota is more than this [units].
    quota: f64,
    /// What rounding took from all [units].
    all_lost: f64,
    /// How far a coalition's loss is from its average, but for a chance of [`CHANCE`] [units].
    off: f64,
    length: usize,
    dual: bool,
}

/// Chance that a loss is further from its average than is reckoned with, to one side.
const CHANCE: f64 = 1e-10;
/// Elementary steps that a unit takes for each group, and for each member.
const STEPS: u64 = 14;
/// Units of the quota, at least and at most.
const UNITS: (u64, u64) = (500, 400_000);

impl Rounded {
    /// In units as fine as so many steps of an evaluation allow.
    pub(super) fn of(core: &Core, work: u64) -> Rounded {
        let (quota, dual) = core.smaller_quota();
        let members: usize = core.groups.iter().map(|group| group.members).sum();
        let units = (work / (STEPS * core.groups.len() as u64 + 2 * members as u64)).clamp(UNITS.0, UNITS.1);
        let unit = quota as f64 / units as f64;
        let exact: Vec<f64> = core.groups.iter().map(|group| group.weight as f64 / unit).collect();
        let lost: Vec<f64> = exact.iter().map(|weight| weight - weight.round()).collect();
        let groups: Vec<Group> = (core.groups.iter().zip(&exact))
            .map(|(group, exact)| Group { weight: exact.round() as u64, ..*group })
            .collect();
        let of_all = |what: fn(f64) -> f64| {
            groups.iter().zip(&lost).fold(0.0, |sum, (group, &lost)| sum + group.members as f64 * what(lost))
        };
        let (all_lost, squares) = (of_all(|lost| lost), of_all(|lost| lost * lost));
        let off = (squares * ln(1.0 / CHANCE) / 2.0).sqrt().max(1.0);
        let length = units as usize + (off + all_lost.abs()) as usize + 4;
        Rounded { groups, lost, exact, quota: (quota as f64 - 0.5) / unit, all_lost, off, length, dual }
    }

    /// Chances where each accepts with probability t: as they are reckoned, and the least and the greatest they can be.
    pub(super) fn at(&self, t: f64) -> [Chances; 3] {
        let t = if self.dual { 1.0 - t } else { t };
        let mut found: [Chances; 3] = Default::default();
        found.iter_mut().for_each(|found| found.swings = vec![0.0; self.groups.len()]);
        let mut down: Vec<f64> = Vec::new();
        let all = walk(&self.groups, self.length, t, |no, first, up_to| {
            down.clear();
            down.extend(up_to.iter().rev());
            let below = |units: i64| below(first, &down, units);
            let average = t * (self.all_lost - self.lost[no]);
            let (high, low) = (self.quota - average, self.quota - self.exact[no] - average);
            let swings = interpolated(&below, high) - interpolated(&below, low);
            let least = stepped(&below, high - self.off) - stepped(&below, low + self.off) - 2.0 * CHANCE;
            let most = stepped(&below, high + self.off) - stepped(&below, low - self.off) + 2.0 * CHANCE;
            for (found, swings) in found.iter_mut().zip([swings, least, most]) {
                found.swings[no] = swings.clamp(0.0, 1.0);
            }
        });
        down.clear();
        down.extend(all.iter().rev());
        let below = |units: i64| below(&[1.0], &down, units);
        let quota = self.quota - t * self.all_lost;
        let short = interpolated(&below, quota);
        let least = (stepped(&below, quota - self.off) - CHANCE).max(0.0);
        let most = (stepped(&below, quota + self.off) + CHANCE).min(1.0);
        for (found, (short, reached)) in
            found.iter_mut().zip([(short, 1.0 - short), (least, 1.0 - most), (most, 1.0 - least)])
        {
            (found.wins, found.loses) = if self.dual { (short, reached) } else { (reached, short) };
        }
        found
    }
}

/// How likely two weights are together below so many units, one by its distribution and one by that added up, the last number
/// first.
fn below(first: &[f64], down: &[f64], units: i64) -> f64 {
    let units = (units.max(0) as usize).min(down.len());
    product(first, &down[down.len() - units..])
}

/// How likely the weight is below a number of units, between whole ones by a straight line from middle to middle.
fn interpolated(below: &impl Fn(i64) -> f64, units: f64) -> f64 {
    let whole = (units + 0.5).floor();
    let (lower, upper) = (below(whole as i64), below(whole as i64 + 1));
    lower + (units + 0.5 - whole) * (upper - lower)
}

/// How likely the rounded weight is below a number of units.
fn stepped(below: &impl Fn(i64) -> f64, units: f64) -> f64 {
    below(units.ceil() as i64)
}
