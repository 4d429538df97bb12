//! Members of a forum, from a list or a table.

use super::Builder;
use crate::scenario::MAX_QUANTITY;
use crate::scenario::evidence::Confidence;
use crate::scenario::file::Members;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::tables::{self, Column};

pub(super) const MEMBERS: &[Column] = &[
    ("country", true),
    ("weight", false),
    ("veto", false),
    ("count", false),
    ("joined", false),
    ("note", false),
    ("source", true),
    ("confidence", true),
];

/// A member as listed: its country, and what a table said of it.
#[derive(Clone)]
pub(super) struct Listed {
    pub country: String,
    pub weight: Option<f64>,
    pub veto: bool,
    pub count: Option<f64>,
}

impl Builder<'_> {
    /// Members listed at a place of the scenario, or in the table named there.
    pub(super) fn members(&self, path: &[&str], written: &Members, problems: &mut Problems) -> Vec<Listed> {
        let known = || self.roster.countries.keys().map(String::as_str);
        let told_before = problems.0.len();
        // Where the table of countries could not be read, every country is unknown; that has been told.
        let none_left = self.roster.countries.is_empty() && problems.tell_of_tables();
        let mut members: Vec<Listed> = Vec::new();
        match written {
            Members::List(list) => {
                for (no, country) in list.iter().enumerate() {
                    let no = no.to_string();
                    let item: Vec<&str> = path.iter().copied().chain([no.as_str()]).collect();
                    let at = self.at(&item);
                    if !self.roster.countries.contains_key(country) {
                        problems.extend((!none_left).then(|| self.no_country(country, at)));
                    } else if members.iter().any(|member| &member.country == country) {
                        problems.push(
                            Problem::new(
                                "comity::scenario::duplicate",
                                Some(at),
                                format!("`{country}` is a member twice"),
                            )
                            .help("remove one of them"),
                        );
                    } else {
                        members.push(Listed { country: country.clone(), weight: None, veto: false, count: None });
                    }
                }
            }
            Members::Table(_) => {
                let Some(file) = self.resolved.table(path) else {
                    return members;
                };
                for row in tables::read(file, MEMBERS, problems).rows {
                    row.word("confidence", Confidence::WORDS, problems);
                    row.needed("source", problems);
                    let weight = row.number("weight", 0.0, MAX_QUANTITY, problems);
                    let count = row.number("count", 0.0, MAX_QUANTITY, problems);
                    let veto = row.word("veto", &[("yes", true), ("no", false)], problems).unwrap_or(false);
                    let Some(country) = row.needed("country", problems) else {
                        continue;
                    };
                    if !self.roster.countries.contains_key(&country) {
                        let unknown = || {
                            row.problem("comity::table::unknown_country", "country", format!("no country `{country}`"))
                                .suggest(&country, known())
                        };
                        problems.extend((!none_left).then(unknown));
                    } else if members.iter().any(|member| member.country == country) {
                        problems.push(
                            row.problem(
                                "comity::table::duplicate",
                                "country",
                                format!("`{country}` is a member twice"),
                            )
                            .help("keep one of the rows"),
                        );
                    } else {
                        members.push(Listed { country, weight, veto, count });
                    }
                }
            }
        }
        if members.is_empty() && problems.0.len() == told_before && !none_left {
            let at = Some(self.at(path));
            let id = path.get(1).copied().unwrap_or_default();
            problems.push(
                Problem::new("comity::scenario::members", at, format!("`{id}` has no members"))
                    .help("name at least one country"),
            );
        }
        members
    }
}
