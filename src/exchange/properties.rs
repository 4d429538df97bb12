//! What holds on every table.

use proptest::prelude::*;

use super::{Bounds, Capabilities, Exchange, LEAST_GAIN, Party, Realised, Roles, Table, Workspace};
use super::{carry_over, potential, realise, realise_within};

/// A table that owns its numbers.
#[derive(Clone, Debug)]
struct Own {
    actors: usize,
    issues: usize,
    positions: Vec<f64>,
    saliences: Vec<f64>,
    capabilities: Vec<f64>,
}

impl Own {
    fn with<T>(&self, read: impl FnOnce(&Table) -> T) -> T {
        let capabilities = Capabilities::Cells(&self.capabilities);
        read(&Table::new(self.actors, self.issues, &self.positions, &self.saliences, capabilities).unwrap())
    }

    fn realise(&self, roles: Roles) -> Realised {
        self.with(|table| realise(table, roles, usize::MAX))
    }

    /// The actor at `actors[k]` becomes the k-th, the issue at `issues[l]` the l-th.
    fn relabelled(&self, actors: &[usize], issues: &[usize]) -> Self {
        let pick = |cells: &[f64]| {
            let rows = actors.iter().map(|&actor| &cells[actor * self.issues..][..self.issues]);
            rows.flat_map(|row| issues.iter().map(|&issue| row[issue])).collect()
        };
        Self {
            actors: actors.len(),
            issues: issues.len(),
            positions: pick(&self.positions),
            saliences: pick(&self.saliences),
            capabilities: pick(&self.capabilities),
        }
    }

    fn outcome(&self, votes: &[f64], issue: usize) -> f64 {
        let (mut sum, mut all) = (0.0, 0.0);
        for cell in (issue..votes.len()).step_by(self.issues) {
            let weight = self.capabilities[cell] * self.saliences[cell];
            sum += weight * votes[cell];
            all += weight;
        }
        sum / all
    }
}

/// Tables whose numbers are drawn by `number`, made into shares of 1.
fn tables<S: Strategy<Value = f64> + Clone + 'static>(number: S) -> impl Strategy<Value = Own> {
    (2..7_usize, 2..6_usize).prop_flat_map(move |(actors, issues)| {
        let cells = || prop::collection::vec(number.clone(), actors * issues);
        (cells(), cells(), cells()).prop_map(move |(positions, saliences, capabilities)| Own {
            actors,
            issues,
            positions,
            saliences,
            capabilities,
        })
    })
}

/// Tables of eighths: sums over them are exact in any order, and ties are common.
fn coarse() -> impl Strategy<Value = Own> {
    tables((0..=8_u8).prop_map(|n| f64::from(n) / 8.0))
}

/// Tables of numbers that no two share.
fn fine() -> impl Strategy<Value = Own> {
    tables(0.01..1.0)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// The same exchanges, up to rounding, where actor k of one is `actors[k]` of the other, and so for issues.
fn alike(one: &[Exchange], other: &[Exchange], actors: &[usize], issues: &[usize], mirror: f64) -> bool {
    let same = |a: &Party, b: &Party| {
        (actors[a.actor], issues[a.demands], issues[a.supplies]) == (b.actor, b.demands, b.supplies)
            && near(a.moves * mirror, b.moves)
            && near(a.shift * mirror, b.shift)
    };
    let matches = |a: &Exchange, b: &Exchange| {
        let [first, second] = &a.parties;
        let straight = same(first, &b.parties[0]) && same(second, &b.parties[1]);
        let crossed = same(first, &b.parties[1]) && same(second, &b.parties[0]);
        (straight || crossed) && near(a.gain, b.gain)
    };
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| matches(a, b))
}

/// A table together with an order of its actors and one of its issues.
fn shuffled(tables: impl Strategy<Value = Own>) -> impl Strategy<Value = (Own, Vec<usize>, Vec<usize>)> {
    tables.prop_flat_map(|own| {
        let order = |n: usize| Just((0..n).collect::<Vec<_>>()).prop_shuffle();
        let orders = (order(own.actors), order(own.issues));
        (Just(own), orders.0, orders.1)
    })
}

