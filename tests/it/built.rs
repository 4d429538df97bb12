//! Talks as a scenario made in memory: the same as their [`text`](Talks::text) says, without the text.

use comity::quantity::Uncertain;
use comity::scenario::builder::{ScenarioBuilder, Value};
use comity::scenario::{ChairMode, Consolidation};

use crate::talks::{Clause, Country, Forum, Talks, Wish};

impl Talks {
    /// As a scenario in the making.
    pub fn built(&self) -> ScenarioBuilder {
        let mut built = ScenarioBuilder::new("talks").named("talks.toml");
        for (key, value) in &self.parameters {
            built = built.parameter(key, *value);
        }
        for Clause { id, rungs, burden, .. } in &self.clauses {
            built = built.clause(id, |clause| {
                rungs.iter().fold(clause.burden(*burden), |clause, at| clause.rung(format!("at {at}"), *at))
            });
        }
        for country in &self.countries {
            let Country { id, capability, capacity, groups, wishes, .. } = country;
            built = built.country(id, |country| {
                country.capability(*capability).capacity(*capacity).groups(groups.iter().copied())
            });
            for (Clause { id: clause, .. }, &Wish { ideal, sd, salience, floor, ceiling, slack }) in
                self.clauses.iter().zip(wishes)
            {
                built = built.mandate(id, clause, |mandate| {
                    let ideal = Uncertain::Normal { mean: ideal, sd };
                    let mandate = mandate.ideal(ideal).salience(salience).slack(slack);
                    let mandate = floor.into_iter().fold(mandate, |mandate, floor| mandate.floor(floor));
                    ceiling.into_iter().fold(mandate, |mandate, ceiling| mandate.ceiling(ceiling))
                });
            }
        }
        self.forums.iter().fold(built, |built, forum| self.with_forum(built, forum))
    }

    fn with_forum(&self, built: ScenarioBuilder, Forum { id, keys, chair }: &Forum) -> ScenarioBuilder {
        built.forum(id, |forum| {
            let mut forum = keys.iter().fold(forum.name("Talks"), |forum, (key, text)| forum.set(key, value(text)));
            for Country { id: country, member, .. } in &self.countries {
                forum = forum
                    .member(country, |seat| member.iter().fold(seat, |seat, (key, text)| seat.set(key, value(text))));
            }
            for Clause { id: clause, status_quo, template, .. } in &self.clauses {
                forum = forum.status_quo(clause, *status_quo);
                forum = template.iter().fold(forum, |forum, template| forum.template(clause, *template));
            }
            let consolidation = [Consolidation::WeightedMean, Consolidation::WeightedMedian][usize::from(chair.median)];
            let forum = forum.consolidation(consolidation);
            match chair.pull {
                Some((by, bias)) => forum.chair(ChairMode::Manipulator { bias }).chaired_by(&self.countries[by].id),
                None if chair.passive => forum.chair(ChairMode::Passive),
                None => forum.chair(ChairMode::Formulator),
            }
        })
    }
}

/// A value that a test states as TOML.
fn value(text: &str) -> Value {
    let table: toml::Table = format!("value = {text}").parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    of(&table["value"])
}

fn of(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.iter().map(of).collect(),
        toml::Value::Table(entries) => {
            entries.iter().fold(Value::table(), |table, (key, value)| table.with(key, of(value)))
        }
    }
}
