//! Evidence → mandates, and what to assume of those who left none.
//!
//! Where a country has usable evidence, its ideal point is the mean of the rows weighted by their force, with an
//! uncertainty that shrinks with force and grows with disagreement. Where it has none, comparable countries stand in:
//! a kernel mean over those with evidence, by distance of their features, with a wider uncertainty. Red lines are never
//! imputed, and what a group said binds none of its members: a line that a country did not draw itself is not there. A
//! line lapses when its country later does, with as much force, what lies beyond it.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{Confidence, Evidence, Side};
use super::file::Imputation;
use super::roster::Roster;
use super::{Mandate, Origin, RedLine};
use crate::maths::{exp, ln};
use crate::quantity::{Date, Uncertain};

/// Standard deviation of an ideal point read from one piece of primary evidence of full force [share of the scale].
const ONE_ROW_SD: f64 = 0.08;
/// Bounds of the uncertainty of an ideal point with evidence.
const EVIDENCE_SD: (f64, f64) = (0.05, 0.25);
/// Standard deviation of a salience read from evidence.
const SALIENCE_SD: f64 = 0.1;
/// Slack of a red line drawn by one piece of primary evidence of full force [standard deviation].
const RED_LINE_SLACK: f64 = 0.05;
/// Most slack of a red line.
const MOST_SLACK: f64 = 0.2;
/// Force of what a group said, for one of its members, against what the member said itself.
const GROUP_FORCE: f64 = 0.5;
/// Squared distance of countries that have no feature in common.
const STRANGERS: f64 = 4.0;

/// What the usable evidence says of one actor on one clause.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub ideal: f64,
    pub sd: f64,
    pub salience: f64,
    pub force: f64,
    pub rows: usize,
    pub weakest: Confidence,
    pub because: String,
    pub floor: Option<RedLine>,
    pub ceiling: Option<RedLine>,
    pub regime: Option<f64>,
}

/// Builds mandates for one forum.
pub(super) struct Reader<'a> {
    roster: &'a Roster,
    as_of: Date,
    instrument: Option<&'a str>,
    imputation: Option<&'a Imputation>,
    /// Per country, its features in standard deviations.
    features: BTreeMap<&'a str, Vec<Option<f64>>>,
}

impl<'a> Reader<'a> {
    /// A reader of the evidence that counts on a day for an instrument.
    pub fn new(
        roster: &'a Roster,
        as_of: Date,
        instrument: Option<&'a str>,
        imputation: Option<&'a Imputation>,
    ) -> Self {
        let mut features: BTreeMap<&str, Vec<Option<f64>>> =
            roster.countries.keys().map(|country| (country.as_str(), Vec::new())).collect();
        for feature in imputation.map(|how| how.features.as_slice()).unwrap_or_default() {
            let value = |country: &str| {
                let figure = roster.figure(country, &feature.indicator)?.value;
                if feature.log { (figure > 0.0).then(|| ln(figure)) } else { Some(figure) }
            };
            let values: Vec<(&str, Option<f64>)> = features.keys().map(|country| (*country, value(country))).collect();
            let scale = standard_deviation(values.iter().filter_map(|(_, value)| *value));
            for (country, value) in values {
                let scaled = value.filter(|_| scale > 0.0).map(|value| value / scale);
                features.get_mut(country).into_iter().for_each(|all| all.push(scaled));
            }
        }
        Reader { roster, as_of, instrument, imputation, features }
    }

