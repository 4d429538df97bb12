//! Shocks: what happens to the talks from outside.
//!
//! Windows of change open when a problem, a government or a technology changes (Kingdon 1984); negotiators then meet
//! other instructions than those they came with. A shock is data: when, whom, on what, what it does. All strikes of a
//! replication are drawn at the opening, so that asking on the way moves no other draw. That instructions change at
//! once and in full, that a capital which wants something new no longer feels bound by what it gave before, and that a
//! red line drawn by a shock replaces the old one on its side, are judgements.

mod instructions;
mod leave;
mod schedule;

use bevy_ecs::prelude::*;

use self::instructions::{Known, centres, instruct_anew};
use self::leave::{Away, go};
use self::schedule::draw_strikes;
use super::aim;
use super::brief::{speak_up, weigh_up};
use crate::chance::Chance;
use crate::minutes::{Entry, Event, Minutes};
use crate::scenario::{self, Concerned, Effect, MAX_QUANTITY, Membership, Scenario, Shock};
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
        let blow = Blow { scenario, parameters: &parameters, strike, shock: &scenario.shocks[strike.shock] };
        if blow.shock.effect.capability != 1.0 {
            blow.change_capability(&mut countries, &forums, &mut delegations);
            strikes.touched.fill(true);
        }
        for hall in &mut forums {
            let (forum, roll_call, outsiders, proceedings, text, record, treaty, positions, concessions, deals) = hall;
            let concerned = &blow.shock.concerned;
            let Some(here) = concerned.iter().find(|concerned| concerned.forum == forum.0) else { continue };
            strikes.touched[forum.0] = true;
            let all: Vec<Entity> = candidates(&roll_call, outsiders).collect();
            let mut struck = Struck {
                written: &scenario.forums[forum.0],
                here,
                roll_call: roll_call.into_inner(),
                talking: proceedings.engagement == Engagement::Recess && proceedings.round > 0,
                text: text.into_inner(),
                record: record.into_inner(),
                treaty: treaty.into_inner(),
                positions,
                concessions: concessions.into_inner(),
                deals: deals.into_inner(),
            };
            struck.by(&blow, &all, &mut delegations, &mut minutes);
        }
    }
}

/// One strike of a shock.
struct Blow<'a> {
    scenario: &'a Scenario,
    parameters: &'a DrawnParameters,
    strike: Strike,
    shock: &'a Shock,
}

impl Blow<'_> {
    /// Whether it hits a country.
    fn hits(&self, country: usize) -> bool {
        match self.strike.country {
            Some(only) => country == only,
            None => self.shock.countries.contains(&country),
        }
    }

    /// Changes what the countries hit are capable of, and with it their weight and their say in every forum.
    fn change_capability(
        &self,
        countries: &mut Query<(&Country, &mut Drawn)>,
        forums: &Halls,
        delegations: &mut Query<Shocked>,
    ) {
        let mut capability = vec![0.0; self.scenario.countries.len()];
        for (country, mut drawn) in countries {
            if self.hits(country.0) {
                drawn.capability = (drawn.capability * self.shock.effect.capability).min(MAX_QUANTITY);
            }
            capability[country.0] = drawn.capability;
        }
        for (forum, roll_call, outsiders, ..) in forums {
            let written = &self.scenario.forums[forum.0];
            let mut all = delegations.iter_many_mut(candidates(roll_call, outsiders));
            while let Some(Ok((delegation, mut instructions, mut strength, ..))) = all.fetch_next() {
                let member = written.candidate(delegation.seat);
                strength.weight = member.weight.unwrap_or(capability[member.country]);
                speak_up(&mut instructions, strength.weight, self.parameters);
            }
        }
    }
}

/// A forum that a shock strikes: of each mechanism what it keeps of its members, so that it can answer that their wish has
/// changed, that they have left or that they have come.
struct Struck<'a> {
    written: &'a scenario::Forum,
    /// What the shock concerns here.
    here: &'a Concerned,
    /// Whether it strikes between two rounds of the talks.
    talking: bool,
    roll_call: &'a mut RollCall,
    text: &'a mut RollingText,
    record: &'a mut Record,
    treaty: &'a mut Treaty,
    /// To be touched only where they change: others look whether they have.
    positions: Mut<'a, Positions>,
    concessions: &'a mut Concessions,
    deals: &'a mut Deals,
}

