//! What an actor may not do: go beyond a red line, or trade again on what it has traded.

use super::Table;

/// Limits on what may be exchanged, a cell each at `actor · issues + issue`.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a> {
    /// The least an actor can vote for on an issue that it supplies [scale units; −∞ where it can go as low as it likes].
    pub floors: &'a [f64],
    /// The most it can vote for [scale units; ∞ where it can go as high as it likes].
    pub ceilings: &'a [f64],
    /// Whether it neither demands nor supplies the issue; its vote weighs as before.
    pub settled: &'a [bool],
}

impl<'a> Table<'a> {
    /// The table under limits. A supplier then goes as far as the demander's position or its own limit, whichever comes
    /// first, and its partner so much less: gains stay equal. Nothing if a slice has not a cell for each of the table, or
    /// a limit is not a number.
    pub fn within(mut self, limits: Limits<'a>) -> Option<Self> {
        let cells = self.actors * self.issues;
        let lines = [limits.floors, limits.ceilings];
        let fits = lines.iter().all(|line| line.len() == cells && !line.iter().fold(false, |any, x| any | x.is_nan()));
        self.limits = Some(limits);
        (fits && limits.settled.len() == cells).then_some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Bounds, Capabilities, Roles, Workspace, potential, realise, realise_within};
    use super::*;

    const FREE: [f64; 4] = [f64::INFINITY; 4];
    const LOW: [f64; 4] = [f64::NEG_INFINITY; 4];

    /// Two actors on opposite sides of two issues, who could shift either by 0.25.
    fn two() -> Table<'static> {
        let (x, s) = (&[0.0, 0.0, 1.0, 1.0], &[0.75, 0.25, 0.25, 0.75]);
        Table::new(2, 2, x, s, Capabilities::Actors(&[1.0, 1.0])).unwrap()
    }

    #[test]
    fn a_supplier_stops_at_its_line_and_its_partner_gives_so_much_less() {
        // The first actor goes no higher than 0.5 on the second issue: it shifts the outcome by 0.25 · 0.5 = 0.125, and
        // so does its partner the first issue, for a gain of 0.75 · 0.125 − 0.25 · 0.125 each.
        let ceilings = [f64::INFINITY, 0.5, f64::INFINITY, f64::INFINITY];
        let limits = Limits { floors: &LOW, ceilings: &ceilings, settled: &[false; 4] };
        let [exchange] = potential(&two().within(limits).unwrap())[..] else { panic!("one exchange") };
        let [one, other] = exchange.parties;
        assert_eq!((one.votes, one.shift, other.votes, other.shift), (0.5, 0.125, 0.5, -0.125));
        assert_eq!(exchange.gain, 0.0625);
    }

    #[test]
    fn who_stands_on_its_line_has_nothing_to_give() {
        let limits = Limits { floors: &LOW, ceilings: &[f64::INFINITY, 0.0, 1.0, 1.0], settled: &[false; 4] };
        assert!(realise(&two().within(limits).unwrap(), Roles::Kept, 9).exchanges.is_empty());
    }

    #[test]
    fn what_is_settled_is_not_traded_and_weighs_as_before() {
        let limits = Limits { floors: &LOW, ceilings: &FREE, settled: &[false, true, false, false] };
        let table = two().within(limits).unwrap();
        let realised = realise(&table, Roles::Kept, 9);
        assert!(realised.exchanges.is_empty() && potential(&table).is_empty());
        assert_eq!(realised.before, [0.25, 0.75]);
    }

    #[test]
    fn limits_that_bind_nobody_change_nothing() {
        let limits = Limits { floors: &LOW, ceilings: &FREE, settled: &[false; 4] };
        let table = two().within(limits).unwrap();
        let mut workspace = Workspace::default();
        let bounded = realise_within(&table, Roles::Kept, Bounds::for_issues(2), &mut workspace);
        assert_eq!(*bounded, realise(&two(), Roles::Kept, 10));
        let short = Limits { floors: &LOW[1..], ..limits };
        assert!(two().within(short).is_none(), "a cell is missing");
        let wrong = Limits { floors: &[f64::NAN; 4], ..limits };
        assert!(two().within(wrong).is_none(), "not a number");
    }
}