    /// Reads what a country, or its groups, left behind on a clause.
    pub fn read(&self, country: &str, clause: &str) -> Option<Reading> {
        let groups = self.roster.countries.get(country).map(|known| known.groups.as_slice()).unwrap_or_default();
        let speaks_for = |row: &Evidence| {
            if row.actor == country { Some(1.0) } else { groups.contains(&row.actor).then_some(GROUP_FORCE) }
        };
        let rows: Vec<(&Evidence, f64, f64)> = self
            .usable(clause)
            .filter_map(|(row, point)| Some((row, point, speaks_for(row)? * row.force(self.as_of))))
            .filter(|(_, _, force)| *force > 0.0)
            .collect();
        // Rows of equal force are told apart by their identifiers, so that the order of the table never matters.
        let strength = |a: &&(&Evidence, f64, f64), b: &&(&Evidence, f64, f64)| {
            a.2.total_cmp(&b.2).then_with(|| b.0.id.cmp(&a.0.id))
        };
        let force: f64 = rows.iter().map(|(_, _, force)| force).sum();
        let (strongest, ..) = rows.iter().max_by(strength)?;
        let mean = |of: &dyn Fn(&Evidence, f64) -> f64| {
            rows.iter().map(|&(row, point, weight)| weight * of(row, point)).sum::<f64>() / force
        };
        let ideal = mean(&|_, point| point);
        let disagreement = mean(&|_, point| (point - ideal) * (point - ideal));
        let sd = (ONE_ROW_SD * ONE_ROW_SD / force + disagreement).sqrt().clamp(EVIDENCE_SD.0, EVIDENCE_SD.1);
        let line = |side: Side| {
            let own = |row: &Evidence| row.actor == country;
            // What it did later, with as much force, says that the line no longer holds.
            let lapsed = |drawn: &Evidence, at: f64, force: f64| {
                rows.iter().any(|&(row, point, with)| {
                    let beyond = match side {
                        Side::Floor => point < at,
                        Side::Ceiling => point > at,
                    };
                    own(row) && row.date > drawn.date && with >= force && beyond
                })
            };
            let drawn = rows.iter().filter(|(row, ..)| row.red_line == Some(side) && own(row));
            let standing = drawn.filter(|&&(row, at, force)| !lapsed(row, at, force)).max_by(strength);
            standing.map(|&(_, at, force)| (RedLine { at, slack: (RED_LINE_SLACK / force).min(MOST_SLACK) }, force))
        };
        let (floor, ceiling) = match (line(Side::Floor), line(Side::Ceiling)) {
            // Two lines that exclude each other: the one with more force was meant.
            (Some(floor), Some(ceiling)) if floor.0.at > ceiling.0.at => {
                if floor.1 >= ceiling.1 {
                    (Some(floor), None)
                } else {
                    (None, Some(ceiling))
                }
            }
            lines => lines,
        };
        let regimes = rows.iter().filter(|(row, ..)| row.basis == super::evidence::Basis::DomesticRegime);
        Some(Reading {
            ideal,
            sd,
            salience: mean(&|row, _| row.salience),
            force,
            rows: rows.len(),
            weakest: rows.iter().map(|(row, ..)| row.confidence).min()?,
            because: format!("{} {} ({})", strongest.basis.words(), strongest.date.year, strongest.id),
            floor: floor.map(|(line, _)| line),
            ceiling: ceiling.map(|(line, _)| line),
            regime: regimes.map(|&(_, point, _)| point).max_by(f64::total_cmp),
        })
    }

