//! Concede: each tactic sets what its delegation would say next. Simultaneous: all look at the positions just stated.

use bevy_ecs::prelude::*;

use crate::tactics::Standing;
use crate::world::{Concessions, Engagement, Positions, Proceedings, RollCall, RollingText, Scales};

/// Sets the concession level of every delegation's next position.
pub fn concede(mut forums: Query<(&RollCall, &RollingText, &Proceedings, &Positions, &Scales, &mut Concessions)>) {
    for (roll_call, text, proceedings, positions, scales, mut concessions) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let elapsed = f64::from(proceedings.round) / f64::from(proceedings.deadline);
        let seats = roll_call.present_seats();
        let Concessions { level, next, shown, tactic, like, watched } = &mut *concessions;
        let mut seen = Seen::default();
        if *watched {
            for &seat in seats {
                let (stated, aim) = (positions.stated.row(seat), positions.aim.row(seat));
                shown[seat] = way_gone(stated, aim, &text.point);
                seen.weight += scales.weight[seat];
                seen.concession += scales.weight[seat] * shown[seat];
            }
        }
        // Neighbours often stand alike: the same tactic at the same level takes the same step.
        let mut last: Option<usize> = None;
        for &seat in seats {
            let alike = |last: usize| !*watched && like[last] == like[seat] && level[last] == level[seat];
            next[seat] = match last.filter(|&last| alike(last)) {
                Some(last) => next[last],
                None => {
                    let others = if *watched { seen.without(scales.weight[seat], shown[seat]) } else { 0.0 };
                    tactic[seat].step(&Standing { elapsed, level: level[seat], others })
                }
            };
            last = Some(seat);
        }
    }
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
