//! Exchanges concluded one after the other, the best first, among pairs of which most are never worked out.
//!
//! What a pair could gain at most is known at the opening: the gain if nothing but the suppliers' own way bound it. That
//! way only grows shorter in the course of a round, so no pair ever gains more. Pairs are taken up that could gain as much
//! as a mark; while the best of them does, none of the others can be ahead. When it no longer does, the mark is lowered.
//! Where the mark stands decides how many pairs are worked out, and nothing else.

use super::pairs::Pair;
use super::realise::Realised;
use super::shortlist::{Shortlist, Supply};
use super::stakes::Stakes;
use super::{LEAST_GAIN, Roles};

/// Working memory.
#[derive(Debug, Default)]
pub(super) struct Frontier {
    /// The mark to begin with: a little less than the least that was gained in the last round. Unknown at zero.
    begin: f64,
    /// Those who might be partners of one.
    met: Vec<u32>,
    /// Pairs that were taken up, with their gains as things stand.
    pool: Vec<Candidate>,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    pair: Pair,
    gain: f64,
}

impl Candidate {
    /// How ties in gain are settled: the lower pair of issues first, then the lower pair of actors.
    fn place(&self) -> (u32, u32, [u32; 2]) {
        (self.pair.p, self.pair.q, self.pair.actors())
    }

    fn is_ahead_of(&self, other: &Candidate) -> bool {
        self.gain > other.gain || (self.gain == other.gain && self.place() < other.place())
    }
}

/// Room for rounding: as a share of a bound, and as a share of the scale of all gains. Rounding is about 10⁻¹⁵ of the scale.
const ROOM: [f64; 2] = [1e-9, 1e-12];

/// How far the mark is lowered at first; after that it goes to the least gain there is, so that no pair is looked at more than
/// three times.
const LOWER: f64 = 0.25;

/// Where the mark of the next round begins, as a share of the least gain of this one.
const BEGIN: f64 = 0.8;

impl Frontier {
    /// Concludes the best `most` pairs of a shortlist, and records what becomes of them.
    pub fn settle(
        &mut self,
        shortlist: &Shortlist,
        stakes: &mut Stakes,
        roles: Roles,
        most: usize,
        realised: &mut Realised,
    ) {
        realised.open(stakes);
        self.pool.clear();
        let room = shortlist.scale() * ROOM[1];
        let mut mark = self.begin.max(LEAST_GAIN);
        let mut lower = mark * LOWER;
        let mut taken_up = f64::INFINITY;
        while realised.exchanges.len() < most {
            if taken_up > mark {
                take_up(&mut self.pool, &mut self.met, (shortlist, room), (stakes, roles), (mark, taken_up));
                taken_up = mark;
            }
            let best = best(&self.pool).filter(|&best| self.pool[best].gain >= mark);
            match best {
                Some(best) => self.conclude(best, stakes, roles, realised),
                None if mark > LEAST_GAIN => mark = std::mem::replace(&mut lower, LEAST_GAIN).max(LEAST_GAIN),
                None => break,
            }
        }
        let full = realised.exchanges.len() == most;
        self.begin = realised.exchanges.last().filter(|_| full).map_or(0.0, |last| last.gain * BEGIN);
        realised.close(stakes);
    }

    /// Concludes a pair, and works out anew those that are over one of its issues.
    fn conclude(&mut self, best: usize, stakes: &mut Stakes, roles: Roles, realised: &mut Realised) {
        let Candidate { pair, .. } = self.pool.swap_remove(best);
        realised.conclude(pair, stakes);
        self.pool.retain_mut(|Candidate { pair: other, gain }| {
            if [other.p, other.q].iter().any(|issue| *issue == pair.p || *issue == pair.q) {
                *gain = other.gain(stakes, roles);
            }
            !other.closed
        });
    }
}

