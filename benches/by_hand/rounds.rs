//! The rounds: three passes over members × clauses, and a few numbers per clause.

use comity::rules::{Fraction, Tally, Unit};
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
        let watched = forum.members.iter().any(|member| member.tactic.looks_at_others());
        let mut round = held;
        loop {
            round += 1;
            // Before the first draft nobody has gone any part of the way.
            if round > 1 {
                self.take_bearings();
            }
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

    /// Everyone takes a bearing where the text has moved; a whole text is taken tile by tile.
    fn take_bearings(&mut self) {
        let (m, n) = (self.clauses, self.members.alone.len());
        let moved = std::mem::take(&mut self.text.moved);
        if moved.len() >= m {
            for seat in 0..n {
                (0..m.div_ceil(TILE)).for_each(|tile| self.bear_on_tile(seat, tile));
            }
        } else {
            for seat in 0..n {
                for &clause in &moved {
                    self.bear_on(seat, clause);
                }
            }
        }
        self.text.moved = moved;
        self.text.moved.clear();
    }

    fn bear_on_tile(&mut self, seat: usize, tile: usize) {
        let (m, n, first) = (self.clauses, self.members.alone.len(), tile * TILE);
        let (text, wants) = (&self.text, &self.wants);
        let of_text = |row: &[f64]| lane(&row[first..]);
        let of_seat = |row: &[f64]| lane(&row[seat * m + first..(seat + 1) * m]);
        let (point, low, high) = (of_text(&text.point), of_text(&text.low), of_text(&text.high));
        let (floor, ceiling, give) = (of_seat(&wants.floor), of_seat(&wants.ceiling), of_seat(&wants.give));
        let (stake, resolve) = (of_seat(&wants.stake), of_seat(&wants.resolve));
        let (alone, own) = (self.members.alone[seat], self.members.own[seat]);
        let at = tile * n + seat;
        let aim = self.stances.aim[at];
        let lines = (floor, ceiling, give, stake, resolve);
        let (way, accepts_at, beyond) = bearing((point, low, high), aim, lines, alone, own);
        self.stances.way[at] = way;
        self.stances.accepts_at[at] = accepts_at;
        self.stances.objects_beyond[at] = beyond;
    }

    fn bear_on(&mut self, seat: usize, clause: usize) {
        let (at, wants, text) = (seat * self.clauses + clause, &self.wants, &self.text);
        let (row, column) = (clause / TILE * self.members.alone.len() + seat, clause % TILE);
        let lines = ([wants.floor[at]], [wants.ceiling[at]], [wants.give[at]], [wants.stake[at]], [wants.resolve[at]]);
        let of_text = ([text.point[clause]], [text.low[clause]], [text.high[clause]]);
        let aim = [self.stances.aim[row][column]];
        let (alone, own) = (self.members.alone[seat], self.members.own[seat]);
        let ([way], [accepts_at], [beyond]) = bearing(of_text, aim, lines, alone, own);
        self.stances.way[row][column] = way;
        self.stances.accepts_at[row][column] = accepts_at;
        self.stances.objects_beyond[row][column] = beyond;
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
        let unit = forum.weights.unit_of(self.members.weight.iter().copied().enumerate());
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
                || unit.exceeds(self.weight_behind(clause), Fraction::HALF, self.total_weight);
            self.text.tabled[clause] = forward;
        }
    }

    fn median(&self, clause: usize) -> f64 {
        let Stances { stated, say, .. } = &self.stances;
        let said =
            (0..self.members.weight.len()).map(|seat| (self.at(stated, seat, clause), self.at(say, seat, clause)));
        let mut said: Vec<(f64, f64)> = said.collect();
        said.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all = said.iter().map(|(_, weight)| weight).sum::<f64>();
        let mut reached = 0.0;
        let found = said.iter().find(|(_, weight)| {
            reached += weight;
            *weight > 0.0 && Unit::NONE.reaches(reached, Fraction::HALF, all)
        });
        found.or(said.last()).map_or(0.0, |&(point, _)| point)
    }

    fn weight_behind(&self, clause: usize) -> f64 {
        let (low, high) = (self.text.low[clause], self.text.high[clause]);
        let mut saying = 0.0;
        let decides = |&(seat, _): &(usize, &f64)| self.scenario.forums[0].members[seat].decides();
        for (seat, weight) in self.members.weight.iter().enumerate().filter(decides) {
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
        let deciding = forum.members.iter().filter(|member| member.decides()).count() as u32;
        let unit = forum.weights.unit_of(self.members.weight.iter().copied().enumerate());
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
            let levels = || self.members.next.iter().zip(&self.members.weight).zip(&forum.members);
            let (mut accepting, mut accepting_weight) = ([0.0; TILE], [0.0; TILE]);
            for (((&level, &weight), member), accepts_at) in levels().zip(accepts_at) {
                if member.stands_aside {
                    continue;
                }
                for clause in 0..TILE {
                    let accepts = if accepts_at[clause] <= level { 1.0 } else { 0.0 };
                    accepting[clause] += accepts;
                    accepting_weight[clause] += weight * accepts;
                }
            }
            let reluctant: Lane = std::array::from_fn(|clause| share(total - accepting_weight[clause], total));
            let (mut objecting, mut objecting_weight, mut vetoes) = ([0.0; TILE], [0.0; TILE], [0.0; TILE]);
            for ((((&level, &weight), member), accepts_at), beyond) in levels().zip(accepts_at).zip(beyond) {
                if member.stands_aside {
                    continue;
                }
                for clause in 0..TILE {
                    let objects = (accepts_at[clause] > level) & (reluctant[clause] > beyond[clause]);
                    let objects = if objects { 1.0 } else { 0.0 };
                    objecting[clause] += objects;
                    objecting_weight[clause] += weight * objects;
                }
            }
            for (seat, _) in forum.members.iter().enumerate().filter(|(_, member)| member.veto && member.decides()) {
                let level = self.members.next[seat];
                for clause in 0..TILE {
                    let objects = (accepts_at[seat][clause] > level) & (reluctant[clause] > beyond[seat][clause]);
                    vetoes[clause] += if objects { 1.0 } else { 0.0 };
                }
            }
            for column in (0..TILE).filter(|column| open >> column & 1 == 1) {
                let tally = Tally {
                    members: deciding,
                    weight: total,
                    accepting: accepting[column] as u32,
                    accepting_weight: accepting_weight[column],
                    objecting: objecting[column] as u32,
                    objecting_weight: objecting_weight[column],
                    vetoes: vetoes[column] as u32,
                    unit,
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

/// A tile of a row; nothing beyond its end.
fn lane(row: &[f64]) -> Lane {
    match row.first_chunk() {
        Some(lane) => *lane,
        None => std::array::from_fn(|at| row.get(at).copied().unwrap_or(0.0)),
    }
}

/// Numbers of some clauses, side by side.
type Few<const N: usize> = [f64; N];

/// How a member stands to some clauses: its way, where it accepts and beyond what it objects.
#[inline(always)]
fn bearing<const N: usize>(
    (point, low, high): (Few<N>, Few<N>, Few<N>),
    aim: Few<N>,
    (floor, ceiling, give, stake, resolve): (Few<N>, Few<N>, Few<N>, Few<N>, Few<N>),
    alone: f64,
    own: f64,
) -> (Few<N>, Few<N>, Few<N>) {
    let higher = |a: f64, b: f64| if a > b { a } else { b };
    let lower = |a: f64, b: f64| if a < b { a } else { b };
    let way: Few<N> = each(|i| give[i] * (lower(higher(point[i], floor[i]), ceiling[i]) - aim[i]));
    let beyond_the_line: Few<N> = each(|i| higher(floor[i] - point[i], point[i] - ceiling[i]));
    let short: Few<N> = each(|i| higher(low[i] - aim[i], aim[i] - high[i]));
    let level: Few<N> = each(|i| short[i] / way[i].abs());
    let level: Few<N> = each(|i| if short[i] > 0.0 { level[i] } else { 0.0 });
    let pressure: Few<N> = each(|i| stake[i] * (point[i] - aim[i]).abs());
    let needed: Few<N> = each(|i| resolve[i] / pressure[i]);
    let in_company: Few<N> = each(|i| own + (needed[i] - alone) / (1.0 - alone));
    let beyond: Few<N> = if alone < 1.0 { in_company } else { [f64::INFINITY; N] };
    let beyond: Few<N> = each(|i| if alone > needed[i] { ALONE } else { beyond[i] });
    let beyond: Few<N> = each(|i| if pressure[i] > 0.0 { beyond[i] } else { f64::INFINITY });
    let crosses = |i: usize| beyond_the_line[i] > ON_THE_LINE;
    let accepts_at = each(|i| if crosses(i) { f64::INFINITY } else { level[i] });
    (way, accepts_at, each(|i| if crosses(i) { AT_A_RED_LINE } else { beyond[i] }))
}

#[inline(always)]
fn each<const N: usize>(of: impl FnMut(usize) -> f64) -> Few<N> {
    std::array::from_fn(of)
}

/// Whose aim a manipulating chair pursues, and how hard it pulls.
fn pull(chair: &Chair) -> Option<(usize, f64)> {
    match chair.mode {
        ChairMode::Manipulator { bias } => Some((chair.seat?, bias)),
        _ => None,
    }
}
