//! The few pairs worth a look in a round: on each side of each issue the suppliers whose giving way is worth most.

use super::Bounds;
use super::pairs::Pair;
use super::realise::Queue;
use super::stakes::{Stake, Stakes};

/// An actor that may give way on an issue.
#[derive(Clone, Copy, Debug)]
struct Supply {
    actor: u32,
    /// As [`Stake::side`].
    side: i8,
    /// How far it can shift the outcome, times how much more that matters to the one on the other side to whom it matters
    /// most [scale units × salience].
    worth: f64,
}

const NOBODY: Supply = Supply { actor: 0, side: 0, worth: f64::NEG_INFINITY };

/// What one side of an issue has to offer and asks for.
#[derive(Clone, Copy, Debug)]
struct Bench {
    /// The position farthest from the outcome [scale units].
    farthest: f64,
    /// The highest salience.
    dearest: f64,
}

/// Working memory of the shortlist.
#[derive(Debug, Default)]
pub(super) struct Shortlist {
    /// By issue: below the outcome, above it.
    benches: Vec<[Bench; 2]>,
    /// As [`Stake::side`], at `actor · issues + issue`.
    sides: Vec<i8>,
    /// The best suppliers of each bench, the best first; [`NOBODY`] where there are fewer.
    heard: Vec<Supply>,
    /// Places in `heard`, the best first.
    ranking: Vec<u32>,
    /// How many issues each actor supplies so far.
    supplied: Vec<usize>,
    /// Those who supply, by issue, and where each issue begins.
    supplies: Vec<Supply>,
    begins: Vec<usize>,
    /// Where those who supply stand on the issue at hand.
    across: Vec<i8>,
}

impl Shortlist {
    /// Puts the pairs worth a look into the queue.
    pub fn fill(&mut self, stakes: &Stakes, bounds: Bounds, queue: &mut Queue) {
        let partners = bounds.partners.min(stakes.actors);
        self.seat(stakes);
        self.hear(stakes, partners);
        if bounds.issues < stakes.issues {
            self.limit(stakes.actors, bounds.issues);
        }
        self.list(stakes.issues, partners);
        self.join(stakes, queue);
    }

    /// Takes the measure of both sides of each issue.
    fn seat(&mut self, stakes: &Stakes) {
        self.sides.clear();
        self.sides.extend(stakes.cells.iter().map(|stake| stake.side as i8));
        self.benches.clear();
        let empty = |farthest| Bench { farthest, dearest: 0.0 };
        self.benches.resize(stakes.issues, [empty(f64::INFINITY), empty(f64::NEG_INFINITY)]);
        for row in stakes.rows() {
            for ([below, above], stake) in self.benches.iter_mut().zip(row) {
                if stake.side < 0.0 {
                    below.farthest = below.farthest.min(stake.position);
                    below.dearest = below.dearest.max(stake.salience);
                } else if stake.side > 0.0 {
                    above.farthest = above.farthest.max(stake.position);
                    above.dearest = above.dearest.max(stake.salience);
                }
            }
        }
    }

    /// Hears the best suppliers of each bench, the earlier actor first among equals.
    fn hear(&mut self, stakes: &Stakes, partners: usize) {
        self.heard.clear();
        self.heard.resize(2 * stakes.issues * partners, NOBODY);
        if partners == 0 {
            return;
        }
        for (actor, row) in stakes.rows().enumerate() {
            let benches = self.benches.iter().zip(self.heard.chunks_exact_mut(2 * partners));
            for (stake, (benches, heard)) in row.iter().zip(benches) {
                let above = stake.side > 0.0;
                let (below_heard, above_heard) = heard.split_at_mut(partners);
                let heard = if above { above_heard } else { below_heard };
                let worth = worth(stake, &benches[usize::from(!above)]);
                if stake.side != 0.0 && worth > heard[partners - 1].worth {
                    let at = heard.partition_point(|other| other.worth >= worth);
                    heard[at..].rotate_right(1);
                    heard[at] = Supply { actor: actor as u32, side: stake.side as i8, worth };
                }
            }
        }
    }

    /// Lets no actor supply more than its `most` best issues, the earlier first among equals.
    fn limit(&mut self, actors: usize, most: usize) {
        let heard = &mut self.heard;
        self.ranking.clear();
        self.ranking.extend(0..heard.len() as u32);
        self.ranking
            .sort_unstable_by(|&a, &b| heard[b as usize].worth.total_cmp(&heard[a as usize].worth).then(a.cmp(&b)));
        self.supplied.clear();
        self.supplied.resize(actors, 0);
        for &at in &self.ranking {
            let supply = &mut heard[at as usize];
            if supply.side != 0 {
                let supplied = &mut self.supplied[supply.actor as usize];
                *supplied += 1;
                if *supplied > most {
                    *supply = NOBODY;
                }
            }
        }
    }

    fn list(&mut self, issues: usize, partners: usize) {
        self.supplies.clear();
        self.begins.clear();
        for issue in 0..issues {
            self.begins.push(self.supplies.len());
            let heard = &self.heard[2 * issue * partners..2 * (issue + 1) * partners];
            self.supplies.extend(heard.iter().filter(|supply| supply.side != 0));
        }
        self.begins.push(self.supplies.len());
    }

    /// Joins suppliers of two issues where each is on the other side of what the other supplies.
    fn join(&mut self, stakes: &Stakes, queue: &mut Queue) {
        let Self { sides, supplies, begins, across, .. } = self;
        let side = |actor: u32, issue: usize| sides[actor as usize * stakes.issues + issue];
        queue.clear();
        for p in 0..stakes.issues {
            across.clear();
            across.extend(supplies.iter().map(|i| side(i.actor, p)));
            for q in p + 1..stakes.issues {
                for j in &supplies[begins[p]..begins[p + 1]] {
                    let side_q = side(j.actor, q);
                    let those = begins[q]..begins[q + 1];
                    for (i, side_p) in supplies[those.clone()].iter().zip(&across[those]) {
                        if (side_p * j.side < 0) & (side_q * i.side < 0) {
                            queue.extend(Pair::demanding(stakes, [i.actor, j.actor], [p as u32, q as u32]));
                        }
                    }
                }
            }
        }
    }
}

/// See [`Supply::worth`].
fn worth(stake: &Stake, opposite: &Bench) -> f64 {
    stake.pull * (stake.reach(opposite.farthest) - stake.position).abs() * (opposite.dearest - stake.salience)
}