/// The best that was taken up, if it gains enough.
fn best(pool: &[Candidate]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (no, candidate) in pool.iter().enumerate().filter(|(_, candidate)| candidate.gain > LEAST_GAIN) {
        if best.is_none_or(|best| candidate.is_ahead_of(&pool[best])) {
            best = Some(no);
        }
    }
    best
}

/// Takes up the pairs that could gain as much as the mark, but for those that could gain as much as an earlier one.
fn take_up(
    pool: &mut Vec<Candidate>,
    met: &mut Vec<u32>,
    (shortlist, room): (&Shortlist, f64),
    (stakes, roles): (&Stakes, Roles),
    (mark, earlier): (f64, f64),
) {
    for &j in &shortlist.supplies {
        for &place in meet(met, shortlist, stakes, j) {
            let i = *shortlist.at(place as usize);
            let Some((gain, per)) = bound(stakes, i, j) else { continue };
            let most = gain * (1.0 + ROOM[0]) + room * per;
            if most < mark * per || most >= earlier * per {
                continue;
            }
            let mut pair = Pair { i: i.actor, j: j.actor, p: j.issue, q: i.issue, closed: false };
            let gain = pair.gain(stakes, roles);
            if !pair.closed {
                pool.push(Candidate { pair, gain });
            }
        }
    }
}

/// Finds those who supply a later issue than `j`, each on the other side of what the other supplies, where the issues
/// matter more to the one that demands them. Half of all are on the wrong side, in no order that a processor could
/// foresee: so each is written down, and only those that count are kept.
fn meet<'m>(met: &'m mut Vec<u32>, shortlist: &Shortlist, stakes: &Stakes, j: Supply) -> &'m [u32] {
    let (issues, p) = (stakes.issues, j.issue as usize);
    let row = j.actor as usize * issues..(j.actor as usize + 1) * issues;
    let (sides, saliences) = (&stakes.sides[row.clone()], &stakes.saliences[row]);
    let places = (issues - p) * shortlist.partners() + 1;
    if met.len() < places {
        met.resize(places, 0);
    }
    let mut count = 0;
    for q in p + 1..issues {
        for place in shortlist.places(q, sides[q] < 0.0) {
            let i = shortlist.at(place);
            let [ip, iq] = [p, q].map(|issue| i.actor as usize * issues + issue);
            let apart = (stakes.sides[ip] * j.side < 0.0) & (sides[q] != 0.0) & (i.side != 0.0);
            let cross = stakes.saliences[ip] * saliences[q] - saliences[p] * stakes.saliences[iq];
            met[count] = place as u32;
            count += usize::from(apart & (cross > 0.0));
        }
    }
    &met[..count]
}

/// What a pair could gain at most, as a fraction: `i` supplies its issue and demands that of `j`. Nothing where one of
/// them has no way to go.
#[inline(always)]
fn bound(stakes: &Stakes, i: Supply, j: Supply) -> Option<(f64, f64)> {
    let cell = |actor: u32, issue: u32| actor as usize * stakes.issues + issue as usize;
    let (ip, jp, iq, jq) =
        (cell(i.actor, j.issue), cell(j.actor, j.issue), cell(i.actor, i.issue), cell(j.actor, i.issue));
    let salience = &stakes.saliences;
    let cross = salience[ip] * salience[jq] - salience[jp] * salience[iq];
    let way = |own: usize, wanted: usize| {
        let reach = stakes.positions[wanted].max(stakes.floors[own]).min(stakes.ceilings[own]);
        (reach - stakes.positions[own]) * stakes.sides[wanted] * stakes.pulls[own]
    };
    let (sum_p, sum_q) = (salience[ip] + salience[jp], salience[iq] + salience[jq]);
    let balance = (way(jp, ip) * sum_p).min(way(iq, jq) * sum_q);
    (balance > 0.0).then_some((balance * cross, sum_p * sum_q))
}

#[cfg(test)]
mod tests {
    use super::super::realise::Queue;
    use super::super::{Bounds, Capabilities, Limits, Table, Workspace, realise_within};
    use super::*;

