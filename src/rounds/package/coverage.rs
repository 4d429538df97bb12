//! The price of exclusion: what it costs to stay out of a text that one's trading partners join.
//!
//! A member that stays out is shut out from the share of its trade that is with the parties (Gruber 2000: states join
//! what others can do without them; Steinberg 2002 on closing the Uruguay Round). So who joins depends on who else does.
//! The would-be parties are the *largest* set in which everyone is content with the others: start from all, leave out
//! whom the company of those left does not win, and repeat. Joining only ever makes joining more attractive, so leaving
//! out in another order ends at the same set (Tarski 1955), after as many passes as there are members at most. That
//! members settle on the largest such set is a judgement: the chair calls the poll, and nobody has to go first.

use crate::scenario::{Forum, NonApplication, Scenario, Trade};
use crate::world::desk::Partners;
use crate::world::{DrawnParameters, Lane, TILE, each};

/// What staying out costs.
pub(in crate::rounds) struct Exclusion<'a> {
    /// Who trades with whom.
    pub trade: &'a Trade,
    /// Price χ of being shut out from all of one's trade (in utility).
    pub price: f64,
    /// The same trade between those at the table.
    pub partners: &'a Partners,
}

impl Partners {
    /// Looks up the trade between these countries, given between whom the text is stated not to apply.
    pub fn look_up(&mut self, trade: &Trade, countries: &[usize], apart: Option<&NonApplication>) {
        if self.countries == countries {
            return;
        }
        self.countries = countries.to_vec();
        self.shares.lay(countries.len(), countries.len(), 0.0);
        for (seat, &own) in countries.iter().enumerate() {
            let row = trade.of(own);
            let applies = |country: usize| apart.is_none_or(|apart| !apart.is_stated(own, country));
            let with = |&country: &usize| if applies(country) { row[country] } else { 0.0 };
            self.shares.write(seat, countries.iter().map(with));
        }
    }
}

impl<'a> Exclusion<'a> {
    /// What it costs those on these seats to stay out of the text of a forum, where that has a price.
    pub fn from(
        scenario: &'a Scenario,
        forum: &Forum,
        seats: &[usize],
        parameters: &DrawnParameters,
        partners: &'a mut Partners,
    ) -> Option<Self> {
        let trade = scenario.trade.as_ref()?;
        if !forum.terms.coverage || parameters.exclusion_price <= 0.0 {
            return None;
        }
        let countries: Vec<usize> = seats.iter().map(|&seat| forum.members[seat].country).collect();
        partners.look_up(trade, &countries, forum.after.non_application.as_ref());
        Some(Exclusion { trade, price: parameters.exclusion_price, partners })
    }

    /// Share of a member's trade that is with another [0–1], whether the text is to apply between them or not.
    pub fn trade_with(&self, seat: usize, partner: usize) -> f64 {
        let countries = &self.partners.countries;
        self.trade.of(countries[seat])[countries[partner]]
    }

    /// What the company of these parties is worth to a member (in utility): price × share of its trade with them. The
    /// sum goes along the seats, with those left out as nothing, so that a larger set never gives a smaller sum.
    pub fn worth(&self, seat: usize, parties: &[bool]) -> f64 {
        let with = |(partner, &party): (usize, &bool)| if party { self.partners.shares.at(seat, partner) } else { 0.0 };
        self.price * parties.iter().enumerate().map(with).sum::<f64>()
    }

    /// The same for the members of a lane.
    fn worths(&self, lane: usize, parties: &[bool]) -> Lane {
        let mut sums = [0.0; TILE];
        for (partner, _) in parties.iter().enumerate().filter(|(_, party)| **party) {
            let shares = &self.partners.shares.row(partner)[lane];
            sums = each(|i| sums[i] + shares[i]);
        }
        each(|i| self.price * sums[i])
    }

