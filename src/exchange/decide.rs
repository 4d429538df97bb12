//! The exchange model as the program Decide runs it (`decide-exchange-model` 2022.1.28, J. Draaijer,
//! github.com/foarsitter), rule by rule, on a scale from 0 to 1.
//!
//! Who could exchange what, and for which gain, is as in [`potential`](super::potential). What happens after the first
//! exchange is not as in [`realise`](super::realise):
//!
//! - **Below is also on it.** Who stands on the expected outcome counts as one who stands below it.
//! - **Two partners know what they are told.** They look at the opening votes, at their own, and at what was given to
//!   either of them on the issue it demands; they do not see the outcome as others move it. That the outcome may not pass
//!   the demander is held against this. Of what one supplier gives to one demander on an issue in several exchanges, the
//!   first is what it remembers.
//! - **An offer is worked out anew** where one of the partners supplies its issue to another, or is given what it demands;
//!   not where others move the outcome.
//! - **An offer that comes to nothing is withdrawn** for the rest of the round: also where its supplier would rise by more
//!   than the whole scale, counting every rise that it had offered here before it supplied the issue elsewhere. Falls are
//!   not counted. This is a quirk, for turned round the same table has another result.
//! - **Roles are free**: who has demanded an issue may supply it, and the other way round.
//!
//! Left out is what its throws of the dice decide: gains that are equal but for rounding go to the lower pair of issues, then
//! of actors. It stops with an error where an actor has no power on an issue, or no salience on another issue than the first;
//! here that actor takes no part in it.

use super::proposals::Proposals;
use super::realise::Realised;
use super::stakes::Stakes;
use super::{Exchange, Party, Table};

/// Moves and gains up to here are none, and differences between positions are none [of the scale, of the scale ×
/// salience].
const NOTHING: f64 = 1e-12;

/// Concludes exchanges as the program does. Positions are shares of the scale [0–1]. Limits of the table play no part.
///
/// Takes time in proportion to the exchanges that are possible and, for each that is concluded, to those that share a
/// supplier with its issue, or a demander.
pub fn decide(table: &Table) -> Realised {
    let (mut stakes, mut realised) = (Stakes::default(), Realised::default());
    stakes.open(table);
    realised.open(&stakes);
    let mut talks = Talks::open(&stakes);
    while let Some(best) = talks.proposals.best(talks.tie) {
        let exchange = talks.conclude(best, &stakes);
        realised.enter(exchange, &mut stakes);
        talks.reconsider(best, &stakes);
    }
    realised.close(&stakes);
    realised
}

/// What two actors offer each other. The first demands the issue that the second supplies, and the other way round.
#[derive(Clone, Copy, Debug)]
struct Offer {
    /// Rows of the table.
    actors: [u32; 2],
    /// What each supplies [column of the table].
    supplies: [u32; 2],
    /// How far each would move [scale units, signed].
    moves: [f64; 2],
    /// What each has offered here before it supplied the issue elsewhere, together [scale units, signed].
    offered: [f64; 2],
    is_open: bool,
}

impl Offer {
    /// The cell of what a partner supplies.
    fn supply(&self, partner: usize, issues: usize) -> usize {
        self.actors[partner] as usize * issues + self.supplies[partner] as usize
    }

    /// The cell of what a partner demands.
    fn demand(&self, partner: usize, issues: usize) -> usize {
        self.actors[partner] as usize * issues + self.supplies[1 - partner] as usize
    }
}

/// All offers, and what is known to those who make them.
struct Talks {
    offers: Vec<Offer>,
    proposals: Proposals,
    /// Gains that are no further apart are tied.
    tie: f64,
    /// Where offers are that supply a cell, and where those are that demand it: from the place of the cell to that of the
    /// next.
    by_supply: Index,
    by_demand: Index,
    /// What each cell was given by whom: the supplier, and where it then voted.
    given: Vec<Vec<(u32, f64)>>,
    /// Outcome of each issue at the opening.
    opening: Vec<f64>,
}

/// Offers by cell.
#[derive(Default)]
struct Index {
    starts: Vec<usize>,
    offers: Vec<u32>,
}

