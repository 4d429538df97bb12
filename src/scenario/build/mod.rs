//! The scenario as meant, from what is written and what there is to choose from.

mod after;
mod aside;
mod caution;
mod countries;
mod forums;
mod guesses;
mod mandates;
mod members;
mod names;
mod outsiders;
mod pairs;
mod quotas;
mod room;
mod shocks;
mod terms;
mod trade;
mod unions;
mod unknown;
mod world;

use super::file::{self, ScenarioFile};
use super::number::{self, uncertain};
use super::problem::{Problem, Problems};
use super::roster::Roster;
use super::*;
use crate::chance::{lanes, occasions};

/// Makes a scenario of its parts.
pub(super) struct Builder<'a> {
    pub resolved: &'a Resolved,
    pub written: &'a ScenarioFile,
    pub roster: &'a Roster,
}

impl Builder<'_> {
    /// The scenario; it holds only where no problem was pushed.
    pub fn build(&self, problems: &mut Problems) -> Scenario {
        let written = self.written;
        let as_of = written.as_of.as_deref().and_then(|text| self.date(text, &["as_of"], problems));
        if as_of.is_none() && !self.roster.evidence.is_empty() {
            problems.push(
                Problem::new(
                    "comity::scenario::as_of",
                    Some(self.at(&["tables", "evidence"])),
                    "evidence without a date",
                )
                .label("this evidence")
                .help("add `as_of = 2019-01-25`, the day after which nothing may be known"),
            );
        }
        if written.forum.is_empty() {
            problems.push(
                Problem::new("comity::scenario::missing_key", Some(self.at(&[])), "the scenario has no forum")
                    .help("add a table `[forum.NAME]` with members and a calendar"),
            );
        }
        self.limit("forums", written.forum.len(), MAX_FORUMS, &["forum"], problems);
        self.identifiers(problems);
        self.unknown_mandates(problems);
        if !problems.tell_of_tables() {
            self.indicators(problems);
        }

        let mut scenario = Scenario {
            name: self.resolved.name.clone(),
            title: written.title.clone(),
            question: written.question.trim().to_owned(),
            as_of,
            replications: written.replications,
            seed: seed::meant(&written.seed, self.resolved, problems),
            countries: Vec::new(),
            clauses: Vec::new(),
            forums: Vec::new(),
            trade: None,
            world: Vec::new(),
            parameters: written.parameters.talks.map(|number, of| self.parameter(number, of, problems)),
            after_parameters: written.parameters.after.map(|number, of| self.parameter(number, of, problems)),
            imputed: Vec::new(),
            cautions: Vec::new(),
            aftermath: None,
            shocks: Vec::new(),
            off: written.mechanisms.off.clone(),
            measures: Measures { solutions: written.measures.solutions },
        };
        for (id, forum) in &written.forum {
            self.forum(id, forum, &mut scenario, problems);
        }
        self.aftermath(&mut scenario, problems);
        for no in 0..scenario.forums.len() {
            scenario.forums[no].weights = Weights::of(&scenario, &scenario.forums[no]);
        }
        let ids: Vec<&str> = scenario.countries.iter().map(|country| country.id.as_str()).collect();
        let lanes = lanes(&ids);
        for (country, lane) in scenario.countries.iter_mut().zip(lanes) {
            country.lane = lane;
        }
        let ids: Vec<&str> = scenario.forums.iter().map(|forum| forum.id.as_str()).collect();
        let occasions = occasions(&ids);
        for (forum, occasion) in scenario.forums.iter_mut().zip(occasions) {
            forum.occasion = occasion;
        }
        scenario.trade = self.trade(&scenario.countries, problems);
        let unions = unions::Unions::of(self.roster);
        scenario.world = self.world(&scenario, &unions, problems);
        self.limit("countries", scenario.countries.len(), MAX_COUNTRIES, &["forum"], problems);
        self.limit("clauses", scenario.clauses.len(), MAX_CLAUSES, &["forum"], problems);
        scenario.shocks = self.shocks(&scenario, problems);
        let cautions = caution::cautions(&scenario, self);
        scenario.cautions.extend(cautions);
        let twice = scenario.forums.iter().flat_map(|forum| unions::counted_twice(&scenario, forum, &unions));
        let twice: Vec<String> = twice.collect();
        scenario.cautions.extend(twice);
        scenario
    }

    /// A parameter as written, or its default.
    fn parameter(&self, number: Option<file::Number>, of: &Parameter, problems: &mut Problems) -> Uncertain {
        number.map_or(Uncertain::Fixed(of.default), |number| {
            let path: Vec<&str> = of.path.split('.').collect();
            uncertain(number, of.least, of.most, self.resolved, &path, problems)
        })
    }

    fn date(&self, text: &str, path: &[&str], problems: &mut Problems) -> Option<Date> {
        let date = (text.len() == 10).then(|| Date::latest_of(text)).flatten();
        if date.is_none() {
            problems.push(
                Problem::new("comity::scenario::date", Some(self.at(path)), format!("\"{text}\" is not a day"))
                    .help("expected year-month-day, like 2019-01-25"),
            );
        }
        date
    }

    fn limit(&self, what: &str, found: usize, most: usize, path: &[&str], problems: &mut Problems) {
        if found > most {
            problems.push(
                Problem::new(
                    "comity::limit",
                    Some(self.at(path)),
                    format!("{found} {what}: more than the limit of {most}"),
                )
                .help("the limit keeps memory and time within bounds; docs/scenarios.md lists all of them"),
            );
        }
    }

    fn at(&self, path: &[&str]) -> super::problem::At {
        self.resolved.document.at(path)
    }
}
