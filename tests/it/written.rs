//! Talks written down as a scenario file.

use std::fmt::{Arguments, Write};

use crate::talks::{Clause, Country, Forum, Talks, Wish};

impl Talks {
    /// As a scenario file.
    pub fn text(&self) -> String {
        let mut text = String::from("title = 'talks'\n[parameters]\n");
        self.parameters.iter().for_each(|(key, value)| line(&mut text, format_args!("{key} = {value:?}")));
        for Clause { id, rungs, burden, .. } in &self.clauses {
            let rungs = rungs.iter().map(|at| format!("{{ label = 'at {at}', position = {at:?} }}, "));
            line(&mut text, format_args!("[clause.{id}]\nburden = {burden:?}"));
            let rungs: String = rungs.collect();
            if !rungs.is_empty() {
                line(&mut text, format_args!("rungs = [{rungs}]"));
            }
        }
        for country in &self.countries {
            let Country { id, capability, capacity, groups, wishes, .. } = country;
            line(&mut text, format_args!("[country.{id}]\ncapability = {capability:?}\ncapacity = {capacity:?}"));
            line(&mut text, format_args!("groups = {groups:?}"));
            for (Clause { id: clause, .. }, wish) in self.clauses.iter().zip(wishes) {
                let Wish { ideal, sd, salience, floor, ceiling, slack } = wish;
                line(&mut text, format_args!("[mandate.{id}.{clause}]\nsalience = {salience:?}"));
                line(&mut text, format_args!("ideal = {{ normal = {{ mean = {ideal:?}, sd = {sd:?} }} }}"));
                let bound = |key, at: &Option<f64>| at.map_or(String::new(), |at| format!("{key} = {at:?}, "));
                let lines = bound("floor", floor) + &bound("ceiling", ceiling);
                line(&mut text, format_args!("red_line = {{ {lines}slack = {slack:?} }}"));
            }
        }
        self.forums.iter().for_each(|forum| self.write_forum(&mut text, forum));
        text
    }

    fn write_forum(&self, text: &mut String, Forum { id, keys, chair }: &Forum) {
        let members: String = self.countries.iter().map(|country| format!("'{}', ", country.id)).collect();
        line(text, format_args!("[forum.{id}]\nname = 'Talks'\nmembers = [{members}]"));
        keys.iter().for_each(|(key, value)| line(text, format_args!("{key} = {value}")));
        let consolidation = if chair.median { "median" } else { "mean" };
        let mode = match chair.pull {
            Some((by, bias)) => {
                format!("{{ manipulator = {{ bias = {bias:?} }} }}, country = '{}'", self.countries[by].id)
            }
            None => if chair.passive { "'passive'" } else { "'formulator'" }.to_owned(),
        };
        line(text, format_args!("chair = {{ mode = {mode}, consolidation = '{consolidation}' }}"));
        for Clause { id: clause, status_quo, template, .. } in &self.clauses {
            line(text, format_args!("status_quo.{clause} = {status_quo:?}"));
            if let Some(template) = template {
                line(text, format_args!("template.{clause} = {template:?}"));
            }
        }
        for Country { id: country, member, .. } in &self.countries {
            member.iter().for_each(|(key, value)| line(text, format_args!("member.{country}.{key} = {value}")));
        }
    }
}

fn line(text: &mut String, line: Arguments) {
    let _ = writeln!(text, "{line}");
}
