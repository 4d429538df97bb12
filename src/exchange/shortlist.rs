//! The few suppliers worth a look in a round: on each side of each issue those whose giving way is worth most.

use std::ops::Range;

use super::Bounds;
use super::stakes::Stakes;

/// An actor that may give way on an issue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Supply {
    pub actor: u32,
    pub issue: u32,
    /// As [`Stake::side`](super::stakes::Stake::side).
    pub side: f64,
    /// How far it can shift the outcome, times how much more that matters to the one on the other side to whom it matters
    /// most [scale units × salience].
    pub worth: f64,
}

const NOBODY: Supply = Supply { actor: 0, issue: 0, side: 0.0, worth: f64::NEG_INFINITY };

/// A number a side of each issue: below the outcome, above it.
type Sides = [Vec<f64>; 2];

/// Working memory of the shortlist.
#[derive(Debug, Default)]
pub(super) struct Shortlist {
    /// The position farthest from the outcome [scale units].
    farthest: Sides,
    /// The highest salience.
    dearest: Sides,
    /// What the last one heard is worth; a supplier worth no more is not heard.
    last: Sides,
    /// What each supplies of a row is worth, and whether it is heard.
    worth: Vec<f64>,
    is_heard: Vec<bool>,
    /// The best suppliers of each side of each issue, the best first; [`NOBODY`] where there are fewer.
    heard: Vec<Supply>,
    /// How many issues each actor supplies so far.
    supplied: Vec<usize>,
    /// Places in `heard` of those who supply too many, the best first.
    ranking: Vec<u32>,
    partners: usize,
    /// Those who supply, issue by issue.
    pub supplies: Vec<Supply>,
}

impl Shortlist {
    /// Lists those worth a look.
    pub fn fill(&mut self, stakes: &Stakes, bounds: Bounds) {
        let partners = bounds.partners.min(stakes.actors);
        self.supplies.clear();
        self.partners = partners;
        if partners == 0 || stakes.issues == 0 {
            return;
        }
        self.measure(stakes);
        self.hear(stakes, partners);
        if bounds.issues < stakes.issues {
            self.limit(stakes.actors, bounds.issues);
        }
        self.supplies.extend(self.heard.iter().filter(|supply| supply.side != 0.0));
    }

    /// Places on one side of an issue (a count).
    pub fn partners(&self) -> usize {
        self.partners
    }

    /// The places of those who supply on one side of an issue.
    pub fn places(&self, issue: usize, above: bool) -> Range<usize> {
        let first = (2 * issue + usize::from(above)) * self.partners;
        first..first + self.partners
    }

    /// Who supplies at a place; without a side if nobody does.
    pub fn at(&self, place: usize) -> &Supply {
        &self.heard[place]
    }

    /// More than any gain: the range of an issue times how much it matters, at most [scale units × salience].
    pub fn scale(&self) -> f64 {
        let [below, above] = &self.farthest;
        let [here, there] = &self.dearest;
        let ranges = below.iter().zip(above).map(|(below, above)| above - below);
        let most = ranges.zip(here.iter().zip(there)).map(|(range, (here, there))| range * (here + there));
        most.filter(|most| most.is_finite()).fold(0.0, f64::max)
    }

    /// Takes the measure of both sides of each issue.
    fn measure(&mut self, stakes: &Stakes) {
        let issues = stakes.issues;
        for (sides, [below, above]) in [
            (&mut self.farthest, [f64::INFINITY, f64::NEG_INFINITY]),
            (&mut self.dearest, [0.0; 2]),
            (&mut self.last, [f64::NEG_INFINITY; 2]),
        ] {
            for (side, number) in sides.iter_mut().zip([below, above]) {
                side.clear();
                side.resize(issues, number);
            }
        }
        let [lowest, highest] = self.farthest.each_mut().map(|side| &mut side[..issues]);
        let [below, above] = self.dearest.each_mut().map(|side| &mut side[..issues]);
        let rows = stakes.sides.chunks_exact(issues).zip(stakes.positions.chunks_exact(issues));
        for ((sides, positions), saliences) in rows.zip(stakes.saliences.chunks_exact(issues)) {
            let (sides, positions, saliences) = (&sides[..issues], &positions[..issues], &saliences[..issues]);
            for issue in 0..issues {
                let (side, position, salience) = (sides[issue], positions[issue], saliences[issue]);
                let (is_below, is_above) = (side < 0.0, side > 0.0);
                let (low, high) = (lowest[issue], highest[issue]);
                let (here, there) = (below[issue], above[issue]);
                lowest[issue] = if is_below & (position < low) { position } else { low };
                below[issue] = if is_below & (salience > here) { salience } else { here };
                highest[issue] = if is_above & (position > high) { position } else { high };
                above[issue] = if is_above & (salience > there) { salience } else { there };
            }
        }
    }

