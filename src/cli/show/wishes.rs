//! Who wants what, as one table: clauses down, members across.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table as Grid};

use crate::cli::terminal;
use crate::scenario::{Clause, Mandate, Member, Scenario};

/// Columns that one member takes: a number of two decimals, its marks, and the gap to the next.
const PER_MEMBER: usize = 8;

const KEY: &str = "\
What each member wants, on the scale of the clause from 0 (nothing) to 1; the middle, where it is uncertain.
  *  imputed: no evidence of its own        ?  on evidence of which some is unverified
  [  a red line: nothing below              ]  a red line: nothing above\n";

/// The table, in as many parts as the width of the page asks for; `agenda` gives the place of each clause in a mandate.
pub fn table(scenario: &Scenario, members: &[&Member], agenda: &[(usize, &Clause)]) -> String {
    let label = agenda.iter().map(|(_, clause)| clause.id.chars().count()).max().unwrap_or_default() + 2;
    let across = (terminal::width().saturating_sub(label) / PER_MEMBER).max(1);
    let mut text = format!("\n## Who wants what\n\n{KEY}");
    for part in members.chunks(across) {
        let mut grid = Grid::new();
        grid.load_style(comfy_table::presets::NOTHING);
        let codes = part.iter().map(|member| scenario.countries[member.country].id.clone());
        grid.set_header([String::new()].into_iter().chain(codes));
        for (at, clause) in agenda {
            let cells = part.iter().map(|member| cell(&member.mandates[*at]));
            grid.add_row([clause.id.clone()].into_iter().chain(cells));
        }
        for column in grid.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Left);
        }
        text.push('\n');
        for line in grid.to_string().lines() {
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}

/// A wish in a cell: its point, and what one should know of it.
fn cell(mandate: &Mandate) -> String {
    let mut text = format!("{:.2}", mandate.ideal.centre());
    for (holds, mark) in [
        (mandate.floor.is_some(), '['),
        (mandate.ceiling.is_some(), ']'),
        (mandate.origin.is_imputed(), '*'),
        (mandate.origin.is_unverified(), '?'),
    ] {
        if holds {
            text.push(mark);
        }
    }
    text
}
