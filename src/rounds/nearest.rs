//! The nearest weaker text that would have passed, where talks failed.
//!
//! Looked for from the text that the chair tabled, by rungs or steps towards the status quo, without exceptions, opt-outs
//! and assistance. First every clause goes as far as it must: no text passes that crosses the red line of a member that can
//! stop it by itself, and hardly any that such a member holds out on. From there it goes one step at a time, always by the step after
//! which most accept, and of those the one that leaves least to be won, both by the voices that the chair hears. So the steps found are the fewest where red lines
//! and holding out are all that was in the way, and otherwise few; at most [`TRIED`] texts are polled.

use super::package::{Package, Poll, Proposal, step_towards};
use crate::minutes::Nearest;
use crate::world::ON_THE_LINE;

/// Most texts that are polled.
const TRIED: u32 = 64;

/// The nearest weaker text that would have passed, where one is found.
pub(super) fn nearest(mut proposal: Proposal, rank: impl Fn(usize) -> usize) -> Option<Nearest> {
    let tabled = (proposal.point.clone(), proposal.included.clone());
    let mut steps = heed_red_lines(&mut proposal);
    if !proposal.included.contains(&true) {
        return None;
    }
    let mut package = Package::new(proposal);
    for clause in 0..package.point.len() {
        while package.is_held_out_on(clause) {
            package.weaken(clause);
            steps += 1;
        }
    }
    let mut tried = 0;
    let mut poll = package.poll();
    while !package.carried_by(&poll) {
        let (clause, next) = best_step(&mut package, &mut tried, &rank)?;
        package.weaken(clause);
        steps += 1;
        poll = next;
    }
    let (point, included) = tabled;
    let changes = (0..point.len()).filter(|&clause| {
        (point[clause], included[clause]) != (package.point[clause], package.included[clause]) && included[clause]
    });
    let changes = changes.map(|clause| (clause, package.included[clause].then_some(package.point[clause])));
    (!package.is_empty()).then(|| Nearest { steps, changes: changes.collect() })
}

/// Weakens every clause until it crosses no red line of a member that can stop the text by itself; returns the steps.
fn heed_red_lines(proposal: &mut Proposal) -> u32 {
    let Proposal { forum, clauses, voters, point, included, .. } = proposal;
    let everyone = forum.rule.everyone_holds_a_veto();
    let (mut floor, mut ceiling) = (vec![-1.0f64; point.len()], vec![2.0f64; point.len()]);
    for voter in voters.iter().filter(|voter| everyone || voter.veto) {
        for (floor, own) in floor.iter_mut().zip(&voter.instructions.floor) {
            *floor = if *own > *floor { *own } else { *floor };
        }
        for (ceiling, own) in ceiling.iter_mut().zip(&voter.instructions.ceiling) {
            *ceiling = if *own < *ceiling { *own } else { *ceiling };
        }
    }
    let mut steps = 0;
    for clause in 0..point.len() {
        let crosses = |point: f64| point < floor[clause] - ON_THE_LINE || point > ceiling[clause] + ON_THE_LINE;
        while included[clause] && crosses(point[clause]) {
            steps += 1;
            match step_towards(clauses[clause], point[clause], forum.status_quo[clause]) {
                Some(next) if clauses[clause].is_provision(next) => point[clause] = next,
                _ => included[clause] = false,
            }
        }
    }
    steps
}

/// The best step from a package, and how it is received; none where there is no step left to take, or to try.
fn best_step(package: &mut Package, tried: &mut u32, rank: impl Fn(usize) -> usize) -> Option<(usize, Poll)> {
    let mut best: Option<(usize, Poll, (f64, f64))> = None;
    let mut clauses: Vec<usize> = (0..package.point.len()).collect();
    clauses.sort_by_key(|&clause| rank(clause));
    for clause in clauses {
        if !package.included[clause] || package.forum.template[clause].is_some() || package.hangs_by(clause) {
            continue;
        }
        if *tried == TRIED {
            return None;
        }
        *tried += 1;
        let before = package.point[clause];
        package.weaken(clause);
        let poll = package.poll();
        let (accepting, missing) = package.reception(&poll);
        package.put(clause, before, true);
        let better = |&(_, _, (most, least)): &(usize, Poll, (f64, f64))| (accepting, -missing) > (most, -least);
        if best.as_ref().is_none_or(better) {
            best = Some((clause, poll, (accepting, missing)));
        }
    }
    best.map(|(clause, poll, _)| (clause, poll))
}
