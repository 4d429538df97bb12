//! Issues as a table: `issue[,scale_min,scale_max,reference_point,rule,outcome,group]`, one row an issue. Other columns
//! are the user's own. The columns of the DEU files (`issue_id`, `proposal_id`, `council_vote_rule`) are taken for
//! `issue`, `group` and `rule`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Definition;
use crate::forecast::Rule;
use crate::rules::{Fraction, Quota};
use crate::scenario::MAX_QUANTITY;
use crate::scenario::problem::{File, Problem, Problems};
use crate::scenario::tables::{self, Column, Row};

const COLUMNS: &[Column] = &[
    ("issue", false),
    ("scale_min", false),
    ("scale_max", false),
    ("reference_point", false),
    ("rule", false),
    ("outcome", false),
    ("group", false),
    ("issue_id", false),
    ("proposal_id", false),
    ("council_vote_rule", false),
];

/// Words for rules, the first two of them the contract's.
const WORDS: &[(&str, Rule)] = &[
    ("unanimity", Rule::Unanimity),
    ("majority", Rule::Majority),
    ("Unan", Rule::Unanimity),
    ("QMV", Rule::Majority),
    ("QMV(10)", Rule::Majority),
];

/// The name of a column in this table: the contract's, or else that of the DEU files.
fn named(row: &Row, contract: &'static str, deu: &'static str) -> &'static str {
    if row.has(contract) || !row.has(deu) { contract } else { deu }
}

/// Reads a table of issues; and whether it has a column of groups.
pub(super) fn read(file: &Arc<File>, problems: &mut Problems) -> (Vec<Definition>, bool) {
    let table = tables::read_with_others(file, COLUMNS, problems);
    let mut found: Vec<Definition> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut grouped = false;
    for row in &table.rows {
        let (id, group) = (named(row, "issue", "issue_id"), named(row, "group", "proposal_id"));
        if !row.has(id) {
            problems.push(
                Problem::new("comity::table::column", Some(row.at("")), "the table lacks the column `issue`")
                    .label("a row of it")
                    .help("expected a header row with `issue` and, where known, scale_min, scale_max, reference_point, rule, outcome, group"),
            );
            break;
        }
        grouped |= row.has(group);
        let mut number = |column| row.number(column, -MAX_QUANTITY, MAX_QUANTITY, problems);
        let scale = (number("scale_min"), number("scale_max"));
        let (reference, outcome) = (number("reference_point"), number("outcome"));
        let rule = rule(row, problems);
        let Some(issue) = row.needed(id, problems) else { continue };
        if !seen.insert(issue.clone()) {
            problems.push(
                row.problem("comity::forecast::duplicate", id, format!("issue `{issue}` stands twice"))
                    .help("keep one row an issue"),
            );
            continue;
        }
        let group = Some(row.text(group)).filter(|group| !group.is_empty()).map(str::to_owned);
        found.push(Definition { issue, scale, reference, rule, outcome, group, at: Some(row.at("")) });
    }
    (found, grouped)
}

/// The rule of an issue; a majority where nothing is said.
fn rule(row: &Row, problems: &mut Problems) -> Rule {
    let column = named(row, "rule", "council_vote_rule");
    let text = row.text(column);
    if text.is_empty() {
        return Rule::default();
    }
    if let Some((_, rule)) = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)) {
        return *rule;
    }
    match quota(text) {
        Some(quota) => Rule::Quota(quota),
        None => {
            problems.push(
                row.problem("comity::forecast::rule", column, format!("\"{text}\" is no rule")).help(
                    "expected `unanimity`, `majority`, or a quota: a fraction like 2/3, a percentage or a number up to 1 is a share of the capability, a number above 1 an amount of it",
                ),
            );
            Rule::default()
        }
    }
}

/// A quota: a share of the capability, or an amount of it where a number is more than 1.
fn quota(text: &str) -> Option<Quota> {
    if let Some(amount) = text.parse().ok().filter(|&amount| amount > 1.0) {
        return Fraction::exactly(amount).map(Quota::Votes);
    }
    let fits = |share: &Fraction| *share > Fraction::NOTHING && *share <= Fraction::ONE;
    Fraction::read(text).ok().filter(fits).map(Quota::Share)
}