impl Struck<'_> {
    /// Has a shock strike here.
    fn by(&mut self, blow: &Blow, all: &[Entity], delegations: &mut Query<Shocked>, minutes: &mut Minutes) {
        let struck = self.instruct(blow, all, delegations);
        let Effect { reopen, membership, .. } = blow.shock.effect;
        let there = struck.iter().any(|&seat| self.roll_call.is_present(seat));
        let reopened = if reopen && self.talking && there { self.reopen() } else { Vec::new() };
        let (forum, day, no) = (self.here.forum, blow.strike.day, blow.strike.shock);
        let seats: Vec<usize> = struck.iter().copied().filter(|&seat| seat < self.written.members.len()).collect();
        match membership {
            Some(Membership::Join) => seats.iter().for_each(|&seat| self.come(seat)),
            Some(Membership::Leave) => {
                let away = Away { forum, day, notice_days: self.written.after.notice_days };
                seats.iter().for_each(|&seat| self.leave(seat, &away, minutes));
            }
            None => {}
        }
        if let Some(membership) = membership {
            self.roll_call.turn(&self.written.members, &seats, membership == Membership::Join);
        }
        minutes.note(|| match self.talking {
            true => Entry::Struck { forum, day, shock: no, candidates: struck, reopened },
            false => Entry::Later { forum, day, event: Event::Struck { shock: no, candidates: struck } },
        });
    }

    /// Gives new instructions to the candidates hit; tells which those are.
    fn instruct(&mut self, blow: &Blow, all: &[Entity], delegations: &mut Query<Shocked>) -> Vec<usize> {
        let effect = &blow.shock.effect;
        let parts = effect.polarise != 1.0;
        let centre = parts.then(|| centres(self.roll_call, delegations, self.text.point.len()));
        let mut struck = Vec::new();
        let mut all = delegations.iter_many_mut(all);
        while let Some(Ok((delegation, mut instructions, strength, mut shaken))) = all.fetch_next() {
            let member = self.written.candidate(delegation.seat);
            if !blow.hits(member.country) {
                continue;
            }
            struck.push(delegation.seat);
            let mut wanted_anew = Vec::new();
            for turn in &self.here.clauses {
                let at = turn.clause;
                let point = Known {
                    centre: centre.as_ref().map_or(0.0, |centre| centre[at]),
                    documented: member.mandates[at].ideal.centre(),
                };
                if instruct_anew(&mut instructions, &mut shaken.by[at], turn, effect, point) {
                    wanted_anew.push(at);
                }
            }
            instructions.reservation += effect.reservation;
            weigh_up(&mut instructions, blow.parameters);
            speak_up(&mut instructions, strength.weight, blow.parameters);
            if delegation.seat < self.written.members.len() {
                self.want_anew(delegation.seat, &instructions, &wanted_anew);
            }
        }
        struck
    }

    /// A member wants something else than before on these clauses, and its red lines may have changed on all.
    fn want_anew(&mut self, seat: usize, instructions: &Instructions, clauses: &[usize]) {
        aim::turn_to(&mut self.positions, seat, instructions, clauses);
        clauses.iter().for_each(|&clause| self.deals.forget(seat, clause));
    }

    /// A member comes: one that is not there yet begins anew.
    fn come(&mut self, seat: usize) {
        if !self.roll_call.is_present(seat) {
            self.concessions.begin(seat);
        }
    }

    /// A member leaves the talks, and the text where it has been adopted.
    fn leave(&mut self, seat: usize, away: &Away, minutes: &mut Minutes) {
        self.record.leave(seat);
        go(&mut self.treaty.standing[seat], away, seat, minutes);
    }

    /// Gives agreed clauses their brackets back; tells which.
    fn reopen(&mut self) -> Vec<usize> {
        let agreed = |clause: &usize| self.text.status[*clause] != Status::Bracketed;
        let clauses: Vec<usize> = self.here.clauses.iter().map(|turn| turn.clause).filter(agreed).collect();
        clauses.iter().for_each(|&clause| self.text.reopen(clause));
        clauses
    }
}
