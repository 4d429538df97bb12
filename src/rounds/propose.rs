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

/// Writes the positions of one delegation at a concession level.
pub(super) fn state(stated: &mut [f64], instructions: &Instructions, text: &[f64], level: f64) {
    let Instructions { ideal, give, floor, ceiling, .. } = instructions;
    let terms = ideal.iter().zip(give).zip(floor.iter().zip(ceiling)).zip(text);
    for (said, (((&ideal, &give), (&floor, &ceiling)), &point)) in stated.iter_mut().zip(terms) {
        *said = (ideal + level * give * (point - ideal)).max(floor).min(ceiling);
    }
}
