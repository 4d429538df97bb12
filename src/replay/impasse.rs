//! Why there was no text, or no provision, in words.

use super::deal::fine;
use super::{Names, plural};
use crate::minutes::{ForumOutcome, Impasse, Nearest, Obstacle};

/// Why the talks collapsed, in lines; nothing where nobody stood in the way of a text that was put to the vote.
pub(super) fn told(names: &Names, impasse: &Impasse) -> String {
    if impasse.obstacles.is_empty() {
        return String::new();
    }
    let by_country = impasse.obstacles.chunk_by(|one, other| one.seat == other.seat);
    let countries = by_country.map(|obstacles| obstacle(names, obstacles));
    let mut out = format!("  in the way: {}\n", countries.collect::<Vec<_>>().join("; "));
    out += &match (impasse.smallest, impasse.cost) {
        (Some(pairs), Some(cost)) => format!(
            "  the least to win: {}, at {} of utility\n",
            plural(pairs, "pair of country and clause", "pairs of country and clause"),
            fine(cost)
        ),
        _ => "  nobody's consent would have been enough\n".to_owned(),
    };
    out + &match &impasse.nearest {
        Some(nearest) => format!("  a weaker text would have passed: {}\n", weaker(names, nearest)),
        None => "  no weaker text was found that would have passed\n".to_owned(),
    }
}

fn obstacle(names: &Names, obstacles: &[Obstacle]) -> String {
    let clauses: Vec<&str> = obstacles.iter().map(|obstacle| names.clause(obstacle.clause).id.as_str()).collect();
    let short = match obstacles[0].price {
        price if price > 0.0 => format!(" ({} to win it)", fine(price)),
        _ => String::new(),
    };
    format!("{} on {}{short}", names.country(obstacles[0].seat), clauses.join(", "))
}

fn weaker(names: &Names, nearest: &Nearest) -> String {
    let change = |&(clause, point): &(usize, Option<f64>)| {
        let to = point.map_or("out".to_owned(), |point| names.text(clause, point));
        format!("{} → {to}", names.clause(clause).id)
    };
    let changes: Vec<String> = nearest.changes.iter().map(change).collect();
    format!("{}, {}", plural(nearest.steps as usize, "step", "steps"), changes.join(", "))
}

/// Who held up a clause that is not in the text by decisive objections; nothing where nobody did.
pub(super) fn held_up_by(names: &Names, ended: &ForumOutcome, clause: usize) -> String {
    let decisive = ended.objections.iter().filter(|found| found.clause == clause && found.decisive > 0);
    let countries: Vec<&str> = decisive.map(|found| names.country(found.seat)).collect();
    if countries.is_empty() { String::new() } else { format!(", held up by {}", countries.join(", ")) }
}