    /// The would-be parties, given by how much each falls short of what it insists on while nobody joins (in utility;
    /// without bound where a red line is crossed).
    pub fn parties(&self, shortfalls: &[f64]) -> Vec<bool> {
        let mut parties: Vec<bool> = shortfalls.iter().map(|&shortfall| shortfall < f64::INFINITY).collect();
        loop {
            let mut left_out = false;
            for (lane, shortfalls) in shortfalls.chunks(TILE).enumerate() {
                // Who is content alone is content in any company.
                let wavers = |i: usize| parties[lane * TILE + i] && shortfalls[i] > 0.0;
                if !(0..shortfalls.len()).any(wavers) {
                    continue;
                }
                let worths = self.worths(lane, &parties);
                for (i, &shortfall) in shortfalls.iter().enumerate() {
                    let party = &mut parties[lane * TILE + i];
                    left_out |= *party && shortfall > 0.0 && shortfall > worths[i];
                    *party &= shortfall <= 0.0 || shortfall <= worths[i];
                }
            }
            if !left_out {
                return parties;
            }
        }
    }

    /// Takes the company of the would-be parties off what each falls short of.
    pub fn ease(&self, shortfalls: &mut [f64]) {
        let parties = self.parties(shortfalls);
        let falls_short = |shortfall: f64| shortfall > 0.0 && shortfall < f64::INFINITY;
        for (lane, shortfalls) in shortfalls.chunks_mut(TILE).enumerate() {
            if shortfalls.iter().any(|&shortfall| falls_short(shortfall)) {
                let worths = self.worths(lane, &parties);
                let short = shortfalls.iter_mut().zip(worths).filter(|(shortfall, _)| falls_short(**shortfall));
                short.for_each(|(shortfall, worth)| *shortfall -= worth);
            }
        }
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

    /// A table at which all countries sit.
    struct Table {
        trade: Trade,
        partners: Partners,
    }

    impl Table {
        fn of(trade: Trade, countries: usize, apart: Option<&NonApplication>) -> Self {
            let mut partners = Partners::default();
            partners.look_up(&trade, &(0..countries).collect::<Vec<_>>(), apart);
            Table { trade, partners }
        }
    }

    fn at(price: f64, table: &Table) -> Exclusion<'_> {
        Exclusion { trade: &table.trade, price, partners: &table.partners }
    }

    #[test]
    fn company_is_worth_its_share_of_trade_times_the_price() {
        let table = Table::of(ring(), 3, None);
        assert_eq!(at(0.4, &table).worth(0, &[false, true, false]), 0.2);
        assert_eq!(at(0.4, &table).worth(0, &[true, true, true]), 0.4 * 0.75);
        assert_eq!(at(0.0, &table).worth(0, &[true, true, true]), 0.0);
    }

    #[test]
    fn a_waverer_joins_for_its_partners_and_leaves_with_them() {
        let table = Table::of(ring(), 3, None);
        // Member 0 lacks 0.1 and 1 lacks 0.2; 2 is content. At 0.4, member 1 has 0.2 from 2 and 0.1 from 0: it joins;
        // member 0 has 0.2 from 1 and 0.1 from 2: it joins.
        assert_eq!(at(0.4, &table).parties(&[0.1, 0.2, -1.0]), [true, true, true]);
        // With a crossed red line of 2, member 1 has only 0.1 from 0: it stays out. Then 0 has nobody.
        assert_eq!(at(0.4, &table).parties(&[0.1, 0.2, f64::INFINITY]), [false, false, false]);
        assert_eq!(at(0.0, &table).parties(&[0.1, 0.2, -1.0]), [false, false, true]);
        let mut eased = [0.1, 0.5, -1.0];
        at(0.4, &table).ease(&mut eased);
        // Member 1 stays out: it lacks 0.5 − 0.2 (from 2) − 0.1 (from 0, who has 0.1 from 2 and so joins).
        assert!(eased[0].abs() < 1e-15 && (eased[1] - 0.2).abs() < 1e-15 && eased[2] == -1.0, "{eased:?}");
    }

