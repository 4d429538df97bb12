//! A scenario held against the record: whether its rules, days, members, thresholds and shocks are those of the instruments
//! that it names. A what-if may depart from them, and says so; a scenario that is no variant may not.

use super::after::{EntryIntoForce, Least};
use super::check::Checked;
use super::document::Value;
use super::problem::{At, Problem, Problems};
use super::record::{ACCEDED, OPPONENT, Record, disagrees, listed, span};
use super::tables::Row;
use super::{Forum, Membership, Shock, Undertaking, When};
use crate::quantity::Date;
use crate::rules::Fraction;

/// The comparison of one scenario.
pub(super) struct Held<'a> {
    pub record: &'a Record,
    pub checked: &'a Checked,
    /// Where a what-if departs from the record, in words.
    pub departures: Vec<String>,
}

impl Held<'_> {
    /// Compares everything; what a variant or an override states is a departure, anything else a problem.
    pub fn compare(&mut self, problems: &mut Problems) {
        let scenario = self.checked.scenario.clone();
        if self.record.instruments().next().is_none() {
            return;
        }
        for forum in &scenario.forums {
            let Some(instrument) = forum.instrument.as_deref() else { continue };
            if !self.record.knows(instrument) {
                let known = self.record.instruments();
                let at = self.at(forum, &["instrument"]);
                let message = format!("`{}`: nothing is on record of the instrument `{instrument}`", forum.id);
                self.tell(disagrees(at, message, None).suggest(instrument, known), problems);
                continue;
            }
            self.rules(forum, instrument, problems);
            self.calendar(forum, instrument, problems);
            self.members(forum, instrument, problems);
            self.applicants(forum, instrument, problems);
        }
        for shock in &scenario.shocks {
            self.shock(shock, problems);
        }
    }

    fn rules(&mut self, forum: &Forum, instrument: &str, problems: &mut Problems) {
        let after = &forum.after;
        let undertaking = match forum.undertaking {
            Undertaking::Single => "single",
            Undertaking::Modular => "modular",
        };
        let rounds = forum.calendar.rounds.to_string();
        let counts = self.record.fact(instrument, "rounds").is_some_and(|row| row.text("value").parse::<u32>().is_ok());
        let mut said = vec![
            ("rule_coded", vec!["rule"], forum.rule.code()),
            ("undertaking_coded", vec!["undertaking"], undertaking.to_owned()),
            ("delegations", vec!["members"], forum.members.len().to_string()),
        ];
        let drafts = forum.terms.silence;
        said.extend((drafts > 0).then(|| ("silence_coded", vec!["silence", "drafts"], drafts.to_string())));
        said.extend(counts.then(|| ("rounds", vec!["calendar", "rounds"], rounds)));
        said.extend(
            after
                .incorporation
                .as_ref()
                .map(|second| ("second_decision_coded", vec!["incorporation", "rule"], second.rule.code())),
        );
        said.extend(
            after.accession.as_ref().map(|open| ("accession_coded", vec!["accession", "rule"], open.rule.code())),
        );
        if self.checked.scenario.aftermath.is_some() {
            said.push(("entry_into_force_coded", vec!["entry_into_force"], thresholds_in_short(&after.force)));
        }
        for (fact, path, says) in said {
            let Some(row) = self.record.fact(instrument, fact) else { continue };
            let known = row.text("value");
            if in_fractions(known) != says {
                let message = format!("`{}`: {} is {says}, but on record {known}", forum.id, path.join("."));
                self.tell(disagrees(self.at(forum, &path), message, Some(row)), problems);
            }
        }
        for &opposed in after.incorporation.iter().flat_map(|second| &second.opposed) {
            let country = &self.checked.scenario.countries[forum.candidate(opposed).country].id;
            if !self.record.in_role(instrument, OPPONENT).any(|known| known == country) {
                let at = self.at(forum, &["incorporation", "opposed"]);
                let message = format!("`{}`: no objection on principle is on record of `{country}`", forum.id);
                self.tell(disagrees(at, message, None), problems);
            }
        }
    }

    fn calendar(&mut self, forum: &Forum, instrument: &str, problems: &mut Problems) {
        let day = |fact: &str| self.record.fact(instrument, fact).and_then(|row| Some((span(row.text("value"))?, row)));
        let start = forum.calendar.start;
        let mut found = Vec::new();
        if let Some(((first, _), row)) = day("opened").filter(|((first, _), _)| start < *first) {
            let message = format!("`{}`: talks begin on {start}, but on record they opened on {first}", forum.id);
            found.push((vec!["calendar", "start"], message, row));
        }
        if let Some(((_, last), row)) = day("concluded").filter(|((_, last), _)| start > *last) {
            let message = format!("`{}`: talks begin on {start}, but on record they were over on {last}", forum.id);
            found.push((vec!["calendar", "start"], message, row));
        }
        let exact = |fact: &str| day(fact).filter(|((first, last), _)| first == last).map(|((day, _), row)| (day, row));
        let consents = self.checked.scenario.aftermath.is_some();
        if let (true, Some((concluded, _)), Some((signed, row))) = (consents, exact("concluded"), exact("signed")) {
            let says = Date::of(concluded.day() + i64::from(forum.after.signature_after_days));
            if says != signed {
                let message = format!(
                    "`{}`: signed {} days after {concluded} is {says}, but on record it was signed on {signed}",
                    forum.id, forum.after.signature_after_days
                );
                found.push((vec!["consent", "signature_after_days"], message, row));
            }
        }
        for (path, message, row) in found {
            self.tell(disagrees(self.at(forum, &path), message, Some(row)), problems);
        }
    }

    /// Whoever negotiated has a seat; that nobody else has one, the number of delegations tells.
    fn members(&mut self, forum: &Forum, instrument: &str, problems: &mut Problems) {
        let countries = &self.checked.scenario.countries;
        let seated: Vec<&str> = forum.members.iter().map(|member| countries[member.country].id.as_str()).collect();
        let without: Vec<&Row> =
            self.record.negotiators(instrument).filter(|row| !seated.contains(&row.text("country"))).collect();
        for row in without {
            let message = format!(
                "`{}`: `{}` has no seat, but is on record as {}",
                forum.id,
                row.text("country"),
                row.text("role")
            );
            self.tell(disagrees(self.at(forum, &["members"]), message, Some(row)), problems);
        }
    }

    fn applicants(&mut self, forum: &Forum, instrument: &str, problems: &mut Problems) {
        let (Some(open), Some(row)) = (&forum.after.accession, self.record.fact(instrument, "applicants")) else {
            return;
        };
        let mut known: Vec<&str> = listed(row.text("value")).chain(self.record.in_role(instrument, ACCEDED)).collect();
        known.sort_unstable();
        known.dedup();
        let countries = &self.checked.scenario.countries;
        let mut says: Vec<&str> = open.applicants.iter().map(|&country| countries[country].id.as_str()).collect();
        says.sort_unstable();
        if says != known {
            let (says, known) = (says.join(", "), known.join(", "));
            let message = format!("`{}`: {says} may accede, but on record those that applied are {known}", forum.id);
            self.tell(disagrees(self.at(forum, &["accession", "applicants"]), message, Some(row)), problems);
        }
    }

    /// A shock is an event on record, or unverified.
    fn shock(&mut self, shock: &Shock, problems: &mut Problems) {
        let document = &self.checked.resolved.document;
        let at = |key: &str| document.at(&["shock", &shock.id, key]);
        let Some(id) = document.text(&["shock", &shock.id, "event"]) else {
            if !shock.confidence.starts_with("low") {
                let message = format!("the shock `{}` is {} but names no event", shock.id, shock.confidence);
                let help = "name the `event` of events.csv that it is, or say that its confidence is low";
                problems.push(Problem::new("comity::data::record", Some(at("confidence")), message).help(help));
            }
            return;
        };
        let Some(event) = self.record.event(id) else {
            let message = format!("the shock `{}` is the event `{id}`, which is not on record", shock.id);
            let known = self.record.event_ids();
            problems.push(Problem::new("comity::data::record", Some(at("event")), message).suggest(id, known));
            return;
        };
        let mut found = Vec::new();
        if let (When::On(day), Some((first, last))) = (shock.when, span(event.text("date")))
            && !(first..=last).contains(&day)
        {
            found.push(("date", format!("strikes on {day}"), "date"));
        }
        let actors: Vec<&str> = listed(event.text("actors")).collect();
        let known = |country: &&usize| {
            let country = &self.checked.scenario.countries[**country];
            actors.iter().any(|actor| country.id == *actor || country.groups.iter().any(|group| group == actor))
        };
        if let Some(other) = shock.countries.iter().find(|country| !known(country)) {
            found.push(("countries", format!("strikes `{}`", self.checked.scenario.countries[*other].id), "actors"));
        }
        let clauses: Vec<&str> = listed(event.text("clauses")).collect();
        for clause in texts(document.get(&["shock", &shock.id, "clauses"]).map(|node| &node.value)) {
            if !clauses.contains(&clause) {
                found.push(("clauses", format!("touches `{clause}`"), "clauses"));
            }
        }
        let instrument = event.text("instrument");
        for concerned in &shock.concerned {
            let forum = &self.checked.scenario.forums[concerned.forum];
            if !instrument.is_empty() && forum.instrument.as_deref() != Some(instrument) {
                found.push(("forums", format!("concerns `{}`", forum.id), "instrument"));
            }
        }
        if (shock.effect.membership == Some(Membership::Leave)) != (event.text("kind") == "withdrawal") {
            found.push(("effect", "makes members leave, or does not".to_owned(), "kind"));
        }
        for (key, says, column) in found {
            let known = event.text(column);
            let message = format!("the shock `{}` {says}, but the {column} of event `{id}` is {known}", shock.id);
            let (line, place) = event.at(column).line_and_column();
            let help = format!("mend the wrong one; the record is at {}:{line}:{place}", event.at(column).file.name);
            self.tell(Problem::new("comity::data::record", Some(at(key)), message).help(help), problems);
        }
    }

    fn at(&self, forum: &Forum, path: &[&str]) -> At {
        let path: Vec<&str> = ["forum", &forum.id].into_iter().chain(path.iter().copied()).collect();
        self.checked.resolved.document.at(&path)
    }

    fn tell(&mut self, problem: Problem, problems: &mut Problems) {
        match &problem.at {
            Some(at) if self.checked.resolved.is_stated_by_variant(at) => self.departures.push(problem.message),
            _ => problems.push(problem),
        }
    }
}

