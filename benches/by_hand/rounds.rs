//! The rounds: three passes over members × clauses, and a few numbers per clause.

use comity::rules::Tally;
use comity::scenario::{Chair, ChairMode, Consolidation, Forum};
use comity::tactics::{Standing, Tactic};
use comity::world::{Cell, ON_THE_LINE};

use super::{ByHand, Drawn, Lane, Stances, TILE, share};

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
        let (text, wants, stances) = (&mut self.text, &self.wants, &mut self.stances);
        if text.moved.is_empty() {
            return;
        }
        let n = self.members.alone.len();
        for (seat, (&alone, &own)) in self.members.alone.iter().zip(&self.members.own).enumerate() {
            for &clause in &text.moved {
                let (at, point) = (seat * m + clause, text.point[clause]);
                let (lane, column) = (clause / TILE * n + seat, clause % TILE);
                let (floor, ceiling, aim) = (wants.floor[at], wants.ceiling[at], stances.aim[lane][column]);
                let way = wants.give[at] * (point.max(floor).min(ceiling) - aim);
                stances.way[lane][column] = way;
                let accepts_at = &mut stances.accepts_at[lane][column];
                let objects_beyond = &mut stances.objects_beyond[lane][column];
                if (floor - point).max(point - ceiling) > ON_THE_LINE {
                    (*accepts_at, *objects_beyond) = (f64::INFINITY, AT_A_RED_LINE);
                    continue;
                }
                let short = (text.low[clause] - aim).max(aim - text.high[clause]);
                *accepts_at = match short > 0.0 {
                    true if way == 0.0 => f64::INFINITY,
                    true => short / way.abs(),
                    false => 0.0,
                };
                let pressure = wants.stake[at] * (point - aim).abs();
                let needed = wants.resolve[at] / pressure;
                *objects_beyond = if pressure <= 0.0 {
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
        self.members.level.copy_from_slice(&self.members.next);
        let n = self.members.level.len();
        let Stances { aim, say, way, stated, .. } = &mut self.stances;
        let tiles =
            aim.chunks_exact(n).zip(way.chunks_exact(n)).zip(say.chunks_exact(n)).zip(stated.chunks_exact_mut(n));
        for (heard, (((aim, way), say), stated)) in self.heard.chunks_mut(TILE).zip(tiles) {
            let mut all = [0.0; TILE];
            for (seat, &level) in self.members.level.iter().enumerate() {
                let (aim, way, say, stated) = (&aim[seat], &way[seat], &say[seat], &mut stated[seat]);
                for clause in 0..TILE {
                    let says = aim[clause] + level * way[clause];
                    stated[clause] = says;
                    all[clause] += say[clause] * says;
                }
            }
            heard.iter_mut().zip(all).for_each(|(heard, all)| *heard = all);
        }
    }

    fn concede(&mut self, forum: &Forum, watched: bool, elapsed: f64) {
        let (m, members) = (self.clauses, &mut self.members);
        let n = members.weight.len();
        let (mut all_weight, mut all_shown) = (0.0, 0.0);
        if watched {
            for seat in 0..n {
                let (mut gone, mut way) = (0.0, 0.0);
                for clause in 0..m {
                    let at = clause / TILE * n + seat;
                    let aim = self.stances.aim[at][clause % TILE];
                    gone += (self.stances.stated[at][clause % TILE] - aim).abs();
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
                Some((seat, bias)) => heard + bias * (self.at(&self.stances.aim, seat, clause) - heard),
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
        let Stances { stated, say, .. } = &self.stances;
        let said =
            (0..self.members.weight.len()).map(|seat| (self.at(stated, seat, clause), self.at(say, seat, clause)));
        let mut said: Vec<(f64, f64)> = said.collect();
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
            let says = self.at(&self.stances.stated, seat, clause);
            if low <= says && says <= high {
                saying += weight;
            }
        }
        saying
    }

    fn at(&self, lanes: &[Lane], seat: usize, clause: usize) -> f64 {
        lanes[clause / TILE * self.members.weight.len() + seat][clause % TILE]
    }

    fn decide(&mut self, forum: &Forum, round: u32) {
        let (n, total) = (self.members.weight.len(), self.total_weight);
        let text = &mut self.text;
        let Stances { accepts_at, objects_beyond, .. } = &self.stances;
        let tiles = accepts_at.chunks_exact(n).zip(objects_beyond.chunks_exact(n));
        for (tile, (accepts_at, beyond)) in tiles.enumerate() {
            let first = tile * TILE;
            let here = |clause: &usize| clause / TILE == tile && text.tabled[*clause];
            let open: u32 = text.open.iter().copied().filter(here).fold(0, |open, clause| open | 1 << (clause - first));
            if open == 0 {
                continue;
            }
            let levels = || self.members.next.iter().zip(&self.members.weight);
            let (mut accepting, mut accepting_weight) = ([0.0; TILE], [0.0; TILE]);
            for ((&level, &weight), accepts_at) in levels().zip(accepts_at) {
                for clause in 0..TILE {
                    let accepts = if accepts_at[clause] <= level { 1.0 } else { 0.0 };
                    accepting[clause] += accepts;
                    accepting_weight[clause] += weight * accepts;
                }
            }
            let reluctant: Lane = std::array::from_fn(|clause| share(total - accepting_weight[clause], total));
            let (mut objecting, mut objecting_weight, mut vetoes) = ([0.0; TILE], [0.0; TILE], [0.0; TILE]);
            for (((&level, &weight), accepts_at), beyond) in levels().zip(accepts_at).zip(beyond) {
                for clause in 0..TILE {
                    let objects = (accepts_at[clause] > level) & (reluctant[clause] > beyond[clause]);
                    let objects = if objects { 1.0 } else { 0.0 };
                    objecting[clause] += objects;
                    objecting_weight[clause] += weight * objects;
                }
            }
            for (seat, _) in forum.members.iter().enumerate().filter(|(_, member)| member.veto) {
                let level = self.members.next[seat];
                for clause in 0..TILE {
                    let objects = (accepts_at[seat][clause] > level) & (reluctant[clause] > beyond[seat][clause]);
                    vetoes[clause] += if objects { 1.0 } else { 0.0 };
                }
            }
            for column in (0..TILE).filter(|column| open >> column & 1 == 1) {
                let tally = Tally {
                    members: n as u32,
                    weight: total,
                    accepting: accepting[column] as u32,
                    accepting_weight: accepting_weight[column],
                    objecting: objecting[column] as u32,
                    objecting_weight: objecting_weight[column],
                    vetoes: vetoes[column] as u32,
                };
                self.clause_outcomes[first + column].objections += tally.objecting;
                if forum.rule.passes(&tally) {
                    text.agreed[first + column] = Some(round);
                }
            }
        }
        let agreed = &text.agreed;
        text.open.retain(|&clause| agreed[clause].is_none());
    }
}

/// Whose aim a manipulating chair pursues, and how hard it pulls.
fn pull(chair: &Chair) -> Option<(usize, f64)> {
    match chair.mode {
        ChairMode::Manipulator { bias } => Some((chair.seat?, bias)),
        _ => None,
    }
}
