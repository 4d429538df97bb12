//! Who refuses: decisions on record, who stood for and against, and how well the engine tells it from what was known before.
//!
//! A case becomes a scenario with one text ([`staged`]). The engine's own acceptance and objection decide: who accepts the
//! text is for it, who objects is against it, who does neither lets it pass. Whether standing against a text blocks it is a
//! matter of the rule, not of the stance, so *against* and *blocks* are one. [`rivals`] are a base rate and a regression.

pub mod played;
pub mod profile;
pub mod rivals;
pub mod scored;
pub mod staged;

use crate::quantity::Date;
use crate::scenario::decisions::{DECISIONS, STANDS};
use crate::scenario::problem::Problems;
use crate::scenario::source::{Files, text_of};
use crate::scenario::tables::{self, Column, Row};

/// How a country stands on a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// It votes for it, supports or signs it.
    For,
    /// It lets it pass.
    Abstains,
    /// It votes against it, refuses it or blocks it.
    Against,
}

impl Stance {
    /// All of them, in the order of chances.
    pub const ALL: [Stance; 3] = [Stance::For, Stance::Abstains, Stance::Against];
}

/// Chances of the three stances [adding up to 1].
pub type Chances = [f64; 3];

/// One country in one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// The country.
    pub country: String,
    /// Where it stood.
    pub stance: Stance,
    /// How sure that is: `high`, `medium` or `low`.
    pub confidence: String,
    /// Whether it is on record as an author of the text: that is known beforehand and not forecast.
    pub author: bool,
}

/// One decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Identifier.
    pub id: String,
    /// The last day before it: where only the year is known, of the year before.
    pub eve: Date,
    /// The latest day on which it can have been.
    pub date: Date,
    /// How it was decided: `majority`, `consensus`, `opt_in` or `critical_mass`.
    pub rule: String,
    /// What was on the table.
    pub what: String,
    /// Who brought the text.
    pub author: String,
    /// The scale on which the text lies: a clause of the library, or a line of texts of its own.
    pub axis: String,
    /// Where the text lies [0–1]; without it 0 holds.
    pub point: f64,
    /// Who is on record.
    pub parties: Vec<Party>,
}

impl Case {
    /// Those whose stance is forecast: everyone on record but authors.
    pub fn forecast(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|party| !party.author && party.country != self.author)
    }
}

/// Words of the column `stance`.
const STANCES: &[(&str, (Stance, bool))] = &[
    ("author", (Stance::For, true)),
    ("for", (Stance::For, false)),
    ("abstains", (Stance::Abstains, false)),
    ("against", (Stance::Against, false)),
    ("blocks", (Stance::Against, false)),
];
/// Words of the column `rule`.
const RULES: &[(&str, ())] = &[("majority", ()), ("consensus", ()), ("opt_in", ()), ("critical_mass", ())];
/// Words of the column `confidence`.
const CONFIDENCE: &[(&str, ())] = &[("high", ()), ("medium", ()), ("low", ())];

/// Reads the cases of a library, in the order of their days; none where it has none.
pub fn read(files: &dyn Files, folder: &str, problems: &mut Problems) -> Vec<Case> {
    let path = |name: &str| format!("{folder}/{name}");
    if files.read(&path("cases.csv")).is_err() {
        return Vec::new();
    }
    let rows = |name: &str, columns: &[Column], problems: &mut Problems| match text_of(files, &path(name)) {
        Ok(file) => tables::read(&file, columns, problems).rows,
        Err(unreadable) => {
            problems.extend(unreadable.0);
            Vec::new()
        }
    };
    let mut cases: Vec<Case> = Vec::new();
    for row in rows("cases.csv", DECISIONS, problems) {
        cases.extend(case(&row, problems));
    }
    for row in rows("case_parties.csv", STANDS, problems) {
        row.word("confidence", CONFIDENCE, problems);
        let stance = row.word("stance", STANCES, problems);
        let (Some(id), Some(country)) = (row.needed("case", problems), row.needed("country", problems)) else {
            continue;
        };
        let Some(case) = cases.iter_mut().find(|case| case.id == id) else {
            problems.push(row.problem("comity::hindcast::unknown_case", "case", format!("no case `{id}`")));
            continue;
        };
        if case.parties.iter().any(|party| party.country == country) {
            let what = format!("`{country}` stands in `{id}` already");
            problems.push(row.problem("comity::hindcast::unknown_case", "country", what));
        } else if let Some((stance, author)) = stance {
            case.parties.push(Party { country, stance, confidence: row.text("confidence").to_owned(), author });
        }
    }
    cases.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    cases
}

fn case(row: &Row, problems: &mut Problems) -> Option<Case> {
    row.word("rule", RULES, problems);
    row.word("confidence", CONFIDENCE, problems);
    let text = |column: &str, problems: &mut Problems| row.needed(column, problems);
    let (id, written) = (text("case", problems)?, text("date", problems)?);
    let date = Date::latest_of(&written);
    if date.is_none() {
        problems.push(row.problem("comity::table::cell", "date", format!("\"{written}\" is not a date")));
    }
    let date = date?;
    // The first day on which it can have been: the day itself, or the first of its month or year.
    let first = match written.len() {
        4 => Date { month: 1, day: 1, ..date },
        7 => Date { day: 1, ..date },
        _ => date,
    };
    Some(Case {
        id,
        eve: Date::of(first.day() - 1),
        date,
        rule: row.text("rule").to_owned(),
        what: text("what", problems)?,
        author: text("author", problems)?,
        axis: text("axis", problems)?,
        point: row.number("point", 0.0, 1.0, problems)?,
        parties: Vec::new(),
    })
}
