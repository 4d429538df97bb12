//! Who trades with whom: what a country would be shut out from.

/// Shares of trade between the countries of a scenario, as a dense square: a row a country, a column a partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Trade {
    countries: usize,
    share: Vec<f64>,
}

impl Trade {
    /// No trade at all between so many countries.
    pub fn none(countries: usize) -> Self {
        Trade { countries, share: vec![0.0; countries * countries] }
    }

    /// Sets the share of a country's trade that is with a partner [0–1; those of a row sum to 1 at most]. A country
    /// has no trade with itself.
    pub fn set(&mut self, country: usize, partner: usize, share: f64) {
        if country != partner {
            self.share[country * self.countries + partner] = share;
        }
    }

    /// Shares of a country's trade, per partner in the order of the scenario's countries [0–1; sum at most 1].
    pub fn of(&self, country: usize) -> &[f64] {
        &self.share[country * self.countries..(country + 1) * self.countries]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_countries_and_nobody_trades_with_itself() {
        let mut trade = Trade::none(3);
        trade.set(1, 0, 0.25);
        trade.set(1, 1, 0.5);
        trade.set(1, 2, 0.125);
        assert_eq!(trade.of(1), [0.25, 0.0, 0.125]);
        assert_eq!(trade.of(0), [0.0, 0.0, 0.0]);
    }
}
