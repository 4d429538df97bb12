//! What was offered in the endgame, in words: exceptions, opt-outs, assistance, side letters.

use super::{Names, short};
use crate::minutes::{ClauseOutcome, Entry};

/// A line on what was offered or taken; none for other entries.
pub(super) fn offered(names: &Names, entry: &Entry) -> Option<String> {
    match *entry {
        Entry::Excepted { clause, from, to, .. } => {
            let id = &names.clause(clause).id;
            let degree = format!("{}% of its depth may be left undone", percent(to));
            let was = if from > 0.0 { format!(", up from {}%", percent(from)) } else { String::new() };
            Some(format!("  exception {id}: {degree}{was}"))
        }
        Entry::OptedOut { seat, clause, .. } => {
            Some(format!("  opts out  {} of {}", names.country(seat), names.clause(clause).id))
        }
        Entry::Designated { seat, at_once, transition, capacity_building, received, .. } => {
            let worth = if received > 0.0 { format!(", worth {} to it", fine(received)) } else { String::new() };
            Some(format!(
                "  assisted  {}: {at_once} clauses at once (A), {transition} after a transition (B), \
                 {capacity_building} with capacity building (C){worth}",
                names.country(seat)
            ))
        }
        Entry::Donated { seat, paid, .. } => {
            Some(format!("  donates   {}: {} of its gain", names.country(seat), fine(paid)))
        }
        Entry::Letter { seats: [asks, agrees], clause, gains: [eases, _], .. } => Some(format!(
            "  letter    {} and {}: {} is softened between the two, worth {} to {}",
            names.country(asks),
            names.country(agrees),
            names.clause(clause).id,
            fine(eases),
            names.country(asks)
        )),
        _ => None,
    }
}

/// What qualifies an adopted clause; nothing where nothing does.
pub(super) fn qualified(clause: &ClauseOutcome) -> String {
    let mut but = String::new();
    if clause.flexibility > 0.0 {
        but += &format!(", of which exceptions spare up to {}%", percent(clause.flexibility));
    }
    if clause.opt_outs > 0 {
        but += &format!(", without {} that opted out", clause.opt_outs);
    }
    but
}

fn percent(share: f64) -> String {
    short(share * 100.0)
}

/// A small amount of utility: four decimals at most.
pub(super) fn fine(amount: f64) -> String {
    ((amount * 10_000.0).round() / 10_000.0 + 0.0).to_string()
}
