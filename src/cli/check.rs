//! `comity check`: every problem at once, and what red lines leave possible.

use std::fmt::Write;

use super::{Done, terminal};
use crate::replay::{plural, short};
use crate::scenario::Scenario;
use crate::scenario::check::load;
use crate::scenario::feasibility::feasibility;
use crate::scenario::problem::Problems;
use crate::scenario::source::Disk;

#[derive(Debug, clap::Args)]
pub struct Check {
    /// Names of shipped scenarios, or paths of files
    #[arg(required_unless_present = "data")]
    scenarios: Vec<String>,
    /// Check a library of data too, that of the shipped scenarios or the one in DIR, and that no outcome leaks from it
    #[arg(long, value_name = "DIR", num_args = 0..=1, require_equals = true)]
    data: Option<Option<String>>,
    /// Change a value of the scenarios; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl Check {
    pub fn execute(self) -> Done {
        let mut all = Problems::default();
        let mut text = String::new();
        let survey = self.data.as_ref().map(|folder| super::check_data::survey(folder.as_deref(), &mut all, &mut text));
        let shipped = super::check_data::shipped(self.data.as_ref(), &self.scenarios);
        for name in self.scenarios.iter().chain(&shipped) {
            match load(name, &self.set, &Disk) {
                Ok(checked) => {
                    if let Some(survey) = &survey {
                        survey.leaks(&checked, &mut all);
                        for departure in survey.holds(&checked, &mut all) {
                            let _ = writeln!(text, "  {name} departs from the record: {departure}");
                        }
                    }
                    if !shipped.contains(name) {
                        describe(name, &checked.scenario, &mut text);
                    }
                }
                Err(problems) => all.0.extend(problems.0),
            }
        }
        // A reader of the good news that has gone does not make the rest good.
        let printed = terminal::print(&text);
        all.none_or(())?;
        printed
    }
}

/// Says that a scenario holds, and what to know before running it.
fn describe(name: &str, scenario: &Scenario, text: &mut String) {
    let (countries, clauses) = (scenario.countries.len(), scenario.clauses.len());
    let (countries, clauses) = (plural(countries, "country", "countries"), plural(clauses, "clause", "clauses"));
    let _ = writeln!(text, "{name}: valid. {countries}, {clauses}.");
    if !scenario.imputed.is_empty() {
        let known = scenario.provenance(None, None, None);
        let (imputed, all) = (known.imputed, known.mandates);
        let _ =
            writeln!(text, "  {imputed} of {all} mandates had no evidence and were imputed; `comity show` lists them.");
    }
    for caution in &scenario.cautions {
        let _ = writeln!(text, "  Caution: {caution}");
    }
    for forum in &scenario.forums {
        let found = feasibility(scenario, forum);
        let agenda = forum.agenda.len();
        match (found.impasses.is_empty(), found.possible) {
            (true, _) => {
                let _ = writeln!(
                    text,
                    "  {}: some text on every clause respects every red line of those with a veto.",
                    forum.id
                );
            }
            (false, 0) => {
                let _ = writeln!(
                    text,
                    "  {}: no text on any clause respects every red line of those with a veto.",
                    forum.id
                );
            }
            (false, possible) => {
                let _ = writeln!(
                    text,
                    "  {}: on {possible} of {agenda} clauses some text respects every red line of those with a veto.",
                    forum.id
                );
            }
        }
        for impasse in &found.impasses {
            let country = |seat: usize| &scenario.countries[forum.members[seat].country].id;
            let mut lines = Vec::new();
            if let Some((seat, at)) = impasse.floor {
                lines.push(format!("{} accepts nothing below {}", country(seat), short(at)));
            }
            if let Some((seat, at)) = impasse.ceiling {
                lines.push(format!("{} accepts nothing above {}", country(seat), short(at)));
            }
            let _ = writeln!(text, "    {}: {}", scenario.clauses[impasse.clause].id, lines.join(", "));
        }
    }
}
