//! Forum shopping: a proponent that is blocked in one forum puts its effort into a friendlier one (Busch 2007).
//!
//! It is blocked on a clause where talks ended with less than it wanted, by more than what counts as the same text. It
//! looks at the forums that have not opened yet: how near to its wish a text can be expected there, how much of the
//! world sits there, and how far its members are already bound. To the friendliest of them, if the text to be expected
//! there is nearer to its wish than what it got, a share of what it cared about moves; never more than it cared. The
//! product of the three is a judgement.

use bevy_ecs::prelude::*;

use super::opens;
use crate::minutes::{Entry, Event, Minutes};
use crate::rounds::brief::{speak_up, weigh_up};
use crate::rounds::stock::give_the_floor;
use crate::scenario::{Mechanism, Scenario};
use crate::world::{
    Clock, Delegation, DrawnAfter, DrawnParameters, Engagement, Floor, Forum, Instructions, Positions, Proceedings,
    Record, RollCall, Scene, Strength,
};

type Talks<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static Proceedings,
        &'static RollCall,
        &'static Record,
        &'static mut Floor,
        &'static mut Positions,
    ),
>;
type Seats<'w, 's> = Query<'w, 's, (&'static Delegation, &'static mut Instructions, &'static Strength)>;

/// Moves the effort of blocked proponents to forums that open today.
pub fn shop(
    scene: Res<Scene>,
    clock: Res<Clock>,
    parameters: Res<DrawnParameters>,
    after: Res<DrawnAfter>,
    mut forums: Talks,
    mut delegations: Seats,
    mut minutes: ResMut<Minutes>,
) {
    let scenario = &scene.scenario;
    if scenario.aftermath.is_none() || !scenario.plays(Mechanism::ForumShopping) || after.0.shopping == 0.0 {
        return;
    }
    let losses = losses(scenario, &forums, &delegations, parameters.indifference);
    if losses.is_empty() {
        return;
    }
    let places = places(&forums, &delegations);
    let mut moves = Vec::new();
    for loss in &losses {
        let friendliest = places
            .iter()
            .filter_map(|place| Some((place, place.friendliness(scenario, loss)?)))
            .max_by(|(a, friendly), (b, more)| friendly.total_cmp(more).then_with(|| b.forum.cmp(&a.forum)));
        if let Some((place, friendliness)) = friendliest
            && place.opens
        {
            moves.push((place.forum, loss, after.0.shopping * friendliness * loss.effort));
        }
    }
    for (forum, proceedings, roll_call, _, mut floor, mut positions) in &mut forums {
        if !opens(proceedings, clock.today) || !moves.iter().any(|(to, ..)| *to == forum.0) {
            continue;
        }
        let written = &scenario.forums[forum.0];
        floor.say.fill(0.0);
        let mut seats = delegations.iter_many_mut(roll_call.present());
        while let Some(Ok((delegation, mut instructions, strength))) = seats.fetch_next() {
            let country = written.members[delegation.seat].country;
            let mut moved = false;
            for (_, loss, effort) in moves.iter().filter(|(to, loss, _)| *to == forum.0 && loss.country == country) {
                let Some(clause) = written.agenda.iter().position(|&clause| clause == loss.clause) else { continue };
                instructions.salience[clause] += effort;
                moved = true;
                let event = Event::Shopped { candidate: delegation.seat, clause, from: loss.from };
                minutes.note(|| Entry::Later { forum: forum.0, day: clock.today, event });
            }
            if moved {
                weigh_up(&mut instructions, &parameters);
                speak_up(&mut instructions, strength.weight, &parameters);
            }
            give_the_floor(&mut floor, &mut positions, delegation.seat, &instructions);
        }
    }
}

/// A proponent that got less than it wanted.
#[derive(Clone, Debug, PartialEq)]
struct Loss {
    country: usize,
    /// Place in the scenario's clauses.
    clause: usize,
    from: usize,
    wish: f64,
    got: f64,
    /// What it cared, times what it lacks [≥ 0].
    effort: f64,
}

/// The heaviest loss of every country on every clause, in talks that are over.
fn losses(scenario: &Scenario, forums: &Talks, delegations: &Seats, indifference: f64) -> Vec<Loss> {
    let mut losses: Vec<Loss> = Vec::new();
    for (forum, proceedings, roll_call, record, ..) in forums {
        if !matches!(proceedings.engagement, Engagement::Adopted | Engagement::Collapsed) {
            continue;
        }
        let written = &scenario.forums[forum.0];
        for (delegation, instructions, _) in delegations.iter_many(roll_call.present()).flatten() {
            for (place, &clause) in written.agenda.iter().enumerate() {
                let wish = instructions.ideal[place];
                let got = record.clauses[place].adopted.unwrap_or(written.status_quo[place]);
                let lacks = wish - got;
                let effort = instructions.salience[place] * lacks;
                if lacks > indifference && effort > 0.0 {
                    let country = written.members[delegation.seat].country;
                    losses.push(Loss { country, clause, from: forum.0, wish, got, effort });
                }
            }
        }
    }
    let key = |loss: &Loss| (loss.country, loss.clause);
    losses.sort_by(|a, b| {
        key(a).cmp(&key(b)).then_with(|| b.effort.total_cmp(&a.effort)).then_with(|| a.from.cmp(&b.from))
    });
    losses.dedup_by_key(|loss| key(loss));
    losses
}

/// A forum that has not opened yet, as a place to go.
struct Place {
    forum: usize,
    opens: bool,
    /// Per seat, whether its delegation is there.
    here: Vec<bool>,
    /// Per clause of its agenda: the text to be expected [0–1].
    expected: Vec<f64>,
    /// Per clause of its agenda: what its members are already bound by, by weight [0–1].
    bound: Vec<f64>,
    weight: f64,
    /// The weight of the heaviest of these forums.
    heaviest: f64,
}

/// The forums that have not opened yet.
fn places(forums: &Talks, delegations: &Seats) -> Vec<Place> {
    let first = forums.iter().filter(|(_, proceedings, ..)| proceedings.round == 0).map(|(_, p, ..)| p.next_session);
    let today = first.min();
    let mut places: Vec<Place> = forums
        .iter()
        .filter(|(_, proceedings, ..)| proceedings.round == 0 && proceedings.engagement == Engagement::Recess)
        .map(|(forum, proceedings, roll_call, ..)| {
            let clauses = proceedings_clauses(roll_call, delegations);
            let (mut said, mut say, mut bound) = (vec![0.0; clauses], vec![0.0; clauses], vec![0.0; clauses]);
            let mut weight = 0.0;
            for (_, instructions, strength) in delegations.iter_many(roll_call.present()).flatten() {
                weight += strength.weight;
                for clause in 0..clauses {
                    said[clause] += instructions.say[clause] * instructions.ideal[clause];
                    say[clause] += instructions.say[clause];
                    bound[clause] += strength.weight * instructions.bound[clause];
                }
            }
            let ratio = |part: &[f64], of: &dyn Fn(usize) -> f64| -> Vec<f64> {
                (0..clauses).map(|clause| if of(clause) > 0.0 { part[clause] / of(clause) } else { 0.0 }).collect()
            };
            Place {
                forum: forum.0,
                opens: Some(proceedings.next_session) == today,
                here: (0..roll_call.seats().len()).map(|seat| roll_call.is_present(seat)).collect(),
                expected: ratio(&said, &|clause| say[clause]),
                bound: ratio(&bound, &|_| weight),
                weight,
                heaviest: 0.0,
            }
        })
        .collect();
    let heaviest = places.iter().fold(0.0f64, |most, place| most.max(place.weight));
    places.iter_mut().for_each(|place| place.heaviest = heaviest);
    places
}

fn proceedings_clauses(roll_call: &RollCall, delegations: &Seats) -> usize {
    delegations
        .iter_many(roll_call.present())
        .flatten()
        .next()
        .map_or(0, |(_, instructions, _)| instructions.ideal.len())
}

impl Place {
    /// How friendly the forum is to a proponent [0–1]: how near the text to be expected is to its wish × how much weight
    /// sits there × precedent. None where it has no seat, the clause is not on the agenda, or the text to be expected is
    /// no nearer to its wish than what it got.
    fn friendliness(&self, scenario: &Scenario, loss: &Loss) -> Option<f64> {
        let written = &scenario.forums[self.forum];
        let place = written.agenda.iter().position(|&clause| clause == loss.clause)?;
        let seat = written.members.iter().position(|member| member.country == loss.country)?;
        if !self.here[seat] {
            return None;
        }
        let away = (self.expected[place] - loss.wish).abs();
        let nearer = away < (loss.got - loss.wish).abs();
        let membership = if self.heaviest > 0.0 { self.weight / self.heaviest } else { 1.0 };
        let precedent = (1.0 + self.bound[place]) / 2.0;
        nearer.then_some((1.0 - away) * membership * precedent)
    }
}
