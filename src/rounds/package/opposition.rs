//! Opposition: whom the chair hears, and what those who stand in the way hold against each clause together.
//!
//! One step of the chair changes one clause. What is held against the others is the same sum as long as the same voters
//! stand in the way; only what has changed is added up anew. Sums go along the roll call.

use super::{Package, Poll, Voter};
use crate::clause_set::ClauseSet;
use crate::world::desk::Hearing;
use crate::world::sheet::{Sheet, fill};
use crate::world::{Lane, TILE, each};

/// Clauses that are added up at the same time, each in a sum of its own.
const AT_A_TIME: usize = 4;

impl Hearing {
    pub(super) fn clear(&mut self, voters: usize, clauses: usize) {
        fill(&mut self.heard, std::iter::repeat_n(0.0, voters), 0.0);
        self.opposition.clear();
        self.opposition.resize(clauses, 0.0);
        self.stale = ClauseSet::EMPTY;
    }

    /// What is held against a clause has changed.
    pub(super) fn forget(&mut self, clause: usize) {
        self.stale.insert(clause);
    }

    /// The voice of a voter.
    pub(super) fn voice(&self, voter: usize) -> f64 {
        self.voice[voter / TILE][voter % TILE]
    }

    /// What was held against each clause when the chair last listened.
    #[cfg(test)]
    pub(super) fn opposition(&self) -> &[f64] {
        &self.opposition
    }

    /// What is held against each clause, where these stand in the way.
    fn listen(&mut self, in_the_way: impl Fn(usize) -> bool, voters: usize, grievance: &Sheet) -> &[f64] {
        let mut others = false;
        for (lane, (voice, heard)) in self.voice.iter().zip(&mut self.heard).enumerate() {
            let first = lane * TILE;
            let voice = each(|i| if first + i < voters && in_the_way(first + i) { voice[i] } else { 0.0 });
            others |= *heard != voice;
            *heard = voice;
        }
        let clauses = self.opposition.len();
        let stale = |&clause: &usize| others || self.stale.has(clause);
        let mut anew = (0..clauses).filter(stale);
        while let Some(first) = anew.next() {
            // Where there are fewer, the same one is added up several times.
            let some: [usize; AT_A_TIME] =
                std::array::from_fn(|no| if no == 0 { first } else { anew.next().unwrap_or(first) });
            let sums = together(&self.heard, some.map(|clause| grievance.row(clause)));
            some.iter().zip(sums).for_each(|(&clause, sum)| self.opposition[clause] = sum);
        }
        self.stale = ClauseSet::EMPTY;
        &self.opposition
    }
}

/// Sums of voice × grievance over all voters, one for each of these rows.
fn together<const N: usize>(heard: &[Lane], rows: [&[Lane]; N]) -> [f64; N] {
    let mut sums = [0.0; N];
    for (lane, heard) in heard.iter().enumerate() {
        for i in 0..TILE {
            for (sum, row) in sums.iter_mut().zip(&rows) {
                *sum += heard[i] * row[lane][i];
            }
        }
    }
    sums
}

impl Package<'_> {
    /// Has the chair give every voter its voice, by weight and, where heads count, by heads. A veto speaks as one head among
    /// those that count, however many sit beside them.
    pub(super) fn give_voices(&mut self) {
        let rule = self.rule;
        let heads = rule.counts_heads();
        let counts = |voter: &&Voter| heads || voter.veto || voter.strength.weight > 0.0;
        let one_head = 1.0 / self.voters.iter().filter(counts).count().max(1) as f64;
        let total = self.total_weight;
        let voice = |voter: &Voter| {
            let voice = if total > 0.0 { voter.strength.weight / total } else { 0.0 };
            if heads || voter.veto { voice + one_head } else { voice }
        };
        fill(&mut self.desk.hearing.voice, self.voters.iter().map(voice), 0.0);
    }

    /// Who stands in the way of what a poll was on: where only objections stop a text, who objects; where nobody does,
    /// and under any other rule, who does not accept.
    pub(super) fn in_the_way<'p>(&self, poll: &'p Poll) -> impl Fn(usize) -> bool + use<'p> {
        let objectors_only = self.rule.stopped_by_objections_only() && !poll.objecting.is_empty();
        move |voter| if objectors_only { poll.objects[voter] } else { !poll.accepts[voter] }
    }

    /// The clause that those who stand in the way oppose most, or where they hold nothing against any, the one that they
    /// would most have weakened; ties go to the first by `rank`.
    pub fn most_opposed(&mut self, poll: &Poll, rank: impl Fn(usize) -> usize) -> Option<usize> {
        let (in_the_way, voters) = (self.in_the_way(poll), self.voters.len());
        let opposition = self.desk.hearing.listen(in_the_way, voters, &self.desk.weighed.grievance);
        if opposition.iter().any(|opposition| *opposition > 0.0) {
            return self.first_among(&self.desk.hearing.opposition, rank);
        }
        self.first_among(&self.asked_for(poll), rank)
    }

    /// The clause with the highest number above zero that is the chair's to give up; ties go to the first by `rank`.
    fn first_among(&self, opposition: &[f64], rank: impl Fn(usize) -> usize) -> Option<usize> {
        // What the institution brings along is not the chair's to give up, but where it crosses a red line.
        let for_the_chair =
            |clause: usize| self.forum.template[clause].is_none() || self.desk.weighed.crossing[clause] > 0;
        (0..opposition.len())
            .filter(|&clause| opposition[clause] > 0.0 && for_the_chair(clause))
            .min_by(|&a, &b| opposition[b].total_cmp(&opposition[a]).then_with(|| rank(a).cmp(&rank(b))))
    }
}
