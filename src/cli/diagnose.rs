//! Problems as people see them: the message, the line it is about, what was expected, what to do.

use std::fmt::{self, Write};
use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, NamedSource, SourceCode, SourceSpan,
    SpanContents, ThemeStyles,
};

use super::terminal;
use crate::scenario::problem::{File, Problem, Problems};

/// A problem dressed for [`miette`].
struct Shown<'a> {
    problem: &'a Problem,
    source: Option<NamedSource<Text>>,
}

/// The text of a file, shared with the problem.
#[derive(Debug)]
struct Text(Arc<File>);

impl SourceCode for Text {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        self.0.text.read_span(span, before, after)
    }
}

impl<'a> Shown<'a> {
    fn new(problem: &'a Problem) -> Self {
        let source = problem.at.as_ref().map(|at| NamedSource::new(&at.file.name, Text(at.file.clone())));
        Shown { problem, source }
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(self.problem.code))
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.problem.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let at = self.problem.at.as_ref()?;
        let end = at.span.end.min(at.file.text.len());
        let start = at.span.start.min(end);
        // A span over many lines is pointed at by its first.
        let first_line = at.file.text[start..end].find('\n').map_or(end, |newline| start + newline);
        let span = SourceSpan::from((start, first_line - start));
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(Some(self.problem.label.clone()), span))))
    }
}

/// Problems of one kind in one file that are told at length; the others take a line each.
const TOLD_AT_LENGTH: usize = 8;
/// Most problems that are told in a line.
const TOLD_IN_SHORT: usize = 100;

/// All problems as text.
pub fn render(problems: &Problems, colours: bool, width: usize) -> String {
    let theme = GraphicalTheme {
        styles: if colours { ThemeStyles::ansi() } else { ThemeStyles::none() },
        ..GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false).with_context_lines(1);
    let mut text = String::new();
    let mut told = std::collections::BTreeMap::new();
    let mut in_short = 0;
    for problem in &problems.0 {
        let file = problem.at.as_ref().map(|at| &at.file.name);
        let alike = told.entry((problem.code, file)).or_insert(0);
        *alike += 1;
        if *alike > TOLD_AT_LENGTH {
            in_short += 1;
            if in_short <= TOLD_IN_SHORT {
                let _ = writeln!(text, "{}", Problems(vec![problem.clone()]));
            }
            continue;
        }
        if handler.render_report(&mut text, &Shown::new(problem)).is_err() {
            let _ = writeln!(text, "{}", problem.message);
        }
        text.push('\n');
    }
    if in_short > TOLD_IN_SHORT {
        let _ = writeln!(text, "and {} more like these\n", in_short - TOLD_IN_SHORT);
    }
    if problems.0.len() > 1 {
        let _ = writeln!(text, "{} problems", problems.0.len());
    }
    text
}

/// Reports problems on standard error.
pub fn report(problems: &Problems) {
    terminal::say(render(problems, terminal::colours(), terminal::width()).trim_end());
}
