//! The core of the model as plain loops over flat arrays, written for speed and without the engine: what the arithmetic
//! itself costs. The engine is held against it, its time in the benches and its outcomes, bit for bit, in a test.
//!
//! It covers one forum with a single undertaking and what every forum has: instructions, tactics, every chair and rule,
//! templates, the endgame with holding out, extensions. [`ByHand::of`] gives nothing where a scenario asks for more.

mod endgame;
mod opening;
mod rounds;

use std::sync::Arc;

use comity::chance::Chance;
use comity::minutes::{ClauseOutcome, ForumOutcome, MemberOutcome, Outcome};
use comity::scenario::{Forum, MAX_CLAUSES, Parameters, Scenario, Undertaking};
use comity::world::Brief;

use endgame::Package;

/// Talks to be played by hand, again and again. Rows of numbers go member by member, a number per clause in each.
pub struct ByHand {
    scenario: Arc<Scenario>,
    /// Per clause of the scenario, its rank by identifier.
    rank: Vec<usize>,
    /// Clauses of the agenda in the order of their draws.
    places: Vec<usize>,
    clauses: usize,
    members: Members,
    /// What every member's wants are drawn from.
    briefs: Vec<Brief>,
    /// Room for draws.
    luck: [f64; MAX_CLAUSES],
    wants: Wants,
    stances: Stances,
    text: Text,
    heard: Vec<f64>,
    all_say: Vec<f64>,
    package: Package,
    clause_outcomes: Vec<ClauseOutcome>,
    parties: Vec<bool>,
    gains: Vec<f64>,
    total_weight: f64,
    cost_of_failure: f64,
    polls: u32,
    unopposed: bool,
}

/// A number per member.
#[derive(Default)]
struct Members {
    weight: Vec<f64>,
    alone: Vec<f64>,
    own: Vec<f64>,
    capacity: Vec<f64>,
    level: Vec<f64>,
    next: Vec<f64>,
    shown: Vec<f64>,
    reservation: Vec<f64>,
    package_resolve: Vec<f64>,
    total_salience: Vec<f64>,
    stakes: Vec<f64>,
}

/// Clauses that lie side by side.
const TILE: usize = 8;
/// The numbers of a member on the clauses of a tile.
type Lane = [f64; TILE];

/// What members want: a row of clauses each.
#[derive(Default)]
struct Wants {
    ideal: Vec<f64>,
    salience: Vec<f64>,
    stake: Vec<f64>,
    floor: Vec<f64>,
    ceiling: Vec<f64>,
    give: Vec<f64>,
    resolve: Vec<f64>,
}

/// What every round asks of members × clauses: tile after tile of clauses, in each of them member by member.
#[derive(Default)]
struct Stances {
    aim: Vec<Lane>,
    say: Vec<Lane>,
    way: Vec<Lane>,
    accepts_at: Vec<Lane>,
    objects_beyond: Vec<Lane>,
    stated: Vec<Lane>,
}

/// A number per clause.
#[derive(Default)]
struct Text {
    point: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
    agreed: Vec<Option<u32>>,
    tabled: Vec<bool>,
    open: Vec<usize>,
    moved: Vec<usize>,
}

