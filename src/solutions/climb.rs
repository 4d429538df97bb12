//! Climbing from text to text by the best change of one clause, or, where none helps, of two.

use super::objective::Score;
use super::text_space::TextSpace;

/// Most changes of a climb.
const STEPS: usize = 200;

/// How good members' gains are; nothing for a text that does not qualify.
pub(super) type Objective<'a> = &'a dyn Fn(&[f64]) -> Option<Score>;

/// Changes of clauses to rungs, and how good they make the text.
type Step = Option<(Score, Vec<(usize, usize)>)>;

/// The text at the end of the climb. A start that does not qualify is left for any text that does.
pub(super) fn climb(space: &TextSpace, mut text: Vec<usize>, objective: Objective) -> Vec<usize> {
    for _ in 0..STEPS {
        let gains = space.gains(&text);
        let Some((_, changes)) =
            best_of_one(space, &text, &gains, objective).or_else(|| best_of_two(space, &text, &gains, objective))
        else {
            break;
        };
        changes.into_iter().for_each(|(clause, rung)| text[clause] = rung);
    }
    text
}

/// Gains after a clause is changed.
fn changed(space: &TextSpace, gains: &[f64], clause: usize, from: usize, to: usize) -> Vec<f64> {
    let (from, to) = (&space.worth[clause][from], &space.worth[clause][to]);
    gains.iter().zip(from.iter().zip(to)).map(|(gain, (from, to))| gain + (to - from)).collect()
}

/// Every other rung of every clause from a first one on.
fn changes<'a>(space: &'a TextSpace, text: &'a [usize], first: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    let clauses = text.iter().enumerate().skip(first);
    clauses.flat_map(|(clause, &now)| {
        (0..space.worth[clause].len()).filter(move |rung| *rung != now).map(move |rung| (clause, now, rung))
    })
}

fn best_of_one(space: &TextSpace, text: &[usize], gains: &[f64], objective: Objective) -> Step {
    let mut best = Best::beyond(objective(gains));
    for (clause, now, rung) in changes(space, text, 0) {
        best.consider(objective(&changed(space, gains, clause, now, rung)), || vec![(clause, rung)]);
    }
    best.step
}

fn best_of_two(space: &TextSpace, text: &[usize], gains: &[f64], objective: Objective) -> Step {
    let mut best = Best::beyond(objective(gains));
    for (first, now, rung) in changes(space, text, 0) {
        let gains = changed(space, gains, first, now, rung);
        for (second, now, other) in changes(space, text, first + 1) {
            let score = objective(&changed(space, &gains, second, now, other));
            best.consider(score, || vec![(first, rung), (second, other)]);
        }
    }
    best.step
}

/// The best step so far, of those that lead beyond where the climb stands.
struct Best {
    now: Option<Score>,
    step: Step,
}

impl Best {
    fn beyond(now: Option<Score>) -> Self {
        Best { now, step: None }
    }

    fn consider(&mut self, score: Option<Score>, changes: impl FnOnce() -> Vec<(usize, usize)>) {
        let Some(score) = score else { return };
        let best = self.step.as_ref().map(|(score, _)| *score).or(self.now);
        if best.is_none_or(|best| score.is_ahead_of(best)) {
            self.step = Some((score, changes()));
        }
    }
}
