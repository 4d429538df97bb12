//! What follows adoption in a forum, in words.

use std::fmt::Write as _;

use crate::replay::short;
use crate::rules::Unit;
use crate::scenario::after::{Accession, EntryIntoForce, Incorporation, Kind, Least, NonApplication, Threshold};
use crate::scenario::{Forum, Scenario};

/// Most applicants that are named.
const MANY: usize = 16;

/// Lines on what follows adoption; none where nothing does.
pub fn lines(scenario: &Scenario, forum: &Forum) -> String {
    let mut text = String::new();
    let after = &forum.after;
    if after.kind == Kind::Dialogue {
        let (narrowing, convergence) = (short(after.dialogue.narrowing), short(after.dialogue.convergence));
        text += "Dialogue     binds nobody";
        if after.dialogue.narrowing + after.dialogue.convergence > 0.0 {
            let _ = write!(text, "; takes away {narrowing} of the doubt, brings {convergence} closer");
        }
        text.push('\n');
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
    let _ = writeln!(text, "\nIn force     {}", thresholds(forum, &after.force));
    if let Some(terms) = &after.non_application {
        let _ = writeln!(text, "Apart        {}", between_whom(scenario, terms));
    }
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

/// Between whom the text does not apply.
fn between_whom(scenario: &Scenario, terms: &NonApplication) -> String {
    let id = |country: usize| scenario.countries[country].id.as_str();
    let mut parts: Vec<String> =
        terms.against.iter().map(|&(one, other)| format!("{} against {}", id(one), id(other))).collect();
    if terms.trade_below > 0.0 {
        let share = short(terms.trade_below * 100.0);
        parts.push(format!("who does less than {share}% of its trade with one that falls short of the text"));
    }
    if terms.instead {
        parts.push("who would object to an applicant".into());
    }
    format!("the text does not apply where declared: {}", parts.join(", "))
}

fn thresholds(forum: &Forum, force: &EntryIntoForce) -> String {
    let joint = if force.any { " or " } else { " and " };
    let thresholds: Vec<String> = force.thresholds.iter().map(|one| threshold(forum, one)).collect();
    let when = match thresholds.is_empty() {
        true => "every signatory has consented".into(),
        false => format!("{} have consented", thresholds.join(joint)),
    };
    match force.after_days {
        0 => format!("once {when}"),
        days => format!("{days} days after {when}"),
    }
}

fn threshold(forum: &Forum, threshold: &Threshold) -> String {
    let what = if threshold.by_weight { " of weight" } else { "" };
    let mut text = match threshold.least {
        Least::Count(count) => format!("{}{what}", count.value()),
        Least::OfSignatories(share) => format!("{}{what} of the signatories", share.in_words()),
        Least::OfMembers(share) => format!("{}{what} of the members", share.in_words()),
    };
    if let Some(group) = &threshold.group {
        let _ = write!(text, " of {group}");
    }
    if let Some(group) = &threshold.outside {
        let _ = write!(text, " outside {group}");
    }
    // Of instruments of whole numbers; who signs is not known before, and who is of a group counts apart.
    let of_all = threshold.group.is_none() && threshold.outside.is_none() && !threshold.by_weight;
    let all = forum.weights.counts.whole(forum.members.iter().map(|member| member.count).sum());
    if let (Least::OfMembers(share), Some(all), true) =
        (threshold.least, all, of_all && forum.weights.counts == Unit::ONE)
    {
        let _ = write!(text, " ({} of {all})", share.least_of(all));
    }
    text
}

fn admission(scenario: &Scenario, accession: &Accession) -> String {
    let opens = accession.opens.map_or("entry into force".into(), |date| date.to_string());
    let mut text = format!("from {opens}; {}", accession.rule.describe());
    let id = |country: usize| scenario.countries[country].id.as_str();
    let applicants: Vec<&str> = accession.applicants.iter().map(|&country| id(country)).collect();
    match applicants.len() {
        0 => text += "; nobody has applied",
        1..=MANY => text += &format!("; may apply: {}", applicants.join(", ")),
        all => text += &format!("; {all} may apply"),
    }
    for &(applicant, party) in &accession.opposed {
        let _ = write!(text, "; {} opposes {}", id(party), id(applicant));
    }
    text
}

fn second_say(incorporation: &Incorporation) -> String {
    let body = if incorporation.body.is_empty() { "another body" } else { &incorporation.body };
    let needed = if incorporation.required { "; without it there is no signature" } else { "" };
    format!("{body}, {} members, {}{needed}", incorporation.members.len(), incorporation.rule.describe())
}