/// In the order of the labels, whatever order they were found in.
fn sorted(mut exchanges: Vec<Exchange>, actors: &[usize], issues: &[usize]) -> Vec<Exchange> {
    exchanges.sort_by_key(|exchange| {
        let mut cells = exchange.parties.map(|party| (issues[party.supplies], actors[party.actor]));
        cells.sort();
        cells
    });
    exchanges
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn partners_gain_equally_and_more_than_nothing(own in prop_oneof![coarse(), fine()], kept: bool) {
        let run = own.realise(if kept { Roles::Kept } else { Roles::Free });
        let listed = own.with(potential);
        prop_assert!(listed.iter().all(|exchange| exchange.gain >= 0.0));
        prop_assert!(run.exchanges.iter().all(|exchange| exchange.gain > LEAST_GAIN));
        for exchange in listed.iter().chain(&run.exchanges) {
            let [one, other] = exchange.parties;
            for (party, partner) in [(one, other), (other, one)] {
                prop_assert_eq!(party.demands, partner.supplies);
                let salience = |issue| own.saliences[party.actor * own.issues + issue];
                let gain = salience(party.demands) * partner.shift.abs() - salience(party.supplies) * party.shift.abs();
                prop_assert!(near(gain, exchange.gain), "{} instead of {}", gain, exchange.gain);
            }
        }
    }

    #[test]
    fn outcomes_shift_as_agreed_and_neither_they_nor_suppliers_pass_the_demander(
        own in prop_oneof![coarse(), fine()], kept: bool,
    ) {
        let run = own.realise(if kept { Roles::Kept } else { Roles::Free });
        let mut votes = own.positions.clone();
        for exchange in &run.exchanges {
            let before = exchange.parties.map(|party| own.outcome(&votes, party.supplies));
            for party in exchange.parties {
                let vote = &mut votes[party.actor * own.issues + party.supplies];
                prop_assert!(near(*vote + party.moves, party.votes));
                *vote = party.votes;
            }
            let partners = [exchange.parties[1], exchange.parties[0]];
            for ((party, demander), before) in exchange.parties.iter().zip(partners).zip(before) {
                let after = own.outcome(&votes, party.supplies);
                prop_assert!(near(before + party.shift, after));
                let wanted = own.positions[demander.actor * own.issues + party.supplies];
                let towards = party.moves.signum();
                prop_assert!((wanted - after) * towards > -1e-12, "the outcome passes the demander");
                prop_assert!((wanted - party.votes) * towards >= 0.0, "the supplier passes the demander");
            }
        }
        prop_assert_eq!(&votes, &run.voting);
        for issue in 0..own.issues {
            let outcome = own.outcome(&votes, issue);
            prop_assert!(outcome.is_nan() || near(outcome, run.outcomes[issue]));
        }
    }

    #[test]
    fn each_exchange_is_felt_by_all_but_its_partners(own in fine()) {
        let run = own.realise(Roles::Kept);
        let (mut votes, mut total) = (own.positions.clone(), 0.0);
        for (at, exchange) in run.exchanges.iter().enumerate() {
            let loss = |votes: &[f64], actor: usize| -> f64 {
                let felt = |party: &Party| {
                    let cell = actor * own.issues + party.supplies;
                    own.saliences[cell] * (own.outcome(votes, party.supplies) - own.positions[cell]).abs()
                };
                exchange.parties.iter().map(felt).sum()
            };
            let before: Vec<f64> = (0..own.actors).map(|actor| loss(&votes, actor)).collect();
            for party in exchange.parties {
                votes[party.actor * own.issues + party.supplies] = party.votes;
            }
            for (actor, before) in before.iter().enumerate() {
                let partner = exchange.parties.iter().any(|party| party.actor == actor);
                let expected = if partner { 0.0 } else { before - loss(&votes, actor) };
                prop_assert!(near(run.externalities[at * own.actors + actor], expected));
            }
            total += run.externality(at);
        }
        let borne = (0..own.actors).map(|actor| run.borne_by(actor)).sum();
        prop_assert!(near(total, borne));
    }

    #[test]
    fn what_is_possible_does_not_depend_on_labels((own, actors, issues) in shuffled(coarse())) {
        let found = own.relabelled(&actors, &issues).with(potential);
        let found = sorted(found, &actors, &issues);
        let same: [Vec<usize>; 2] = [(0..own.actors).collect(), (0..own.issues).collect()];
        let expected = sorted(own.with(potential), &same[0], &same[1]);
        let gainful = |exchanges: Vec<Exchange>| exchanges.into_iter().filter(|e| e.gain > 0.0).collect::<Vec<_>>();
        prop_assert!(alike(&gainful(found), &gainful(expected), &actors, &issues, 1.0));
    }

    #[test]
    fn what_is_concluded_does_not_depend_on_labels((own, actors, issues) in shuffled(fine()), bounded: bool) {
        let bounds = Bounds { partners: 1, issues: 2, exchanges: 5 };
        let conclude = |own: &Own| match bounded {
            true => own.with(|table| realise_within(table, Roles::Kept, bounds, &mut Workspace::default()).clone()),
            false => own.realise(Roles::Kept),
        };
        let found = conclude(&own.relabelled(&actors, &issues));
        prop_assert!(alike(&found.exchanges, &conclude(&own).exchanges, &actors, &issues, 1.0));
    }

    #[test]
    fn turning_every_scale_round_turns_the_exchanges_round(own in fine()) {
        let mirror = Own { positions: own.positions.iter().map(|x| 1.0 - x).collect(), ..own.clone() };
        let (one, other) = (own.realise(Roles::Kept), mirror.realise(Roles::Kept));
        let same: [Vec<usize>; 2] = [(0..own.actors).collect(), (0..own.issues).collect()];
        prop_assert!(alike(&one.exchanges, &other.exchanges, &same[0], &same[1], -1.0));
        prop_assert!(one.outcomes.iter().zip(&other.outcomes).all(|(a, b)| near(a + b, 1.0)));
    }

    #[test]
    fn turning_every_scale_round_turns_what_is_possible_round(own in coarse()) {
        let mirror = Own { positions: own.positions.iter().map(|x| 1.0 - x).collect(), ..own.clone() };
        let same: [Vec<usize>; 2] = [(0..own.actors).collect(), (0..own.issues).collect()];
        prop_assert!(alike(&own.with(potential), &mirror.with(potential), &same[0], &same[1], -1.0));
    }

    #[test]
    fn who_cares_about_nothing_takes_no_part_and_makes_no_difference(
        own in prop_oneof![coarse(), fine()], who: prop::sample::Index,
    ) {
        let idle = who.index(own.actors);
        let mut own = own;
        own.saliences[idle * own.issues..][..own.issues].fill(0.0);
        let others: Vec<usize> = (0..own.actors).filter(|&actor| actor != idle).collect();
        let without = own.relabelled(&others, &(0..own.issues).collect::<Vec<_>>());
        let back = |mut exchange: Exchange| {
            for party in &mut exchange.parties {
                party.actor = others[party.actor];
            }
            exchange
        };
        let (one, other) = (own.realise(Roles::Kept), without.realise(Roles::Kept));
        prop_assert_eq!(one.exchanges, other.exchanges.into_iter().map(back).collect::<Vec<_>>());
        prop_assert!(own.with(potential).iter().all(|e| e.parties.iter().all(|party| party.actor != idle)));
    }

    #[test]
    fn roles_are_kept_and_nothing_is_exchanged_twice(own in fine()) {
        let run = own.realise(Roles::Kept);
        let supplied: Vec<_> =
            run.exchanges.iter().flat_map(|e| e.parties.map(|party| (party.actor, party.supplies))).collect();
        let demanded = run.exchanges.iter().flat_map(|e| e.parties.map(|party| (party.actor, party.demands)));
        prop_assert!(demanded.into_iter().all(|cell| !supplied.contains(&cell)));
        let mut deals: Vec<_> =
            run.exchanges.iter().map(|e| e.parties.map(|party| (party.actor, party.supplies))).collect();
        deals.sort();
        prop_assert!(deals.windows(2).all(|two| two[0] != two[1]));
    }

    #[test]
    fn bounds_hold_and_wide_bounds_lose_nothing(
        own in prop_oneof![coarse(), fine()], partners in 0..4_usize, issues in 0..4_usize, exchanges in 0..6_usize,
    ) {
        let mut workspace = Workspace::default();
        let run = own.with(|table| {
            realise_within(table, Roles::Free, Bounds { partners, issues, exchanges }, &mut workspace).clone()
        });
        prop_assert!(run.exchanges.len() <= exchanges);
        let mut supplied: Vec<_> =
            run.exchanges.iter().flat_map(|e| e.parties.map(|party| (party.actor, party.supplies))).collect();
        supplied.sort();
        supplied.dedup();
        for actor in 0..own.actors {
            prop_assert!(supplied.iter().filter(|cell| cell.0 == actor).count() <= issues);
        }
        for issue in 0..own.issues {
            prop_assert!(supplied.iter().filter(|cell| cell.1 == issue).count() <= 2 * partners);
        }
        let wide = Bounds { partners: usize::MAX, issues: usize::MAX, exchanges: usize::MAX };
        let all = own.with(|table| realise_within(table, Roles::Kept, wide, &mut workspace).clone());
        prop_assert_eq!(all, own.realise(Roles::Kept));
    }

    #[test]
    fn no_numbers_are_too_odd(
        positions in prop::collection::vec(any::<f64>(), 12),
        saliences in prop::collection::vec(any::<f64>(), 12),
        capabilities in prop::collection::vec(any::<f64>(), 4),
        narrow: bool,
    ) {
        let finite = |numbers: Vec<f64>| numbers.into_iter().map(|n| if n.is_finite() { n } else { 1.0 });
        let positions: Vec<f64> = finite(positions).collect();
        let [saliences, capabilities] =
            [saliences, capabilities].map(|numbers| finite(numbers).map(f64::abs).collect::<Vec<f64>>());
        let table = Table::new(4, 3, &positions, &saliences, Capabilities::Actors(&capabilities)).unwrap();
        let bounds = if narrow { Bounds { partners: 1, issues: 1, exchanges: 2 } } else { Bounds::for_issues(3) };
        potential(&table);
        realise(&table, Roles::Free, usize::MAX);
        realise_within(&table, Roles::Kept, bounds, &mut Workspace::default());
    }

    #[test]
    fn what_is_carried_over_lies_between_position_and_vote(x in 0.0..=1.0, y in 0.0..=1.0, s in 0.0..=1.0) {
        let (x, y, s): (f64, f64, f64) = (x, y, s);
        let next = carry_over(x, y, s);
        prop_assert!(next >= x.min(y) - 1e-15 && next <= x.max(y) + 1e-15);
        prop_assert!(near(carry_over(0.0, 1.0, 1.0), 0.1) && near(carry_over(0.0, 1.0, 0.0), 0.5));
    }
}

