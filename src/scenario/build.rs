//! Forums, members and mandates as meant, from what is written and what there is to choose from.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::Confidence;
use super::file::{self, ForumFile, MandateFile, Members, Named, Place, ScenarioFile};
use super::impute::{Reader, Reading};
use super::problem::{Problem, Problems};
use super::roster::{Roster, uncertain};
use super::tables::{self, Column};
use super::*;
use crate::chance::lanes;
use crate::rules::{Counting, Majority};
use crate::tactics::Curve;

const MEMBERS: &[Column] = &[
    ("country", true),
    ("weight", false),
    ("veto", false),
    ("joined", false),
    ("note", false),
    ("source", true),
    ("confidence", true),
];

/// Makes a scenario of its parts.
pub(super) struct Builder<'a> {
    pub resolved: &'a Resolved,
    pub written: &'a ScenarioFile,
    pub roster: &'a Roster,
}

/// A member as listed: its country, and what a table said of it.
struct Listed {
    country: String,
    weight: Option<f64>,
    veto: bool,
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
        self.unknown_mandates(problems);

        let mut scenario = Scenario {
            name: self.resolved.name.clone(),
            title: written.title.clone(),
            question: written.question.trim().to_owned(),
            as_of,
            replications: written.replications,
            seed: written.seed,
            countries: Vec::new(),
            clauses: Vec::new(),
            forums: Vec::new(),
            parameters: self.parameters(problems),
            imputed: Vec::new(),
            cautions: Vec::new(),
        };
        for (id, forum) in &written.forum {
            self.forum(id, forum, &mut scenario, problems);
        }
        let ids: Vec<&str> = scenario.countries.iter().map(|country| country.id.as_str()).collect();
        let lanes = lanes(&ids);
        for (country, lane) in scenario.countries.iter_mut().zip(lanes) {
            country.lane = lane;
        }
        self.limit("countries", scenario.countries.len(), MAX_COUNTRIES, &["forum"], problems);
        self.limit("clauses", scenario.clauses.len(), MAX_CLAUSES, &["forum"], problems);
        self.caution(&mut scenario);
        scenario
    }

    fn forum(&self, id: &str, written: &ForumFile, scenario: &mut Scenario, problems: &mut Problems) {
        let path = |key: &'static str| ["forum", id, key];
        let agenda_ids = self.agenda(id, written, problems);
        let listed = self.members(id, written, problems);
        let agenda: Vec<usize> = agenda_ids.iter().map(|clause| self.enlist_clause(clause, scenario)).collect();
        let clauses: Vec<Clause> = agenda.iter().map(|&no| scenario.clauses[no].clone()).collect();
        let status_quo: Vec<Option<f64>> = self.places(&written.status_quo, &path("status_quo"), &clauses, problems);
        let status_quo: Vec<f64> = status_quo.into_iter().map(|place| place.unwrap_or(0.0)).collect();
        let template = self.places(&written.template, &path("template"), &clauses, problems);
        for key in written.member.keys().filter(|key| !listed.iter().any(|member| &member.country == *key)) {
            let at = self.resolved.document.key_at(&["forum", id, "member", key]);
            problems.push(
                Problem::new("comity::scenario::unknown_country", Some(at), format!("`{key}` is no member of `{id}`"))
                    .suggest(key, listed.iter().map(|member| member.country.as_str())),
            );
        }
        let calendar = self.calendar(id, written, problems);
        let mut mandates = self.mandates(id, written, &listed, &clauses, &status_quo, problems);
        let members = listed
            .iter()
            .zip(&mut mandates)
            .map(|(member, mandates)| {
                let country = self.enlist_country(&member.country, scenario, problems);
                let own = written.member.get(&member.country);
                let tactic = own.and_then(|own| own.tactic).or(written.tactic);
                let reservation = match own.and_then(|own| own.reservation) {
                    Some(number) => {
                        let path = ["forum", id, "member", &member.country, "reservation"];
                        uncertain(number, f64::MIN, f64::MAX, self.resolved, &path, problems)
                    }
                    None => written.reservation.map_or(Uncertain::Fixed(0.0), |number| {
                        uncertain(number, f64::MIN, f64::MAX, self.resolved, &path("reservation"), problems)
                    }),
                };
                let sdt = written
                    .sdt
                    .as_ref()
                    .filter(|sdt| scenario.countries[country].groups.iter().any(|group| sdt.groups.contains(group)));
                Member {
                    country,
                    weight: own.and_then(|own| own.weight).or(member.weight),
                    veto: own.and_then(|own| own.veto).unwrap_or(member.veto),
                    tactic: tactic
                        .map_or(Tactic::TimeDependent { curve: Curve::Polynomial, beta: 1.0, opening: 0.0 }, as_tactic),
                    reservation,
                    relief: clauses
                        .iter()
                        .map(|clause| sdt.filter(|_| clause.softened_by_sdt).map_or(0.0, |sdt| sdt.relief))
                        .collect(),
                    mandates: std::mem::take(mandates),
                }
            })
            .collect::<Vec<_>>();
        let no = scenario.forums.len();
        note_imputed(no, &members, &agenda, &mut scenario.imputed);
        let seat = written.chair.country.as_ref().and_then(|chair| {
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
        let mode = match written.chair.mode {
            file::Mode::Passive => ChairMode::Passive,
            file::Mode::Formulator => ChairMode::Formulator,
            file::Mode::Manipulator { bias } => ChairMode::Manipulator { bias },
        };
        if matches!(mode, ChairMode::Manipulator { .. }) && written.chair.country.is_none() {
            problems.push(
                Problem::new(
                    "comity::scenario::missing_key",
                    Some(self.at(&["forum", id, "chair", "mode"])),
                    "a manipulating chair needs a country whose wishes it follows",
                )
                .help("add `country = \"…\"` to the chair"),
            );
        }
        let cost_of_failure = written.cost_of_failure.map_or(Uncertain::Fixed(0.0), |number| {
            uncertain(number, 0.0, f64::MAX, self.resolved, &path("cost_of_failure"), problems)
        });
        scenario.forums.push(Forum {
            id: id.to_owned(),
            name: written.name.clone(),
            instrument: written.instrument.clone(),
            agenda,
            status_quo,
            template,
            members,
            rule: as_rule(written.rule),
            undertaking: match written.undertaking {
                file::UndertakingFile::Single => Undertaking::Single,
                file::UndertakingFile::Modular => Undertaking::Modular,
            },
            chair: Chair {
                mode,
                consolidation: match written.chair.consolidation {
                    file::ConsolidationFile::Mean => Consolidation::WeightedMean,
                    file::ConsolidationFile::Median => Consolidation::WeightedMedian,
                },
                seat,
            },
            calendar,
            cost_of_failure,
        });
    }

    fn agenda(&self, id: &str, written: &ForumFile, problems: &mut Problems) -> Vec<String> {
        let known: Vec<&str> = self.roster.clauses.keys().map(String::as_str).collect();
        let Some(agenda) = &written.agenda else {
            if known.is_empty() {
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
        let mut seen = BTreeSet::new();
        for (no, clause) in agenda.iter().enumerate() {
            let at = Some(self.at(&["forum", id, "agenda", &no.to_string()]));
            if !known.contains(&clause.as_str()) {
                problems.push(
                    Problem::new("comity::scenario::unknown_clause", at, format!("there is no clause `{clause}`"))
                        .label("unknown clause")
                        .suggest(clause, known.iter().copied()),
                );
            } else if !seen.insert(clause) {
                problems.push(
                    Problem::new("comity::scenario::duplicate", at, format!("`{clause}` stands twice on the agenda"))
                        .help("remove one of them"),
                );
            }
        }
        agenda.iter().filter(|clause| known.contains(&clause.as_str())).cloned().collect()
    }

    fn members(&self, id: &str, written: &ForumFile, problems: &mut Problems) -> Vec<Listed> {
        let known = || self.roster.countries.keys().map(String::as_str);
        let mut members: Vec<Listed> = Vec::new();
        match &written.members {
            Members::List(list) => {
                for (no, country) in list.iter().enumerate() {
                    let at = Some(self.at(&["forum", id, "members", &no.to_string()]));
                    if !self.roster.countries.contains_key(country) {
                        problems.push(
                            Problem::new(
                                "comity::scenario::unknown_country",
                                at,
                                format!("there is no country `{country}`"),
                            )
                            .label("unknown country")
                            .suggest(country, known()),
                        );
                    } else if members.iter().any(|member| &member.country == country) {
                        problems.push(
                            Problem::new("comity::scenario::duplicate", at, format!("`{country}` is a member twice"))
                                .help("remove one of them"),
                        );
                    } else {
                        members.push(Listed { country: country.clone(), weight: None, veto: false });
                    }
                }
            }
            Members::Table(_) => {
                let Some(file) = self.resolved.table(&["forum", id, "members"]) else {
                    return members;
                };
                for row in tables::read(file, MEMBERS, problems).rows {
                    row.word("confidence", Confidence::WORDS, problems);
                    let weight = row.number("weight", 0.0, f64::MAX, problems);
                    let veto = row.word("veto", &[("yes", true), ("no", false)], problems).unwrap_or(false);
                    let Some(country) = row.needed("country", problems) else {
                        continue;
                    };
                    if !self.roster.countries.contains_key(&country) {
                        problems.push(
                            row.problem("comity::table::unknown_country", "country", format!("no country `{country}`"))
                                .suggest(&country, known()),
                        );
                    } else if members.iter().any(|member| member.country == country) {
                        problems.push(row.problem(
                            "comity::table::duplicate",
                            "country",
                            format!("`{country}` is a member twice"),
                        ));
                    } else {
                        members.push(Listed { country, weight, veto });
                    }
                }
            }
        }
        if members.is_empty() && problems.0.is_empty() {
            let at = Some(self.at(&["forum", id, "members"]));
            problems.push(
                Problem::new("comity::scenario::members", at, format!("`{id}` has no members"))
                    .help("name at least one country"),
            );
        }
        members
    }

    /// Mandates per member and clause: typed in, from evidence, or imputed.
    fn mandates(
        &self,
        id: &str,
        written: &ForumFile,
        members: &[Listed],
        clauses: &[Clause],
        status_quo: &[f64],
        problems: &mut Problems,
    ) -> Vec<Vec<Mandate>> {
        let as_of = self.written.as_of.as_deref().and_then(Date::latest_of);
        let reader = as_of.map(|as_of| {
            Reader::new(self.roster, as_of, written.instrument.as_deref(), self.written.imputation.as_ref())
        });
        let mut mandates: Vec<Vec<Mandate>> = members.iter().map(|_| Vec::with_capacity(clauses.len())).collect();
        let mut missing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (clause, &status_quo) in clauses.iter().zip(status_quo) {
            let readings: Vec<(&str, Reading)> = reader
                .iter()
                .flat_map(|reader| {
                    let actors = self.roster.countries.keys().map(String::as_str);
                    actors.filter_map(|actor| Some((actor, reader.read(actor, &clause.id)?)))
                })
                .collect();
            for (member, mandates) in members.iter().zip(&mut mandates) {
                let country = member.country.as_str();
                let stated = self.written.mandate.get(country).and_then(|of| of.get(&clause.id));
                let evidence = readings.iter().find(|(actor, _)| *actor == country);
                let mandate = match (stated, evidence, &reader) {
                    (Some(stated), _, _) => Some(self.stated(country, clause, stated, status_quo, problems)),
                    (None, Some((_, reading)), Some(reader)) => Some(reader.mandate(reading, status_quo)),
                    (None, None, Some(reader)) => reader.impute(country, &readings, status_quo),
                    _ => None,
                };
                mandates.push(mandate.unwrap_or_else(|| {
                    missing.entry(country).or_default().push(&clause.id);
                    indifferent(status_quo)
                }));
            }
        }
        // Where a table is broken, what is missing may well be in the rows that could not be read.
        let broken_table = problems.0.iter().any(|problem| problem.code.starts_with("comity::table"));
        for (country, clauses) in missing.into_iter().filter(|_| !broken_table) {
            let list = clauses.iter().map(|clause| format!("`{clause}`")).collect::<Vec<_>>().join(", ");
            problems.push(
                Problem::new(
                    "comity::scenario::mandate",
                    Some(self.at(&["forum", id, "members"])),
                    format!("nothing is known of what `{country}` wants on {list}"),
                )
                .help(format!(
                    "add `[mandate.{country}.{}]` with `ideal = …`, or evidence and an `[imputation]`",
                    clauses[0]
                )),
            );
        }
        mandates
    }

    fn stated(
        &self,
        country: &str,
        clause: &Clause,
        written: &MandateFile,
        status_quo: f64,
        problems: &mut Problems,
    ) -> Mandate {
        let path = |key: &'static str| ["mandate", country, &clause.id, key];
        let ideal = uncertain(written.ideal, 0.0, 1.0, self.resolved, &path("ideal"), problems);
        let salience = written.salience.map_or(Uncertain::Fixed(1.0), |number| {
            uncertain(number, 0.0, f64::MAX, self.resolved, &path("salience"), problems)
        });
        let lines = written.red_line.as_ref();
        let (floor, ceiling) = (lines.and_then(|l| l.floor), lines.and_then(|l| l.ceiling));
        if let (Some(floor), Some(ceiling)) = (floor, ceiling)
            && floor > ceiling
        {
            problems.push(
                Problem::new(
                    "comity::scenario::red_line",
                    Some(self.at(&path("red_line"))),
                    format!("the red lines contradict each other: no less than {floor} and no more than {ceiling}"),
                )
                .label("no text can respect both")
                .help("the floor must not lie above the ceiling"),
            );
        }
        let outside = floor.is_some_and(|f| ideal.centre() < f) || ceiling.is_some_and(|c| ideal.centre() > c);
        if outside {
            problems.push(
                Problem::new(
                    "comity::scenario::red_line",
                    Some(self.at(&path("ideal"))),
                    format!("the ideal point {} lies beyond the country's own red line", ideal.centre()),
                )
                .help("a country accepts at least what it wants: move the ideal point or the red line"),
            );
        }
        let slack = lines.map_or(0.0, |lines| lines.slack);
        let line = |at: f64| RedLine { at, slack };
        Mandate {
            ideal,
            salience,
            floor: floor.map(line),
            ceiling: ceiling.map(line),
            regime: written.regime.unwrap_or(status_quo).max(status_quo),
            origin: Origin::Stated,
        }
    }

    fn places(
        &self,
        written: &Named<Place>,
        path: &[&str],
        clauses: &[Clause],
        problems: &mut Problems,
    ) -> Vec<Option<f64>> {
        for key in written.keys().filter(|key| !clauses.iter().any(|clause| &clause.id == *key)) {
            let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
            problems.push(
                Problem::new(
                    "comity::scenario::unknown_clause",
                    Some(self.resolved.document.key_at(&path)),
                    format!("`{key}` is not on the agenda"),
                )
                .suggest(key, clauses.iter().map(|clause| clause.id.as_str())),
            );
        }
        clauses
            .iter()
            .map(|clause| {
                let at = || {
                    let path: Vec<&str> = path.iter().copied().chain([clause.id.as_str()]).collect();
                    Some(self.at(&path))
                };
                match written.get(&clause.id)? {
                    Place::Point(point) if (0.0..=1.0).contains(point) => Some(*point),
                    Place::Point(point) => {
                        problems.push(
                            Problem::new(
                                "comity::scenario::out_of_range",
                                at(),
                                format!("{point} is no point of the scale"),
                            )
                            .help("expected a number from 0 to 1, or the label of a rung"),
                        );
                        None
                    }
                    Place::Rung(label) => {
                        let rung = clause.rungs.iter().find(|rung| &rung.label == label);
                        if rung.is_none() {
                            problems.push(
                                Problem::new(
                                    "comity::scenario::rungs",
                                    at(),
                                    format!("`{}` has no rung \"{label}\"", clause.id),
                                )
                                .suggest(label, clause.rungs.iter().map(|rung| rung.label.as_str())),
                            );
                        }
                        rung.map(|rung| rung.position)
                    }
                }
            })
            .collect()
    }

    fn calendar(&self, id: &str, written: &ForumFile, problems: &mut Problems) -> Calendar {
        let calendar = &written.calendar;
        let extension = calendar.extension.as_ref();
        let (more, times) = extension.map_or((0, 0), |extension| (extension.rounds, extension.at_most));
        let most = u64::from(calendar.rounds) + u64::from(more) * u64::from(times);
        self.limit("rounds", most as usize, MAX_ROUNDS as usize, &["forum", id, "calendar", "rounds"], problems);
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

    fn parameters(&self, problems: &mut Problems) -> Parameters {
        let written = &self.written.parameters;
        let mut read = |key: &str, number: Option<file::Number>, default: f64, least: f64, most: f64| {
            number.map_or(Uncertain::Fixed(default), |number| {
                uncertain(number, least, most, self.resolved, &["parameters", key], problems)
            })
        };
        Parameters {
            loss_exponent: read("loss_exponent", written.loss_exponent, 1.0, 1.0, 4.0),
            capability_exponent: read("capability_exponent", written.capability_exponent, 1.0, 0.0, 4.0),
            rigidity: read("rigidity", written.rigidity, 0.5, 0.0, 1.0),
            assertiveness: read("assertiveness", written.assertiveness, 4.0, 0.0, f64::MAX),
            isolation: read("isolation", written.isolation, 0.5, 0.0, 4.0),
            burden_price: read("burden_price", written.burden_price, 0.5, 0.0, f64::MAX),
            indifference: read("indifference", written.indifference, 0.05, 0.0, 1.0),
        }
    }

    fn enlist_clause(&self, id: &str, scenario: &mut Scenario) -> usize {
        scenario.clause(id).unwrap_or_else(|| {
            scenario.clauses.extend(self.roster.clauses.get(id).cloned());
            scenario.clauses.len() - 1
        })
    }

    fn enlist_country(&self, id: &str, scenario: &mut Scenario, problems: &mut Problems) -> usize {
        if let Some(no) = scenario.country(id) {
            return no;
        }
        let known = self.roster.countries.get(id).cloned().unwrap_or_default();
        let mut lacking = |indicator: &str| {
            problems.push(
                Problem::new(
                    "comity::scenario::indicator",
                    Some(self.at(&["indicators"])),
                    format!("the indicator `{indicator}` is not known for `{id}`"),
                )
                .help(format!("add a row to the table of indicators, or `[country.{id}]` with the number")),
            );
        };
        let named = self.written.indicators.as_ref();
        let mut source = String::from("as stated");
        let capability = known.capability.unwrap_or_else(|| match named {
            Some(named) if !named.capability.is_empty() => {
                let mut sum = 0.0;
                let mut from = Vec::new();
                for indicator in &named.capability {
                    match self.roster.figure(id, indicator) {
                        Some(figure) => {
                            sum += figure.value.max(0.0);
                            let unsure = if figure.confidence == Confidence::Low { ", unverified" } else { "" };
                            from.push(format!(
                                "{indicator} {} {} ({}, {}{unsure})",
                                figure.value, figure.unit, figure.year, figure.source
                            ));
                        }
                        None => lacking(indicator),
                    }
                }
                source = from.join(" + ");
                Uncertain::Fixed(sum)
            }
            _ => Uncertain::Fixed(1.0),
        });
        let capacity = known.capacity.unwrap_or_else(|| match named.and_then(|named| named.capacity.as_ref()) {
            Some(indicator) => match self.roster.figure(id, indicator) {
                Some(figure) => Uncertain::Fixed(figure.value.clamp(0.0, 1.0)),
                None => {
                    lacking(indicator);
                    Uncertain::Fixed(1.0)
                }
            },
            None => Uncertain::Fixed(1.0),
        });
        scenario.countries.push(Country {
            id: id.to_owned(),
            name: known.name,
            groups: known.groups,
            capability,
            capacity,
            capability_source: source,
            lane: 0,
        });
        scenario.countries.len() - 1
    }

    /// Mandates typed in for nobody, or about nothing.
    fn unknown_mandates(&self, problems: &mut Problems) {
        let countries = || self.roster.countries.keys().map(String::as_str);
        let clauses = || self.roster.clauses.keys().map(String::as_str);
        for (country, mandates) in &self.written.mandate {
            if !self.roster.countries.contains_key(country) {
                let at = self.resolved.document.key_at(&["mandate", country]);
                problems.push(
                    Problem::new(
                        "comity::scenario::unknown_country",
                        Some(at),
                        format!("there is no country `{country}`"),
                    )
                    .label("unknown country")
                    .suggest(country, countries()),
                );
            }
            for clause in mandates.keys().filter(|clause| !self.roster.clauses.contains_key(*clause)) {
                let at = self.resolved.document.key_at(&["mandate", country, clause]);
                problems.push(
                    Problem::new(
                        "comity::scenario::unknown_clause",
                        Some(at),
                        format!("there is no clause `{clause}`"),
                    )
                    .label("unknown clause")
                    .suggest(clause, clauses()),
                );
            }
        }
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
                    format!("{found} {what}, more than the limit of {most}"),
                )
                .help("the limit keeps memory and time within bounds; docs/scenarios.md lists all of them"),
            );
        }
    }

    /// What a reader should know about the figures behind the scenario.
    fn caution(&self, scenario: &mut Scenario) {
        let Some(as_of) = scenario.as_of else { return };
        let named = self.written.indicators.as_ref();
        let mut indicators: Vec<&String> =
            named.into_iter().flat_map(|n| n.capability.iter().chain(&n.capacity)).collect();
        let features = self.written.imputation.iter().flat_map(|how| &how.features);
        indicators.extend(features.map(|feature| &feature.indicator));
        indicators.dedup();
        for indicator in indicators {
            let members = scenario.countries.iter().filter_map(|c| self.roster.figure(&c.id, indicator));
            let years: Vec<i32> = members.clone().map(|figure| figure.year).collect();
            if let (Some(first), Some(last)) = (years.iter().min(), years.iter().max())
                && *last >= as_of.year
            {
                scenario.cautions.push(format!(
                    "`{indicator}` is of {first} to {last}, later than {as_of}: a structural figure, not evidence of \
                     what anyone wanted"
                ));
            }
            let unverified = members.filter(|figure| figure.confidence == Confidence::Low).count();
            if unverified > 0 {
                scenario.cautions.push(format!("`{indicator}`: {unverified} unverified figures"));
            }
        }
        let origins = scenario.forums.iter().flat_map(|forum| &forum.members).flat_map(|member| &member.mandates);
        let weak = origins
            .filter(|mandate| {
                matches!(&mandate.origin, Origin::Evidence { confidence, .. } if confidence == Confidence::Low.words())
            })
            .count();
        if weak > 0 {
            scenario.cautions.push(format!("{weak} mandates rest on evidence of which some is unverified"));
        }
    }

    fn at(&self, path: &[&str]) -> super::problem::At {
        self.resolved.document.at(path)
    }
}

/// Puts on record which values had no evidence.
fn note_imputed(forum: usize, members: &[Member], agenda: &[usize], imputed: &mut Vec<Imputed>) {
    for member in members {
        for (mandate, &clause) in member.mandates.iter().zip(agenda) {
            let method = match &mandate.origin {
                Origin::Imputed { from, nearest } => {
                    format!("mean of {from} comparable countries; nearest {nearest}")
                }
                Origin::Uninformed => "no evidence of any country: anywhere on the scale".to_owned(),
                Origin::Stated | Origin::Evidence { .. } => continue,
            };
            for (quantity, value) in [("ideal_point", mandate.ideal), ("salience", mandate.salience)] {
                imputed.push(Imputed {
                    forum,
                    country: member.country,
                    clause,
                    quantity,
                    value: value.centre(),
                    uncertainty: value.sd(),
                    method: method.clone(),
                });
            }
        }
    }
}

fn indifferent(status_quo: f64) -> Mandate {
    Mandate {
        ideal: Uncertain::Fixed(status_quo),
        salience: Uncertain::Fixed(0.0),
        floor: None,
        ceiling: None,
        regime: status_quo,
        origin: Origin::Uninformed,
    }
}

fn as_rule(rule: file::Rule) -> DecisionRule {
    let majority = |by, of| Majority {
        by: match by {
            file::By::Heads => Counting::Heads,
            file::By::Weight => Counting::Weight,
        },
        of_votes_cast: matches!(of, file::Of::VotesCast),
    };
    match rule {
        file::Rule::Consensus => DecisionRule::Consensus,
        file::Rule::Unanimity => DecisionRule::Unanimity,
        file::Rule::SimpleMajority { by, of } => DecisionRule::SimpleMajority(majority(by, of)),
        file::Rule::QualifiedMajority { share, by, of } => {
            DecisionRule::QualifiedMajority { share, majority: majority(by, of) }
        }
        file::Rule::CriticalMass { share } => DecisionRule::CriticalMass { share },
    }
}

fn as_tactic(tactic: file::TacticFile) -> Tactic {
    match tactic {
        file::TacticFile::Polynomial { beta, opening } => {
            Tactic::TimeDependent { curve: Curve::Polynomial, beta, opening }
        }
        file::TacticFile::Exponential { beta, opening } => {
            Tactic::TimeDependent { curve: Curve::Exponential, beta, opening }
        }
        file::TacticFile::Reciprocal { opening, returned } => Tactic::Reciprocal { opening, returned },
        file::TacticFile::Steadfast => Tactic::Steadfast,
    }
}
