//! Who sits at the table, as a table.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table as Grid};

use super::spread;
use crate::replay::{plural, short};
use crate::scenario::{Forum, Member, Origin, Scenario};

/// The members, one a line: weight, capacity, how much of their mandates is known, and what sets them apart.
pub fn table(scenario: &Scenario, forum: &Forum, members: &[&Member]) -> String {
    let all: f64 = forum.members.iter().map(|member| weight(scenario, member)).sum();
    let alike = Alike::of(forum);
    let mut text = format!("## Members: {}\n\n", forum.members.len());
    if let Some(first) = forum.members.first() {
        if alike.tactic {
            let _ = writeln!(text, "All concede {}.", first.tactic.describe());
        }
        if alike.reservation {
            let _ = writeln!(text, "All insist on a gain of {} over no deal.", spread(first.reservation));
        }
        text.push('\n');
    }
    let mut grid = Grid::new();
    grid.load_style(comfy_table::presets::NOTHING);
    grid.set_header(["", "country", "weight", "capacity", "imputed", "unverified", "groups"]);
    for member in members {
        let country = &scenario.countries[member.country];
        let count = |holds: fn(&Origin) -> bool| {
            member.mandates.iter().filter(|mandate| holds(&mandate.origin)).count().to_string()
        };
        grid.add_row([
            country.id.clone(),
            country.name.clone(),
            format!("{:.2}%", 100.0 * weight(scenario, member) / all),
            spread(country.capacity),
            count(Origin::is_imputed),
            count(Origin::is_unverified),
            terms(scenario, member, &alike),
        ]);
    }
    for column in [2, 3, 4, 5] {
        grid.column_mut(column).into_iter().for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    }
    for line in grid.to_string().lines() {
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let _ = writeln!(
        text,
        "\n`weight` is the share of all weight in the room; `imputed` and `unverified` count, of {} each,\n\
         those without evidence of their own, and those on evidence of which some is unverified.",
        plural(forum.agenda.len(), "mandate", "mandates"),
    );
    text
}

/// Where the weight of a member comes from, in a line; nothing where nobody said.
pub fn source(scenario: &Scenario, member: &Member) -> String {
    let country = &scenario.countries[member.country];
    let weight = member.weight.map_or_else(|| spread(country.capability), short);
    match member.weight.is_none() && !country.capability_source.is_empty() {
        true => format!("weight of {}: {weight} ({})\n", country.id, country.capability_source),
        false => format!("weight of {}: {weight}\n", country.id),
    }
}

/// Its weight in the room, in the middle.
fn weight(scenario: &Scenario, member: &Member) -> f64 {
    member.weight.unwrap_or_else(|| scenario.countries[member.country].capability.centre())
}

/// What all members have in common, and need not be told of each.
struct Alike {
    tactic: bool,
    reservation: bool,
}

impl Alike {
    fn of(forum: &Forum) -> Alike {
        let all = |same: fn(&Member, &Member) -> bool| forum.members.windows(2).all(|pair| same(&pair[0], &pair[1]));
        Alike { tactic: all(|a, b| a.tactic == b.tactic), reservation: all(|a, b| a.reservation == b.reservation) }
    }
}

/// What sets a member apart from the others.
fn terms(scenario: &Scenario, member: &Member, alike: &Alike) -> String {
    let mut terms = scenario.countries[member.country].groups.clone();
    if !alike.tactic {
        terms.push(format!("concedes {}", member.tactic.describe()));
    }
    if member.veto {
        terms.push("holds a veto".into());
    }
    if member.stands_aside {
        terms.push("stands aside".into());
    }
    if !alike.reservation {
        terms.push(format!("insists on a gain of {}", spread(member.reservation)));
    }
    terms.join("; ")
}
