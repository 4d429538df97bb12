//! The rounds: three passes over members × clauses, and a few numbers per clause.

use comity::rules::Tally;
use comity::scenario::{Chair, ChairMode, Consolidation, Forum};
use comity::tactics::{Standing, Tactic};
use comity::world::{Cell, ON_THE_LINE};

use super::{ByHand, Drawn, share};

/// What a member needs in order to object where its red line is crossed, and where it objects alone.
const AT_A_RED_LINE: f64 = -2.0;
const ALONE: f64 = -1.0;

impl ByHand {
    /// Holds rounds until nothing is left in brackets or the deadline has come; returns the last.
    pub(super) fn rounds(&mut self, forum: &Forum, parameters: &Drawn, held: u32, deadline: u32) -> u32 {
        let watched = forum.members.iter().any(|member| matches!(member.tactic, Tactic::Reciprocal { .. }));
        let mut round = held;
        loop {
            round += 1;
            self.take_bearings();
            self.speak();
            self.concede(forum, watched, f64::from(round) / f64::from(deadline));
            self.draft(forum, parameters, round);
            self.take_bearings();
            self.decide(forum, round);
            if self.text.open.is_empty() || round >= deadline {
                return round;
            }
        }
    }

    fn take_bearings(&mut self) {
        let m = self.clauses;
        let (text, wants, bearing) = (&mut self.text, &self.wants, &mut self.bearing);
        if text.moved.is_empty() {
            return;
        }
        for (seat, (&alone, &own)) in self.members.alone.iter().zip(&self.members.own).enumerate() {
            for &clause in &text.moved {
                let (at, point) = (seat * m + clause, text.point[clause]);
                let (floor, ceiling, aim) = (wants.floor[at], wants.ceiling[at], wants.aim[at]);
                let way = wants.give[at] * (point.max(floor).min(ceiling) - aim);
                bearing.way[at] = way;
                if (floor - point).max(point - ceiling) > ON_THE_LINE {
                    (bearing.accepts_at[at], bearing.objects_beyond[at]) = (f64::INFINITY, AT_A_RED_LINE);
                    continue;
                }
                let short = (text.low[clause] - aim).max(aim - text.high[clause]);
                bearing.accepts_at[at] = match short > 0.0 {
                    true if way == 0.0 => f64::INFINITY,
                    true => short / way.abs(),
                    false => 0.0,
                };
                let pressure = wants.stake[at] * (point - aim).abs();
                let needed = wants.resolve[at] / pressure;
                bearing.objects_beyond[at] = if pressure <= 0.0 {
                    f64::INFINITY
                } else if alone > needed {
                    ALONE
                } else if alone < 1.0 {
                    own + (needed - alone) / (1.0 - alone)
                } else {
                    f64::INFINITY
                };
            }
        }
        text.moved.clear();
    }

    /// Everyone states positions, and the chair hears them.
    fn speak(&mut self) {
        let m = self.clauses;
        self.members.level.copy_from_slice(&self.members.next);
        self.heard.fill(0.0);
        let heard = &mut self.heard[..m];
        let stated = self.bearing.stated.chunks_exact_mut(m);
        let rows = self.wants.aim.chunks_exact(m).zip(self.bearing.way.chunks_exact(m));
        let rows = rows.zip(self.wants.say.chunks_exact(m)).zip(stated);
        for (&level, (((aim, way), say), stated)) in self.members.level.iter().zip(rows) {
            for clause in 0..m {
                let says = aim[clause] + level * way[clause];
                stated[clause] = says;
                heard[clause] += say[clause] * says;
            }
        }
    }

    fn concede(&mut self, forum: &Forum, watched: bool, elapsed: f64) {
        let (m, members) = (self.clauses, &mut self.members);
        let (mut all_weight, mut all_shown) = (0.0, 0.0);
        if watched {
            for seat in 0..members.weight.len() {
                let (mut gone, mut way) = (0.0, 0.0);
                for clause in 0..m {
                    let aim = self.wants.aim[seat * m + clause];
                    gone += (self.bearing.stated[seat * m + clause] - aim).abs();
                    way += (self.text.point[clause] - aim).abs();
                }
                members.shown[seat] = if way > 0.0 { (gone / way).min(1.0) } else { 0.0 };
                all_weight += members.weight[seat];
                all_shown += members.weight[seat] * members.shown[seat];
            }
        }
        let mut last: Option<(Tactic, Standing, f64)> = None;
        for (seat, member) in forum.members.iter().enumerate() {
            let others = all_weight - members.weight[seat];
            let others = match watched && others > 0.0 {
                true => ((all_shown - members.weight[seat] * members.shown[seat]) / others).clamp(0.0, 1.0),
                false => 0.0,
            };
            let standing = Standing { elapsed, level: members.level[seat], others };
            members.next[seat] = match last {
                Some((tactic, like, step)) if (tactic, like) == (member.tactic, standing) => step,
                _ => member.tactic.step(&standing),
            };
            last = Some((member.tactic, standing, members.next[seat]));
        }
    }

