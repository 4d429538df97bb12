//! Propose: each delegation states a position on every clause. Simultaneous: all see the text of the last round.

use bevy_ecs::prelude::*;

use crate::minutes::{Entry, Minutes};
use crate::world::{
    Concession, Delegation, Engagement, Forum, Instructions, Position, Proceedings, RollCall, RollingText,
};

/// Opens the next round of every forum in session.
pub fn convene(mut forums: Query<(&Forum, &mut Proceedings)>, mut minutes: ResMut<Minutes>) {
    for (forum, mut proceedings) in &mut forums {
        if proceedings.engagement == Engagement::InSession {
            proceedings.round += 1;
            minutes.note(|| Entry::Round { forum: forum.0, round: proceedings.round });
        }
    }
}

/// States positions: the ideal point at first, later as far towards the text as the delegation has conceded, never
/// beyond a red line.
pub fn propose(
    forums: Query<(&Forum, &RollCall, &RollingText, &Proceedings)>,
    mut delegations: Query<(&Delegation, &Instructions, &mut Position, &mut Concession)>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, text, proceedings) in &forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let first = proceedings.round == 1;
        let mut seats = delegations.iter_many_mut(roll_call.seats());
        while let Some(Ok((delegation, instructions, mut position, mut concession))) = seats.fetch_next() {
            concession.level = concession.next;
            let before = minutes.is_full().then(|| position.stated.clone());
            state(&mut position.stated, instructions, &text.point, concession.level);
            let Some(before) = before else { continue };
            for &clause in &text.open {
                let point = position.stated[clause];
                if first || point != before[clause] {
                    minutes.note(|| Entry::Stated { forum: forum.0, seat: delegation.seat, clause, point });
                }
            }
        }
    }
}

/// Within bounds; as `clamp`, for bounds known to be in order.
pub(super) fn bounded(x: f64, low: f64, high: f64) -> f64 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

/// Writes the positions of one delegation at a concession level.
pub(super) fn state(stated: &mut [f64], instructions: &Instructions, text: &[f64], level: f64) {
    let n = stated.len();
    let (text, ideal, give) = (&text[..n], &instructions.ideal[..n], &instructions.give[..n]);
    let (floor, ceiling) = (&instructions.floor[..n], &instructions.ceiling[..n]);
    for clause in 0..n {
        let ideal = ideal[clause];
        let towards = ideal + level * give[clause] * (text[clause] - ideal);
        stated[clause] = bounded(towards, floor[clause], ceiling[clause]);
    }
}
