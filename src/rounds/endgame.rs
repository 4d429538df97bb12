//! The endgame: a package on the table, polls, and what the chair gives up to carry it.
//!
//! Agreed clauses stand in the package as they are; on those still in brackets the chair puts its own text, take it or
//! leave it. While the rule is not met the chair weakens or drops what is most opposed and polls again. That is how data
//! flows, localisation and source code left the WTO text of 2024. What remains is adoption, more time, or collapse.

mod ending;
mod polling;

use bevy_ecs::prelude::*;

use self::ending::Ending;
use super::package::{Exclusion, Package, Proposal, Voter};
use crate::chance::Chance;
use crate::minutes::Minutes;
use crate::scenario::{self, ChairMode};
use crate::world::{
    Delegation, Desk, DrawnParameters, Engagement, Forum, Instructions, Outsiders, Partners, Positions, Proceedings,
    Record, RollCall, RollingText, Scene, Status, Strength, Watch, candidates,
};

/// The forums, with what the endgame decides and what is watched.
type Halls<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static RollCall,
        Option<&'static Outsiders>,
        &'static mut Proceedings,
        &'static mut RollingText,
        &'static mut Record,
        &'static mut Watch,
        &'static Positions,
        &'static mut Desk,
        &'static mut Partners,
    ),
>;

/// The delegations, with what they go by.
type Delegations<'w, 's> = Query<'w, 's, (&'static Delegation, &'static Instructions, &'static Strength)>;

/// Plays the endgame of every forum that has come to it.
pub fn conclude(
    scene: Res<Scene>,
    chance: Res<Chance>,
    parameters: Res<DrawnParameters>,
    mut forums: Halls,
    delegations: Delegations,
    mut minutes: ResMut<Minutes>,
) {
    for hall in &mut forums {
        let (forum, roll_call, outsiders, proceedings, text, record, watch, positions, mut desk, mut partners) = hall;
        if proceedings.engagement != Engagement::Endgame {
            continue;
        }
        let written = &scene.scenario.forums[forum.0];
        let voters = voters(&delegations, roll_call, written);
        let seats: Vec<usize> = voters.iter().map(|voter| voter.seat).collect();
        let clauses: Vec<_> = written.agenda.iter().map(|&clause| &scene.scenario.clauses[clause]).collect();
        let proposal = Proposal {
            included: included(written, &clauses, &text),
            bracketed: bracketed(written, &text),
            point: text.point.to_vec(),
            forum: written,
            clauses,
            parameters: &parameters,
            cost_of_failure: proceedings.cost_of_failure,
            voters,
            total_weight: proceedings.total_weight,
            unit: proceedings.unit,
            drafts: written.terms.silence,
            exclusion: Exclusion::from(&scene.scenario, written, &seats, &parameters, &mut partners),
            desk: &mut desk,
            laid_out: false,
        };
        let mut ending = Ending {
            scene: &scene,
            forum: forum.0,
            seats: &seats,
            included: proposal.included.clone(),
            proceedings: proceedings.into_inner(),
            text: text.into_inner(),
            record: record.into_inner(),
            watch: watch.into_inner(),
            minutes: &mut minutes,
        };
        ending.play(Package::new(proposal), &chance);
        if ending.proceedings.engagement != Engagement::Recess {
            let all = delegations.iter_many(candidates(roll_call, outsiders)).flatten();
            ending.sum_up(positions, all.map(|(delegation, instructions, _)| (delegation, instructions)));
        }
    }
}

/// Those that decide, as they weigh the package.
fn voters<'a>(delegations: &'a Delegations, roll_call: &RollCall, written: &'a scenario::Forum) -> Vec<Voter<'a>> {
    let there = delegations.iter_many(roll_call.deciding()).flatten();
    let voter = |(delegation, instructions, strength): (&Delegation, &'a Instructions, &'a Strength)| Voter {
        seat: delegation.seat,
        veto: delegation.veto,
        instructions,
        strength,
        member: &written.members[delegation.seat],
    };
    there.map(voter).collect()
}

/// Per clause, whether it is in the package: it stands agreed, or the chair has put its own text, and it is a provision.
fn included(written: &scenario::Forum, clauses: &[&scenario::Clause], text: &RollingText) -> Vec<bool> {
    let carries = |clause: usize| {
        let on_paper = match text.status[clause] {
            Status::Agreed(_) => true,
            Status::Bracketed => written.chair.mode != ChairMode::Passive && text.tabled[clause],
        };
        on_paper && clauses[clause].is_provision(text.point[clause])
    };
    (0..clauses.len()).map(carries).collect()
}

/// Per clause, whether it comes in brackets: what the institution brings along is nobody's bracket.
fn bracketed(written: &scenario::Forum, text: &RollingText) -> Vec<bool> {
    let open = |clause: usize| text.status[clause] == Status::Bracketed && written.template[clause].is_none();
    (0..written.agenda.len()).map(open).collect()
}