    fn draft(&mut self, forum: &Forum, parameters: &Drawn, round: u32) {
        let scenario = self.scenario.clone();
        for at in 0..self.text.open.len() {
            let clause = self.text.open[at];
            let heard = match forum.template[clause] {
                Some(template) => template,
                None if self.all_say[clause] <= 0.0 => self.text.point[clause],
                None if forum.chair.consolidation == Consolidation::WeightedMean => {
                    self.heard[clause] / self.all_say[clause]
                }
                None => self.median(clause),
            };
            let wanted = match pull(&forum.chair) {
                Some((seat, bias)) => heard + bias * (self.wants.aim[seat * self.clauses + clause] - heard),
                None => heard,
            };
            let definition = &scenario.clauses[forum.agenda[clause]];
            let point = definition.snap(wanted.clamp(0.0, 1.0));
            let text = &mut self.text;
            if point != text.point[clause] || round == 1 {
                let cell = Cell::around(definition, point, parameters.indifference);
                (text.point[clause], text.low[clause], text.high[clause]) = (point, cell.low, cell.high);
                text.moved.push(clause);
            }
            let forward = forum.chair.mode != ChairMode::Passive
                || forum.template[clause].is_some()
                || self.weight_behind(clause) > self.total_weight / 2.0;
            self.text.tabled[clause] = forward;
        }
    }

    fn median(&self, clause: usize) -> f64 {
        let rows = (0..self.members.weight.len()).map(|seat| seat * self.clauses + clause);
        let mut said: Vec<(f64, f64)> = rows.map(|at| (self.bearing.stated[at], self.wants.say[at])).collect();
        said.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = said.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
        let mut reached = 0.0;
        let found = said.iter().find(|(_, weight)| {
            reached += weight;
            *weight > 0.0 && reached >= half
        });
        found.or(said.last()).map_or(0.0, |&(point, _)| point)
    }

    fn weight_behind(&self, clause: usize) -> f64 {
        let (low, high) = (self.text.low[clause], self.text.high[clause]);
        let mut saying = 0.0;
        for (seat, weight) in self.members.weight.iter().enumerate() {
            let says = self.bearing.stated[seat * self.clauses + clause];
            if low <= says && says <= high {
                saying += weight;
            }
        }
        saying
    }

    fn decide(&mut self, forum: &Forum, round: u32) {
        let m = self.clauses;
        let total = self.total_weight;
        let votes = &mut self.votes;
        let (accepting, accepting_weight) = (&mut votes.accepting[..m], &mut votes.accepting_weight[..m]);
        accepting.fill(0.0);
        accepting_weight.fill(0.0);
        let levels = || self.members.next.iter().zip(&self.members.weight);
        for ((&level, &weight), accepts_at) in levels().zip(self.bearing.accepts_at.chunks_exact(m)) {
            for clause in 0..m {
                let accepts = if accepts_at[clause] <= level { 1.0 } else { 0.0 };
                accepting[clause] += accepts;
                accepting_weight[clause] += weight * accepts;
            }
        }
        let reluctant = &mut votes.reluctant[..m];
        for clause in 0..m {
            reluctant[clause] = share(total - accepting_weight[clause], total);
        }
        let (objecting, objecting_weight) = (&mut votes.objecting[..m], &mut votes.objecting_weight[..m]);
        objecting.fill(0.0);
        objecting_weight.fill(0.0);
        votes.vetoes.fill(0.0);
        let rows = self.bearing.accepts_at.chunks_exact(m).zip(self.bearing.objects_beyond.chunks_exact(m));
        for (((&level, &weight), (accepts_at, beyond)), member) in levels().zip(rows).zip(&forum.members) {
            for clause in 0..m {
                let objects = (accepts_at[clause] > level) & (reluctant[clause] > beyond[clause]);
                let objects = if objects { 1.0 } else { 0.0 };
                objecting[clause] += objects;
                objecting_weight[clause] += weight * objects;
            }
            if member.veto {
                for clause in 0..m {
                    let objects = (accepts_at[clause] > level) & (reluctant[clause] > beyond[clause]);
                    votes.vetoes[clause] += if objects { 1.0 } else { 0.0 };
                }
            }
        }
        let text = &mut self.text;
        text.open.retain(|&clause| {
            if !text.tabled[clause] {
                return true;
            }
            let tally = Tally {
                members: forum.members.len() as u32,
                weight: total,
                accepting: accepting[clause] as u32,
                accepting_weight: accepting_weight[clause],
                objecting: objecting[clause] as u32,
                objecting_weight: objecting_weight[clause],
                vetoes: votes.vetoes[clause] as u32,
            };
            self.clause_outcomes[clause].objections += tally.objecting;
            let closed = forum.rule.passes(&tally);
            if closed {
                text.agreed[clause] = Some(round);
            }
            !closed
        });
    }
}

/// Whose aim a manipulating chair pursues, and how hard it pulls.
fn pull(chair: &Chair) -> Option<(usize, f64)> {
    match chair.mode {
        ChairMode::Manipulator { bias } => Some((chair.seat?, bias)),
        _ => None,
    }
}