    #[test]
    fn with_whom_a_text_does_not_apply_is_no_company() {
        let apart = NonApplication { against: vec![(1, 0)], ..NonApplication::default() };
        let table = Table::of(ring(), 3, Some(&apart));
        let exclusion = at(0.4, &table);
        // Member 0 trades half with 1 and a quarter with 2; 1 has declared against it.
        assert_eq!(exclusion.worth(0, &[true, true, true]), 0.4 * 0.25);
        assert_eq!(exclusion.worth(1, &[true, true, true]), 0.4 * 0.5, "it works both ways");
        assert_eq!(exclusion.worth(2, &[true, true, true]), 0.4 * 0.75);
    }

    #[test]
    fn setting_a_pair_apart_never_wins_a_party_and_can_lose_more_than_the_pair() {
        let mut trade = Trade::none(6);
        let mut noise = 11u64;
        let mut next = || {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (noise >> 33) as f64 / f64::from(1u32 << 31)
        };
        let mut lost = 0;
        for round in 0..300 {
            for country in 0..6 {
                (0..6).for_each(|partner| trade.set(country, partner, next() / 5.0));
            }
            let shortfalls: Vec<f64> = (0..6).map(|_| next() * 0.6 - 0.05).collect();
            let pair = (round % 6, (round + 1 + round / 6 % 5) % 6);
            let apart = NonApplication { against: vec![pair], ..NonApplication::default() };
            let parties =
                |apart: Option<&NonApplication>| at(1.0, &Table::of(trade.clone(), 6, apart)).parties(&shortfalls);
            let (before, after) = (parties(None), parties(Some(&apart)));
            assert!(after.iter().zip(&before).all(|(is, was)| !is || *was));
            lost += usize::from(after.iter().zip(&before).filter(|(is, was)| is != was).count() > 2);
        }
        assert!(lost > 0, "others leave with them now and then");
    }

    #[test]
    fn the_company_of_a_lane_is_that_of_each_and_the_largest_set_that_of_one_after_the_other() {
        // Eleven countries, a lane and a rest.
        let mut trade = Trade::none(11);
        let mut noise = 5u64;
        let mut next = || {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (noise >> 33) as f64 / f64::from(1u32 << 31)
        };
        for _ in 0..100 {
            for country in 0..11 {
                (0..11).for_each(|partner| trade.set(country, partner, next() / 10.0));
            }
            let table = Table::of(trade.clone(), 11, None);
            let exclusion = at(0.7, &table);
            let red_line = |short: f64| if short > 0.4 { f64::INFINITY } else { short };
            let shortfalls: Vec<f64> = (0..11).map(|_| red_line(next() * 0.5 - 0.05)).collect();
            let mut set: Vec<bool> = shortfalls.iter().map(|shortfall| *shortfall < f64::INFINITY).collect();
            let leaves = |set: &[bool], seat: usize| {
                set[seat] && shortfalls[seat] > 0.0 && shortfalls[seat] > exclusion.worth(seat, set)
            };
            while let Some(leaving) = (0..11).find(|&seat| leaves(&set, seat)) {
                set[leaving] = false;
            }
            assert_eq!(exclusion.parties(&shortfalls), set);
            let mut eased = shortfalls.clone();
            exclusion.ease(&mut eased);
            for (seat, (&eased, &short)) in eased.iter().zip(&shortfalls).enumerate() {
                let alone = short <= 0.0 || short == f64::INFINITY;
                assert_eq!(eased, if alone { short } else { short - exclusion.worth(seat, &set) });
            }
        }
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
            let table = Table::of(trade.clone(), 8, None);
            let exclusion = at(1.0, &table);
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
        let table = Table::of(ring(), 3, None);
        let shortfalls = [0.1, 0.2, 0.05];
        let mut before = vec![false; 3];
        for price in [0.0, 0.1, 0.2, 0.3, 0.4, 1.0] {
            let parties = at(price, &table).parties(&shortfalls);
            assert!(before.iter().zip(&parties).all(|(was, is)| !was || *is), "{price}");
            before = parties;
        }
        assert_eq!(before, [true, true, true]);
    }
}