impl Index {
    fn new(cells: usize, offers: &[Offer], cell: impl Fn(&Offer, usize) -> usize) -> Self {
        let mut starts = vec![0; cells + 1];
        for offer in offers {
            for partner in 0..2 {
                starts[cell(offer, partner) + 1] += 1;
            }
        }
        for at in 0..cells {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut sorted = vec![0; 2 * offers.len()];
        for (no, offer) in offers.iter().enumerate() {
            for partner in 0..2 {
                let place = &mut next[cell(offer, partner)];
                sorted[*place] = no as u32;
                *place += 1;
            }
        }
        Self { starts, offers: sorted }
    }

    fn of(&self, cell: usize) -> &[u32] {
        &self.offers[self.starts[cell]..self.starts[cell + 1]]
    }
}

impl Talks {
    fn open(stakes: &Stakes) -> Self {
        let (actors, issues) = (stakes.actors, stakes.issues);
        // Below, above, or without weight.
        let side = |actor: usize, issue: usize| {
            let stake = stakes.at(actor, issue);
            let below = stake.position <= stakes.outcomes[issue] + NOTHING;
            if stake.pull > 0.0 { if below { -1 } else { 1 } } else { 0 }
        };
        let sides: Vec<i8> = (0..actors * issues).map(|cell| side(cell / issues, cell % issues)).collect();
        let mut offers = Vec::new();
        for p in 0..issues {
            for q in p + 1..issues {
                for a in 0..actors {
                    for b in a + 1..actors {
                        let apart = |issue: usize| sides[a * issues + issue] * sides[b * issues + issue] < 0;
                        if !apart(p) || !apart(q) {
                            continue;
                        }
                        let salience = |actor, issue| stakes.at(actor, issue).salience;
                        let willing = salience(a, p) * salience(b, q) >= salience(b, p) * salience(a, q);
                        let actors = if willing { [a, b] } else { [b, a] };
                        offers.push(Offer {
                            actors: actors.map(|actor| actor as u32),
                            supplies: [q as u32, p as u32],
                            moves: [0.0; 2],
                            offered: [0.0; 2],
                            is_open: true,
                        });
                    }
                }
            }
        }
        let cells = actors * issues;
        let mut talks = Self {
            by_supply: Index::new(cells, &offers, |offer, partner| offer.supply(partner, issues)),
            by_demand: Index::new(cells, &offers, |offer, partner| offer.demand(partner, issues)),
            proposals: Proposals::new([].into_iter()),
            offers,
            tie: 0.0,
            given: vec![Vec::new(); cells],
            opening: stakes.outcomes.clone(),
        };
        let gains: Vec<f64> = (0..talks.offers.len()).map(|no| talks.work_out(no, stakes)).collect();
        talks.proposals = Proposals::new(gains.into_iter());
        talks.tie = talks.proposals.highest() * NOTHING;
        talks
    }

    /// Works out what two actors offer each other, and what either gains by it; nothing once it is withdrawn.
    fn work_out(&mut self, no: usize, stakes: &Stakes) -> f64 {
        let mut offer = self.offers[no];
        let gain = offer.is_open.then(|| self.terms(&mut offer, stakes)).flatten();
        offer.is_open = gain.is_some();
        self.offers[no] = offer;
        gain.unwrap_or(0.0)
    }

    /// The moves of an offer, and its gain; nothing where it comes to nothing.
    fn terms(&self, offer: &mut Offer, stakes: &Stakes) -> Option<f64> {
        let at = |actor: usize, issue: usize| stakes.at(offer.actors[actor] as usize, offer.supplies[issue] as usize);
        // What each supplies, and where the other stands on it.
        let (own, wanted) = ([at(0, 0), at(1, 1)], [at(1, 0), at(0, 1)]);
        let sums = [0, 1].map(|k| own[k].salience + wanted[k].salience);
        let ways = [0, 1].map(|k| wanted[k].position - own[k].voting);
        // Gains are equal where both shifts, times the sums of saliences, are.
        let balance = |k: usize, way: f64| way.abs() * own[k].pull * sums[k];
        let moves = |balance: f64| [0, 1].map(|k| (balance / (own[k].pull * sums[k])).copysign(ways[k]));
        let gain = |balance: f64| {
            let cross = own[0].salience * own[1].salience - wanted[0].salience * wanted[1].salience;
            balance * cross.abs() / (sums[0] * sums[1])
        };
        let mut agreed = balance(0, ways[0]).min(balance(1, ways[1]));
        offer.moves = moves(agreed);
        if !holds(offer) || gain(agreed) < NOTHING {
            return None;
        }
        for k in 0..2 {
            let goal = wanted[k].position;
            let [before, after] = [0.0, offer.moves[k]].map(|way| self.known(offer, k, own[k].voting + way, stakes));
            let [short, beyond] = [before, after].map(|outcome| (goal - outcome) * ways[k].signum());
            if (short > NOTHING && beyond < -NOTHING) || (short < -NOTHING && beyond > NOTHING) {
                let giver = offer.actors[k];
                let given = &self.given[offer.demand(1 - k, stakes.issues)];
                let said = given.iter().find(|(actor, _)| *actor == giver).map_or(own[k].voting, |(_, vote)| *vote);
                let left = (goal - self.known(offer, k, said, stakes)).abs() / own[k].pull;
                agreed = balance(k, left);
                offer.moves = moves(agreed);
            }
        }
        holds(offer).then(|| gain(agreed))
    }