    /// Hears the best suppliers of each side, the earlier actor first among equals.
    fn hear(&mut self, stakes: &Stakes, partners: usize) {
        let issues = stakes.issues;
        self.heard.clear();
        self.heard.resize(2 * issues * partners, NOBODY);
        self.worth.resize(issues, 0.0);
        self.is_heard.clear();
        self.is_heard.resize(issues.next_multiple_of(8), false);
        for actor in 0..stakes.actors {
            self.weigh(stakes, actor);
            for (no, some) in self.is_heard.chunks_exact(8).enumerate() {
                let mut some = bits(some);
                while some != 0 {
                    let issue = no * 8 + some.trailing_zeros() as usize / 8;
                    some &= some - 1;
                    let side = stakes.sides[actor * issues + issue];
                    let above = usize::from(side > 0.0);
                    let heard = &mut self.heard[(2 * issue + above) * partners..][..partners];
                    let worth = self.worth[issue];
                    let mut at = partners - 1;
                    while at > 0 && heard[at - 1].worth < worth {
                        heard[at] = heard[at - 1];
                        at -= 1;
                    }
                    heard[at] = Supply { actor: actor as u32, issue: issue as u32, side, worth };
                    self.last[above][issue] = heard[partners - 1].worth;
                }
            }
        }
    }

    /// See [`Supply::worth`]: of all that an actor could supply, and whether it is worth more than the last one heard.
    fn weigh(&mut self, stakes: &Stakes, actor: usize) {
        let issues = stakes.issues;
        let from = actor * issues..(actor + 1) * issues;
        let (positions, saliences) = (&stakes.positions[from.clone()], &stakes.saliences[from.clone()]);
        let (pulls, sides) = (&stakes.pulls[from.clone()], &stakes.sides[from.clone()]);
        let (floors, ceilings) = (&stakes.floors[from.clone()], &stakes.ceilings[from]);
        let [lowest, highest] = self.farthest.each_ref().map(|side| &side[..issues]);
        let [below, above] = self.dearest.each_ref().map(|side| &side[..issues]);
        let [last_below, last_above] = self.last.each_ref().map(|side| &side[..issues]);
        let (worth, is_heard) = (&mut self.worth[..issues], &mut self.is_heard[..issues]);
        for issue in 0..issues {
            let is_above = sides[issue] > 0.0;
            let farthest = if is_above { lowest[issue] } else { highest[issue] };
            let dearest = if is_above { below[issue] } else { above[issue] };
            let last = if is_above { last_above[issue] } else { last_below[issue] };
            let up = if farthest < floors[issue] { floors[issue] } else { farthest };
            let reach = if up > ceilings[issue] { ceilings[issue] } else { up };
            let worth_it = pulls[issue] * (reach - positions[issue]).abs() * (dearest - saliences[issue]);
            worth[issue] = worth_it;
            is_heard[issue] = (sides[issue] != 0.0) & (worth_it > last);
        }
    }

    /// Lets no actor supply more than its `most` best issues, the earlier first among equals.
    fn limit(&mut self, actors: usize, most: usize) {
        let Self { heard, supplied, ranking, .. } = self;
        supplied.clear();
        supplied.resize(actors, 0);
        for supply in heard.iter().filter(|supply| supply.side != 0.0) {
            supplied[supply.actor as usize] += 1;
        }
        if supplied.iter().all(|supplied| *supplied <= most) {
            return;
        }
        let too_many =
            |at: &u32| heard[*at as usize].side != 0.0 && supplied[heard[*at as usize].actor as usize] > most;
        ranking.clear();
        ranking.extend((0..heard.len() as u32).filter(too_many));
        ranking.sort_unstable_by(|&a, &b| heard[b as usize].worth.total_cmp(&heard[a as usize].worth).then(a.cmp(&b)));
        supplied.fill(0);
        for &at in &*ranking {
            let supply = &mut heard[at as usize];
            let supplied = &mut supplied[supply.actor as usize];
            *supplied += 1;
            if *supplied > most {
                *supply = NOBODY;
            }
        }
    }
}

/// Eight answers as the bytes of a number: those that hold are found without asking each.
fn bits(answers: &[bool]) -> u64 {
    answers.iter().enumerate().fold(0, |all, (at, &answer)| all | u64::from(answer) << (8 * at))
}
