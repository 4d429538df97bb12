//! Talks drawn at random: the cases that promises are held against.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::talks::{Chair, Clause, Country, Forum, RULES, TACTICS, Talks, Wish};

const LADDER: [f64; 5] = [0.0, 0.15, 0.4, 0.7, 1.0];

/// Talks of any kind among so many countries about so many clauses: every rule, chair and tactic, ladders and scales,
/// red lines, vetoes, burdens and uncertain wishes. A test takes away what its promise does not cover.
pub fn talks(
    countries: impl Strategy<Value = usize>,
    clauses: impl Strategy<Value = usize>,
) -> impl Strategy<Value = Talks> {
    let talks = (countries, clauses).prop_flat_map(|(n, m)| {
        (vec(any_country(m), n), vec(any_clause(), m), any_forum(n), prop_oneof![Just(0.5), 0.0..1.0], 1.0..2.0)
    });
    talks.prop_map(|(mut countries, mut clauses, forum, rigidity, loss_exponent)| {
        countries.iter_mut().enumerate().for_each(|(no, country)| country.id = format!("n{no}"));
        clauses.iter_mut().enumerate().for_each(|(no, clause)| clause.id = format!("c{no}"));
        let parameters = [("rigidity", rigidity), ("loss_exponent", loss_exponent)].into();
        Talks { parameters, clauses, countries, forums: vec![forum] }
    })
}

fn any_clause() -> impl Strategy<Value = Clause> {
    (prop::bool::weighted(0.3), 0.2..2.0, prop_oneof![Just(0.0), 0.0..1.0]).prop_map(|(ladder, burden, status_quo)| {
        let (rungs, status_quo) = if ladder { (LADDER.to_vec(), 0.0) } else { (Vec::new(), status_quo) };
        Clause { rungs, burden, status_quo, ..Clause::default() }
    })
}

fn any_country(clauses: usize) -> impl Strategy<Value = Country> {
    let tactic = prop::option::weighted(0.3, prop::sample::select(TACTICS));
    let own = (prop::bool::weighted(0.2), -0.1..0.1, tactic);
    (0.5..5.0, 0.0..1.0, own, vec(any_wish(), clauses)).prop_map(|(capability, capacity, own, wishes)| {
        let (veto, reservation, tactic) = own;
        let mut member: BTreeMap<&'static str, String> =
            [("veto", veto.to_string()), ("reservation", format!("{reservation:?}"))].into();
        tactic.map(|tactic| member.insert("tactic", tactic.to_owned()));
        Country { capability, capacity, member, wishes, ..Country::default() }
    })
}

fn any_wish() -> impl Strategy<Value = Wish> {
    let line = || prop::option::weighted(0.3, 0.0..1.0);
    (0.0..1.0, prop_oneof![Just(0.0), 0.0..0.2], 0.1..1.0, line(), line()).prop_map(
        |(ideal, sd, salience, below, above)| {
            let (floor, ceiling) = (below.map(|b| b * ideal), above.map(|a| ideal + a * (1.0 - ideal)));
            Wish { ideal, sd, salience, floor, ceiling, slack: sd }
        },
    )
}

fn any_forum(countries: usize) -> impl Strategy<Value = Forum> {
    let rule = prop::sample::select(RULES);
    let tactic = prop::sample::select(TACTICS);
    let pull = prop::option::weighted(0.2, (0..countries, 0.0..1.0));
    let chair = (prop::bool::weighted(0.2), prop::bool::ANY, pull).prop_map(|(passive, median, pull)| Chair {
        passive,
        median,
        pull,
    });
    let calendar = (1..6u32, prop_oneof![Just(0.0), Just(0.5)]);
    (rule, tactic, chair, calendar, prop::bool::weighted(0.3)).prop_map(|(rule, tactic, chair, calendar, modular)| {
        let (rounds, chance) = calendar;
        let keys = [
            ("rule", rule.to_owned()),
            ("tactic", tactic.to_owned()),
            ("undertaking", if modular { "'modular'" } else { "'single'" }.to_owned()),
            (
                "calendar",
                format!(
                    "{{ start = 2025-01-01, rounds = {rounds}, extension = {{ chance = {chance:?}, rounds = 2 }} }}"
                ),
            ),
        ];
        Forum { id: "f0".into(), keys: keys.into(), chair }
    })
}
