//! Concede: each tactic sets what its delegation would say next. Simultaneous: all look at the positions just stated.

use bevy_ecs::prelude::*;

use crate::scenario::Member;
use crate::tactics::{Standing, Tactic};
use crate::world::{Concessions, Engagement, Forum, Positions, Proceedings, RollCall, RollingText, Scales, Scene};

/// Sets the concession level of every delegation's next position.
pub fn concede(
    scene: Res<Scene>,
    mut forums: Query<(&Forum, &RollCall, &RollingText, &Proceedings, &Positions, &Scales, &mut Concessions)>,
) {
    for (forum, roll_call, text, proceedings, positions, scales, mut concessions) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let elapsed = f64::from(proceedings.round) / f64::from(proceedings.deadline);
        let members = &scene.scenario.forums[forum.0].members;
        let seats = roll_call.present_seats();
        let Concessions { level, next, shown } = &mut *concessions;
        let watched = somebody_watches(members, seats);
        let mut seen = Seen::default();
        if watched {
            for &seat in seats {
                let (stated, aim) = (positions.stated.row(seat), positions.aim.row(seat));
                shown[seat] = way_gone(stated, aim, &text.point);
                seen.weight += scales.weight[seat];
                seen.concession += scales.weight[seat] * shown[seat];
            }
        }
        // Neighbours often stand alike: the same tactic at the same level takes the same step.
        let mut last: Option<(Tactic, Standing, f64)> = None;
        for &seat in seats {
            let others = if watched { seen.without(scales.weight[seat], shown[seat]) } else { 0.0 };
            let (tactic, standing) = (members[seat].tactic, Standing { elapsed, level: level[seat], others });
            next[seat] = match last {
                Some((same, like, step)) if (same, like) == (tactic, standing) => step,
                _ => tactic.step(&standing),
            };
            last = Some((tactic, standing, next[seat]));
        }
    }
}

/// Whether any of those who are there gives as it sees others give: by what they say on every clause, also on those that
/// have left the table.
pub(super) fn somebody_watches(members: &[Member], seats: &[usize]) -> bool {
    seats.iter().any(|&seat| matches!(members[seat].tactic, Tactic::Reciprocal { .. }))
}

/// What everyone has been seen to concede, by weight.
#[derive(Default)]
struct Seen {
    weight: f64,
    concession: f64,
}

impl Seen {
    /// The weighted mean over the others.
    fn without(&self, weight: f64, shown: f64) -> f64 {
        let others = self.weight - weight;
        if others > 0.0 { ((self.concession - weight * shown) / others).clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// Share of the way from what it pursues to the text that a delegation has been seen to go [0–1]; none where
/// there is no way to go.
fn way_gone(stated: impl Iterator<Item = f64>, aim: impl Iterator<Item = f64>, text: &[f64]) -> f64 {
    let mut gone = 0.0;
    let mut way = 0.0;
    for ((said, aim), &point) in stated.zip(aim).zip(text) {
        gone += (said - aim).abs();
        way += (point - aim).abs();
    }
    if way > 0.0 { (gone / way).min(1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_the_share_of_the_way_gone() {
        let shown = |stated: &[f64], aim: &[f64], text| way_gone(stated.iter().copied(), aim.iter().copied(), text);
        assert_eq!(shown(&[0.5, 0.0], &[1.0, 0.0], &[0.0, 0.0]), 0.5);
        assert_eq!(shown(&[1.0], &[1.0], &[1.0]), 0.0);
    }

    #[test]
    fn nobody_reciprocates_itself() {
        let seen = Seen { weight: 3.0, concession: 2.0 };
        assert_eq!(seen.without(1.0, 1.0), 0.5);
        assert_eq!(seen.without(3.0, 2.0 / 3.0), 0.0);
    }
}
