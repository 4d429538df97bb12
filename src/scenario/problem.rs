//! What an author can get wrong, and where: a message, the offending text, what was expected, and what to do.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::code::Code;

/// A text that a problem can point into.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// Its name for people: the path as given, or where it came from.
    pub name: String,
    /// Its contents.
    pub text: String,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The file.
    pub file: Arc<File>,
    /// Bytes of its text.
    pub span: Range<usize>,
}

impl At {
    /// The start of a file.
    pub fn start_of(file: &Arc<File>) -> At {
        At { file: file.clone(), span: 0..0 }
    }

    /// Line and column, counted from 1, in characters.
    pub fn line_and_column(&self) -> (usize, usize) {
        let mut start = self.span.start.min(self.file.text.len());
        while !self.file.text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &self.file.text[..start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        (line, column)
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind; docs/errors.md tells of each.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Where; none where no text could be read.
    pub at: Option<At>,
    /// What the offending text is, beside it.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    /// A problem at a place. A code that is given by its text is one of [`Code::ALL`].
    pub fn new(code: impl Into<Code>, at: Option<At>, message: impl Into<String>) -> Self {
        Problem { code: code.into(), message: message.into(), at, label: "here".into(), help: None }
    }

    /// Says what the offending text is.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says which of the known names was probably meant.
    pub fn suggest<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        match nearest(written, &known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => match listed(&known) {
                Some(list) => self.help(format!("expected one of: {list}")),
                None if self.help.is_none() => self.help("there is nothing of that kind to choose from"),
                None => self,
            },
        }
    }
}

/// Every problem that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds all of them.
    pub fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.0.extend(problems);
    }

    /// Whether a table could not be read, all or in part: what is missed elsewhere may well stand there.
    pub fn tell_of_tables(&self) -> bool {
        self.0.iter().any(|problem| problem.code.is_of_a_table())
    }

    /// `Ok` where there is none.
    pub fn none_or<T>(self, value: T) -> Result<T, Problems> {
        if self.0.is_empty() { Ok(value) } else { Err(self.in_order()) }
    }

    /// In the order of files and places.
    pub fn in_order(mut self) -> Self {
        let place = |p: &Problem| p.at.as_ref().map(|at| (at.file.name.clone(), at.span.start));
        self.0.sort_by_key(place);
        self.0.dedup();
        self
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Problems(vec![problem])
    }
}

impl fmt::Display for Problem {
    /// In one line: file, line and column, what is wrong, what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(at) = &self.at {
            let (line, column) = at.line_and_column();
            write!(f, "{}:{line}:{column}: ", at.file.name)?;
        }
        write!(f, "{}", self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (no, problem) in self.0.iter().enumerate() {
            if no > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// The known name that a written one is most like, if it is like any.
pub fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |name: &str| strsim::jaro_winkler(&written.to_lowercase(), &name.to_lowercase());
    known
        .iter()
        .map(|&name| (name, likeness(name)))
        .filter(|&(_, likeness)| likeness > 0.8)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(name, _)| name)
}

/// Names as a list for people, none where there are none; long lists are cut.
fn listed(known: &[&str]) -> Option<String> {
    const SHOWN: usize = 12;
    if known.is_empty() {
        return None;
    }
    let list = known.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let rest = known.len().saturating_sub(SHOWN);
    Some(if rest > 0 { format!("{list} and {rest} more") } else { list })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_from_one_in_characters() {
        let file = Arc::new(File { name: "x.toml".into(), text: "é = 1\nab = 2\n".into() });
        assert_eq!(At { file: file.clone(), span: 3..4 }.line_and_column(), (1, 3));
        assert_eq!(At { file: file.clone(), span: 10..11 }.line_and_column(), (2, 4));
        assert_eq!(At { file, span: 99..100 }.line_and_column(), (3, 1));
    }

    #[test]
    fn only_likely_names_are_suggested() {
        assert_eq!(nearest("salince", &["ideal", "salience"]), Some("salience"));
        assert_eq!(nearest("zzz", &["ideal", "salience"]), None);
    }
}
