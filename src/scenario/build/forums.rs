//! Forums: agenda, places of clauses, chair, calendar.

use std::collections::BTreeSet;

use super::Builder;
use super::mandates::note_imputed;
use super::members::Listed;
use super::unknown::not_on_the_agenda;
use crate::quantity::{Date, Uncertain};
use crate::scenario::file::{ForumFile, Named, Place};
use crate::scenario::number::uncertain;
use crate::scenario::problem::{At, Problem, Problems};
use crate::scenario::{
    Calendar, Chair, ChairMode, Clause, Forum, MAX_QUANTITY, MAX_ROUNDS, Mandate, Member, Scenario, Weights,
};
use crate::tactics::Tactic;

impl Builder<'_> {
    pub(super) fn forum(&self, id: &str, written: &ForumFile, scenario: &mut Scenario, problems: &mut Problems) {
        let path = |key: &'static str| ["forum", id, key];
        let agenda_ids = self.agenda(id, written, problems);
        let listed = self.members(&path("members"), &written.members, problems);
        let agenda: Vec<usize> = agenda_ids.iter().map(|clause| self.enlist_clause(clause, scenario)).collect();
        let clauses: Vec<Clause> = agenda.iter().map(|&no| scenario.clauses[no].clone()).collect();
        let status_quo: Vec<Option<f64>> = self.places(&written.status_quo, &path("status_quo"), &clauses, problems);
        let status_quo: Vec<f64> = status_quo.into_iter().map(|place| place.unwrap_or(0.0)).collect();
        let template = self.places(&written.template, &path("template"), &clauses, problems);
        self.strangers(id, written, &listed, problems);
        let aside = self.stand_aside(id, written, &listed, problems);
        self.groups(id, written, problems);
        let calendar = self.calendar(id, written, problems);
        let mut mandates = self.mandates(id, written, &listed, &clauses, &status_quo, problems);
        let members: Vec<Member> = listed
            .iter()
            .zip(&mut mandates)
            .map(|(member, mandates)| {
                let mandates = std::mem::take(mandates);
                let stands_aside = aside.contains(&member.country.as_str());
                Member { stands_aside, ..self.seated(id, written, member, mandates, &clauses, scenario, problems) }
            })
            .collect();
        let room = self.room(id, written, &members, &clauses, &status_quo, scenario, problems);
        let no = scenario.forums.len();
        note_imputed(no, &members, &agenda, &mut scenario.imputed);
        let chair = self.chair(id, written, &listed, problems);
        let cost_of_failure = written.cost_of_failure.map_or(Uncertain::Fixed(0.0), |number| {
            uncertain(number, 0.0, MAX_QUANTITY, self.resolved, &path("cost_of_failure"), problems)
        });
        let rule = self.rule(&path("rule"), &written.rule, members.len() - aside.len(), problems);
        let terms = self.terms(id, written, &clauses, &members, &scenario.countries, problems);
        scenario.forums.push(Forum {
            id: id.to_owned(),
            name: written.name.clone(),
            occasion: 0,
            instrument: written.instrument.clone(),
            agenda,
            status_quo,
            template,
            members,
            weights: Weights::default(),
            rule,
            undertaking: written.undertaking,
            chair,
            calendar,
            cost_of_failure,
            room,
            terms,
            after: self.after(id, written, &clauses, problems),
        });
    }

    /// Tells of what is particular to members that are none.
    fn strangers(&self, id: &str, written: &ForumFile, listed: &[Listed], problems: &mut Problems) {
        for key in written.member.keys().filter(|key| !listed.iter().any(|member| &member.country == *key)) {
            let at = self.resolved.document.key_at(&["forum", id, "member", key]);
            problems.push(
                Problem::new("comity::scenario::unknown_country", Some(at), format!("`{key}` is no member of `{id}`"))
                    .suggest(key, listed.iter().map(|member| member.country.as_str())),
            );
        }
    }

    /// A member at its seat, with what the forum says of all and what it says of this one.
    #[expect(clippy::too_many_arguments, reason = "a member is made of what all parts of a scenario say of it")]
    fn seated(
        &self,
        id: &str,
        written: &ForumFile,
        member: &Listed,
        mandates: Vec<Mandate>,
        clauses: &[Clause],
        scenario: &mut Scenario,
        problems: &mut Problems,
    ) -> Member {
        let country = self.enlist_country(&member.country, scenario, problems);
        let own = written.member.get(&member.country);
        let tactic = own.and_then(|own| own.tactic).or(written.tactic);
        let reservation = self.reservation(id, written, &member.country, problems);
        let sdt = written
            .sdt
            .as_ref()
            .filter(|sdt| scenario.countries[country].groups.iter().any(|group| sdt.groups.contains(group)));
        Member {
            country,
            weight: own.and_then(|own| own.weight).or(member.weight),
            veto: own.and_then(|own| own.veto).unwrap_or(member.veto),
            stands_aside: false,
            tactic: tactic.map_or_else(Tactic::default, Tactic::from),
            reservation,
            count: own.and_then(|own| own.count).or(member.count).unwrap_or(1.0),
            ratifiers: own.and_then(|own| own.ratifiers).unwrap_or(1),
            relief: clauses
                .iter()
                .map(|clause| sdt.filter(|_| clause.softened_by_sdt).map_or(0.0, |sdt| sdt.relief))
                .collect(),
            mandates,
        }
    }

    /// The gain over no deal that a member insists on: its own, or else that of the forum.
    fn reservation(&self, id: &str, written: &ForumFile, country: &str, problems: &mut Problems) -> Uncertain {
        let mut meant =
            |number, path: &[&str]| uncertain(number, -MAX_QUANTITY, MAX_QUANTITY, self.resolved, path, problems);
        match written.member.get(country).and_then(|own| own.reservation) {
            Some(number) => meant(number, &["forum", id, "member", country, "reservation"]),
            None => {
                written.reservation.map_or(Uncertain::Fixed(0.0), |number| meant(number, &["forum", id, "reservation"]))
            }
        }
    }

    /// Who holds the pen, and how.
    fn chair(&self, id: &str, written: &ForumFile, listed: &[Listed], problems: &mut Problems) -> Chair {
        let written = &written.chair;
        let seat = written.country.as_ref().and_then(|chair| {
            let seat = listed.iter().position(|member| &member.country == chair);
            if seat.is_none() {
                let at = self.at(&["forum", id, "chair", "country"]);
                problems.push(
                    Problem::new(
                        "comity::scenario::unknown_country",
                        Some(at),
                        format!("the chair `{chair}` is no member"),
                    )
                    .suggest(chair, listed.iter().map(|member| member.country.as_str())),
                );
            }
            seat
        });
        if matches!(written.mode, ChairMode::Manipulator { .. }) && written.country.is_none() {
            problems.push(
                Problem::new(
                    "comity::scenario::missing_key",
                    Some(self.at(&["forum", id, "chair", "mode"])),
                    "a manipulating chair needs a country whose wishes it follows",
                )
                .label("this mode")
                .help("add `country = \"…\"` to the chair, or choose the mode `formulator`"),
            );
        }
        Chair { mode: written.mode, consolidation: written.consolidation, seat }
    }

    fn agenda(&self, id: &str, written: &ForumFile, problems: &mut Problems) -> Vec<String> {
        let known: Vec<&str> = self.roster.clauses.keys().map(String::as_str).collect();
        let Some(agenda) = &written.agenda else {
            if known.is_empty() && !problems.tell_of_tables() {
                problems.push(
                    Problem::new(
                        "comity::scenario::missing_key",
                        Some(self.at(&["forum", id])),
                        "there is no clause to negotiate",
                    )
                    .help("add a table `[clause.NAME]`, or name a table of clauses under `[tables]`"),
                );
            }
            return known.into_iter().map(str::to_owned).collect();
        };
        if agenda.is_empty() {
            let at = Some(self.at(&["forum", id, "agenda"]));
            problems.push(
                Problem::new("comity::scenario::agenda", at, format!("the agenda of `{id}` is empty"))
                    .label("nothing to negotiate")
                    .help("name at least one clause, or leave `agenda` out to put every clause on it"),
            );
        }
        let mut seen = BTreeSet::new();
        for (no, clause) in agenda.iter().enumerate() {
            let at = self.at(&["forum", id, "agenda", &no.to_string()]);
            if !known.contains(&clause.as_str()) {
                problems.push(self.no_clause(clause, at));
            } else if !seen.insert(clause) {
                let message = format!("`{clause}` stands twice on the agenda");
                problems
                    .push(Problem::new("comity::scenario::duplicate", Some(at), message).help("remove one of them"));
            }
        }
        agenda.iter().filter(|clause| known.contains(&clause.as_str())).cloned().collect()
    }

    pub(super) fn places(
        &self,
        written: &Named<Place>,
        path: &[&str],
        clauses: &[Clause],
        problems: &mut Problems,
    ) -> Vec<Option<f64>> {
        for key in written.keys().filter(|key| !clauses.iter().any(|clause| &clause.id == *key)) {
            let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
            problems.push(not_on_the_agenda(key, self.resolved.document.key_at(&path), clauses));
        }
        clauses
            .iter()
            .map(|clause| {
                let at = || {
                    let path: Vec<&str> = path.iter().copied().chain([clause.id.as_str()]).collect();
                    self.at(&path)
                };
                self.place(written.get(&clause.id)?, clause, at, problems)
            })
            .collect()
    }

    /// The point of a clause's scale that is meant by a number or a label.
    pub(super) fn place(
        &self,
        written: &Place,
        clause: &Clause,
        at: impl Fn() -> At,
        problems: &mut Problems,
    ) -> Option<f64> {
        match written {
            Place::Point(point) if (0.0..=1.0).contains(point) => Some(*point),
            Place::Point(point) => {
                let message = format!("{point} is no point of the scale");
                problems.push(
                    Problem::new("comity::scenario::out_of_range", Some(at()), message)
                        .help("expected a number from 0 to 1, or the label of a rung"),
                );
                None
            }
            Place::Rung(label) => {
                let rung = clause.rungs.iter().find(|rung| &rung.label == label);
                if rung.is_none() {
                    let message = format!("`{}` has no rung \"{label}\"", clause.id);
                    problems.push(
                        Problem::new("comity::scenario::rungs", Some(at()), message)
                            .suggest(label, clause.rungs.iter().map(|rung| rung.label.as_str())),
                    );
                }
                rung.map(|rung| rung.position)
            }
        }
    }

    fn calendar(&self, id: &str, written: &ForumFile, problems: &mut Problems) -> Calendar {
        let calendar = &written.calendar;
        let extension = calendar.extension.as_ref();
        let (more, times) = extension.map_or((0, 0), |extension| (extension.rounds, extension.at_most));
        let most = u64::from(calendar.rounds) + u64::from(more) * u64::from(times);
        let what = if times > 0 { "rounds, extensions included" } else { "rounds" };
        self.limit(what, most as usize, MAX_ROUNDS as usize, &["forum", id, "calendar", "rounds"], problems);
        let start = self.date(&calendar.start, &["forum", id, "calendar", "start"], problems);
        Calendar {
            start: start.unwrap_or(Date { year: 2000, month: 1, day: 1 }),
            rounds_per_year: calendar.rounds_per_year,
            rounds: calendar.rounds,
            extension_chance: extension.map_or(0.0, |extension| extension.chance),
            extension_rounds: more,
            extensions: times,
        }
    }

    fn enlist_clause(&self, id: &str, scenario: &mut Scenario) -> usize {
        scenario.clause(id).unwrap_or_else(|| {
            scenario.clauses.extend(self.roster.clauses.get(id).cloned());
            scenario.clauses.len() - 1
        })
    }
}
