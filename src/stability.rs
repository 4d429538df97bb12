//! Whether a coalition holds: nobody in it would rather be out, nobody outside rather in (d'Aspremont et al. 1983; for
//! treaties Carraro & Siniscalco 1993, Barrett 1994).
//!
//! ```text
//!   internal   π_i(S) ≥ π_i(S \ {i})   for all i in S       external   π_j(S ∪ {j}) ≤ π_j(S)   for all j outside
//! ```
//!
//! Each looks one step ahead: who leaves expects the others to stay.
//!
//! A yardstick for coalitions whose work reaches those outside, as in treaties on the climate. It is no measure of a run:
//! in this model who stays out of a text has nothing of it and loses nothing by it, π_j(S) = 0, so that internal stability
//! says no more than that every party gains, and external stability that nobody outside would. The first is what `gain`
//! of the parties tells, and what makes parties withdraw; the second is what makes countries accede (docs/model.md, 7.27).

/// Who would leave a coalition, and who would join it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stability {
    /// Members that would be better off out of it, in order.
    pub leave: Vec<usize>,
    /// Others that would be better off in it, in order.
    pub join: Vec<usize>,
}

impl Stability {
    /// Looks at a coalition, by whether each is in it. `payoff` says what a coalition is worth to one, in it or not, in any
    /// unit; it is asked twice for everyone. Differences up to `margin` [≥ 0, in the same unit] move nobody.
    pub fn of(coalition: &[bool], margin: f64, payoff: impl Fn(&[bool], usize) -> f64) -> Self {
        let mut stability = Stability::default();
        let mut other = coalition.to_vec();
        for (who, &inside) in coalition.iter().enumerate() {
            other[who] = !inside;
            if payoff(&other, who) > payoff(coalition, who) + margin {
                if inside { &mut stability.leave } else { &mut stability.join }.push(who);
            }
            other[who] = inside;
        }
        stability
    }

    /// Nobody would leave.
    pub fn is_internal(&self) -> bool {
        self.leave.is_empty()
    }

    /// Nobody would join.
    pub fn is_external(&self) -> bool {
        self.join.is_empty()
    }
}

/// Sizes of stable coalitions [2 – n] of n countries that are all alike, by what a coalition of a size is worth to one of
/// its signatories and to one outside. A size at which it does nothing for anyone is stable as well, if so is the next.
pub fn stable_sizes(n: usize, signatory: impl Fn(usize) -> f64, outsider: impl Fn(usize) -> f64) -> Vec<usize> {
    let internal = |size: usize| signatory(size) >= outsider(size - 1);
    let external = |size: usize| size == n || signatory(size + 1) <= outsider(size);
    (2..=n).filter(|&size| internal(size) && external(size)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn treaties_against_pollution_have_two_or_three_parties() {
        // Barrett (1994): linear benefits, quadratic costs; in units of b²/c.
        for n in [5, 10, 100] {
            let signatory = |k: usize| (k * k) as f64 / 2.0 + (n - k) as f64;
            let outsider = |k: usize| (k * k) as f64 + (n - k) as f64 - 0.5;
            assert_eq!(stable_sizes(n, signatory, outsider), [2, 3], "{n} countries");
        }
    }

    #[test]
    fn as_many_abate_as_it_takes_to_be_worth_it() {
        // Barrett (1999), Ulph (2004): abating costs 3.5 and gives everyone 1; ⌈3.5⌉ = 4 do. Two who do nothing are as
        // stable as nobody.
        let (cost, benefit) = (3.5, 1.0);
        let abate = |k: usize| k as f64 * benefit >= cost;
        let signatory = |k: usize| if abate(k) { k as f64 * benefit - cost } else { 0.0 };
        let outsider = |k: usize| if abate(k) { k as f64 * benefit } else { 0.0 };
        let stable = stable_sizes(10, signatory, outsider);
        assert_eq!(stable.iter().copied().filter(|&k| abate(k)).collect::<Vec<_>>(), [4]);
        assert_eq!(stable, [2, 4]);
    }

    #[test]
    fn who_leaves_and_who_joins_is_named() {
        // A club that shares 6 among its members; outside everyone has what it has by itself.
        let alone = [1.0, 4.0, 0.5, 1.6];
        let payoff = |club: &[bool], who: usize| {
            let members = club.iter().filter(|inside| **inside).count();
            if club[who] { 6.0 / members as f64 } else { alone[who] }
        };
        let stability = Stability::of(&[true, true, false, false], 0.0, payoff);
        assert_eq!(stability, Stability { leave: vec![1], join: vec![2, 3] });
        assert!(!stability.is_internal() && !stability.is_external());
        // A margin of a half keeps the fourth, who would gain 0.4, out.
        assert_eq!(Stability::of(&[true, true, false, false], 0.5, payoff).join, [2]);
        let settled = Stability::of(&[true, false, true, true], 0.0, payoff);
        assert!(settled.is_internal() && settled.is_external());
    }
}