/// The texts of a list.
fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let items = match value {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(|item| match &item.value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    })
}

/// What is coded on record, with every share as the fraction that is meant.
fn in_fractions(known: &str) -> String {
    let share = |word: &str| word.contains(['.', '/', '%']).then(|| Fraction::read(word).ok()).flatten();
    let words = known.split(' ').map(|word| share(word).map_or_else(|| word.to_owned(), |share| share.to_string()));
    words.collect::<Vec<_>>().join(" ")
}

/// Thresholds as they are coded on record: `6 in ASEAN and 3 outside ASEAN, after 60 days`.
fn thresholds_in_short(force: &EntryIntoForce) -> String {
    let one = |threshold: &super::after::Threshold| {
        let mut words = match threshold.least {
            Least::Count(count) => count.to_string(),
            Least::OfSignatories(share) => format!("{share} of signatories"),
            Least::OfMembers(share) => format!("{share} of members"),
        };
        words += if threshold.by_weight { " by weight" } else { "" };
        words += &threshold.group.as_ref().map_or(String::new(), |group| format!(" in {group}"));
        words + &threshold.outside.as_ref().map_or(String::new(), |group| format!(" outside {group}"))
    };
    if force.thresholds.is_empty() {
        return "all signatories".into();
    }
    let all: Vec<String> = force.thresholds.iter().map(one).collect();
    let words = all.join(if force.any { " or " } else { " and " });
    if force.after_days > 0 { format!("{words}, after {} days", force.after_days) } else { words }
}
