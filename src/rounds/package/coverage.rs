//! The price of exclusion: what it costs to stay out of a text that one's trading partners join.
//!
//! A member that stays out is shut out from the share of its trade that is with the parties (Gruber 2000: states join
//! what others can do without them; Steinberg 2002 on closing the Uruguay Round). So who joins depends on who else does.
//! The would-be parties are the *largest* set in which everyone is content with the others: start from all, leave out
//! whom the company of those left does not win, and repeat. Joining only ever makes joining more attractive, so leaving
//! out in another order ends at the same set (Tarski 1955), after as many passes as there are members at most. That
//! members settle on the largest such set is a judgement: the chair calls the poll, and nobody has to go first.

use crate::scenario::Trade;

/// What staying out costs.
pub(in crate::rounds) struct Exclusion<'a> {
    /// Who trades with whom.
    pub trade: &'a Trade,
    /// Per seat, the place of its country in the scenario.
    pub countries: Vec<usize>,
    /// Price χ of being shut out from all of one's trade (in utility).
    pub price: f64,
}

impl Exclusion<'_> {
    /// What the company of these parties is worth to a member (in utility): price × share of its trade with them. The
    /// sum goes along the seats, with those left out as nothing, so that a larger set never gives a smaller sum.
    pub fn worth(&self, seat: usize, parties: &[bool]) -> f64 {
        let row = self.trade.of(self.countries[seat]);
        let with = |(&country, &party): (&usize, &bool)| if party { row[country] } else { 0.0 };
        self.price * self.countries.iter().zip(parties).map(with).sum::<f64>()
    }

    /// The would-be parties, given by how much each falls short of what it insists on while nobody joins (in utility;
    /// without bound where a red line is crossed).
    pub fn parties(&self, shortfalls: &[f64]) -> Vec<bool> {
        let mut parties: Vec<bool> = shortfalls.iter().map(|&shortfall| shortfall < f64::INFINITY).collect();
        // Who is content alone is content in any company.
        let mut wavering: Vec<usize> = (0..parties.len()).filter(|&i| parties[i] && shortfalls[i] > 0.0).collect();
        loop {
            let before = wavering.len();
            wavering.retain(|&seat| {
                parties[seat] = shortfalls[seat] <= self.worth(seat, &parties);
                parties[seat]
            });
            if wavering.len() == before {
                return parties;
            }
        }
    }

    /// By how much each falls short with the company of the would-be parties.
    pub fn eased(&self, mut shortfalls: Vec<f64>) -> Vec<f64> {
        let parties = self.parties(&shortfalls);
        for (seat, shortfall) in shortfalls.iter_mut().enumerate() {
            if *shortfall > 0.0 && *shortfall < f64::INFINITY {
                *shortfall -= self.worth(seat, &parties);
            }
        }
        shortfalls
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three countries in a ring: each trades half with the next and a quarter with the one before.
    fn ring() -> Trade {
        let mut trade = Trade::none(3);
        for country in 0..3 {
            trade.set(country, (country + 1) % 3, 0.5);
            trade.set(country, (country + 2) % 3, 0.25);
        }
        trade
    }

    fn at(price: f64, trade: &Trade) -> Exclusion<'_> {
        Exclusion { trade, countries: vec![0, 1, 2], price }
    }

    #[test]
    fn company_is_worth_its_share_of_trade_times_the_price() {
        let trade = ring();
        assert_eq!(at(0.4, &trade).worth(0, &[false, true, false]), 0.2);
        assert_eq!(at(0.4, &trade).worth(0, &[true, true, true]), 0.4 * 0.75);
        assert_eq!(at(0.0, &trade).worth(0, &[true, true, true]), 0.0);
    }

    #[test]
    fn a_waverer_joins_for_its_partners_and_leaves_with_them() {
        let trade = ring();
        // Member 0 lacks 0.1 and 1 lacks 0.2; 2 is content. At 0.4, member 1 has 0.2 from 2 and 0.1 from 0: it joins;
        // member 0 has 0.2 from 1 and 0.1 from 2: it joins.
        assert_eq!(at(0.4, &trade).parties(&[0.1, 0.2, -1.0]), [true, true, true]);
        // With a crossed red line of 2, member 1 has only 0.1 from 0: it stays out. Then 0 has nobody.
        assert_eq!(at(0.4, &trade).parties(&[0.1, 0.2, f64::INFINITY]), [false, false, false]);
        assert_eq!(at(0.0, &trade).parties(&[0.1, 0.2, -1.0]), [false, false, true]);
        let eased = at(0.4, &trade).eased(vec![0.1, 0.5, -1.0]);
        // Member 1 stays out: it lacks 0.5 − 0.2 (from 2) − 0.1 (from 0, who has 0.1 from 2 and so joins).
        assert!(eased[0].abs() < 1e-15 && (eased[1] - 0.2).abs() < 1e-15 && eased[2] == -1.0, "{eased:?}");
    }

    #[test]
    fn it_is_the_largest_set_whatever_the_order_of_leaving() {
        // Every set in which everyone is content is part of it, and it is one itself: tried over all sets of eight
        // members with made-up trade and shortfalls.
        let mut trade = Trade::none(8);
        let mut noise = 7u64;
        let mut next = || {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (noise >> 33) as f64 / f64::from(1u32 << 31)
        };
        let mut joined = 0;
        for _ in 0..50 {
            for country in 0..8 {
                (0..8).for_each(|partner| trade.set(country, partner, next() / 7.0));
            }
            let exclusion = Exclusion { trade: &trade, countries: (0..8).collect(), price: 1.0 };
            let shortfalls: Vec<f64> = (0..8).map(|_| next() * 0.5 - 0.05).collect();
            let found = exclusion.parties(&shortfalls);
            let content = |set: &[bool]| (0..8).all(|i| !set[i] || shortfalls[i] <= exclusion.worth(i, set));
            assert!(content(&found));
            for bits in 0u32..256 {
                let set: Vec<bool> = (0..8).map(|i| bits >> i & 1 == 1).collect();
                assert!(!content(&set) || set.iter().zip(&found).all(|(one, all)| !one || *all), "{set:?}");
            }
            joined += found.iter().filter(|party| **party).count();
        }
        assert!(joined > 0 && joined < 400, "neither nobody nor everybody joins every time: {joined}");
    }

    #[test]
    fn a_higher_price_never_loses_a_party() {
        let trade = ring();
        let shortfalls = [0.1, 0.2, 0.05];
        let mut before = vec![false; 3];
        for price in [0.0, 0.1, 0.2, 0.3, 0.4, 1.0] {
            let parties = at(price, &trade).parties(&shortfalls);
            assert!(before.iter().zip(&parties).all(|(was, is)| !was || *is), "{price}");
            before = parties;
        }
        assert_eq!(before, [true, true, true]);
    }
}
