//! Shocks: when, whom, where and on what they strike, and what they do.

use super::Builder;
use crate::chance::occasions;
use crate::quantity::{Date, Day};
use crate::scenario::file::{EffectFile, Mechanism, Place, ShockFile};
use crate::scenario::problem::{At, Problem, Problems};
use crate::scenario::{Clause, Concerned, Country, Effect, MAX_SHOCKS, STRIKES, Scenario, Shock, Turn, When};

/// A shock without a sound date: an empty one, for the problem has been told.
const NO_DAY: Date = Date { year: 2000, month: 1, day: 1 };

impl Builder<'_> {
    /// Every shock of the scenario; none where they are switched off, though each is held against the rules.
    pub(super) fn shocks(&self, scenario: &Scenario, problems: &mut Problems) -> Vec<Shock> {
        let written = &self.written.shock;
        self.limit("shocks", written.len(), MAX_SHOCKS, &["shock"], problems);
        let ids: Vec<&str> = written.keys().map(String::as_str).collect();
        let occasions = occasions(&ids);
        let shocks: Vec<Shock> = written
            .iter()
            .zip(occasions)
            .map(|((id, shock), occasion)| self.shock(id, shock, occasion, scenario, problems))
            .collect();
        if self.on(Mechanism::Shocks) { shocks } else { Vec::new() }
    }

    fn shock(
        &self,
        id: &str,
        written: &ShockFile,
        occasion: u16,
        scenario: &Scenario,
        problems: &mut Problems,
    ) -> Shock {
        let effect = self.effect(id, &written.effect, problems);
        let countries = self.struck(id, written, scenario, problems);
        Shock {
            id: id.to_owned(),
            name: written.name.clone().unwrap_or_else(|| id.to_owned()),
            occasion,
            when: self.when(id, written, scenario, problems),
            concerned: self.concerned(id, written, &countries, scenario, problems),
            countries,
            effect,
            source: written.source.trim().to_owned(),
            confidence: written.confidence.words(),
        }
    }

    fn when(&self, id: &str, written: &ShockFile, scenario: &Scenario, problems: &mut Problems) -> When {
        let mut wrong = |at: At, message: &str, help: &str| {
            problems.push(Problem::new("comity::scenario::shock", Some(at), format!("`{id}` {message}")).help(help));
        };
        let key = |key: &str| self.resolved.document.key_at(&["shock", id, key]);
        let hazard = match (&written.date, written.hazard) {
            (Some(date), None) => {
                let random = [
                    ("from", written.from.is_some()),
                    ("until", written.until.is_some()),
                    ("at_most", written.at_most.is_some()),
                    ("each", written.each.is_some()),
                ];
                for (name, _) in random.iter().filter(|(_, given)| *given) {
                    let message = format!("strikes on a day: `{name}` means nothing");
                    wrong(key(name), &message, "remove the key, or give a `hazard` in place of the `date`");
                }
                return When::On(self.date(date, &["shock", id, "date"], problems).unwrap_or(NO_DAY));
            }
            (None, Some(hazard)) if hazard > 0.0 => hazard,
            (None, Some(_)) => {
                wrong(key("hazard"), "never strikes", "give a `hazard` above 0, or remove the shock");
                return When::On(NO_DAY);
            }
            (Some(_), Some(_)) => {
                wrong(
                    key("hazard"),
                    "has a date and a hazard",
                    "keep `date` or `hazard`: it strikes on a day or at random",
                );
                return When::On(NO_DAY);
            }
            (None, None) => {
                let at = self.resolved.document.key_at(&["shock", id]);
                wrong(at, "has no day", "add `date = 2023-10-25`, or `hazard = 0.1` for one that strikes at random");
                return When::On(NO_DAY);
            }
        };
        let mut day = |key: &str, text: &Option<String>, default: Day| {
            let stated = text.as_ref().and_then(|text| self.date(text, &["shock", id, key], problems));
            stated.map_or(default, Date::day)
        };
        let first = scenario.forums.iter().map(|forum| forum.calendar.start.day()).min().unwrap_or_default();
        let from = day("from", &written.from, first);
        let until = day("until", &written.until, last_day(scenario).max(from));
        if until < from {
            let message = "stops before it begins";
            let problem = Problem::new("comity::scenario::shock", Some(key("until")), format!("`{id}` {message}"));
            problems
                .push(problem.help("`until` must not lie before `from`, which is the first day of talks by default"));
        }
        let at_most = written.at_most.unwrap_or(STRIKES);
        When::Random { hazard, from, until, at_most, each: written.each.unwrap_or(false) }
    }

    fn effect(&self, id: &str, written: &EffectFile, problems: &mut Problems) -> Effect {
        let mut wrong = |message: &str, help: &str| {
            let at = self.resolved.document.key_at(&["shock", id, "effect"]);
            problems.push(Problem::new("comity::scenario::shock", Some(at), format!("`{id}` {message}")).help(help));
        };
        if written.ideal.is_some() && (written.shift.is_some() || written.polarise.is_some()) {
            wrong(
                "sets wishes and moves them",
                "keep `ideal`, which sets them, or `shift` and `polarise`, which move them",
            );
        }
        let effect = Effect {
            shift: written.shift.unwrap_or(0.0),
            polarise: written.polarise.unwrap_or(1.0),
            salience: written.salience.unwrap_or(1.0),
            lift_red_lines: written.lift_red_lines,
            capability: written.capability.unwrap_or(1.0),
            reservation: written.reservation.unwrap_or(0.0),
            reopen: written.reopen,
            membership: written.membership,
        };
        let lines = written.red_line.as_ref().is_some_and(|lines| lines.floor.is_some() || lines.ceiling.is_some());
        if written.ideal.is_none() && !lines && effect == Effect::default() {
            wrong(
                "does nothing",
                "say what it does: `effect = { shift = -0.2 }`; docs/scenarios.md lists what there is",
            );
        }
        effect
    }

    /// Whom a shock strikes, as places in the scenario's countries, in their order.
    fn struck(&self, id: &str, written: &ShockFile, scenario: &Scenario, problems: &mut Problems) -> Vec<usize> {
        let known = self.roster.groups();
        for (no, country) in written.countries.iter().flatten().enumerate() {
            if !self.roster.countries.contains_key(country) {
                let at = self.at(&["shock", id, "countries", &no.to_string()]);
                problems.push(self.no_country(country, at));
            }
        }
        for (no, group) in written.groups.iter().flatten().enumerate() {
            if !known.contains(&group.as_str()) {
                let at = self.at(&["shock", id, "groups", &no.to_string()]);
                let message = format!("no country belongs to a group `{group}`");
                problems.push(
                    Problem::new("comity::scenario::unknown_group", Some(at), message)
                        .label("unknown group")
                        .suggest(group, known.iter().copied()),
                );
            }
        }
        let everyone = written.countries.is_none() && written.groups.is_none();
        let named = |country: &Country| {
            written.countries.iter().flatten().any(|id| *id == country.id)
                || written.groups.iter().flatten().any(|group| country.groups.contains(group))
        };
        let countries = scenario.countries.iter().enumerate();
        countries.filter(|(_, country)| everyone || named(country)).map(|(no, _)| no).collect()
    }

    /// Where a shock strikes anyone, and on what.
    fn concerned(
        &self,
        id: &str,
        written: &ShockFile,
        countries: &[usize],
        scenario: &Scenario,
        problems: &mut Problems,
    ) -> Vec<Concerned> {
        for (no, forum) in written.forums.iter().flatten().enumerate() {
            if !scenario.forums.iter().any(|known| known.id == *forum) {
                let at = self.at(&["shock", id, "forums", &no.to_string()]);
                let message = format!("there is no forum `{forum}`");
                problems.push(
                    Problem::new("comity::scenario::unknown_choice", Some(at), message)
                        .label("unknown forum")
                        .suggest(forum, scenario.forums.iter().map(|known| known.id.as_str())),
                );
            }
        }
        for (no, clause) in written.clauses.iter().flatten().enumerate() {
            if !self.roster.clauses.contains_key(clause) {
                let at = self.at(&["shock", id, "clauses", &no.to_string()]);
                problems.push(self.no_clause(clause, at));
            }
        }
        let wanted = |list: &Option<Vec<String>>, id: &String| list.as_ref().is_none_or(|list| list.contains(id));
        let mut concerned = Vec::new();
        for (no, forum) in scenario.forums.iter().enumerate().filter(|(_, forum)| wanted(&written.forums, &forum.id)) {
            let sits = |&country: &usize| forum.candidate_of(country).is_some();
            if !countries.iter().any(sits) {
                continue;
            }
            let clauses = forum
                .agenda
                .iter()
                .enumerate()
                .filter(|(_, clause)| wanted(&written.clauses, &scenario.clauses[**clause].id));
            let clauses =
                clauses.map(|(place, &clause)| self.turn(id, place, &scenario.clauses[clause], written, problems));
            concerned.push(Concerned { forum: no, clauses: clauses.collect() });
        }
        concerned
    }

    /// What a shock sets on one clause.
    fn turn(&self, id: &str, place: usize, clause: &Clause, written: &ShockFile, problems: &mut Problems) -> Turn {
        let mut point = |place: &Option<Place>, path: &[&str]| {
            let path: Vec<&str> = ["shock", id, "effect"].iter().chain(path).copied().collect();
            place.as_ref().and_then(|place| self.place(place, clause, || self.at(&path), problems))
        };
        let effect = &written.effect;
        let lines = effect.red_line.as_ref();
        let turn = Turn {
            clause: place,
            ideal: point(&effect.ideal, &["ideal"]),
            floor: lines.and_then(|lines| point(&lines.floor, &["red_line", "floor"])),
            ceiling: lines.and_then(|lines| point(&lines.ceiling, &["red_line", "ceiling"])),
        };
        let outside = |line: Option<f64>, beyond: fn(f64, f64) -> bool| {
            line.is_some_and(|line| turn.ideal.is_some_and(|ideal| beyond(ideal, line)))
        };
        let contradict = turn.floor.is_some_and(|floor| turn.ceiling.is_some_and(|ceiling| floor > ceiling));
        if contradict || outside(turn.floor, |ideal, line| ideal < line) || outside(turn.ceiling, |i, line| i > line) {
            let at = self.at(&["shock", id, "effect", "red_line"]);
            let message = format!("`{id}` draws red lines on `{}` that contradict each other or its wish", clause.id);
            problems.push(
                Problem::new("comity::scenario::red_line", Some(at), message)
                    .help("the floor must not lie above the ceiling, nor the wish beyond either"),
            );
        }
        turn
    }
}

/// The last day on which anything can happen.
pub(super) fn last_day(scenario: &Scenario) -> Day {
    let talks = scenario.forums.iter().map(|forum| forum.calendar.last_day()).max().unwrap_or_default();
    scenario.aftermath.map_or(talks, |aftermath| aftermath.horizon.day().max(talks))
}
