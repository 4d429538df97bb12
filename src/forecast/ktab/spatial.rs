//! Turns of the spatial model: everyone challenges whom it would most gain from, bargains are struck, all vote on them.

use super::condorcet::{Count, Election, Process};
use super::contest::{Arena, Commitment, Estimate};
use super::risk::{Empathy, Range, attitudes, prospects};
use super::space::{Space, utility};
use super::votes::{Victory, VotingRule};
use crate::maths::pow;

/// How a bargain weighs the two positions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interpolation {
    /// By salience × chance.
    Linear,
    /// By salience² × chance².
    #[default]
    Square,
}

/// The settings of the model; the defaults are those of the toolkit's reference run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Settings {
    /// How differences become votes.
    pub rule: VotingRule,
    /// How coalitions become chances.
    pub victory: Victory,
    /// How chances become a distribution.
    pub process: Process,
    /// Range of attitudes to risk.
    pub range: Range,
    /// How well others' attitudes are known.
    pub empathy: Empathy,
    /// What third parties stake.
    pub commitment: Commitment,
    /// How bargains weigh positions.
    pub interpolation: Interpolation,
}

/// Expected gain above which a challenge is worth it.
const WORTH_IT: f64 = 1e-5;
/// What keeps the weights of a bargain above zero.
const HAIR: f64 = 1e-6;

/// A bargain: between whom, and where either goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Bargain {
    /// Challenger and challenged.
    pub between: [usize; 2],
    /// Where each of them goes, a dimension each [0–1].
    pub to: [Vec<f64>; 2],
}

/// What a turn comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Everyone's attitude to risk.
    pub risk: Vec<f64>,
    /// The bargains that were proposed, by challenger.
    pub bargains: Vec<Bargain>,
    /// Per actor, the probabilities of its options: staying, then the bargains it is party to in their order.
    pub votes: Vec<Vec<f64>>,
}

/// Plays one turn: all move at once.
pub fn turn(space: &mut Space, settings: &Settings) -> Turn {
    let n = space.actors();
    let election = Election { rule: settings.rule, victory: settings.victory, process: settings.process };
    let distances = space.distances();
    let risk = attitudes(&prospects(space, &distances, election), settings.range);
    let bargains = challenges(space, settings, &risk, &distances);

    // What each voter has from everyone's position as things stand, and what a bargain adds to it.
    let own = |voter: usize, point: &[f64]| utility(space.distance(voter, point), risk[voter]);
    let stands: Vec<f64> = (0..n)
        .map(|voter| (0..n).fold(0.0, |sum, other| sum + utility(distances[voter * n + other], risk[voter])))
        .collect();
    let worth = |voter: usize, bargain: &Bargain| {
        let moved =
            bargain.between.iter().zip(&bargain.to).fold(0.0, |sum, (&party, to)| {
                sum + own(voter, to) - utility(distances[voter * n + party], risk[voter])
            });
        (stands[voter] + moved) / n as f64
    };
    let worths: Vec<Vec<f64>> =
        bargains.iter().map(|bargain| (0..n).map(|voter| worth(voter, bargain)).collect()).collect();

    let mut positions = space.positions.clone();
    let mut votes = Vec::with_capacity(n);
    let (mut count, mut utilities) = (Count::default(), Vec::new());
    for actor in 0..n {
        let options: Vec<usize> = (0..bargains.len()).filter(|&no| bargains[no].between.contains(&actor)).collect();
        utilities.clear();
        for voter in 0..n {
            utilities.push(stands[voter] / n as f64);
            utilities.extend(options.iter().map(|&option| worths[option][voter]));
        }
        election.hold(options.len() + 1, &space.capabilities, &utilities, &mut count);
        let best =
            (1..count.shares.len()).fold(0, |best, no| if count.shares[no] > count.shares[best] { no } else { best });
        if let Some(&no) = best.checked_sub(1).and_then(|no| options.get(no)) {
            let side = usize::from(bargains[no].between[0] != actor);
            let row = actor * space.dimensions..(actor + 1) * space.dimensions;
            positions[row].copy_from_slice(&bargains[no].to[side]);
        }
        votes.push(count.shares.clone());
    }
    space.positions = positions;
    Turn { risk, bargains, votes }
}

/// The bargain that each actor proposes to the one it would most gain from challenging; of several the first.
fn challenges(space: &Space, settings: &Settings, risk: &[f64], distances: &[f64]) -> Vec<Bargain> {
    let n = space.actors();
    let involvement: Vec<f64> = (0..n).map(|actor| space.involvement(actor)).collect();
    let Settings { rule, victory, commitment, .. } = *settings;
    let arena = Arena { space, involvement: &involvement, rule, victory, commitment };
    let mut estimate = Estimate::default();
    let mut bargains = Vec::new();
    for i in 0..n {
        estimate.fill(distances, n, |other| settings.empathy.estimate(risk[i], risk[other]));
        let mut best = None;
        let mut most = WORTH_IT;
        for j in (0..n).filter(|&j| j != i) {
            let prospect = arena.prospect(i, j, &estimate);
            if prospect.gain > most {
                (best, most) = (Some((j, prospect.chance)), prospect.gain);
            }
        }
        bargains.extend(best.map(|(j, chance)| strike(space, settings.interpolation, i, j, chance)));
    }
    bargains
}

