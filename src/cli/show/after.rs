//! What follows adoption in a forum, in words.

use std::fmt::Write as _;

use crate::replay::short;
use crate::scenario::after::{Accession, EntryIntoForce, Incorporation, Kind, Least, Threshold};
use crate::scenario::{Forum, Scenario};

/// Lines on what follows adoption; none where nothing does.
pub fn lines(scenario: &Scenario, forum: &Forum) -> String {
    let mut text = String::new();
    let after = &forum.after;
    if after.kind == Kind::Dialogue {
        let (narrowing, convergence) = (short(after.dialogue.narrowing), short(after.dialogue.convergence));
        let _ = writeln!(
            text,
            "Dialogue     binds nobody; takes away {narrowing} of the doubt, brings {convergence} closer"
        );
        return text;
    }
    let Some(aftermath) = scenario.aftermath else { return text };
    let _ = writeln!(text, "Followed     until {}, {} times a year", aftermath.horizon, aftermath.seasons_per_year);
    let days = match after.signature_after_days {
        0 => "on adoption".into(),
        days => format!("{days} days after adoption"),
    };
    let _ = write!(text, "Signature    {days}");
    if let Some(reservations) = &after.reservations {
        let _ = write!(text, "; up to {} clauses may be reserved", reservations.at_most);
    }
    let _ = writeln!(text, "\nIn force     {}", thresholds(&after.force));
    match &after.accession {
        Some(accession) => {
            let _ = writeln!(text, "Accession    {}", admission(scenario, accession));
        }
        None => text.push_str("Accession    nobody can accede\n"),
    }
    match after.notice_days {
        Some(days) => {
            let _ = writeln!(text, "Withdrawal   with {days} days of notice");
        }
        None => text.push_str("Withdrawal   nobody can withdraw\n"),
    }
    if let Some(incorporation) = &after.incorporation {
        let _ = writeln!(text, "Second say   {}", second_say(incorporation));
    }
    text
}

fn thresholds(force: &EntryIntoForce) -> String {
    let joint = if force.any { " or " } else { " and " };
    let thresholds: Vec<String> = force.thresholds.iter().map(threshold).collect();
    let when = match thresholds.is_empty() {
        true => "every signatory has consented".into(),
        false => format!("{} have consented", thresholds.join(joint)),
    };
    match force.after_days {
        0 => format!("once {when}"),
        days => format!("{days} days after {when}"),
    }
}

fn threshold(threshold: &Threshold) -> String {
    let what = if threshold.by_weight { " of weight" } else { "" };
    let percent = |share: f64| short(share * 100.0);
    let mut text = match threshold.least {
        Least::Count(count) => format!("{}{what}", short(count)),
        Least::OfSignatories(share) => format!("{}%{what} of the signatories", percent(share)),
        Least::OfMembers(share) => format!("{}%{what} of the members", percent(share)),
    };
    if let Some(group) = &threshold.group {
        let _ = write!(text, " of {group}");
    }
    if let Some(group) = &threshold.outside {
        let _ = write!(text, " outside {group}");
    }
    text
}

fn admission(scenario: &Scenario, accession: &Accession) -> String {
    let opens = accession.opens.map_or("entry into force".into(), |date| date.to_string());
    let mut text = format!("from {opens}; {}", accession.rule.describe());
    for &(applicant, party) in &accession.opposed {
        let id = |country: usize| &scenario.countries[country].id;
        let _ = write!(text, "; {} opposes {}", id(party), id(applicant));
    }
    text
}

fn second_say(incorporation: &Incorporation) -> String {
    let body = if incorporation.body.is_empty() { "another body" } else { &incorporation.body };
    let needed = if incorporation.required { "; without it there is no signature" } else { "" };
    format!("{body}, {} members, {}{needed}", incorporation.members.len(), incorporation.rule.describe())
}
