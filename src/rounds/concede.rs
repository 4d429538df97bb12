//! Concede: each tactic sets what its delegation would say next. Simultaneous: all look at the positions just stated.

use bevy_ecs::prelude::*;

use crate::tactics::{Standing, Tactic};
use crate::world::{Concession, Delegation, Engagement, Forum, Position, Proceedings, RollCall, RollingText, Strength};

/// Sets the concession level of every delegation's next position.
pub fn concede(
    forums: Query<(&Forum, &RollCall, &RollingText, &Proceedings)>,
    mut delegations: Query<(&Delegation, &Position, &Strength, &mut Concession)>,
) {
    for (_, roll_call, text, proceedings) in &forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let elapsed = f64::from(proceedings.round) / f64::from(proceedings.deadline);
        let watched = delegations
            .iter_many(roll_call.present())
            .flatten()
            .any(|(delegation, ..)| matches!(delegation.tactic, Tactic::Reciprocal { .. }));
        let mut seen = Seen::default();
        if watched {
            let mut seats = delegations.iter_many_mut(roll_call.present());
            while let Some(Ok((_, position, strength, mut concession))) = seats.fetch_next() {
                concession.shown = shown(&position.stated, &position.aim, &text.point);
                seen.weight += strength.weight;
                seen.concession += strength.weight * concession.shown;
            }
        }
        // Neighbours often stand alike: the same tactic at the same level takes the same step.
        let mut last: Option<(Tactic, Standing, f64)> = None;
        let mut seats = delegations.iter_many_mut(roll_call.present());
        while let Some(Ok((delegation, _, strength, mut concession))) = seats.fetch_next() {
            let others = if watched { seen.without(strength.weight, concession.shown) } else { 0.0 };
            let standing = Standing { elapsed, level: concession.level, others };
            concession.next = match last {
                Some((tactic, like, step)) if (tactic, like) == (delegation.tactic, standing) => step,
                _ => delegation.tactic.step(&standing),
            };
            last = Some((delegation.tactic, standing, concession.next));
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
fn shown(stated: &[f64], aim: &[f64], text: &[f64]) -> f64 {
    let mut gone = 0.0;
    let mut way = 0.0;
    for ((&said, &aim), &point) in stated.iter().zip(aim).zip(text) {
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