/// Actors 0 and 1 have the same to exchange as 2 and 3, and it is the same over issues 0 and 1 as over 0 and 2.
#[test]
fn ties_go_to_the_lower_issues_and_then_to_the_lower_actors() {
    let rows = [[1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 0.0]];
    let cares = [[0.25, 0.75, 0.75], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75], [0.75, 0.25, 0.25]];
    let (positions, saliences) = (rows.concat(), cares.concat());
    let table = Table::new(4, 3, &positions, &saliences, Capabilities::Actors(&[1.0; 4])).unwrap();
    let equal = potential(&table).iter().filter(|exchange| exchange.gain == 0.0625).count();
    assert_eq!(equal, 4);
    let bounds = Bounds { exchanges: 1, ..Bounds::for_issues(3) };
    let bounded = realise_within(&table, Roles::Kept, bounds, &mut Workspace::default()).clone();
    for run in [realise(&table, Roles::Kept, 1), bounded] {
        let parties = run.exchanges[0].parties.map(|party| (party.actor, party.demands, party.supplies));
        assert_eq!(parties, [(0, 1, 0), (1, 0, 1)]);
    }
}

#[test]
fn nobody_and_nothing_come_to_no_exchange() {
    for (actors, issues) in [(0, 0), (0, 3), (3, 0), (1, 1)] {
        let cells = vec![0.5; actors * issues];
        let table = Table::new(actors, issues, &cells, &cells, Capabilities::Cells(&cells)).unwrap();
        assert!(potential(&table).is_empty());
        assert!(realise(&table, Roles::Kept, usize::MAX).exchanges.is_empty());
        let bounds = Bounds::for_issues(issues);
        let run = realise_within(&table, Roles::Kept, bounds, &mut Workspace::default()).clone();
        assert_eq!((run.exchanges.len(), run.externality(0), run.borne_by(5)), (0, 0.0, 0.0));
    }
}
