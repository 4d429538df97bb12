//! Exchanges concluded one after the other, the best first.

use super::pairs::Pair;
use super::potential::every_pair;
use super::stakes::Stakes;
use super::{Exchange, LEAST_GAIN, Roles, Table};

/// What a round of exchanges comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Realised {
    /// The exchanges in the order they were concluded.
    pub exchanges: Vec<Exchange>,
    /// Where everybody votes in the end, at `actor · issues + issue` [scale units].
    pub voting: Vec<f64>,
    /// Expected outcome by issue before any exchange [scale units].
    pub before: Vec<f64>,
    /// Expected outcome by issue in the end [scale units].
    pub outcomes: Vec<f64>,
    /// What each exchange does to each third party, at `exchange · actors + actor` [scale units × salience]; 0 for its own
    /// partners. Positive where outcomes come nearer to the third party's position, more often negative.
    pub externalities: Vec<f64>,
}

impl Realised {
    fn actors(&self) -> usize {
        self.voting.len() / self.outcomes.len().max(1)
    }

    /// What the exchange does to all third parties together [scale units × salience].
    pub fn externality(&self, exchange: usize) -> f64 {
        self.externalities
            .iter()
            .skip(exchange.saturating_mul(self.actors()))
            .take(self.actors())
            .fold(0.0, |sum, e| sum + e)
    }

    /// What all exchanges of others do to an actor [scale units × salience].
    pub fn borne_by(&self, actor: usize) -> f64 {
        self.externalities.iter().skip(actor).step_by(self.actors().max(1)).fold(0.0, |sum, e| sum + e)
    }

    pub(super) fn open(&mut self, stakes: &Stakes) {
        self.exchanges.clear();
        self.externalities.clear();
        self.before.clone_from(&stakes.outcomes);
    }

    /// Concludes what a pair would exchange as things stand.
    pub(super) fn conclude(&mut self, pair: Pair, stakes: &mut Stakes) {
        self.enter(pair.exchange(stakes), stakes);
    }

    /// Enters an exchange: both partners vote as they promised, and the outcomes follow.
    pub(super) fn enter(&mut self, exchange: Exchange, stakes: &mut Stakes) {
        let before = exchange.parties.map(|party| stakes.outcomes[party.supplies]);
        for party in exchange.parties {
            stakes.demand(party.actor, party.demands);
        }
        stakes.supply(exchange.parties.map(|party| (party.actor, party.supplies, party.votes)));
        self.record(exchange, stakes, before);
    }

    fn record(&mut self, exchange: Exchange, stakes: &Stakes, before: [f64; 2]) {
        let [one, other] = exchange.parties.map(|party| party.actor);
        let issues = exchange.parties.map(|party| party.supplies);
        let rows = stakes.saliences.chunks_exact(stakes.issues).zip(stakes.positions.chunks_exact(stakes.issues));
        let after = issues.map(|issue| stakes.outcomes[issue]);
        self.externalities.extend(rows.enumerate().map(|(actor, (saliences, positions))| {
            let mut felt = 0.0;
            for (at, &issue) in issues.iter().enumerate() {
                let position = positions[issue];
                felt += saliences[issue] * ((before[at] - position).abs() - (after[at] - position).abs());
            }
            if actor != one && actor != other { felt } else { 0.0 }
        }));
        self.exchanges.push(exchange);
    }

    pub(super) fn close(&mut self, stakes: &Stakes) {
        self.voting.clone_from(&stakes.voting);
        self.outcomes.clone_from(&stakes.outcomes);
    }
}

/// Concludes exchanges, the one of highest gain first, until none gains more than [`LEAST_GAIN`] or `most` are concluded.
///
/// A supplier votes from then on as it has promised, and supplies again only from there and in the same direction; a
/// demander keeps its position. Every exchange is worked out anew when it comes up, so that no supplier goes beyond the
/// demander's position, and neither does the expected outcome. Sides are taken once, at the opening outcomes, and no two
/// actors conclude the same exchange twice.
pub fn realise(table: &Table, roles: Roles, most: usize) -> Realised {
    let (mut stakes, mut queue, mut realised) = (Stakes::default(), Queue::default(), Realised::default());
    stakes.open(table);
    queue.extend(every_pair(&stakes));
    queue.settle(&mut stakes, roles, most, &mut realised);
    realised
}

/// Where an actor stands in the next round after it has voted elsewhere: it comes round to its vote the more, the less
/// the issue matters to it [salience 0–1], by a share of 0.4 (1 − salience) + 0.1 (as the reference implementation).
pub fn carry_over(position: f64, voting: f64, salience: f64) -> f64 {
    let share = 0.4 * (1.0 - salience) + 0.1;
    (1.0 - share) * position + share * voting
}

/// Pairs by the two issues they are over: an exchange changes what others gain only where one of its issues is at stake.
#[derive(Debug, Default)]
pub(super) struct Queue {
    pairs: Vec<Pair>,
    blocks: Vec<Block>,
}

#[derive(Debug)]
struct Block {
    issues: [u32; 2],
    from: usize,
    to: usize,
    best: usize,
    gain: f64,
}

impl Queue {
    /// Concludes pairs, the best first, and records what becomes of it.
    pub fn settle(&mut self, stakes: &mut Stakes, roles: Roles, most: usize, realised: &mut Realised) {
        realised.open(stakes);
        for block in &mut self.blocks {
            block.survey(&mut self.pairs, stakes, roles);
        }
        while realised.exchanges.len() < most {
            let mut best = None;
            let mut most_gain = LEAST_GAIN;
            for block in &self.blocks {
                if block.gain > most_gain {
                    (best, most_gain) = (Some(block.best), block.gain);
                }
            }
            let Some(best) = best else { break };
            let pair = &mut self.pairs[best];
            let issues = [pair.p, pair.q];
            pair.closed = true;
            realised.conclude(*pair, stakes);
            for block in &mut self.blocks {
                if block.issues.iter().any(|issue| issues.contains(issue)) {
                    block.survey(&mut self.pairs, stakes, roles);
                }
            }
        }
        realised.close(stakes);
    }
}

impl Extend<Pair> for Queue {
    /// Adds pairs. Those over the same issues are added one after another.
    fn extend<T: IntoIterator<Item = Pair>>(&mut self, pairs: T) {
        for pair in pairs {
            let (issues, from) = ([pair.p, pair.q], self.pairs.len());
            self.pairs.push(pair);
            match self.blocks.last_mut() {
                Some(block) if block.issues == issues => block.to = from + 1,
                _ => self.blocks.push(Block { issues, from, to: from + 1, best: from, gain: 0.0 }),
            }
        }
    }
}

impl Block {
    /// Finds the best pair of the block as things stand.
    fn survey(&mut self, pairs: &mut [Pair], stakes: &Stakes, roles: Roles) {
        self.gain = 0.0;
        for at in self.from..self.to {
            if pairs[at].closed {
                continue;
            }
            let gain = pairs[at].gain(stakes, roles);
            let ahead = gain == self.gain && gain > 0.0 && pairs[at].actors() < pairs[self.best].actors();
            if gain > self.gain || ahead {
                (self.best, self.gain) = (at, gain);
            }
        }
    }
}
