//! The table of the world: what share of its output and trade each country has.

use std::collections::{BTreeMap, BTreeSet};

use super::unions::{Unions, may_be_party, named};
use super::*;
use crate::scenario::evidence::Confidence;
use crate::scenario::measures::{WorldMeasure, WorldShares};
use crate::scenario::tables::{self, Column};

const WORLD: &[Column] =
    &[("country", true), ("measure", true), ("share", true), ("source", true), ("licence", true), ("confidence", true)];

/// Shares may sum to this much more than 1, and no more than their last digits can explain: room for rounding in the table.
const ROUNDING: f64 = 0.005;

/// One row that holds.
struct Entry {
    row: tables::Row,
    country: String,
    share: f64,
}

impl Builder<'_> {
    /// Shares of the world of the scenario's countries, a measure each, where there is a table of them; a country without a
    /// row counts as nothing. Shares that sum to more than 1 are a problem: over the whole table, where a union of states and
    /// its members count once; and over those that may be party to one text, whose shares are summed as they stand.
    pub(super) fn world(&self, scenario: &Scenario, unions: &Unions, problems: &mut Problems) -> Vec<WorldShares> {
        let countries = &scenario.countries;
        let Some(file) = self.resolved.table(&["tables", "world"]) else { return Vec::new() };
        let places: BTreeMap<&str, usize> = countries.iter().enumerate().map(|(no, c)| (c.id.as_str(), no)).collect();
        let mut seen = BTreeSet::new();
        let mut entries: BTreeMap<WorldMeasure, Vec<Entry>> = BTreeMap::new();
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
                continue;
            }
            entries.entry(measure).or_default().push(Entry { row, country, share });
        }
        for (measure, entries) in &entries {
            problems.extend(too_much(scenario, *measure, entries, unions));
        }
        let shares = entries.into_iter().map(|(measure, entries)| {
            let mut share = vec![0.0; countries.len()];
            for entry in entries {
                if let Some(&place) = places.get(entry.country.as_str()) {
                    share[place] = entry.share;
                }
            }
            WorldShares { measure, share }
        });
        shares.collect()
    }
}

/// The row with which the shares of a measure sum to more than 1, of the whole table or of those with a part in a forum.
fn too_much(scenario: &Scenario, measure: WorldMeasure, entries: &[Entry], unions: &Unions) -> Option<Problem> {
    let word = WorldMeasure::WORDS.iter().find(|(_, known)| *known == measure).map_or("", |(word, _)| word);
    let everyone: Vec<&Entry> = entries.iter().collect();
    if let Some((row, sum)) = exceeds(&everyone, |shares| unions.sum_once(shares)) {
        let message = format!("with this row the shares of `{word}` sum to {sum}, more than 1");
        return Some(row.problem("comity::table::cell", "share", message).help(
            "shares of the world sum to 1 at most; where a country is a union of others, give these its identifier as a group, \
             and both count once",
        ));
    }
    scenario.forums.iter().find_map(|forum| {
        let parties = may_be_party(scenario, forum);
        let ids: BTreeSet<&str> = parties.iter().map(|&country| scenario.countries[country].id.as_str()).collect();
        let among: Vec<&Entry> = entries.iter().filter(|entry| ids.contains(entry.country.as_str())).collect();
        let (row, sum) = exceeds(&among, |shares| shares.values().sum())?;
        let message =
            format!("with this row the shares of `{word}` of those that may be party to `{}` sum to {sum}", forum.id);
        let twice = unions.beside_members(&among.iter().map(|entry| entry.country.as_str()).collect());
        if twice.is_empty() {
            return None;
        }
        let twice: Vec<String> = twice
            .iter()
            .map(|(union, members)| format!("`{union}` stands beside its own {}", named(members)))
            .collect();
        let help = "leave out of the table either the union or its members";
        Some(row.problem("comity::table::cell", "share", message).help(format!("{}: {help}", twice.join(", "))))
    })
}

/// The row with which a sum of shares exceeds 1, and what it then comes to, rounded; none where it stays within.
fn exceeds<'a>(entries: &[&'a Entry], sum: impl Fn(&BTreeMap<&str, f64>) -> f64) -> Option<(&'a tables::Row, String)> {
    let whole = entries.iter().map(|entry| (entry.country.as_str(), entry.share)).collect();
    let rounding = entries.iter().map(|entry| half_a_digit(entry.row.text("share"))).sum::<f64>().min(ROUNDING);
    let most = 1.0 + rounding;
    if sum(&whole) <= most {
        return None;
    }
    let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
    entries.iter().find_map(|entry| {
        shares.insert(&entry.country, entry.share);
        let sum = sum(&shares);
        (sum > most).then(|| (&entry.row, format!("{sum:.4}")))
    })
}

/// Half a unit of the last digit of a number as written: what rounding can have added to it.
fn half_a_digit(number: &str) -> f64 {
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    (0..decimals).fold(0.5, |half, _| half / 10.0)
}
