//! Mandates per member and clause: typed in, from evidence, or imputed.

use std::collections::BTreeMap;

use super::members::Listed;
use super::*;
use crate::scenario::file::{ForumFile, MandateFile};
use crate::scenario::impute::{Reader, Reading};

impl Builder<'_> {
    /// The day from which a forum is seen: its own, or that of the scenario.
    pub(super) fn seen_from(&self, written: &ForumFile) -> Option<Date> {
        written.as_of.as_deref().or(self.written.as_of.as_deref()).and_then(Date::latest_of)
    }

    /// Mandates per member and clause: typed in, from evidence, or imputed.
    pub(super) fn mandates(
        &self,
        id: &str,
        written: &ForumFile,
        members: &[Listed],
        clauses: &[Clause],
        status_quo: &[f64],
        problems: &mut Problems,
    ) -> Vec<Vec<Mandate>> {
        if let Some(day) = &written.as_of {
            self.date(day, &["forum", id, "as_of"], problems);
        }
        let as_of = self.seen_from(written);
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
        let broken_table = problems.tell_of_tables();
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
            uncertain(number, 0.0, MAX_QUANTITY, self.resolved, &path("salience"), problems)
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
}

/// Puts on record which values had no evidence.
pub(super) fn note_imputed(forum: usize, members: &[Member], agenda: &[usize], imputed: &mut Vec<Imputed>) {
    for member in members {
        for (mandate, &clause) in member.mandates.iter().zip(agenda) {
            let (method, unverified) = match &mandate.origin {
                Origin::Imputed { from, unverified, nearest } => {
                    (format!("mean of {from} comparable countries; nearest {nearest}"), *unverified)
                }
                Origin::Uninformed => ("no evidence of any country: anywhere on the scale".to_owned(), 0),
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
                    unverified,
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
