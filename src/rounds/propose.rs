//! Propose: each delegation states a position on every clause. Simultaneous: all see the text of the last round.

use bevy_ecs::prelude::*;

use super::watch;
use crate::minutes::{Entry, Minutes};
use crate::world::{
    Bearing, Clock, Concession, Delegation, Engagement, Forum, Position, Proceedings, RollCall, RollingText, Watch,
};

/// Opens the next round of every forum that meets today.
pub fn convene(clock: Res<Clock>, mut forums: Query<(&Forum, &mut Proceedings)>, mut minutes: ResMut<Minutes>) {
    for (forum, mut proceedings) in &mut forums {
        if proceedings.engagement == Engagement::Recess && proceedings.next_session <= clock.today {
            proceedings.engagement = Engagement::InSession;
            proceedings.round += 1;
            let (round, day) = (proceedings.round, clock.today);
            minutes.note(|| Entry::Round { forum: forum.0, round, day });
        }
    }
}

/// States positions: near the aim at first, later as far towards the text, or towards the red line where the
/// text lies beyond it, as the delegation has conceded.
pub fn propose(
    mut forums: Query<(&Forum, &RollCall, &RollingText, &Proceedings, &mut Watch)>,
    mut delegations: Query<(&Delegation, &Bearing, &mut Position, &mut Concession)>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, text, proceedings, mut watch) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let first = proceedings.round == 1;
        watch.on_table = watch::set_of(&text.open);
        let mut seats = delegations.iter_many_mut(roll_call.present());
        while let Some(Ok((delegation, bearing, mut position, mut concession))) = seats.fetch_next() {
            concession.level = concession.next;
            let before = minutes.is_full().then(|| position.stated.clone());
            let Position { stated, aim } = &mut *position;
            state(stated, aim, &bearing.way, concession.level);
            let on_table = watch.on_table;
            watch.spoken[delegation.seat] |= on_table;
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
fn state(stated: &mut [f64], aim: &[f64], way: &[f64], level: f64) {
    for ((stated, &aim), &way) in stated.iter_mut().zip(aim).zip(way) {
        *stated = aim + level * way;
    }
}
