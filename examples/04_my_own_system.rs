//! A behaviour that comity does not have: a mediator who talks everyone into giving a little more, every round.
//!
//! Rules and tactics are data, and closed. Anything else that a program wants to happen is a system of its own, put into
//! a phase of the round: docs/decisions/0011-behaviour-from-outside.md says why.
//!
//! `cargo run --example 04_my_own_system`

use comity::ecs::prelude::*;
use comity::rounds::{self, Phase};
use comity::world::{Concessions, Engagement, Proceedings};
use comity::{Conference, Error, Scenario};

/// How much further everyone goes each round than its tactic has it [share of the whole way, 0–1].
const PERSUASION: f64 = 0.2;

fn main() -> Result<(), Error> {
    let (alone, mediated) = objections(300)?;
    println!("{alone:.1} objections to data_flows a replication, {mediated:.1} with a mediator");
    Ok(())
}

/// What tactics have set for the next round is raised, in every forum that sits.
fn mediate(mut forums: Query<(&Proceedings, &mut Concessions)>) {
    for (proceedings, mut concessions) in &mut forums {
        if proceedings.engagement == Engagement::InSession {
            concessions.next.iter_mut().for_each(|level| *level = (*level + PERSUASION).min(1.0));
        }
    }
}

/// Objections to a clause over all rounds, in the mean, without a mediator and with one; on the same luck.
pub fn objections(replications: u64) -> Result<(f64, f64), Error> {
    let scenario = Scenario::load("minimal")?;
    let model = scenario.model();
    let mut round = rounds::round_of(model);
    // The order has to be said: a schedule with an open order of two systems that touch the same data is refused.
    round.add_systems(mediate.in_set(Phase::Concede).after(rounds::concede));

    let mean = |mut conference: Conference| {
        let objections = (0..replications).map(|no| conference.run(1, no).forums[0].clauses[0].objections);
        objections.map(f64::from).sum::<f64>() / replications as f64
    };
    Ok((mean(Conference::new(model.clone())), mean(Conference::with_round(model.clone(), round))))
}
