//! Decision rules and shares of votes: what is written → exact fractions.

use super::*;
use crate::rules::{Counting, Fraction, Quota, Reader};
use crate::scenario::file::ShareFile;

/// Forms in which a share can be written.
const FORMS: &str = "a fraction like \"2/3\", a percentage like \"55 %\" or a number like 0.9";

/// Reads the numbers of one rule, at a path of the file, where so many have a vote at most.
struct Numbers<'a> {
    builder: &'a Builder<'a>,
    path: &'a [&'a str],
    heads: usize,
    problems: &'a mut Problems,
}

impl Reader for Numbers<'_> {
    fn quota(
        &mut self,
        rule: &str,
        share: Option<&ShareFile>,
        votes: Option<f64>,
        least: Fraction,
        by: Counting,
    ) -> Quota {
        let heads = (by == Counting::Heads).then_some(self.heads);
        self.builder.quota(&[self.path, &[rule]].concat(), share, votes, least, heads, self.problems)
    }

    fn share(&mut self, rule: &str, key: &str, written: &ShareFile, least: Fraction) -> Fraction {
        self.builder.share(&[self.path, &[rule, key]].concat(), written, least, self.problems)
    }

    fn members(&mut self, rule: &str, key: &str, written: u32) -> u32 {
        if !(1..=self.heads as u64).contains(&written.into()) {
            let at = Some(self.builder.at(&[self.path, &[rule, key]].concat()));
            let message = format!("`{key}` is {written}, and {} have a vote", self.heads);
            self.problems.push(
                Problem::new("comity::scenario::out_of_range", at, message)
                    .label("out of range")
                    .help(format!("expected a number of members, from 1 to {}", self.heads)),
            );
        }
        written.max(1)
    }
}

impl Builder<'_> {
    /// A decision rule, where so many have a vote at most.
    pub(super) fn rule(
        &self,
        path: &[&str],
        written: &file::RuleFile,
        heads: usize,
        problems: &mut Problems,
    ) -> DecisionRule {
        written.read(&mut Numbers { builder: self, path, heads, problems })
    }

    /// The quota of a rule: a share or a number of votes; of heads there are at most so many.
    fn quota(
        &self,
        path: &[&str],
        share: Option<&ShareFile>,
        votes: Option<f64>,
        least: Fraction,
        heads: Option<usize>,
        problems: &mut Problems,
    ) -> Quota {
        let rule = path.last().copied().unwrap_or_default();
        let key = |key: &'static str| [path, &[key]].concat();
        match (share, votes) {
            (Some(share), None) => Quota::Share(self.share(&key("share"), share, least, problems)),
            (None, Some(votes)) => self.votes(&key("votes"), votes, heads, problems),
            (Some(_), Some(_)) => {
                let message = format!("`{rule}` has both a `share` and `votes`");
                let at = Some(self.resolved.document.key_at(&key("votes")));
                problems.push(
                    Problem::new("comity::scenario::unknown_choice", at, message)
                        .label("one of two")
                        .help("keep `share` for a part of what there is, `votes` for a number of it"),
                );
                Quota::Share(Fraction::ONE)
            }
            // What was written and is none was told when the file was read.
            (None, None) if ["share", "votes"].iter().any(|word| self.resolved.document.get(&key(word)).is_some()) => {
                Quota::Share(Fraction::ONE)
            }
            (None, None) => {
                let message = format!("`{rule}` lacks the key `share`");
                problems.push(
                    Problem::new("comity::scenario::missing_key", Some(self.at(path)), message)
                        .label("missing here")
                        .help(
                            "add `share = \"2/3\"` (or a percentage, or a number), or a number of votes, `votes = 62`",
                        ),
                );
                Quota::Share(Fraction::ONE)
            }
        }
    }

    fn votes(&self, path: &[&str], votes: f64, heads: Option<usize>, problems: &mut Problems) -> Quota {
        let mut wrong = |message: String, help: String| {
            let at = Some(self.at(path));
            problems.push(Problem::new("comity::scenario::out_of_range", at, message).label("out of range").help(help));
        };
        match heads {
            Some(_) if votes.fract() != 0.0 => {
                wrong(format!("`votes` is {votes}, which is no number of heads"), "expected a whole number".into());
            }
            Some(heads) if votes > heads as f64 => wrong(
                format!("`votes` is {}, more than the {heads} there are", number::plain(votes)),
                format!("expected from 1 to {heads}, or `by = \"weight\"` where weights are counted"),
            ),
            _ => {}
        }
        // What is out of the range of the format has been told.
        Quota::Votes(Fraction::exactly(votes).unwrap_or(Fraction::ONE))
    }

    /// A share of votes, at least so much (more where that is nothing) and at most all.
    pub(super) fn share(
        &self,
        path: &[&str],
        written: &ShareFile,
        least: Fraction,
        problems: &mut Problems,
    ) -> Fraction {
        let key = path.last().copied().unwrap_or_default();
        let mut wrong = |code: &'static str, message: String, label: &str, help: String| {
            problems.push(Problem::new(code, Some(self.at(path)), message).label(label).help(help));
            Fraction::ONE
        };
        let expected = match least {
            Fraction::NOTHING => format!("expected {FORMS}, more than 0 and at most 1"),
            least => format!("expected {FORMS}, from {} to 1", least.value()),
        };
        let (share, said) = match written {
            ShareFile::Number(number) => (Fraction::of(*number), number::plain(*number)),
            ShareFile::Text(text) => match Fraction::read(text) {
                Ok(share) => (Some(share), text.trim().to_owned()),
                Err(message) => {
                    return wrong("comity::scenario::share", format!("`{key}`: {message}"), "no share", expected);
                }
            },
        };
        let fits = |share: &Fraction| *share >= least && *share > Fraction::NOTHING && *share <= Fraction::ONE;
        match share.filter(fits) {
            Some(share) => share,
            None => wrong(
                "comity::scenario::out_of_range",
                format!("`{key}` is {said}, out of its range"),
                "out of range",
                expected,
            ),
        }
    }
}
