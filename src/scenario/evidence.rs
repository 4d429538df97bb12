//! Evidence: dated, sourced signs of what a country wants, and which of them may count.
//!
//! A mandate is never typed in from hindsight. A row counts for a forum only if it is sure to have existed on the
//! scenario's `as_of` day, and only if it is not drawn from the very text that the forum negotiates. There is no other
//! way from a row to a mandate than through [`Evidence::usable`].

use schemars::JsonSchema;
use serde::Deserialize;

use super::problem::Problems;
use super::tables::{Column, Row};
use crate::quantity::Date;

/// Columns of the evidence table.
pub const COLUMNS: &[Column] = &[
    ("id", true),
    ("actor", true),
    ("clause", true),
    ("date", true),
    ("rung", false),
    ("point", false),
    ("salience", true),
    ("red_line", true),
    ("basis", true),
    ("instrument", true),
    ("drawn_from_text", true),
    ("note", false),
    ("source", true),
    ("confidence", true),
];

/// One piece of evidence.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Its identifier.
    pub id: String,
    /// A country, or a group that spoke for its members.
    pub actor: String,
    /// The clause.
    pub clause: String,
    /// The latest day on which it can have come into being.
    pub date: Date,
    /// What it wanted: a rung of the clause's ladder, by number.
    pub rung: Option<usize>,
    /// What it wanted: a point of a continuous clause [0–1].
    pub point: Option<f64>,
    /// How much it cared.
    pub salience: f64,
    /// Whether it drew a red line, and on which side.
    pub red_line: Option<Side>,
    /// What kind of evidence it is.
    pub basis: Basis,
    /// The instrument it is about; empty for law and treaties of other kinds.
    pub instrument: String,
    /// Whether it is drawn from that instrument's own text (say, from having signed it).
    pub drawn_from_text: bool,
    /// What it says.
    pub note: String,
    /// Where it is found.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// The side of a red line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Nothing less.
    Floor,
    /// Nothing more.
    Ceiling,
}

/// Kinds of evidence, from the most to the least direct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "data/README.md says what each word of the table means")]
pub enum Basis {
    Proposal,
    Statement,
    RevealedReservation,
    NegotiatingReport,
    Application,
    DomesticRegime,
    PriorTreaty,
    RevealedBySignature,
    RevealedNonsupport,
    Vote,
    PriorTreatyMachineCoded,
}

impl Basis {
    /// Words of the table.
    pub const WORDS: &'static [(&'static str, Basis)] = &[
        ("proposal", Basis::Proposal),
        ("statement", Basis::Statement),
        ("revealed_reservation", Basis::RevealedReservation),
        ("negotiating_report", Basis::NegotiatingReport),
        ("application", Basis::Application),
        ("domestic_regime", Basis::DomesticRegime),
        ("prior_treaty", Basis::PriorTreaty),
        ("revealed_by_signature", Basis::RevealedBySignature),
        ("revealed_nonsupport", Basis::RevealedNonsupport),
        ("vote", Basis::Vote),
        ("prior_treaty_machine_coded", Basis::PriorTreatyMachineCoded),
    ];

    /// How directly it tells what a country wants in a negotiation, against a proposal of its own [0–1]. A judgement,
    /// stated in docs/model.md: what is put forward says more than what was once signed, and what people read says more
    /// than what a regular expression found.
    pub fn directness(self) -> f64 {
        match self {
            Basis::Proposal | Basis::Statement | Basis::RevealedReservation => 1.0,
            Basis::NegotiatingReport | Basis::Application => 0.8,
            Basis::DomesticRegime | Basis::PriorTreaty | Basis::RevealedBySignature | Basis::RevealedNonsupport => 0.6,
            Basis::Vote => 0.5,
            Basis::PriorTreatyMachineCoded => 0.4,
        }
    }

    /// For people.
    pub fn words(self) -> &'static str {
        Basis::WORDS.iter().find(|(_, basis)| *basis == self).map_or("", |(word, _)| word)
    }
}

/// How sure a row, or what a scenario states, is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Unverified, or made up.
    #[default]
    Low,
    /// Secondary, or machine-coded from the text.
    Medium,
    /// Read in the primary text.
    High,
}

impl Confidence {
    /// Words of the tables.
    pub const WORDS: &'static [(&'static str, Confidence)] =
        &[("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)];

    /// Force of a row, against one read in the primary text [0–1].
    pub fn force(self) -> f64 {
        match self {
            Confidence::High => 1.0,
            Confidence::Medium => 0.7,
            Confidence::Low => 0.4,
        }
    }

    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low: unverified",
        }
    }
}

/// Years in which a row loses half of its force.
const HALF_LIFE: f64 = 8.0;

impl Evidence {
    /// Reads a row; none where it is wrong.
    pub fn from_row(row: &Row, problems: &mut Problems) -> Option<Evidence> {
        let id = row.needed("id", problems);
        let actor = row.needed("actor", problems);
        let clause = row.needed("clause", problems);
        let source = row.needed("source", problems);
        let date = Date::latest_of(row.text("date"));
        if date.is_none() && row.has("date") {
            problems.push(
                row.problem("comity::table::cell", "date", format!("\"{}\" is not a date", row.text("date")))
                    .help("expected a year (2018), a month (2018-03) or a day (2018-03-08)"),
            );
        }
        let rung = row.number("rung", 0.0, 1000.0, problems);
        if rung.is_some_and(|rung| rung.fract() != 0.0) {
            problems.push(
                row.problem("comity::table::cell", "rung", "a rung is a whole number")
                    .help("count rungs from 0, as in the table of clauses"),
            );
        }
        let point = row.number("point", 0.0, 1.0, problems);
        if row.text("rung").is_empty() == row.text("point").is_empty() {
            problems.push(
                row.problem("comity::table::cell", "rung", "a row needs either a rung or a point")
                    .help("fill in `rung` for a clause with rungs, `point` for a continuous one"),
            );
        }
        let salience = row.number("salience", 0.0, 1.0, problems);
        row.needed("salience", problems);
        let red_line = row.word(
            "red_line",
            &[("floor", Some(Side::Floor)), ("ceiling", Some(Side::Ceiling)), ("no", None)],
            problems,
        );
        let basis = row.word("basis", Basis::WORDS, problems);
        let drawn = row.word("drawn_from_text", &[("yes", true), ("no", false)], problems);
        let confidence = row.word("confidence", Confidence::WORDS, problems);
        for column in ["basis", "drawn_from_text", "confidence", "red_line"] {
            row.needed(column, problems);
        }
        Some(Evidence {
            id: id?,
            actor: actor?,
            clause: clause?,
            date: date?,
            rung: rung.map(|rung| rung as usize),
            point,
            salience: salience?,
            red_line: red_line?,
            basis: basis?,
            instrument: row.text("instrument").to_owned(),
            drawn_from_text: drawn?,
            note: row.text("note").to_owned(),
            source: source?,
            confidence: confidence?,
        })
    }

    /// Whether it counts for a forum that negotiates `instrument`, as of a day.
    pub fn usable(&self, as_of: Date, instrument: Option<&str>) -> bool {
        let leaks = self.drawn_from_text && instrument == Some(self.instrument.as_str());
        self.date <= as_of && !leaks
    }

    /// Its force among other evidence: directness × confidence × recency [0–1].
    pub fn force(&self, as_of: Date) -> f64 {
        let age = f64::from((as_of.year - self.date.year).max(0));
        self.basis.directness() * self.confidence.force() * crate::maths::pow(0.5, age / HALF_LIFE)
    }
}
