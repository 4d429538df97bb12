//! Shocks: what happens to the talks from outside.
//!
//! Windows of change open when a problem, a government or a technology changes (Kingdon 1984); negotiators then meet
//! other instructions than those they came with. A shock is data: when, whom, on what, what it does. All strikes of a
//! replication are drawn at the opening, so that asking on the way moves no other draw. That instructions change at
//! once and in full, that a capital which wants something new no longer feels bound by what it gave before, and that a
//! red line drawn by a shock replaces the old one on its side, are judgements.

mod leave;

use bevy_ecs::prelude::*;

use self::leave::{Away, go};
use super::brief::{speak_up, weigh_up};
use crate::chance::{Chance, NOBODY, Purpose, Stream};
use crate::maths::ln;
use crate::minutes::{Entry, Event, Minutes};
use crate::quantity::Day;
use crate::scenario::{Concerned, Effect, MAX_QUANTITY, Membership, Scenario, Shock, Turn, When, YEAR};
use crate::world::{
    Clock, Concessions, Country, Deals, Delegation, Drawn, DrawnParameters, Engagement, Forum, Instructions, Outsiders,
    Positions, Proceedings, Record, RollCall, RollingText, Scene, Shaken, Status, Strength, Strike, Strikes, Treaty,
    candidates,
};

/// Foresees every strike of the replication, and calls the roll: who joins by a shock is not there yet.
pub fn foresee(
    scene: Res<Scene>,
    chance: Res<Chance>,
    mut strikes: ResMut<Strikes>,
    mut forums: Query<(&Forum, &mut RollCall)>,
    mut shaken: Query<&mut Shaken>,
) {
    let scenario = &scene.scenario;
    draw_strikes(scenario, &chance, &mut strikes.due);
    strikes.struck = 0;
    strikes.touched.clear();
    strikes.touched.resize(scenario.forums.len(), true);
    for (forum, mut roll_call) in &mut forums {
        let members = &scenario.forums[forum.0].members;
        roll_call.call(members, |seat| {
            let late = |shock: &Shock| shock.brings(forum.0, members[seat].country);
            !scenario.shocks.iter().any(late)
        });
    }
    if !scenario.shocks.is_empty() {
        shaken.iter_mut().for_each(|mut shaken| shaken.by.fill(0.0));
    }
}

/// Draws every strike, in the order of days; on one day in the order of identifiers, so that the file's order is none.
fn draw_strikes(scenario: &Scenario, chance: &Chance, due: &mut Vec<Strike>) {
    due.clear();
    let mut stream = chance.stream();
    for (no, shock) in scenario.shocks.iter().enumerate() {
        match shock.when {
            When::On(date) => due.push(Strike { day: date.day(), shock: no, country: None }),
            When::Random { each: true, .. } => {
                for &country in &shock.countries {
                    let lane = scenario.countries[country].lane;
                    wait(shock, lane, &mut stream, |day| due.push(Strike { day, shock: no, country: Some(country) }));
                }
            }
            When::Random { .. } => {
                wait(shock, NOBODY, &mut stream, |day| due.push(Strike { day, shock: no, country: None }));
            }
        }
    }
    let names = |strike: &Strike| {
        let country = strike.country.map(|country| scenario.countries[country].id.as_str());
        (strike.day, scenario.shocks[strike.shock].id.as_str(), country)
    };
    due.sort_by(|one, other| names(one).cmp(&names(other)));
}

/// Waits for a random shock, again and again: waiting times are exponential, −ln u ÷ hazard.
fn wait(shock: &Shock, lane: u32, stream: &mut Stream, mut strike: impl FnMut(Day)) {
    let When::Random { hazard, from, until, at_most, .. } = shock.when else { return };
    stream.place(Purpose::Shock, shock.occasion, lane);
    let mut waited = 0.0;
    for _ in 0..at_most {
        waited += -ln(stream.uniform()) / hazard * YEAR;
        let day = from.saturating_add(waited.floor() as Day);
        if day > until {
            return;
        }
        strike(day);
    }
}