impl ByHand {
    /// Talks of a scenario; none where it has more than the core.
    pub fn of(scenario: Arc<Scenario>) -> Option<ByHand> {
        let [forum] = scenario.forums.as_slice() else { return None };
        let room = &forum.room;
        let bare_room =
            room.blocs.is_empty() && room.linkage.is_none() && room.first_reading.is_none() && room.precedent.is_none();
        let terms = &forum.terms;
        let nothing_on_offer = terms.assistance.is_none()
            && terms.flexibility.is_none()
            && terms.opt_outs.is_none()
            && terms.side_letters.is_none()
            && terms.silence == 0
            && terms.co_sponsorship.is_none()
            && (!terms.coverage || scenario.trade.is_none());
        let ends_with_the_text = scenario.aftermath.is_none() && scenario.shocks.is_empty();
        if !bare_room || !nothing_on_offer || !ends_with_the_text || forum.undertaking != Undertaking::Single {
            return None;
        }
        let mut by_id: Vec<usize> = (0..scenario.clauses.len()).collect();
        by_id.sort_by_key(|&no| &scenario.clauses[no].id);
        let mut rank = vec![0; by_id.len()];
        by_id.iter().enumerate().for_each(|(at, &no)| rank[no] = at);
        let mut places: Vec<usize> = (0..forum.agenda.len()).collect();
        places.sort_by_key(|&place| rank[forum.agenda[place]]);

        let (n, m) = (forum.members.len(), forum.agenda.len());
        let per_member = || vec![0.0; n];
        let per_clause = || vec![0.0; m];
        let row = || vec![0.0; n * m];
        let members = Members {
            weight: per_member(),
            alone: per_member(),
            own: per_member(),
            capacity: per_member(),
            level: per_member(),
            next: per_member(),
            shown: per_member(),
            reservation: per_member(),
            package_resolve: per_member(),
            total_salience: per_member(),
            stakes: per_member(),
        };
        let wants = Wants {
            ideal: row(),
            salience: row(),
            stake: row(),
            floor: row(),
            ceiling: row(),
            give: row(),
            resolve: row(),
        };
        let tiles = |number: f64| vec![[number; TILE]; n * m.div_ceil(TILE)];
        let stances = Stances {
            aim: tiles(0.0),
            say: tiles(0.0),
            way: tiles(0.0),
            accepts_at: tiles(f64::INFINITY),
            objects_beyond: tiles(f64::INFINITY),
            stated: tiles(0.0),
        };
        let text = Text {
            point: per_clause(),
            low: per_clause(),
            high: per_clause(),
            agreed: vec![None; m],
            tabled: vec![false; m],
            open: Vec::with_capacity(m),
            moved: Vec::with_capacity(2 * m),
        };
        let package = Package::of(forum, &scenario, &rank);
        Some(ByHand {
            rank,
            places,
            clauses: m,
            members,
            briefs: forum.members.iter().map(|member| Brief::of(&member.mandates)).collect(),
            luck: [0.5; MAX_CLAUSES],
            wants,
            stances,
            text,
            heard: per_clause(),
            all_say: per_clause(),
            package,
            clause_outcomes: vec![ClauseOutcome::default(); m],
            parties: vec![false; n],
            gains: per_member(),
            total_weight: 0.0,
            cost_of_failure: 0.0,
            polls: 0,
            unopposed: false,
            scenario,
        })
    }

    /// Plays one replication.
    pub fn run(&mut self, seed: u64, replication: u64) -> Outcome {
        let chance = Chance::new(seed, replication);
        let scenario = self.scenario.clone();
        let forum = &scenario.forums[0];
        let parameters = self.open(&chance);
        let (mut round, mut extensions, mut deadline) = (0, 0, forum.calendar.rounds);
        let concluded = loop {
            round = self.rounds(forum, &parameters, round, deadline);
            if self.conclude(forum, &parameters) {
                break true;
            }
            if extensions == forum.calendar.extensions || !is_extended(forum, &chance, extensions) {
                break false;
            }
            extensions += 1;
            deadline += forum.calendar.extension_rounds;
            self.reconsider(forum, &chance, extensions, parameters.assertiveness);
        };
        Outcome { replication, forums: vec![self.outcome(concluded, round, extensions)] }
    }

    fn outcome(&self, concluded: bool, rounds: u32, extensions: u32) -> ForumOutcome {
        let clauses = self.clause_outcomes.iter().zip(&self.text.agreed);
        let members = self.parties.iter().zip(&self.gains).zip(&self.members.reservation);
        ForumOutcome {
            concluded,
            without_a_vote: concluded.then_some(self.unopposed),
            rounds,
            extensions,
            polls: self.polls,
            clauses: clauses.map(|(&clause, &closed_in)| ClauseOutcome { closed_in, ..clause }).collect(),
            members: members
                .map(|((&party, &gain), &reservation)| MemberOutcome {
                    party,
                    gain,
                    reservation,
                    ..MemberOutcome::default()
                })
                .collect(),
            ..ForumOutcome::default()
        }
    }
}

fn is_extended(forum: &Forum, chance: &Chance, granted: u32) -> bool {
    let mut stream = chance.stream();
    stream.place(comity::chance::Purpose::Extension, forum.occasion, granted).uniform()
        < forum.calendar.extension_chance
}

/// A weight as a share of all.
fn share(weight: f64, total: f64) -> f64 {
    if total > 0.0 { weight / total } else { 0.0 }
}

/// Standing of a member whose own share of the weight is `own`, where a share is reluctant.
fn standing(alone: f64, reluctant: f64, own: f64) -> f64 {
    let others = reluctant - own;
    alone + (1.0 - alone) * if others > 0.0 { others } else { 0.0 }
}

/// The parameters as drawn, by name.
type Drawn = Parameters<f64>;
