//! Names: fit to stand in tables and files, and known where something is called by them.

use std::collections::BTreeSet;

use super::Builder;
use crate::scenario::file::ForumFile;
use crate::scenario::problem::{Problem, Problems};

impl Builder<'_> {
    /// Identifiers stand in tables, and those of forums in names of files.
    pub(super) fn identifiers(&self, problems: &mut Problems) {
        let mut check = |table: &str, id: &str| {
            let fine = match table {
                "forum" => !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_'),
                _ => !id.is_empty() && id.trim() == id && !id.contains(char::is_control),
            };
            if !fine {
                let help = match table {
                    "forum" => "the name of a forum is made of letters, digits, `-` and `_`; say more with `name = …`",
                    _ => "an identifier is not empty and has no space around it; say more with `name = …`",
                };
                let at = Some(self.resolved.document.key_at(&[table, id]));
                let message = format!("\"{}\" cannot name a {table}", id.escape_debug());
                problems.push(Problem::new("comity::scenario::identifier", at, message).help(help));
            }
        };
        self.written.country.keys().for_each(|id| check("country", id));
        self.written.clause.keys().for_each(|id| check("clause", id));
        self.written.forum.keys().for_each(|id| check("forum", id));
    }

    /// Mandates typed in for nobody, or about nothing.
    pub(super) fn unknown_mandates(&self, problems: &mut Problems) {
        for (country, mandates) in &self.written.mandate {
            if !self.roster.countries.contains_key(country) {
                let at = self.resolved.document.key_at(&["mandate", country]);
                problems.push(self.no_country(country, at));
            }
            for clause in mandates.keys().filter(|clause| !self.roster.clauses.contains_key(*clause)) {
                let at = self.resolved.document.key_at(&["mandate", country, clause]);
                problems.push(self.no_clause(clause, at));
            }
        }
    }

    /// Groups that enjoy special treatment must be groups that somebody belongs to.
    pub(super) fn groups(&self, id: &str, written: &ForumFile, problems: &mut Problems) {
        let known = self.roster.groups();
        let named = written.sdt.iter().flat_map(|sdt| &sdt.groups).enumerate();
        for (no, group) in named.filter(|(_, group)| !known.contains(&group.as_str())) {
            let at = Some(self.at(&["forum", id, "sdt", "groups", &no.to_string()]));
            problems.push(
                Problem::new("comity::scenario::unknown_group", at, format!("no country belongs to a group `{group}`"))
                    .label("unknown group")
                    .help("name groups in the table of countries, or with `groups = [\"…\"]` under `[country.NAME]`")
                    .suggest(group, known.iter().copied()),
            );
        }
    }

    /// Indicators that play a part must be known of some country; of which, is told where a country is enlisted.
    pub(super) fn indicators(&self, problems: &mut Problems) {
        let known: BTreeSet<&str> = self.roster.figures.keys().map(|(_, indicator)| indicator.as_str()).collect();
        let mut check = |indicator: &str, path: &[&str]| {
            if !known.contains(indicator) {
                problems.push(
                    Problem::new(
                        "comity::scenario::indicator",
                        Some(self.at(path)),
                        format!("no country has the indicator `{indicator}`"),
                    )
                    .label("unknown indicator")
                    .help("name a table under `[tables]` that has it: `indicators = \"….csv\"`")
                    .suggest(indicator, known.iter().copied()),
                );
            }
        };
        if let Some(named) = &self.written.indicators {
            for (no, indicator) in named.capability.iter().enumerate() {
                check(indicator, &["indicators", "capability", &no.to_string()]);
            }
            if let Some(indicator) = &named.capacity {
                check(indicator, &["indicators", "capacity"]);
            }
        }
        for (no, feature) in self.written.imputation.iter().flat_map(|how| &how.features).enumerate() {
            check(&feature.indicator, &["imputation", "features", &no.to_string(), "indicator"]);
        }
    }
}
