//! Precedent: a text in force becomes what holds for its parties without any other text.
//!
//! A party's status quo in another forum is then the stronger of the forum's and of what it is already bound by, and what
//! it already practises costs nothing to put into practice: later agreements begin where earlier ones ended, and copy them
//! (Allee & Elsig 2019). Forums in the middle of their talks are left alone; a forum that opens finds what the last
//! season settled.

use bevy_ecs::prelude::*;

use super::in_force::{Binding, Briefed, InForce, Treaties, texts};
use super::is_talking;
use crate::maths::higher;
use crate::minutes::{Entry, Event, Minutes};
use crate::scenario::Mechanism;
use crate::world::{Clock, Forum, Outsiders, Proceedings, RollCall, Scene, candidates};

/// Takes down, for every country in every forum, the strongest that other texts in force oblige it to.
pub fn bind(
    scene: Res<Scene>,
    clock: Res<Clock>,
    treaties: Treaties,
    forums: Query<(&Forum, &Proceedings, &RollCall, Option<&Outsiders>)>,
    mut delegations: Briefed,
    mut minutes: ResMut<Minutes>,
) {
    let scenario = &scene.scenario;
    if scenario.forums.len() < 2 || !scenario.plays(Mechanism::Precedent) {
        return;
    }
    let texts = texts(scenario, clock.today, &treaties, &delegations);
    for (forum, proceedings, roll_call, outsiders) in &forums {
        if is_talking(proceedings) {
            continue;
        }
        let agenda = &scenario.forums[forum.0].agenda;
        let others = texts.iter().filter(|text| text.forum != forum.0).map(|text| Elsewhere::of(text, agenda));
        let others: Vec<Elsewhere> = others.flatten().collect();
        let mut strongest = vec![0.0; agenda.len()];
        let mut all = delegations.iter_many_mut(candidates(roll_call, outsiders));
        while let Some(Ok((delegation, mut instructions))) = all.fetch_next() {
            let country = scenario.forums[forum.0].candidate(delegation.seat).country;
            strongest.fill(0.0);
            for other in &others {
                match &other.text.parties[country] {
                    None => {}
                    Some(Binding::AsWritten) => {
                        let both = strongest.iter_mut().zip(&other.words);
                        both.for_each(|(strongest, &words)| *strongest = higher(words, *strongest));
                    }
                    Some(Binding::To(points)) => {
                        let points = agenda.iter().map(|&clause| points[clause].unwrap_or(0.0));
                        strongest
                            .iter_mut()
                            .zip(points)
                            .for_each(|(strongest, point)| *strongest = higher(point, *strongest));
                    }
                }
            }
            if minutes.is_full() {
                let stronger = |place: &usize| strongest[*place] > instructions.bound[*place];
                for place in (0..agenda.len()).filter(stronger) {
                    let point = strongest[place];
                    let asks = |other: &&Elsewhere| other.text.obliges(country, agenda[place]) == Some(point);
                    let Some(from) = others.iter().find(asks).map(|other| other.text.forum) else { continue };
                    let event = Event::Precedent { candidate: delegation.seat, clause: place, point, from };
                    minutes.note(|| Entry::Later { forum: forum.0, day: clock.today, event });
                }
            }
            instructions.bound.copy_from_slice(&strongest);
        }
    }
}

/// A text of another forum, on the agenda of this one.
struct Elsewhere<'a> {
    text: &'a InForce,
    /// What it asks for as it is written, clause by clause [0–1; 0 where it has nothing on a clause].
    words: Vec<f64>,
}

impl<'a> Elsewhere<'a> {
    /// Where it has anything on the agenda.
    fn of(text: &'a InForce, agenda: &[usize]) -> Option<Self> {
        let words = || agenda.iter().map(|&clause| text.text[clause]);
        words()
            .any(|words| words.is_some())
            .then(|| Elsewhere { text, words: words().map(Option::unwrap_or_default).collect() })
    }
}