    /// Who left a row on a clause that counts: countries, and groups that spoke for theirs.
    pub fn voices(&self, clause: &str) -> BTreeSet<&'a str> {
        let with_force = self.usable(clause).filter(|(row, _)| row.force(self.as_of) > 0.0);
        with_force.map(|(row, _)| row.actor.as_str()).collect()
    }

    /// The rows on a clause that count, with their point.
    fn usable(&self, clause: &str) -> impl Iterator<Item = (&'a Evidence, f64)> {
        let on = self.roster.evidence.iter().filter(move |row| row.clause == clause);
        let counts = on.filter(|row| row.usable(self.as_of, self.instrument));
        counts.filter_map(|row| Some((row, self.point(row)?)))
    }

    fn point(&self, row: &Evidence) -> Option<f64> {
        match row.rung {
            Some(rung) => self.roster.clauses.get(&row.clause)?.rungs.get(rung).map(|rung| rung.position),
            None => row.point,
        }
    }

    /// The mandate that a reading stands for.
    pub fn mandate(&self, reading: &Reading, status_quo: f64) -> Mandate {
        Mandate {
            ideal: Uncertain::Normal { mean: reading.ideal, sd: reading.sd },
            salience: Uncertain::Normal { mean: reading.salience, sd: SALIENCE_SD },
            floor: reading.floor,
            ceiling: reading.ceiling,
            regime: reading.regime.unwrap_or(status_quo).max(status_quo),
            origin: Origin::Evidence {
                rows: reading.rows,
                confidence: reading.weakest.words().into(),
                because: reading.because.clone(),
            },
        }
    }

    /// The mandate of a country without evidence on a clause, from `others` that have some.
    pub fn impute(&self, country: &str, others: &[(&str, Reading)], status_quo: f64) -> Option<Mandate> {
        let how = self.imputation?;
        let weighted: Vec<(&str, &Reading, f64)> = others
            .iter()
            .filter(|(other, _)| *other != country)
            .map(|(other, reading)| (*other, reading, self.likeness(country, other, how) * reading.force.min(1.0)))
            .filter(|(_, _, weight)| *weight > 0.0)
            .collect();
        let total: f64 = weighted.iter().map(|(_, _, weight)| weight).sum();
        let Some((nearest, ..)) = weighted.iter().max_by(|a, b| a.2.total_cmp(&b.2)) else {
            return Some(Mandate {
                ideal: Uncertain::Uniform { min: 0.0, max: 1.0 },
                salience: Uncertain::Normal { mean: 0.5 * how.salience, sd: SALIENCE_SD },
                floor: None,
                ceiling: None,
                regime: status_quo,
                origin: Origin::Uninformed,
            });
        };
        let mean = |of: &dyn Fn(&Reading) -> f64| {
            weighted.iter().map(|(_, reading, weight)| weight * of(reading)).sum::<f64>() / total
        };
        let ideal = mean(&|reading| reading.ideal);
        let spread = mean(&|reading| (reading.ideal - ideal) * (reading.ideal - ideal));
        let salience = mean(&|reading| reading.salience) * how.salience;
        Some(Mandate {
            ideal: Uncertain::Normal { mean: ideal, sd: (spread + how.uncertainty * how.uncertainty).sqrt() },
            salience: Uncertain::Normal { mean: salience, sd: SALIENCE_SD },
            floor: None,
            ceiling: None,
            regime: status_quo,
            origin: Origin::Imputed {
                from: weighted.len(),
                unverified: weighted.iter().filter(|(_, reading, _)| reading.weakest == Confidence::Low).count(),
                nearest: (*nearest).to_owned(),
            },
        })
    }

    /// How much one country's example says of another [0–1].
    fn likeness(&self, one: &str, other: &str, how: &Imputation) -> f64 {
        let none = Vec::new();
        let of = |country: &str| self.features.get(country).unwrap_or(&none);
        let (mut squared, mut shared) = (0.0, 0.0);
        for (a, b) in of(one).iter().zip(of(other)).filter_map(|(a, b)| (*a).zip(*b)) {
            squared += (a - b) * (a - b);
            shared += 1.0;
        }
        let distance = if shared > 0.0 { squared / shared } else { STRANGERS };
        let kernel = exp(-0.5 * distance / (how.bandwidth * how.bandwidth));
        kernel * if self.share_a_region(one, other) { 1.0 } else { how.elsewhere }
    }

    fn share_a_region(&self, one: &str, other: &str) -> bool {
        let regions = |country: &str| {
            let groups = self.roster.countries.get(country).map(|known| known.groups.as_slice()).unwrap_or_default();
            groups.iter().filter(|group| group.starts_with("region:"))
        };
        regions(one).any(|region| regions(other).any(|there| there == region))
    }
}

fn standard_deviation(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count() as f64;
    if n < 2.0 {
        return 0.0;
    }
    let mean = values.clone().sum::<f64>() / n;
    (values.map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0)).sqrt()
}
