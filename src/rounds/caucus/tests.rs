//! What blocs keep from round to round against caucuses held from nothing.

use super::*;
use crate::chance::Chance;
use crate::rounds::{Phase, closing, opening, strict, upheaval};
use crate::rounds::{adjourn, concede, convene, decide, draft, exchange_positions, propose, take_bearings};
use crate::scenario::check::load;
use crate::scenario::source::Memory;
use crate::world::{self, Clock, Deal};
use std::fmt::Write;

/// What a caucus held from nothing reads and moves.
type Open<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static RollCall,
        &'static RollingText,
        &'static Proceedings,
        &'static Concessions,
        &'static Scales,
        &'static Deals,
        &'static mut Positions,
        &'static mut Bearings,
    ),
>;

/// The same caucus, member by member and clause by clause, from instructions and deals alone.
fn by_hand(scene: Res<Scene>, mut forums: Open, delegations: Query<&Instructions>) {
    for (forum, roll_call, text, proceedings, concessions, scales, deals, mut positions, mut bearings) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let mut stances = Stances { positions: &mut positions, bearings: &mut bearings, concessions, scales, text };
        for bloc in scene.scenario.forums[forum.0].room.blocs.iter().filter(|bloc| bloc.cohesion > 0.0) {
            let pull = |own: f64, common: f64| (1.0 - bloc.cohesion) * own + bloc.cohesion * common;
            let members = bloc.members.iter().filter_map(|&seat| Some((seat, roll_call.delegation(seat)?)));
            let members: Vec<_> = members.map(|(seat, one)| (seat, delegations.get(one).unwrap())).collect();
            for &clause in &text.open {
                let members = || members.iter().filter(|(seat, _)| deals.on(*seat, clause) != Deal::Gave);
                let wish = |wants: &Instructions| wants.within_lines(clause, wants.ideal[clause]);
                let mean = |of: &dyn Fn(usize, &Instructions) -> f64| {
                    let (mut total, mut heard) = (0.0, 0.0);
                    for (seat, wants) in members() {
                        total += wants.say[clause];
                        heard += wants.say[clause] * of(*seat, wants);
                    }
                    agreed(heard, total)
                };
                let Some(common) = mean(&|_, wants| wish(wants)) else { continue };
                for (seat, wants) in members() {
                    let aim = wants.within_lines(clause, pull(wish(wants), common));
                    if aim != stances.positions.aim.at(*seat, clause) {
                        stances.turn(*seat, wants, clause, aim);
                    }
                }
                let Some(common) = mean(&|seat, _| stances.positions.stated.at(seat, clause)) else { continue };
                for (seat, wants) in members() {
                    let stated = stances.positions.stated.at_mut(*seat, clause);
                    *stated = wants.within_lines(clause, pull(*stated, common));
                }
            }
        }
    }
}