/// What a shock changes of a forum.
type Halls<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static mut RollCall,
        Option<&'static Outsiders>,
        &'static Proceedings,
        &'static mut RollingText,
        &'static mut Record,
        &'static mut Treaty,
        &'static mut Positions,
        &'static mut Concessions,
        &'static mut Deals,
    ),
>;

/// What a shock changes of a delegation; countries without a seat have no part in talks.
type Shocked = (&'static Delegation, &'static mut Instructions, &'static mut Strength, &'static mut Shaken);

/// Has every shock strike whose day has come.
#[expect(clippy::too_many_arguments, reason = "a system names what it reads")]
pub fn strike(
    scene: Res<Scene>,
    clock: Res<Clock>,
    parameters: Res<DrawnParameters>,
    mut strikes: ResMut<Strikes>,
    mut forums: Halls,
    mut countries: Query<(&Country, &mut Drawn)>,
    mut delegations: Query<Shocked>,
    mut minutes: ResMut<Minutes>,
) {
    let scenario = &scene.scenario;
    while let Some(&strike) = strikes.due.get(strikes.struck).filter(|strike| strike.day <= clock.today) {
        strikes.struck += 1;
        let shock = &scenario.shocks[strike.shock];
        let hits = |country: usize| match strike.country {
            Some(only) => country == only,
            None => shock.countries.contains(&country),
        };
        if shock.effect.capability != 1.0 {
            let mut capability = vec![0.0; scenario.countries.len()];
            for (country, mut drawn) in &mut countries {
                if hits(country.0) {
                    drawn.capability = (drawn.capability * shock.effect.capability).min(MAX_QUANTITY);
                }
                capability[country.0] = drawn.capability;
            }
            for (forum, roll_call, outsiders, ..) in &forums {
                let written = &scenario.forums[forum.0];
                strikes.touched[forum.0] = true;
                let mut all = delegations.iter_many_mut(candidates(roll_call, outsiders));
                while let Some(Ok((delegation, mut instructions, mut strength, ..))) = all.fetch_next() {
                    let member = written.candidate(delegation.seat);
                    strength.weight = member.weight.unwrap_or(capability[member.country]);
                    speak_up(&mut instructions, strength.weight, &parameters);
                }
            }
        }
        for hall in &mut forums {
            let (
                forum,
                mut roll_call,
                outsiders,
                proceedings,
                mut text,
                mut record,
                mut treaty,
                mut positions,
                mut concessions,
                mut deals,
            ) = hall;
            let Some(here) = shock.concerned.iter().find(|concerned| concerned.forum == forum.0) else { continue };
            strikes.touched[forum.0] = true;
            let written = &scenario.forums[forum.0];
            let parts = shock.effect.polarise != 1.0;
            let centre = parts.then(|| centres(&roll_call, &delegations, text.point.len()));
            let all: Vec<Entity> = candidates(&roll_call, outsiders).collect();
            let mut struck = Vec::new();
            let mut all = delegations.iter_many_mut(&all);
            while let Some(Ok((delegation, mut instructions, strength, mut shaken))) = all.fetch_next() {
                let member = written.candidate(delegation.seat);
                if !hits(member.country) {
                    continue;
                }
                struck.push(delegation.seat);
                let mut wanted_anew = Vec::new();
                for turn in &here.clauses {
                    let at = turn.clause;
                    let point = Known {
                        centre: centre.as_ref().map_or(0.0, |centre| centre[at]),
                        documented: member.mandates[at].ideal.centre(),
                    };
                    if instruct_anew(&mut instructions, &mut shaken.by[at], turn, &shock.effect, point) {
                        wanted_anew.push(at);
                    }
                }
                instructions.reservation += shock.effect.reservation;
                weigh_up(&mut instructions, &parameters);
                speak_up(&mut instructions, strength.weight, &parameters);
                let seat = delegation.seat;
                if seat < written.members.len() {
                    for clause in wanted_anew {
                        *positions.aim.at_mut(seat, clause) = instructions.ideal[clause];
                        deals.forget(seat, clause);
                    }
                    for clause in 0..instructions.ideal.len() {
                        let aim = positions.aim.at_mut(seat, clause);
                        *aim = instructions.within_lines(clause, *aim);
                    }
                    if shock.effect.membership == Some(Membership::Join) && !roll_call.is_present(seat) {
                        concessions.begin(seat);
                    }
                }
            }
            let there = struck.iter().any(|&seat| roll_call.is_present(seat));
            let talking = proceedings.engagement == Engagement::Recess && proceedings.round > 0;
            let reopened = match shock.effect.reopen && talking && there {
                true => reopen(&mut text, here),
                false => Vec::new(),
            };
            if shock.effect.membership == Some(Membership::Leave) {
                let away = Away { forum: forum.0, day: strike.day, notice_days: written.after.notice_days };
                for &seat in struck.iter().filter(|&&seat| seat < written.members.len()) {
                    record.gains[seat] = 0.0;
                    go(&mut treaty.standing[seat], &away, seat, &mut minutes);
                }
            }
            if let Some(membership) = shock.effect.membership {
                let before: Vec<bool> = (0..written.members.len()).map(|seat| roll_call.is_present(seat)).collect();
                let comes = membership == Membership::Join;
                roll_call.call(&written.members, |seat| if struck.contains(&seat) { comes } else { before[seat] });
            }
            let (forum, day, no) = (forum.0, strike.day, strike.shock);
            minutes.note(|| match talking {
                true => Entry::Struck { forum, day, shock: no, candidates: struck, reopened },
                false => Entry::Later { forum, day, event: Event::Struck { shock: no, candidates: struck } },
            });
        }
    }
}