/// Where challenger and challenged would meet, by the challenger's reckoning.
fn strike(space: &Space, interpolation: Interpolation, i: usize, j: usize, chance: f64) -> Bargain {
    let power = match interpolation {
        Interpolation::Linear => 1.0,
        Interpolation::Square => 2.0,
    };
    let weight = |actor: usize, chance: f64| {
        let share = pow(chance, power);
        space.salience(actor).iter().map(move |&salience| pow(salience, power) * share)
    };
    let mut to = [Vec::with_capacity(space.dimensions), Vec::with_capacity(space.dimensions)];
    let own = space.position(i).iter().zip(weight(i, chance));
    let theirs = space.position(j).iter().zip(weight(j, 1.0 - chance));
    for ((&here, alpha), (&there, beta)) in own.zip(theirs) {
        let between = |alpha: f64, beta: f64| round((alpha * here + beta * there) / (alpha + beta));
        to[0].push(between(alpha + HAIR, beta));
        to[1].push(between(alpha, beta + HAIR));
    }
    Bargain { between: [i, j], to }
}

/// Bargains are struck in hundredths of a percent.
fn round(point: f64) -> f64 {
    (point * 10_000.0).round() / 10_000.0
}

/// Share of the first step below which a step is the last.
pub const SETTLED: f64 = 0.02;

/// Plays turns until a step is small beside the first, or so many. Returns the positions after each turn, the opening
/// positions first.
pub fn play(space: &mut Space, settings: &Settings, turns: usize) -> Vec<Vec<f64>> {
    let mut history = vec![space.positions.clone()];
    let mut first = None;
    for _ in 0..turns {
        let before = space.positions.clone();
        turn(space, settings);
        history.push(space.positions.clone());
        let step = before.iter().zip(&space.positions).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b)).sqrt();
        if step <= SETTLED * *first.get_or_insert(step) {
            break;
        }
    }
    history
}

#[cfg(test)]
mod tests {
    use super::super::space::tests::reference;
    use super::*;

    #[test]
    fn the_first_turn_of_the_reference_case_comes_out() {
        let mut space = reference();
        let turn = turn(&mut space, &Settings::default());
        let between: Vec<[usize; 2]> = turn.bargains.iter().map(|bargain| bargain.between).collect();
        assert_eq!(between, [[0, 6], [1, 0], [2, 6], [3, 0], [4, 0], [5, 1], [6, 1]]);
        assert_eq!(turn.bargains[0].to, [vec![0.7561, 0.2478, 0.7195], vec![0.7561, 0.2479, 0.7195]]);
        // Printed for staying and the bargains 0:6, 1:0, 4:0, 3:0; here 3:0 comes before 4:0.
        for (found, printed) in turn.votes[0].iter().zip([0.0004, 0.2938, 0.0137, 0.1953, 0.4968]) {
            assert!((found - printed).abs() < 6e-5, "{:?}", turn.votes[0]);
        }
    }

    /// Dimensions 1 and 2 of the first actor and 2 of the fifth, as the toolkit's own program (smpc 0.1) prints them for
    /// the ten turns of the reference case.
    const FIRST: [[f64; 11]; 2] = [
        [75.8, 79.5, 80.6, 80.6, 78.5, 78.5, 78.5, 78.5, 78.6, 78.6, 78.6],
        [6.4, 44.7, 34.2, 35.0, 30.5, 30.5, 31.2, 31.2, 31.5, 31.8, 31.8],
    ];
    const FIFTH: [f64; 11] = [45.8, 44.7, 35.8, 30.5, 30.5, 30.5, 30.6, 34.6, 31.6, 31.6, 31.6];

    #[test]
    fn the_ten_turns_of_the_reference_case_come_out() {
        let history = play(&mut reference(), &Settings::default(), 100);
        assert_eq!(history.len(), 11, "ten turns, and then it has settled");
        let near = |at: usize, printed: &[f64; 11]| {
            for (turn, printed) in printed.iter().enumerate() {
                let found = history[turn][at] * 100.0;
                assert!((found - printed).abs() < 0.0501, "turn {turn}, place {at}: {found}, not {printed}");
            }
        };
        near(0, &FIRST[0]);
        near(1, &FIRST[1]);
        near(13, &FIFTH);
    }

    #[test]
    fn the_third_actor_of_the_reference_case_never_moves() {
        let history = play(&mut reference(), &Settings::default(), 100);
        let opening = reference();
        assert!(history.iter().all(|positions| positions[6..9] == *opening.position(2)));
    }
}
