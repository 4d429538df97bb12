//! Watching: whose objection decided, and how far each has moved. The talks never read what is watched.

use super::package::Package;
use crate::clause_set::ClauseSet;
use crate::rules::{DecisionRule, Tally};
use crate::world::{Delegation, Instructions, Positions, RollingText, Watch};

/// Whether a single vote could have decided a lost tally, given the heaviest member there is.
pub(super) fn is_close(rule: DecisionRule, tally: &Tally, heaviest: f64) -> bool {
    let alone = !rule.everyone_holds_a_veto() || tally.objecting == 1;
    alone && rule.hangs_on(tally, heaviest, tally.vetoes > 0)
}

/// Keeps the positions last stated on clauses that have left the table in this round.
pub(super) fn keep_what_was_said(watch: &mut Watch, text: &RollingText, positions: &Positions, seats: usize) {
    let gone = watch.on_table - text.open.iter().copied().collect();
    if gone.is_empty() {
        return;
    }
    for seat in 0..seats {
        let said = watch.said_by_mut(seat);
        for clause in gone {
            said[clause] = positions.stated.at(seat, clause);
        }
    }
}

/// Takes down who objected to what in the endgame, voter by voter as the seats say.
pub(super) fn take_down(watch: &mut Watch, package: &Package, seats: &[usize]) {
    for (voter, &seat) in seats.iter().enumerate().filter(|_| package.was_objected_to()) {
        for (clause, made, decisive) in package.objections_of(voter) {
            watch.count(seat, clause, made, decisive);
        }
    }
}

/// Works out how far each has moved and how far the text is from what it wants, once the talks are over. `text` is the
/// adopted one, with the status quo where it has no provision; candidates come in their order, those with a seat first.
pub(super) fn sum_up<'a>(
    watch: &mut Watch,
    open: &[usize],
    text: Option<&[f64]>,
    positions: &Positions,
    candidates: impl Iterator<Item = (&'a Delegation, &'a Instructions)>,
) {
    for (delegation, instructions) in candidates {
        let seat = delegation.seat;
        if seat < watch.spoken.len() {
            let spoken = watch.spoken[seat];
            let said = watch.said_by_mut(seat);
            open.iter().for_each(|&clause| said[clause] = positions.stated.at(seat, clause));
            watch.concession[seat] = concession(said, spoken, instructions);
        }
        watch.distance[seat] = text.and_then(|text| distance(text, instructions));
    }
}

/// How far last stated positions are from the ideal points [0–1]: the mean over the clauses spoken on, weighted by
/// salience; none where there are none that it cares about.
fn concession(said: &[f64], spoken: ClauseSet, instructions: &Instructions) -> Option<f64> {
    let all = said.len();
    if spoken.len() as usize == all {
        return distance(said, instructions);
    }
    let (mut gone, mut cared) = (0.0, 0.0);
    for clause in (0..all).filter(|&clause| spoken.has(clause)) {
        let salience = instructions.salience[clause];
        gone += salience * (said[clause] - instructions.ideal[clause]).abs();
        cared += salience;
    }
    (cared > 0.0).then(|| gone / cared)
}

/// How far points are from what a country wants [0–1]: the mean over the agenda, weighted by salience; none where it
/// cares about nothing.
fn distance(points: &[f64], instructions: &Instructions) -> Option<f64> {
    let (mut off, mut cared) = (0.0, 0.0);
    for ((&point, &ideal), &salience) in points.iter().zip(&instructions.ideal).zip(&instructions.salience) {
        off += salience * (point - ideal).abs();
        cared += salience;
    }
    (cared > 0.0).then(|| off / cared)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wants(ideal: &[f64], salience: &[f64]) -> Instructions {
        Instructions { ideal: ideal.into(), salience: salience.into(), ..crate::world::Instructions::none() }
    }

    #[test]
    fn who_has_moved_counts_by_salience_and_only_where_it_spoke() {
        // It went from 1.0 to 0.7 on what it cares about three times as much, and from 0.0 to 0.4 on the other.
        let wants = wants(&[1.0, 0.0], &[3.0, 1.0]);
        let far = |said: &[f64], spoken| concession(said, spoken, &wants);
        assert!((far(&[0.7, 0.4], (0..2).collect()).unwrap() - (3.0 * 0.3 + 0.4) / 4.0).abs() < 1e-15);
        assert!((far(&[0.7, 0.4], ClauseSet::of(0)).unwrap() - 0.3).abs() < 1e-15);
        assert_eq!(far(&[0.7, 0.4], ClauseSet::EMPTY), None, "it never spoke");
    }

    #[test]
    fn who_cares_about_nothing_is_at_no_distance() {
        assert_eq!(distance(&[0.5], &wants(&[0.0], &[0.0])), None);
        assert_eq!(distance(&[0.5], &wants(&[0.0], &[0.2])), Some(0.5));
    }

    #[test]
    fn a_tally_is_close_where_the_heaviest_could_decide_it() {
        let mass = DecisionRule::CriticalMass { quota: 0.6.into() };
        let tally =
            Tally { members: 3, weight: 10.0, accepting: 1, accepting_weight: 4.0, objecting: 2, ..Tally::default() };
        assert!(is_close(mass, &tally, 2.0) && !is_close(mass, &tally, 1.9));
    }
}
