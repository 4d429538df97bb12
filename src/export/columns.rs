//! The columns of every table: name, kind, unit, meaning.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Words.
    Text,
}

/// A column: name, kind, unit, description.
pub type Column = (&'static str, Kind, &'static str, &'static str);

use Kind::{Boolean, Integer, Number, Text};

pub(super) const RUNS: &[Column] = &[
    ("replication", Integer, "number", "Replication, counted from 0"),
    ("forum", Text, "identifier", "Forum"),
    ("concluded", Boolean, "true or false", "Whether a text was adopted"),
    ("rounds", Integer, "rounds", "Rounds held"),
    ("clauses_adopted", Integer, "clauses", "Clauses in the adopted text"),
    (
        "clauses_dropped",
        Integer,
        "clauses",
        "Clauses of the agenda that the adopted text leaves out; empty without a text",
    ),
    ("parties", Integer, "countries", "Members that become parties to the adopted text"),
    ("extensions", Integer, "times", "Extensions granted after the first deadline"),
    ("polls", Integer, "polls", "Polls held in the endgame"),
    ("exchanges", Integer, "exchanges", "Exchanges of positions between clauses; 0 without linkage"),
    ("externality", Number, "utility", "What the exchanges did to those who had no part in them, all together"),
    (
        "in_force_year",
        Integer,
        "year",
        "Year in which the text entered into force; empty where it did not before the horizon, or no horizon is stated",
    ),
    ("incorporated", Boolean, "true or false", "Whether the other body took the text in; empty where it was not asked"),
    (
        "without_a_vote",
        Boolean,
        "true or false",
        "Whether nobody objected to the adopted text in the last poll; empty without a text, and where modules are decided",
    ),
    ("unverified", Integer, "mandates", "Of the forum's mandates, those on evidence of which some is unverified"),
];

pub(super) const CLAUSES: &[Column] = &[
    ("replication", Integer, "number", "Replication, counted from 0"),
    ("forum", Text, "identifier", "Forum"),
    ("clause", Text, "identifier", "Clause"),
    ("adopted", Boolean, "true or false", "Whether the adopted text has a provision on it"),
    (
        "rung",
        Integer,
        "number",
        "Rung of the adopted provision, counted from 0; empty where none was adopted and on continuous scales",
    ),
    ("position", Number, "0-1", "Effective obligation of the adopted provision; empty where none was adopted"),
    ("round", Integer, "number", "Round in which its brackets fell, counted from 1; empty where the endgame decided"),
    ("objections", Integer, "objections", "Formal objections to it, over all rounds and polls"),
    ("dilutions", Integer, "steps", "Rungs, or steps of 0.1, by which the endgame weakened it"),
    ("dropped", Boolean, "true or false", "Whether the endgame took it out"),
    (
        "proposed",
        Boolean,
        "true or false",
        "Whether it was put forward and carried at the first reading; true where the forum holds none",
    ),
    (
        "flexibility",
        Number,
        "0-1",
        "Share of its depth that exceptions let members leave undone; 0 where there are none",
    ),
    ("opt_outs", Integer, "countries", "Parties to the adopted text that opted out of it"),
    (
        "unverified",
        Integer,
        "mandates",
        "Of the members' mandates on it, those on evidence of which some is unverified",
    ),
];

pub(super) const PARTIES: &[Column] = &[
    ("replication", Integer, "number", "Replication, counted from 0"),
    ("forum", Text, "identifier", "Forum"),
    ("country", Text, "identifier", "Country: a member, or one that may accede"),
    ("signed", Boolean, "true or false", "Whether it signed; empty without a horizon"),
    (
        "ratified",
        Boolean,
        "true or false",
        "Whether it ratified what it had signed before the horizon; empty without a horizon. A country that acceded did not",
    ),
    (
        "in_force_year",
        Integer,
        "year",
        "Year from which the text binds it; empty where it does not before the horizon, or no horizon is stated",
    ),
    (
        "gain",
        Number,
        "utility",
        "Gain over no deal of the last text put to the vote; empty for who was not at the table, or without such a text",
    ),
    (
        "concession",
        Number,
        "0-1",
        "How far its last stated positions are from its ideal points, weighted by salience; empty where it never spoke",
    ),
    (
        "distance",
        Number,
        "0-1",
        "How far the adopted text is from its ideal points, weighted by salience; empty without a text",
    ),
    ("party", Boolean, "true or false", "Whether it becomes a party to the text when it is adopted"),
    ("objections", Integer, "objections", "Its formal objections over all rounds and lost polls; empty without a seat"),
    (
        "decisive_objections",
        Integer,
        "objections",
        "Those of them without which the clause or text would have passed; empty without a seat",
    ),
    (
        "letters",
        Integer,
        "letters",
        "Side letters that it exchanged; empty where the forum has none, or for an outsider",
    ),
    (
        "apart",
        Integer,
        "countries",
        "Countries between which and it the text does not apply; empty without a horizon, or where none may declare so",
    ),
    (
        "co_sponsor",
        Boolean,
        "true or false",
        "Whether it puts its name to the adopted text; empty where the forum knows no co-sponsors, or for an outsider",
    ),
    (
        "unverified",
        Integer,
        "mandates",
        "Of its mandates, those on evidence of which some is unverified; empty without a seat",
    ),
    ("acceded", Boolean, "true or false", "Whether it acceded before the horizon; empty without a horizon"),
];

pub(super) const IMPUTED: &[Column] = &[
    ("country", Text, "identifier", "Country"),
    ("clause", Text, "identifier", "Clause"),
    ("quantity", Text, "ideal_point or salience", "What was imputed"),
    ("value", Number, "0-1", "Central value assumed"),
    ("uncertainty", Number, "0-1", "Standard deviation assumed"),
    ("method", Text, "words", "How it was imputed"),
    ("forum", Text, "identifier", "Forum"),
    (
        "unverified",
        Integer,
        "countries",
        "Of the countries it was taken from, those whose own evidence is partly unverified",
    ),
];

pub(super) const BLOCKERS: &[Column] = &[
    ("forum", Text, "identifier", "Forum"),
    ("country", Text, "identifier", "Country"),
    ("clause", Text, "identifier", "Clause that it stood in the way of"),
    (
        "objections",
        Integer,
        "objections",
        "Its objections to the clause where the forum had no text, or the clause was weakened or left out",
    ),
    ("decisive", Integer, "objections", "Those of them without which the clause or text would have passed"),
    (
        "held_up",
        Integer,
        "replications",
        "Replications in which an objection of it was decisive and the clause did not make it, or the forum had no text",
    ),
    (
        "in_minimal_set",
        Integer,
        "replications",
        "Replications without a text in which it is in a smallest blocking set of the last poll, by this clause",
    ),
    (
        "shortfall",
        Number,
        "utility",
        "What it would have taken to win the country in the last poll: mean over the replications without a text in which \
         it stood in the way by this clause; empty where there are none",
    ),
    ("imputed", Boolean, "true or false", "Whether its mandate on the clause had no evidence of its own"),
    (
        "unverified",
        Boolean,
        "true or false",
        "Whether its mandate on the clause rests on evidence of which some is unverified",
    ),
    (
        "replications",
        Integer,
        "replications",
        "Replications in which it objected to the clause, and the forum had no text, or the clause was weakened or left out",
    ),
];

pub(super) const SUMMARY: &[Column] = &[
    ("forum", Text, "identifier", "Forum; `world` for all forums together"),
    ("subject", Text, "identifier", "`talks` for the forum as a whole, a clause, a country, or `world`"),
    ("measure", Text, "name", "What is measured; see docs/results.md"),
    ("mean", Number, "as the measure", "Mean, or share of replications for what happens or not; empty where n is 0"),
    (
        "ci_low",
        Number,
        "as the measure",
        "Lower end of the 95 % interval of simulation, within the range of the measure: Wilson for shares; empty below two values, \
         and for equal values of a measure without an upper bound",
    ),
    ("ci_high", Number, "as the measure", "Upper end of the 95 % interval of simulation"),
    ("n", Integer, "replications", "Replications it rests on; 0 for what follows from the rules alone"),
    ("kind", Text, "talks, clause, country or world", "What the subject is"),
    ("sd", Number, "as the measure", "Standard deviation over replications"),
    ("imputed", Number, "share", "Of the mandates behind the line, those without evidence of their own"),
    ("unverified", Number, "share", "Of the mandates behind the line, those on evidence of which some is unverified"),
];
