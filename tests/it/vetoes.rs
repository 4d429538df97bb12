//! What no adopted text may do: cross a red line of a member that can stop it, or bind a country to less than the gain
//! it insists on.

use comity::conference::Conference;
use comity::minutes::ForumOutcome;
use comity::scenario::{Scenario, Undertaking};
use comity::world::{Country, DelegationOf, Drawn, DrawnParameters, Forum, Instructions, RollCall};
use proptest::prelude::*;

use crate::drawn;
use crate::oracle::{burden, utility};
use crate::promise::{Kept, broken, kept, must};
use crate::talks::{MAJORITY_OF_HEADS, MAJORITY_OF_WEIGHT, Talks};

const REPLICATIONS: u64 = 4;

/// The members of a forum as they were instructed in the last replication, with their capacity.
fn instructed(conference: &mut Conference) -> Vec<(Instructions, f64)> {
    let world = conference.world();
    let mut forums = world.query::<(&Forum, &RollCall)>();
    let seats = forums.iter(world).next().map(|(_, roll_call)| roll_call.seats().to_vec()).unwrap_or_default();
    let member = |seat| {
        let country = world.get::<DelegationOf>(seat)?.0;
        debug_assert!(world.get::<Country>(country).is_some());
        Some((world.get::<Instructions>(seat)?.clone(), world.get::<Drawn>(country)?.capacity))
    };
    seats.into_iter().filter_map(member).collect()
}

/// Plays the talks and holds each replication that adopts a text against a check.
fn each_adoption(talks: &Talks, check: impl Fn(&mut Conference, &Scenario, &ForumOutcome) -> Kept) -> Kept {
    let scenario = talks.scenario();
    let mut conference = Conference::new(scenario.clone());
    let mut spoke = false;
    for replication in 0..REPLICATIONS {
        let outcome = conference.run(1, replication);
        if outcome.forums[0].concluded {
            spoke |= check(&mut conference, &scenario, &outcome.forums[0])?;
        }
    }
    Ok(spoke)
}

/// No clause of an adopted text crosses a red line of a member for whom `holds_a_veto`.
fn red_lines_stand(talks: &Talks, holds_a_veto: impl Fn(&Scenario, usize) -> bool) -> Kept {
    each_adoption(talks, |conference, scenario, outcome| {
        let mut spoke = false;
        for (seat, (instructions, _)) in instructed(conference).iter().enumerate() {
            for (clause, became) in outcome.clauses.iter().enumerate() {
                let Some(point) = became.adopted.filter(|_| holds_a_veto(scenario, seat)) else { continue };
                let (floor, ceiling) = (instructions.floor[clause], instructions.ceiling[clause]);
                spoke |= floor > 0.0 || ceiling < 1.0;
                let respected = floor - 1e-9 <= point && point <= ceiling + 1e-9;
                must(respected, || format!("seat {seat}, clause {clause}: {point} is not in {floor}..{ceiling}"))?;
            }
        }
        Ok(spoke)
    })
}

/// Whether a member can stop a text: by the rule, or by a right of its own.
fn can_stop_a_text(scenario: &Scenario, seat: usize) -> bool {
    let forum = &scenario.forums[0];
    forum.members[seat].decides() && (forum.rule.everyone_holds_a_veto() || forum.members[seat].veto)
}

/// Every country for which `is_bound` gains at least what it insisted on, and, in a single undertaking, that gain is
/// what its preferences make of the adopted text.
fn no_party_is_worse_off(talks: &Talks, is_bound: impl Fn(&ForumOutcome, usize) -> bool) -> Kept {
    each_adoption(talks, |conference, scenario, outcome| {
        let parameters = *conference.world().resource::<DrawnParameters>();
        for (seat, (instructions, capacity)) in instructed(conference).iter().enumerate() {
            let member = &outcome.members[seat];
            let enough = member.gain >= instructions.reservation - 1e-9;
            must(enough || !is_bound(outcome, seat), || format!("seat {seat} is bound to {member:?}"))?;
            if scenario.forums[0].undertaking == Undertaking::Single {
                let gain = gain(scenario, outcome, seat, instructions, *capacity, &parameters);
                must((gain - member.gain).abs() < 1e-9, || format!("seat {seat}: {gain}, not {}", member.gain))?;
            }
        }
        Ok(true)
    })
}

/// What a member gains by the adopted text over no deal, from the definitions of the model.
fn gain(
    scenario: &Scenario,
    outcome: &ForumOutcome,
    seat: usize,
    instructions: &Instructions,
    capacity: f64,
    parameters: &DrawnParameters,
) -> f64 {
    let forum = &scenario.forums[0];
    let mandates = &forum.members[seat].mandates;
    let points = outcome.clauses.iter().zip(&forum.status_quo);
    let text: Vec<f64> = points.map(|(became, &status_quo)| became.adopted.unwrap_or(status_quo)).collect();
    let regime: Vec<f64> = mandates.iter().map(|mandate| mandate.regime).collect();
    let cost: Vec<f64> = forum.agenda.iter().map(|&clause| scenario.clauses[clause].burden).collect();
    let worth = |text: &[f64]| utility(text, &instructions.ideal, &instructions.salience, parameters.loss_exponent);
    worth(&text)
        - worth(&forum.status_quo)
        - parameters.burden_price * burden(&text, &regime, &cost, &forum.members[seat].relief, capacity)
}

#[test]
fn a_crossed_red_line_of_a_member_that_can_stop_a_text_never_stands_in_it() {
    let talks = || drawn::talks(2..6usize, 1..5usize);
    kept(128, talks(), |talks| red_lines_stand(talks, can_stop_a_text));
    // A majority rules over those who cannot stop it.
    let ruled = talks().prop_map(|talks| talks.with("rule", MAJORITY_OF_WEIGHT));
    broken(32, ruled, |talks| red_lines_stand(talks, |_, _| true));
}

#[test]
fn no_country_below_its_reservation_value_becomes_a_party() {
    let talks = || drawn::talks(2..6usize, 1..5usize);
    kept(128, talks(), |talks| no_party_is_worse_off(talks, |outcome, seat| outcome.members[seat].party));
    // Those who stay out may be worse off.
    let ruled = talks().prop_map(|talks| talks.with("rule", MAJORITY_OF_HEADS));
    broken(32, ruled, |talks| no_party_is_worse_off(talks, |_, _| true));
}
