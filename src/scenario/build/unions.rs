//! Unions of states that are a country of the scenario beside their own members, and so could be counted twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::*;
use crate::scenario::library::Library;
use crate::scenario::roster::COUNTRIES;
use crate::scenario::source::text_of;
use crate::scenario::tables;

/// Names that are told before the rest is counted.
const TOLD: usize = 3;

/// Table of the library that has a union as a group of its member states.
const TABLE: &str = "data/un-countries.csv";

/// Unions that the library knows, with their member states.
static SHIPPED: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let rows = text_of(&Library, TABLE).map(|file| tables::read(&file, COUNTRIES, &mut Problems::default()).rows);
    let rows = rows.unwrap_or_default();
    let countries: Vec<(&str, &str)> = rows.iter().map(|row| (row.text("id"), row.text("groups"))).collect();
    groups_that_are_countries(countries.iter().map(|(id, groups)| (*id, groups.split(';').map(str::trim))))
});

/// Unions by identifier, with their member states: every country whose identifier is a group of others, and those that the
/// library knows.
pub(super) struct Unions(BTreeMap<String, BTreeSet<String>>);

impl Unions {
    /// Those of a roster.
    pub fn of(roster: &Roster) -> Unions {
        let countries = roster.countries.iter();
        let mut unions = groups_that_are_countries(
            countries.map(|(id, known)| (id.as_str(), known.groups.iter().map(String::as_str))),
        );
        for (union, members) in SHIPPED.iter().filter(|(union, _)| roster.countries.contains_key(*union)) {
            unions.entry(union.clone()).or_default().extend(members.iter().cloned());
        }
        Unions(unions)
    }

    /// Each union among some countries that has members of its own among them, with these, in order of identifiers.
    pub fn beside_members<'a>(&'a self, countries: &BTreeSet<&'a str>) -> Vec<(&'a str, Vec<&'a str>)> {
        let beside = |(union, members): (&'a String, &'a BTreeSet<String>)| {
            let union = countries.get(union.as_str())?;
            let there: Vec<&str> = members.iter().map(String::as_str).filter(|id| countries.contains(id)).collect();
            (!there.is_empty()).then_some((*union, there))
        };
        self.0.iter().filter_map(beside).collect()
    }

    /// What countries have together, where a union and its members are the same and the larger of both counts.
    pub fn sum_once(&self, shares: &BTreeMap<&str, f64>) -> f64 {
        let twice = self.beside_members(&shares.keys().copied().collect());
        let twice = twice.iter().map(|(union, members)| {
            let of_members: f64 = members.iter().map(|member| shares[member]).sum();
            shares[union].min(of_members)
        });
        shares.values().sum::<f64>() - twice.sum::<f64>()
    }
}

/// Groups that are themselves among these countries, each with who belongs to it.
fn groups_that_are_countries<'a, G: Iterator<Item = &'a str>>(
    countries: impl Iterator<Item = (&'a str, G)>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut ids = BTreeSet::new();
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, belongs) in countries {
        ids.insert(id);
        for group in belongs.filter(|group| *group != id) {
            groups.entry(group.to_owned()).or_default().insert(id.to_owned());
        }
    }
    groups.retain(|group, _| ids.contains(group.as_str()));
    groups
}

/// Countries that may be party to the text of a forum: its members, and who may accede.
pub(super) fn may_be_party(scenario: &Scenario, forum: &Forum) -> BTreeSet<usize> {
    let applicants = forum.after.accession.iter().flat_map(|accession| accession.applicants.iter().copied());
    let among = applicants.filter(|&country| country < scenario.countries.len());
    forum.members.iter().map(|member| member.country).chain(among).collect()
}

/// Unions that have a part in a forum beside members of their own: what of it counts twice.
pub(super) fn counted_twice(scenario: &Scenario, forum: &Forum, unions: &Unions) -> Vec<String> {
    let parties = may_be_party(scenario, forum);
    let ids = parties.iter().map(|&country| scenario.countries[country].id.as_str()).collect();
    let seats: BTreeSet<&str> =
        forum.members.iter().map(|member| scenario.countries[member.country].id.as_str()).collect();
    let told = unions.beside_members(&ids).into_iter().filter_map(|(union, members)| {
        let mut twice = Vec::new();
        if seats.contains(union) && members.iter().any(|member| seats.contains(member)) {
            twice.push("whatever goes by weight".to_owned());
        }
        for shares in &scenario.world {
            let has = |id: &str| scenario.country(id).is_some_and(|country| shares.share[country] > 0.0);
            if has(union) && members.iter().any(|member| has(member)) {
                twice.push(format!("`{}`", shares.measure.names()[0]));
            }
        }
        (!twice.is_empty()).then(|| {
            let (part, all) = if members.len() == 1 { ("part of it", "both") } else { ("parts of it", "all") };
            let (id, members, twice) = (&forum.id, named(&members), twice.join(", "));
            format!("`{union}` and {members}, {part}, may {all} be party to `{id}` and count twice in {twice}")
        })
    });
    told.collect()
}

/// Identifiers for people; of many, the first and how many more.
pub(super) fn named(ids: &[&str]) -> String {
    let list = |ids: &[&str]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    match ids {
        [most @ .., last] if most.len() < TOLD && !most.is_empty() => format!("{} and `{last}`", list(most)),
        [_] | [] => list(ids),
        many => format!("{} and {} more", list(&many[..TOLD]), many.len() - TOLD),
    }
}
