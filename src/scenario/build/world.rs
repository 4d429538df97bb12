//! The table of the world: what share of its output and trade each country has.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::scenario::evidence::Confidence;
use crate::scenario::measures::{WorldMeasure, WorldShares};
use crate::scenario::tables::{self, Column};

const WORLD: &[Column] =
    &[("country", true), ("measure", true), ("share", true), ("source", true), ("licence", true), ("confidence", true)];

impl Builder<'_> {
    /// Shares of the world of the scenario's countries, a measure each, where there is a table of them; a country without a
    /// row counts as nothing.
    pub(super) fn world(&self, countries: &[Country], problems: &mut Problems) -> Vec<WorldShares> {
        let Some(file) = self.resolved.table(&["tables", "world"]) else { return Vec::new() };
        let places: BTreeMap<&str, usize> = countries.iter().enumerate().map(|(no, c)| (c.id.as_str(), no)).collect();
        let mut seen = BTreeSet::new();
        let mut shares: BTreeMap<WorldMeasure, Vec<f64>> = BTreeMap::new();
        for row in tables::read(file, WORLD, problems).rows {
            row.word("confidence", Confidence::WORDS, problems);
            row.needed("source", problems);
            row.needed("licence", problems);
            let measure = row.word("measure", WorldMeasure::WORDS, problems);
            let share = row.number("share", 0.0, 1.0, problems);
            row.needed("measure", problems);
            row.needed("share", problems);
            let Some(country) = row.needed("country", problems) else { continue };
            if !self.roster.countries.contains_key(&country) {
                problems.push(
                    row.problem("comity::table::unknown_country", "country", format!("no country `{country}`"))
                        .suggest(&country, self.roster.countries.keys().map(String::as_str)),
                );
            }
            let (Some(measure), Some(share)) = (measure, share) else { continue };
            if !seen.insert((measure, country.clone())) {
                let message = format!("`{}` of `{country}` stands twice", row.text("measure"));
                problems.push(row.problem("comity::table::duplicate", "country", message).help("keep one of the rows"));
            }
            let shares = shares.entry(measure).or_insert_with(|| vec![0.0; countries.len()]);
            if let Some(&place) = places.get(country.as_str()) {
                shares[place] = share;
            }
        }
        shares.into_iter().map(|(measure, share)| WorldShares { measure, share }).collect()
    }
}
