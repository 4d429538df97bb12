//! First readings, caucuses and exchanges in words.

use super::{Names, short};
use crate::minutes::Entry;

/// What a mechanism inside the round says of clauses: of which, and the words. Nothing of other entries.
pub(super) fn told(names: &Names, entry: &Entry) -> Vec<(usize, String)> {
    match entry {
        Entry::FirstReading { clause, sponsors, support, refusing, carried, .. } => {
            vec![(*clause, format!("reading   {}", first_reading(names, sponsors, *support, refusing, *carried)))]
        }
        Entry::Caucused { bloc, clause, point, .. } => {
            let bloc = &names.forum.room.blocs[*bloc];
            let speaker = bloc.spokesperson.map(|seat| format!(", {} speaking", names.country(seat)));
            let (speaker, text) = (speaker.unwrap_or_default(), names.text(*clause, *point));
            vec![(*clause, format!("caucus    {}{speaker}: {text}", bloc.id))]
        }
        Entry::Exchanged { gives: [one, other], gain, externality, .. } => {
            let side = |mine: &(usize, usize, f64, f64), theirs: &(usize, usize, f64, f64)| {
                let (seat, clause, from, to) = *mine;
                let words = format!(
                    "trades    {} goes from {} to {} for {}, which gives way on {}; {}",
                    names.country(seat),
                    short(from),
                    short(to),
                    names.country(theirs.0),
                    names.clause(theirs.1).id,
                    worth(*gain, *externality)
                );
                (clause, words)
            };
            vec![side(one, other), side(other, one)]
        }
        _ => Vec::new(),
    }
}

fn first_reading(names: &Names, sponsors: &[usize], support: f64, refusing: &[usize], carried: bool) -> String {
    let list = |seats: &[usize]| seats.iter().map(|&seat| names.country(seat)).collect::<Vec<_>>().join(", ");
    let forward = match sponsors.is_empty() {
        true => "nobody puts it forward".to_owned(),
        false => format!("put forward by {} ({}% of all say)", list(sponsors), short(support * 100.0)),
    };
    let refused = if refusing.is_empty() { String::new() } else { format!("; refused by {}", list(refusing)) };
    let end = if carried { "it enters the text" } else { "it does not enter the text" };
    format!("{forward}{refused}; {end}")
}

/// What an exchange is worth, in thousandths of utility.
fn worth(gain: f64, externality: f64) -> String {
    let thousandths = |utility: f64| short(utility.abs() * 1000.0);
    let others = if externality < 0.0 { "lose" } else { "gain" };
    format!("each gains {}‰, the others {others} {}‰ together", thousandths(gain), thousandths(externality))
}