    /// The pair of two suppliers, where each is on the other side of what the other supplies.
    fn pair(stakes: &Stakes, i: Supply, j: Supply) -> Option<Pair> {
        let side = |actor: u32, issue: u32| stakes.at(actor as usize, issue as usize).side;
        let apart = side(i.actor, j.issue) * j.side < 0.0 && side(j.actor, i.issue) * i.side < 0.0;
        apart.then(|| Pair::demanding(stakes, [i.actor, j.actor], [j.issue, i.issue])).flatten()
    }

    /// All pairs of a shortlist, worked out and concluded.
    fn every_pair(table: &Table, roles: Roles, bounds: Bounds) -> Realised {
        let (mut stakes, mut shortlist) = (Stakes::default(), Shortlist::default());
        let (mut queue, mut realised) = (Queue::default(), Realised::default());
        stakes.open(table);
        shortlist.fill(&stakes, bounds);
        for p in 0..stakes.issues as u32 {
            for q in p + 1..stakes.issues as u32 {
                for &j in shortlist.supplies.iter().filter(|supply| supply.issue == p) {
                    let others = shortlist.supplies.iter().filter(|supply| supply.issue == q);
                    queue.extend(others.filter_map(|&i| pair(&stakes, i, j)));
                }
            }
        }
        queue.settle(&mut stakes, roles, bounds.exchanges, &mut realised);
        realised
    }

    #[test]
    fn no_pair_that_was_passed_over_would_have_been_ahead() {
        let mut noise = 7u64;
        let mut next = |of: u64| {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (noise >> 33) % of
        };
        let mut workspace = Workspace::default();
        let (mut concluded, mut marked) = (0, 0);
        for no in 0..3000 {
            let (actors, issues) = (2 + next(30) as usize, 1 + next(14) as usize);
            // Eighths, in which ties are common, or numbers that no two share.
            let of = if no % 2 == 0 { 9 } else { 1 << 20 };
            let mut row = |cells: usize, scale: f64| -> Vec<f64> {
                (0..cells).map(|_| scale * next(of) as f64 / (of - 1) as f64).collect()
            };
            let cells = actors * issues;
            let scale = [1.0, 100.0][no / 2 % 2];
            let (positions, saliences, capabilities) = (row(cells, scale), row(cells, 1.0), row(actors, 7.0));
            let floors: Vec<f64> = positions.iter().zip(row(cells, scale)).map(|(x, by)| x - by).collect();
            let ceilings: Vec<f64> = positions.iter().zip(row(cells, scale)).map(|(x, by)| x + by).collect();
            let settled: Vec<bool> = row(cells, 1.0).iter().map(|x| *x > 0.9).collect();
            let limits = Limits { floors: &floors, ceilings: &ceilings, settled: &settled };
            let table =
                Table::new(actors, issues, &positions, &saliences, Capabilities::Actors(&capabilities)).unwrap();
            let table = table.within(limits).unwrap();
            let bounds = Bounds {
                partners: 1 + next(6) as usize,
                issues: 1 + next(9) as usize,
                exchanges: [1, 10, 100][next(3) as usize],
            };
            for roles in [Roles::Kept, Roles::Free] {
                let expected = every_pair(&table, roles, bounds);
                assert_eq!(*realise_within(&table, roles, bounds, &mut workspace), expected, "table {no}");
                concluded += expected.exchanges.len();
                marked += usize::from(workspace.frontier.begin > LEAST_GAIN);
            }
            // The mark of one table is as good as any for the next.
            if no % 3 == 0 {
                let again = realise_within(&table, Roles::Kept, bounds, &mut workspace).clone();
                assert_eq!(*realise_within(&table, Roles::Kept, bounds, &mut Workspace::default()), again);
            }
        }
        assert!(concluded > 10_000 && marked > 1_000, "{concluded} concluded, {marked} rounds with a mark");
    }
}
