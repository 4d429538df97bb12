//! The columns of `summary.csv`: what all replications say together.

use std::borrow::Cow;

use crate::export::column::{Column, Row};
use crate::scenario::{Provenance, Scenario};
use crate::summary::{Estimate, Line, Subject, SubjectKind};

/// The word for all forums together.
const ALL_FORUMS: &str = SubjectKind::AllForums.word();

/// A line of the summary.
pub struct SummaryRow<'a> {
    forum: &'a str,
    subject: &'a str,
    kind: SubjectKind,
    measure: Cow<'static, str>,
    estimate: Option<Estimate>,
    /// On what the mandates behind it rest.
    known: Provenance,
}

impl SummaryRow<'_> {
    fn interval(&self) -> Option<(f64, f64)> {
        self.estimate.and_then(|estimate| estimate.interval)
    }

    /// A number of mandates as a share of those behind the line [0–1]; none where there are none.
    fn share(&self, count: usize) -> Option<f64> {
        (self.known.mandates > 0).then(|| count as f64 / self.known.mandates as f64)
    }
}

/// The rows of a summary.
pub fn rows<'a>(scenario: &'a Scenario, lines: &'a [Line]) -> impl Iterator<Item = SummaryRow<'a>> {
    let mut last = None;
    lines.iter().map(move |line| {
        let (subject, country, clause) = match line.subject {
            Subject::Talks => (SubjectKind::Talks.word(), None, None),
            Subject::Clause(clause) => (scenario.clauses[clause].id.as_str(), None, Some(clause)),
            Subject::Country(country) => (scenario.countries[country].id.as_str(), Some(country), None),
            Subject::AllForums => (ALL_FORUMS, None, None),
        };
        // The lines of a subject follow each other.
        let about = (line.forum, country, clause);
        let known = match last {
            Some((like, known)) if like == about => known,
            _ => scenario.provenance(line.forum, country, clause),
        };
        last = Some((about, known));
        SummaryRow {
            forum: line.forum.map_or(ALL_FORUMS, |forum| &scenario.forums[forum].id),
            subject,
            kind: line.subject.kind(),
            measure: line.measure.name(),
            estimate: line.estimate,
            known,
        }
    })
}

impl<'a> Row<'a> for SummaryRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        Column::text("forum", "identifier", "Forum; `world` for all forums together", |row| row.forum),
        Column::text(
            "subject",
            "identifier",
            "`talks` for the forum as a whole, a clause, a country, or `world`",
            |row| row.subject,
        ),
        Column::text("measure", "name", "What is measured; see docs/results.md", |row| &row.measure),
        Column::figure(
            "mean",
            "as the measure",
            "Mean, or share of replications for what happens or not; empty where n is 0",
            |row| row.estimate.map(|estimate| estimate.mean),
        ),
        Column::figure(
            "ci_low",
            "as the measure",
            "Lower end of the 95 % interval of simulation, within the range of the measure: Wilson for shares; empty below two values, \
             and for equal values of a measure without an upper bound",
            |row| row.interval().map(|(low, _)| low),
        ),
        Column::figure("ci_high", "as the measure", "Upper end of the 95 % interval of simulation", |row| {
            row.interval().map(|(_, high)| high)
        }),
        Column::integer(
            "n",
            "replications",
            "Replications it rests on; 0 for what follows from the rules alone",
            |row| Some(row.estimate.map_or(0, |estimate| estimate.n)),
        ),
        Column::text("kind", "talks, clause, country or world", "What the subject is", |row| row.kind.word()),
        Column::figure("sd", "as the measure", "Standard deviation over replications", |row| {
            row.estimate.and_then(|estimate| estimate.sd)
        }),
        Column::figure(
            "imputed",
            "share",
            "Of the mandates behind the line, those without evidence of their own",
            |row| row.share(row.known.imputed),
        ),
        Column::figure(
            "unverified",
            "share",
            "Of the mandates behind the line, those on evidence of which some is unverified",
            |row| row.share(row.known.unverified),
        ),
    ];
}