    /// The outcome of what a partner supplies as the two know it, where it votes so.
    fn known(&self, offer: &Offer, partner: usize, votes: f64, stakes: &Stakes) -> f64 {
        let issue = offer.supplies[partner] as usize;
        let moved = |actor: u32, votes: f64| {
            let stake = stakes.at(actor as usize, issue);
            stake.pull * (votes - stake.position)
        };
        let supplier = offer.actors[partner];
        let others =
            self.given[offer.demand(1 - partner, stakes.issues)].iter().filter(|(actor, _)| *actor != supplier);
        others.fold(self.opening[issue] + moved(supplier, votes), |sum, &(actor, votes)| sum + moved(actor, votes))
    }

    /// What is exchanged where an offer is taken up.
    fn conclude(&mut self, no: usize, stakes: &Stakes) -> Exchange {
        let offer = &mut self.offers[no];
        offer.is_open = false;
        self.proposals.set(no, 0.0);
        let party = |k: usize| {
            let [supplier, demander] = [k, 1 - k].map(|k| offer.actors[k] as usize);
            let supplies = offer.supplies[k] as usize;
            let (own, goal) = (stakes.at(supplier, supplies), stakes.at(demander, supplies).position);
            let votes = own.voting + offer.moves[k];
            // All the way is where the other stands, to the bit.
            let votes = if (votes - goal).abs() <= NOTHING { goal } else { votes };
            let moves = votes - own.voting;
            Party {
                actor: supplier,
                demands: offer.supplies[1 - k] as usize,
                supplies,
                moves,
                votes,
                shift: moves * own.pull,
            }
        };
        let [one, other] = [party(0), party(1)];
        let salience = |issue: usize| stakes.at(one.actor, issue).salience;
        let gain = salience(one.demands) * other.shift.abs() - salience(one.supplies) * one.shift.abs();
        Exchange { parties: if one.actor < other.actor { [one, other] } else { [other, one] }, gain }
    }

    /// Tells those whom an exchange concerns, and has them work out their offers anew.
    fn reconsider(&mut self, concluded: usize, stakes: &Stakes) {
        let (offer, issues) = (self.offers[concluded], stakes.issues);
        let mut concerned = Vec::new();
        for k in 0..2 {
            for &no in self.by_supply.of(offer.supply(k, issues)) {
                let other = &mut self.offers[no as usize];
                let own = usize::from(other.supply(0, issues) != offer.supply(k, issues));
                other.offered[own] += other.moves[own];
                concerned.push(no);
            }
            let (supplier, cell) = (offer.actors[k], offer.demand(1 - k, issues));
            if !self.given[cell].iter().any(|(actor, _)| *actor == supplier) {
                self.given[cell].push((supplier, stakes.voting[offer.supply(k, issues)]));
            }
            concerned.extend_from_slice(self.by_demand.of(cell));
        }
        concerned.sort_unstable();
        concerned.dedup();
        for no in concerned {
            let gain = self.work_out(no as usize, stakes);
            self.proposals.set(no as usize, gain);
        }
    }
}

/// Whether both partners of an offer move, neither turns back, and neither rises by more than the scale.
fn holds(offer: &Offer) -> bool {
    let fine = |(moves, offered): (f64, f64)| {
        moves.abs() > NOTHING && moves * offered >= 0.0 && moves + offered <= 1.0 + NOTHING
    };
    offer.moves.into_iter().zip(offer.offered).all(fine)
}
