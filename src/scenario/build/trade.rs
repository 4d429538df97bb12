//! The trade table: shares as stated, or flows from which shares are taken.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::scenario::evidence::Confidence;
use crate::scenario::tables::{self, Column};

const TRADE: &[Column] =
    &[("country", true), ("partner", true), ("share", false), ("flow", false), ("source", true), ("confidence", true)];

/// Shares of a country may sum to this much more than 1: room for rounding in the table.
const ROUNDING: f64 = 1e-6;

/// One row that holds.
struct Entry {
    country: String,
    partner: String,
    amount: f64,
}

impl Builder<'_> {
    /// Shares of trade between the scenario's countries, where there is a table of them. Flows are of both directions
    /// together; a share is a flow over all flows of the country in the table, partners outside the scenario included.
    pub(super) fn trade(&self, countries: &[Country], problems: &mut Problems) -> Option<Trade> {
        let file = self.resolved.table(&["tables", "trade"])?;
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut whole: BTreeMap<String, f64> = BTreeMap::new();
        let mut in_flows = None;
        for row in tables::read(file, TRADE, problems).rows {
            row.word("confidence", Confidence::WORDS, problems);
            row.needed("source", problems);
            let (country, partner) = (row.needed("country", problems), row.needed("partner", problems));
            let share = row.number("share", 0.0, 1.0, problems);
            let flow = row.number("flow", 0.0, f64::MAX, problems);
            let (Some(country), Some(partner)) = (country, partner) else {
                continue;
            };
            for (column, id) in [("country", &country), ("partner", &partner)] {
                if !self.roster.countries.contains_key(id) {
                    problems.push(
                        row.problem("comity::table::unknown_country", column, format!("no country `{id}`"))
                            .suggest(id, self.roster.countries.keys().map(String::as_str)),
                    );
                }
            }
            let amount = match (share, flow) {
                (Some(amount), None) | (None, Some(amount))
                    if *in_flows.get_or_insert(flow.is_some()) == flow.is_some() =>
                {
                    amount
                }
                (None, None) if !row.text("share").is_empty() || !row.text("flow").is_empty() => continue,
                (None, None) => {
                    problems.push(
                        row.problem("comity::table::cell", "share", "there is neither a share nor a flow")
                            .help("fill in `share` [0–1], or `flow` in every row of the table"),
                    );
                    continue;
                }
                _ => {
                    problems.push(
                        row.problem("comity::table::cell", "share", "shares and flows in one table")
                            .help("give either a share in every row or a flow in every row"),
                    );
                    continue;
                }
            };
            if country == partner {
                problems.push(
                    row.problem("comity::table::cell", "partner", format!("`{country}` trades with itself"))
                        .help("remove the row"),
                );
            } else if !seen.insert((country.clone(), partner.clone())) {
                let message = format!("`{country}` with `{partner}` stands twice");
                problems.push(row.problem("comity::table::duplicate", "partner", message).help("keep one of the rows"));
            } else {
                let all = whole.entry(country.clone()).or_insert(0.0);
                let before = *all;
                *all += amount;
                if in_flows == Some(false) && before <= 1.0 + ROUNDING && *all > 1.0 + ROUNDING {
                    let message = format!("with this row the shares of `{country}` sum to more than 1");
                    problems.push(
                        row.problem("comity::table::cell", "share", message)
                            .help("shares of one country sum to 1 at most"),
                    );
                }
                entries.push(Entry { country, partner, amount });
            }
        }
        let places: BTreeMap<&str, usize> = countries.iter().enumerate().map(|(no, c)| (c.id.as_str(), no)).collect();
        let mut trade = Trade::none(countries.len());
        for Entry { country, partner, amount } in &entries {
            if let (Some(&row), Some(&column)) = (places.get(country.as_str()), places.get(partner.as_str())) {
                let all = if in_flows == Some(true) { whole[country] } else { 1.0 };
                trade.set(row, column, if all > 0.0 { amount / all } else { 0.0 });
            }
        }
        Some(trade)
    }
}
