//! The valuation of a clause: policy that a country gains by it, less the burden of putting it into practice.
//!
//! The only place where the model adds the two up: the endgame asks it for several voters at once, the life of an adopted
//! text for one country at a time. What others leave undone takes from a gain in policy alone (`leaving`): the burden is a
//! country's own.

use super::losses;
use crate::maths::{each, higher};

/// What decides the worth of a clause to `N` countries, or to one country of `N` clauses: a number for each.
pub struct Interest<'a, const N: usize> {
    /// What the country wants [0–1].
    pub ideal: &'a [f64; N],
    /// How much it cares about the clause [≥ 0].
    pub salience: &'a [f64; N],
    /// How much it cares about all clauses together [≥ 0]; who cares about nothing gains no policy.
    pub total_salience: &'a [f64; N],
    /// What other texts in force ask of it already [0–1]: that holds with and without the clause.
    pub bound: &'a [f64; N],
    /// Loss that it has without the clause, at the status quo or where other texts bind it.
    pub loss_before: &'a [f64; N],
    /// What its own regime and other texts make it do already [0–1]: that costs nothing more.
    pub at_home: &'a [f64; N],
    /// Burden of going from one end of the scale to the other (in utility): the price of burdens, times the capacity that it
    /// lacks, special treatment taken off, times the clause's share of the burden of the whole text.
    pub full_burden: [f64; N],
}

/// What a clause is worth (in utility).
pub struct Worth<const N: usize> {
    /// Policy gained over the status quo, the burden taken off.
    pub net: [f64; N],
    /// The burden that is taken off [≥ 0].
    pub burden: [f64; N],
}

/// Loss that countries have without a clause: at the status quo, or where other texts bind them to more.
#[inline(always)]
pub fn loss_before<const N: usize>(status_quo: f64, bound: &[f64; N], ideal: &[f64; N], exponent: f64) -> [f64; N] {
    losses(&each(|i| higher(status_quo, bound[i])), ideal, exponent)
}

/// Worth of a clause that obliges to these points [0–1], given the exponent of losses and what `leaving` leaves of a gain
/// in policy. Number by number and without a branch, so that the compiler works on several at once.
#[inline(always)]
pub fn worth<const N: usize>(
    point: &[f64; N],
    interest: &Interest<N>,
    exponent: f64,
    leaving: impl Fn([f64; N]) -> [f64; N],
) -> Worth<N> {
    let Interest { ideal, salience, total_salience, bound, loss_before, at_home, full_burden } = interest;
    let asked = each(|i| higher(point[i], bound[i]));
    let loss = losses(&asked, ideal, exponent);
    let policy: [f64; N] = each(|i| salience[i] * (loss_before[i] - loss[i]) / total_salience[i]);
    let policy = leaving(each(|i| if total_salience[i] > 0.0 { policy[i] } else { 0.0 }));
    let beyond: [f64; N] = each(|i| higher(point[i] - at_home[i], 0.0));
    let burden: [f64; N] = each(|i| full_burden[i] * beyond[i]);
    Worth { net: each(|i| policy[i] - burden[i]), burden }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worth and burden of a clause at a point to somebody who wants 0.6 of it, whose salience is 2 of this total, who does
    /// 0.3 at home, is bound to so much, and bears 0.4 of a full burden. Without the clause a tenth holds.
    fn one(point: f64, total_salience: f64, bound: f64, left: f64) -> (f64, f64) {
        let interest = Interest {
            ideal: &[0.6],
            salience: &[2.0],
            total_salience: &[total_salience],
            bound: &[bound],
            loss_before: &loss_before(0.1, &[bound], &[0.6], 1.0),
            at_home: &[higher(0.3, bound)],
            full_burden: [0.4],
        };
        let Worth { net: [net], burden: [burden] } = worth(&[point], &interest, 1.0, |[gain]| [gain * left]);
        (net, burden)
    }

    #[test]
    fn worth_is_policy_gained_less_the_burden() {
        // 2/4 · (0.5 − 0.1) gained, 0.4 · (0.7 − 0.3) borne.
        let (net, burden) = one(0.7, 4.0, 0.0, 1.0);
        assert!((net - (0.2 - 0.16)).abs() < 1e-12 && (burden - 0.16).abs() < 1e-12, "{net} {burden}");
        assert_eq!(one(0.7, 4.0, 0.8, 1.0), (0.0, 0.0), "what binds already gives and costs nothing more");
        assert_eq!(one(0.1, 4.0, 0.0, 1.0), (0.0, 0.0), "the status quo is worth nothing");
    }

    #[test]
    fn what_others_leave_undone_takes_from_policy_alone() {
        let (net, burden) = one(0.7, 4.0, 0.0, 0.5);
        assert!((net - (0.1 - 0.16)).abs() < 1e-12 && (burden - 0.16).abs() < 1e-12, "{net} {burden}");
        assert_ne!(net, one(0.7, 4.0, 0.0, 1.0).0);
    }

    #[test]
    fn who_cares_about_nothing_has_the_burden_alone() {
        let (net, burden) = one(0.7, 0.0, 0.0, 1.0);
        assert_eq!(net, -burden);
        assert!(burden > 0.0);
    }

    #[test]
    fn several_side_by_side_are_each_alone() {
        let row = |step: usize| -> [f64; 8] { each(|i| ((i * step) % 9) as f64 / 8.0) };
        let [ideal, salience, total, bound, before, home, full] = [1, 2, 4, 5, 7, 8, 10].map(row);
        let point = row(11);
        let of = Interest {
            ideal: &ideal,
            salience: &salience,
            total_salience: &total,
            bound: &bound,
            loss_before: &before,
            at_home: &home,
            full_burden: full,
        };
        let together = worth(&point, &of, 1.5, |gain| gain);
        for i in 0..8 {
            let of = Interest {
                ideal: &[ideal[i]],
                salience: &[salience[i]],
                total_salience: &[total[i]],
                bound: &[bound[i]],
                loss_before: &[before[i]],
                at_home: &[home[i]],
                full_burden: [full[i]],
            };
            let alone = worth(&[point[i]], &of, 1.5, |gain| gain);
            assert_eq!((alone.net, alone.burden), ([together.net[i]], [together.burden[i]]));
        }
    }
}
