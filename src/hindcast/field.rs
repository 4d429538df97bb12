//! The field's models on the mandates of a trial: what each says of every clause, given the same wishes, weights and rule.
//!
//! A clause of the agenda is an issue on [0, 1]. Each member takes the central value of its mandate, moved to its red line
//! where it lies beyond; it is as strong as its weight in the forum. The status quo is the reference point. Clauses of a
//! forum are decided together, as models of exchange want them.

use rayon::prelude::*;

use super::trials::Trial;
use crate::forecast::{Forecast, Forecaster, Issue, Rule, Stance, models};
use crate::rules::Demand;
use crate::scenario::Member;

/// What the member that wants least wants: the lowest common denominator (a veto in the hands of the least ambitious).
struct Minimum;

/// The middle of the scale.
struct Constant;

impl Forecaster for Minimum {
    fn name(&self) -> &'static str {
        "minimum"
    }

    fn source(&self) -> &'static str {
        "the least that any member wants: the lowest common denominator"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        issues.iter().map(|issue| issue.extremes().map(|(low, _)| Forecast::at(low))).collect()
    }
}

impl Forecaster for Constant {
    fn name(&self) -> &'static str {
        "constant"
    }

    fn source(&self) -> &'static str {
        "the middle of the scale, whatever anyone wants"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        issues.iter().map(|issue| Some(Forecast::at((issue.scale.0 + issue.scale.1) / 2.0))).collect()
    }
}

/// Every model that is asked, in the order of the tables. Of the exchange model the program's own course is asked alone:
/// its other courses would be counted as models of their own, and differ from it in little.
pub fn baselines() -> Vec<Box<dyn Forecaster>> {
    let mut all = models();
    all.retain(|model| !model.name().starts_with("exchange_"));
    all.push(Box::new(Minimum));
    all.push(Box::new(Constant));
    all
}

/// The agenda of a trial as a table of positions.
pub fn issues(trial: &Trial) -> Vec<Issue> {
    let forum = trial.forum();
    let rule = match forum.rule.of_capability(forum.members.len()) {
        Demand::All => Rule::Unanimity,
        Demand::MoreThanHalf => Rule::Majority,
        Demand::AtLeast(quota) => Rule::Quota(quota),
        // The least that leaves the others below the quota, but for a tie.
        Demand::OthersBelow(quota) => {
            let capability = |member: &Member| trial.played.countries[member.country].capability.centre();
            let weights = forum.members.iter().map(|member| member.weight.unwrap_or(capability(member)));
            Rule::Quota(quota.of_the_others(weights.fold(0.0, |sum, weight| sum + weight)))
        }
    };
    let issue = |(place, &clause): (usize, &usize)| Issue {
        id: trial.played.clauses[clause].id.clone(),
        group: Some(trial.instrument.clone()),
        scale: (0.0, 1.0),
        reference: Some(forum.status_quo[place]),
        rule,
        outcome: None,
        stances: forum
            .members
            .iter()
            .enumerate()
            .map(|(actor, member)| {
                let mandate = &member.mandates[place];
                let capability = trial.played.countries[member.country].capability.centre();
                Stance {
                    actor,
                    position: mandate
                        .ideal
                        .centre()
                        .max(mandate.floor.map_or(0.0, |floor| floor.at))
                        .min(mandate.ceiling.map_or(1.0, |ceiling| ceiling.at)),
                    salience: mandate.salience.centre().max(0.0),
                    capability: member.weight.unwrap_or(capability),
                }
            })
            .collect(),
    };
    forum.agenda.iter().enumerate().map(issue).collect()
}

/// What every model says of the clauses of every trial that are on record: trial by trial, model by model.
pub fn forecasts(trials: &[Trial], models: &[Box<dyn Forecaster>]) -> Vec<Vec<Vec<Option<f64>>>> {
    let tables: Vec<Vec<Issue>> = trials.iter().map(issues).collect();
    let pairs: Vec<(usize, usize)> =
        (0..trials.len()).flat_map(|trial| (0..models.len()).map(move |model| (trial, model))).collect();
    let one = |&(trial, model): &(usize, usize)| {
        let told = models[model].forecast(&tables[trial].iter().collect::<Vec<_>>());
        let point = |place: usize| told[place].map(|forecast| forecast.point.clamp(0.0, 1.0));
        trials[trial].provisions.iter().map(|provision| point(provision.place)).collect::<Vec<_>>()
    };
    let mut told: Vec<Vec<Option<f64>>> = pairs.par_iter().map(one).collect();
    let mut by_trial = Vec::with_capacity(trials.len());
    for _ in trials {
        let rest = told.split_off(models.len());
        by_trial.push(std::mem::replace(&mut told, rest));
    }
    by_trial
}