/// Nine states and two blocs about eleven clauses. One of a bloc leaves, one comes late, and one wants something else
/// from a day on.
fn talks(linkage: &str) -> World {
    let mut text = String::from("title = \"Talks\"\n");
    let shock = |id: &str, country: usize, month: u32, effect: &str| {
        format!(
            "[shock.{id}]\ncountries = [\"n{country}\"]\nsource = \"a test\"\ndate = 2025-{month:02}-10\neffect = {effect}\n"
        )
    };
    for clause in 0..11 {
        let _ = writeln!(text, "[clause.c{clause:02}]");
    }
    for country in 0..9 {
        let _ = writeln!(text, "[country.n{country}]\ncapability = {}", 1 + country % 4);
    }
    let _ = writeln!(
        text,
        "[forum.talks]\nname = \"Talks\"\nmembers = [\"n0\", \"n1\", \"n2\", \"n3\", \"n4\", \"n5\", \"n6\", \"n7\", \"n8\"]\n\
         rule = \"consensus\"\ncalendar = {{ start = 2025-01-01, rounds = 9 }}\n{linkage}\n\
         bloc.north = {{ members = [\"n0\", \"n1\", \"n2\", \"n3\"], cohesion = 0.5, red_line.c03 = {{ ceiling = 0.5 }} }}\n\
         bloc.south = {{ members = [\"n4\", \"n5\", \"n7\"], cohesion = 1 }}\n{}{}{}",
        shock("goes", 2, 4, "{ membership = \"leave\" }"),
        shock("comes", 7, 6, "{ membership = \"join\" }"),
        shock("turns", 5, 8, "{ shift = 0.3, reopen = true }"),
    );
    for country in 0..9 {
        for clause in 0..11 {
            let (ideal, salience) = ((country * 31 + clause * 17) % 100, (country * 13 + clause * 29) % 17);
            let line = if (country + clause) % 3 == 0 { "red_line = { ceiling = 0.95, slack = 0.02 }\n" } else { "" };
            let _ = writeln!(
                text,
                "[mandate.n{country}.c{clause:02}]\nideal = {{ normal = {{ mean = {}, sd = 0.1 }} }}\nsalience = {}\n{}",
                ideal as f64 / 110.0,
                salience as f64 / 17.0,
                line,
            );
        }
    }
    let files = Memory([("talks.toml".to_owned(), text)].into());
    match load("talks.toml", &[], &files) {
        Ok(checked) => world::assemble(checked.scenario),
        Err(problems) => panic!("{problems}"),
    }
}

/// What a replication says and does in the end, round by round.
fn play(world: &mut World, replication: u64, round: &mut Schedule) -> Vec<(Positions, Bearings, Deals)> {
    world.insert_resource(Chance::new(5, replication));
    opening().run(world);
    let mut told = Vec::new();
    let mut proceedings = world.query::<&Proceedings>();
    let mut seen = world.query::<(&Positions, &Bearings, &Deals)>();
    while let Some(p) = proceedings.iter(world).find(|p| p.engagement == Engagement::Recess) {
        let today = p.next_session;
        world.resource_mut::<Clock>().today = today;
        upheaval().run(world);
        round.run(world);
        told.extend(seen.iter(world).map(|(said, stands, deals)| (said.clone(), stands.clone(), deals.clone())));
    }
    closing().run(world);
    told
}

#[test]
fn what_is_kept_from_round_to_round_comes_to_the_same_as_caucuses_held_from_nothing() {
    let round = |kept: bool| {
        let mut round = strict(crate::rounds::Round);
        round.add_systems((convene, take_bearings, propose).chain().in_set(Phase::Propose));
        match kept {
            true => round.add_systems(caucus.in_set(Phase::Caucus)),
            false => round.add_systems(by_hand.in_set(Phase::Caucus)),
        };
        let rest = (exchange_positions, concede, draft, take_bearings, decide, adjourn);
        round.configure_sets((Phase::Propose, Phase::Caucus, Phase::Exchange).chain());
        round.add_systems(rest.chain().in_set(Phase::Exchange));
        round
    };
    let mut given = [0; 2];
    for (linkage, given) in ["", "linkage = { exchanges = 3 }"].into_iter().zip(&mut given) {
        let (mut kept, mut anew) = (talks(linkage), talks(linkage));
        let (mut of_kept, mut of_anew) = (round(true), round(false));
        for replication in 0..12 {
            let (one, other) = (play(&mut kept, replication, &mut of_kept), play(&mut anew, replication, &mut of_anew));
            assert!(one.len() > 6 && one == other, "replication {replication}, {linkage}");
            let gave = |(_, _, deals): &(Positions, Bearings, Deals)| -> u32 {
                deals.gave.iter().map(|gave| gave.len()).sum()
            };
            *given += one.last().map_or(0, gave);
        }
    }
    assert!(given[0] == 0 && given[1] > 50, "{given:?} deals drove members out of their blocs");
}
