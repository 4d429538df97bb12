//! Who stands aside from the decisions of a forum.

use super::members::Listed;
use super::*;

/// Fewest members that can make a treaty among themselves.
const FEWEST_DECIDING: usize = 2;

impl Builder<'_> {
    /// The members that are named to stand aside, each once. At least two have to be left, or no text could bind anybody:
    /// where there are fewer, that is told and nobody stands aside.
    pub(super) fn stand_aside<'a>(
        &self,
        id: &str,
        written: &'a file::ForumFile,
        listed: &[Listed],
        problems: &mut Problems,
    ) -> Vec<&'a str> {
        let names = || listed.iter().map(|member| member.country.as_str());
        let mut aside: Vec<&str> = Vec::new();
        for (no, country) in written.stand_aside.iter().enumerate() {
            let at = || Some(self.at(&["forum", id, "stand_aside", &no.to_string()]));
            if aside.contains(&country.as_str()) {
                problems.push(
                    Problem::new("comity::scenario::duplicate", at(), format!("`{country}` stands aside twice"))
                        .help("remove one of them"),
                );
            } else if names().any(|member| member == country) {
                aside.push(country);
            } else if !listed.is_empty() {
                // Where nobody is listed, that has been told.
                let message = format!("`{country}` stands aside and is no member of `{id}`");
                problems.push(
                    Problem::new("comity::scenario::unknown_country", at(), message)
                        .label("no member")
                        .suggest(country, names()),
                );
            }
        }
        let deciding = listed.len() - aside.len();
        if !aside.is_empty() && deciding < FEWEST_DECIDING {
            let message = match deciding {
                0 => format!("all members of `{id}` stand aside, and nobody is left to decide"),
                _ => format!("all members of `{id}` but one stand aside, and one member alone makes no treaty"),
            };
            let at = Some(self.at(&["forum", id, "stand_aside"]));
            problems.push(
                Problem::new("comity::scenario::members", at, message)
                    .label("too many")
                    .help("leave at least two members that decide"),
            );
            aside.clear();
        }
        aside
    }
}
