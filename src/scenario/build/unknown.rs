//! Names that call nothing: countries and clauses that there are not, each told in one place.

use super::Builder;
use crate::scenario::Clause;
use crate::scenario::problem::{At, Problem};

impl Builder<'_> {
    /// A country that the scenario does not have.
    pub(super) fn no_country(&self, country: &str, at: At) -> Problem {
        Problem::new("comity::scenario::unknown_country", Some(at), format!("there is no country `{country}`"))
            .label("unknown country")
            .help("add it to the table of countries, or as `[country.NAME]`")
            .suggest(country, self.roster.countries.keys().map(String::as_str))
    }

    /// A clause that the scenario does not have.
    pub(super) fn no_clause(&self, clause: &str, at: At) -> Problem {
        Problem::new("comity::scenario::unknown_clause", Some(at), format!("there is no clause `{clause}`"))
            .label("unknown clause")
            .suggest(clause, self.roster.clauses.keys().map(String::as_str))
    }
}

/// A clause that a forum does not negotiate.
pub(super) fn not_on_the_agenda(clause: &str, at: At, agenda: &[Clause]) -> Problem {
    Problem::new("comity::scenario::unknown_clause", Some(at), format!("`{clause}` is not on the agenda"))
        .suggest(clause, agenda.iter().map(|known| known.id.as_str()))
}