/// Per clause, the mean of what the members want that are there; each counts once.
fn centres(roll_call: &RollCall, delegations: &Query<Shocked>, clauses: usize) -> Vec<f64> {
    let mut sum = vec![0.0; clauses];
    for (_, instructions, ..) in delegations.iter_many(roll_call.present()).flatten() {
        for (sum, ideal) in sum.iter_mut().zip(&instructions.ideal) {
            *sum += ideal;
        }
    }
    let members = roll_call.present().len().max(1) as f64;
    sum.iter_mut().for_each(|sum| *sum /= members);
    sum
}

/// What is known of a delegation and of the others on one clause.
struct Known {
    /// Mean of what the members want that are there.
    centre: f64,
    /// What the delegation was documented to want.
    documented: f64,
}

/// Changes what a delegation is told on one clause; tells whether it wants something else than before. `by` is how far
/// what is known of its wish has moved from what was documented.
fn instruct_anew(to: &mut Instructions, by: &mut f64, turn: &Turn, effect: &Effect, known: Known) -> bool {
    let clause = turn.clause;
    if effect.lift_red_lines {
        (to.floor[clause], to.ceiling[clause]) = (-1.0, 2.0);
    }
    if let Some(floor) = turn.floor {
        to.floor[clause] = floor;
        to.ceiling[clause] = to.ceiling[clause].max(floor);
    }
    if let Some(ceiling) = turn.ceiling {
        to.ceiling[clause] = ceiling;
        to.floor[clause] = to.floor[clause].min(ceiling);
    }
    let before = to.ideal[clause];
    let mut ideal = turn.ideal.unwrap_or(before);
    if effect.shift != 0.0 {
        ideal = (ideal + effect.shift).clamp(0.0, 1.0);
    }
    if effect.polarise != 1.0 {
        ideal = (known.centre + effect.polarise * (ideal - known.centre)).clamp(0.0, 1.0);
    }
    to.ideal[clause] = to.within_lines(clause, ideal);
    *by = match turn.ideal {
        Some(_) => to.ideal[clause] - known.documented,
        None => *by + (to.ideal[clause] - before),
    };
    if effect.salience != 1.0 {
        to.salience[clause] = (to.salience[clause] * effect.salience).min(MAX_QUANTITY);
    }
    to.ideal[clause] != before
}

/// Gives agreed clauses their brackets back; tells which.
fn reopen(text: &mut RollingText, here: &Concerned) -> Vec<usize> {
    let agreed = |clause: &usize| text.status[*clause] != Status::Bracketed;
    let clauses: Vec<usize> = here.clauses.iter().map(|turn| turn.clause).filter(agreed).collect();
    clauses.iter().for_each(|&clause| text.reopen(clause));
    clauses
}
