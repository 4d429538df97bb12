//! The reference cases of the model, and what its published implementations make of them.
//!
//! Paris: three issues of the climate negotiations of 2015 as experts saw them on 2 October 2015, and the run of the R
//! package `equal-gain` on its `data_short`. Toll: a road toll in a Dutch city, the sample data of the Python package
//! `decide-exchange-model`, whose tests state its numbers. Both packages: J. Draaijer, github.com/foarsitter.

use super::{Capabilities, Exchange, Roles, Table, decide, potential, realise};

/// A reference case.
#[derive(Clone, Copy)]
pub(super) struct Case {
    issues: usize,
    positions: &'static [f64],
    saliences: &'static [f64],
    capabilities: &'static [f64],
}

impl Case {
    pub fn with<T>(self, read: impl FnOnce(&Table) -> T) -> T {
        let capabilities = Capabilities::Actors(self.capabilities);
        let actors = self.capabilities.len();
        read(&Table::new(actors, self.issues, self.positions, self.saliences, capabilities).unwrap())
    }
}

/// Rows: African Group, AILAC, ALBA, AOSIS, Arab states, least developed countries, Brazil, China, EIG, EU28, India, the
/// Umbrella Group but for those that follow, Japan, Russia, USA. Columns: differentiation; measuring, reporting and
/// verification; legal form.
#[rustfmt::skip]
pub(super) const PARIS: Case = Case {
    issues: 3,
    positions: &[
        70.0, 50.0, 80.0,
        50.0, 85.0, 50.0,
        80.0, 0.0, 70.0,
        40.0, 80.0, 100.0,
        100.0, 0.0, 0.0,
        60.0, 70.0, 100.0,
        80.0, 50.0, 50.0,
        80.0, 0.0, 20.0,
        40.0, 85.0, 100.0,
        30.0, 100.0, 100.0,
        90.0, 0.0, 20.0,
        25.0, 70.0, 70.0,
        25.0, 100.0, 70.0,
        15.0, 50.0, 50.0,
        20.0, 70.0, 40.0,
    ],
    saliences: &[
        0.75, 0.65, 0.6,
        0.6, 0.75, 0.75,
        0.65, 0.4, 0.3,
        0.6, 0.75, 0.8,
        0.75, 0.55, 0.5,
        0.6, 0.7, 0.75,
        0.8, 0.55, 0.5,
        0.75, 0.8, 0.65,
        0.75, 0.8, 0.75,
        0.75, 0.8, 0.7,
        0.75, 0.55, 0.7,
        0.9, 0.7, 0.75,
        0.9, 0.7, 0.65,
        0.8, 0.45, 0.5,
        0.95, 0.7, 1.0,
    ],
    capabilities: &[0.25, 0.35, 0.05, 0.5, 0.4, 0.5, 0.7, 1.0, 0.35, 0.75, 0.6, 0.4, 0.6, 0.6, 1.0],
};

/// Rows: Willems, PvdA, GL, VVDs, SP, CDA, D66, CU, KvK, Wcentr. Columns: toll in the inner city, its height (0.50–7 euro,
/// as a share of 100), its hours, commuters, extra investment, small or large ring.
#[rustfmt::skip]
pub(super) const TOLL: Case = Case {
    issues: 6,
    positions: &[
        100.0, euro(3.0), 100.0, 100.0, 25.0, 75.0,
        50.0, euro(3.0), 75.0, 100.0, 25.0, 25.0,
        100.0, euro(5.0), 100.0, 100.0, 50.0, 100.0,
        0.0, euro(0.5), 0.0, 0.0, 50.0, 0.0,
        75.0, euro(2.0), 75.0, 50.0, 0.0, 0.0,
        25.0, euro(1.0), 25.0, 50.0, 25.0, 50.0,
        25.0, euro(3.0), 50.0, 75.0, 25.0, 50.0,
        75.0, euro(3.0), 75.0, 100.0, 50.0, 75.0,
        25.0, euro(1.0), 0.0, 0.0, 50.0, 25.0,
        0.0, euro(0.5), 0.0, 0.0, 100.0, 100.0,
    ],
    saliences: &[
        0.95, 0.7, 0.9, 0.8, 0.6, 0.95,
        0.8, 0.7, 0.7, 0.6, 0.5, 0.8,
        0.95, 0.9, 0.95, 0.8, 0.4, 0.9,
        0.9, 0.5, 0.9, 0.9, 0.8, 0.7,
        0.7, 0.5, 0.6, 0.4, 0.3, 0.7,
        0.8, 0.6, 0.7, 0.4, 0.5, 0.6,
        0.5, 0.3, 0.5, 0.6, 0.5, 0.7,
        0.7, 0.5, 0.6, 0.6, 0.5, 0.8,
        0.8, 0.6, 0.7, 0.9, 0.5, 0.8,
        0.95, 0.8, 1.0, 0.95, 0.9, 0.9,
    ],
    capabilities: &[1.0, 1.0, 0.6, 0.5, 0.4, 0.5, 0.2, 0.2, 0.6, 0.9],
};

const fn euro(height: f64) -> f64 {
    (height - 0.5) / 6.5 * 100.0
}

/// The exchanges that the reference run concludes: an actor, the issue it supplies and its vote there; its partner's; the
/// gain.
type Concluded = ([(usize, usize, f64); 2], f64);

#[rustfmt::skip]
const PARIS_RUN: [Concluded; 20] = [
    ([(7, 0, 20.0), (14, 1, 6.35937321285599)], 1.128903122498),
    ([(9, 2, 37.7766138536074), (10, 1, 100.0)], 0.756186984417965),
    ([(3, 0, 100.0), (4, 2, 83.8085853298023)], 0.665147502617478),
    ([(3, 1, 0.0), (7, 2, 70.648299202299)], 0.578400075855748),
    ([(5, 0, 15.0), (13, 2, 95.1945556445156)], 0.518815052041633),
    ([(6, 1, 100.0), (9, 0, 64.1230596375033)], 0.51794742911209),
    ([(4, 1, 89.029728181372), (9, 0, 100.0)], 0.448820811180153),
    ([(5, 1, 20.4410509031199), (7, 2, 100.0)], 0.329333071450395),
    ([(1, 0, 15.0), (13, 1, 77.7416748213385)], 0.323658927141713),
    ([(6, 2, 83.3578863090472), (8, 0, 80.0)], 0.302642113690953),
    ([(10, 0, 50.4618506493506), (12, 2, 20.0)], 0.30073051948052),
    ([(0, 2, 40.0), (14, 0, 26.6289252543123)], 0.113445378151261),
    ([(10, 0, 25.0), (11, 2, 31.0279948096408)], 0.085409426959391),
    ([(4, 2, 100.0), (8, 0, 91.4643293214722)], 0.0722831012062398),
    ([(0, 0, 25.0), (12, 1, 78.5524848450189)], 0.0600480384307447),
    ([(2, 1, 100.0), (12, 0, 28.0090881514553)], 0.0224712456757636),
    ([(2, 2, 40.0), (14, 0, 27.0581222702897)], 0.0183314732142857),
    ([(8, 2, 92.335847290726), (13, 1, 85.0)], 0.0179628579123611),
    ([(6, 2, 100.0), (8, 1, 66.2370349321786)], 0.00963085283041243),
    ([(4, 1, 100.0), (12, 0, 31.8853228612205)], 0.00804419565068959),
];

fn concluded(exchange: &Exchange) -> Concluded {
    (exchange.parties.map(|party| (party.actor, party.supplies, party.votes)), exchange.gain)
}

/// How many of the run's exchanges come out in order.
fn agreeing(run: &[Concluded], exchanges: &[Exchange]) -> usize {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let alike = |(expected, gain): &Concluded, exchange: &Exchange| {
        let (found, found_gain) = concluded(exchange);
        let parties = expected.iter().zip(&found).all(|(e, f)| (e.0, e.1) == (f.0, f.1) && near(e.2, f.2));
        parties && near(*gain, found_gain)
    };
    run.iter().zip(exchanges).take_while(|(expected, exchange)| alike(expected, exchange)).count()
}

fn best(exchanges: &[Exchange]) -> &Exchange {
    exchanges.iter().reduce(|best, other| if other.gain > best.gain { other } else { best }).unwrap()
}

#[test]
fn paris_has_103_potential_exchanges_and_the_best_is_between_the_united_states_and_china() {
    let all = PARIS.with(potential);
    assert_eq!(all.len(), 103);
    let [china, usa] = best(&all).parties;
    assert_eq!((china.actor, china.demands, china.supplies, china.votes), (7, 1, 0, 20.0));
    assert_eq!((usa.actor, usa.demands, usa.supplies), (14, 0, 1));
    assert!((china.moves + 60.0).abs() < 1e-12 && (usa.moves + 63.640626787144).abs() < 1e-12);
    assert!((best(&all).gain - 1.128903122498).abs() < 1e-12);
}

#[test]
fn the_published_run_of_paris_comes_out_exchange_by_exchange() {
    let free = PARIS.with(|table| realise(table, Roles::Free, usize::MAX));
    assert_eq!((agreeing(&PARIS_RUN, &free.exchanges), free.exchanges.len()), (20, 20));
}

#[test]
fn where_roles_are_kept_the_run_of_paris_agrees_until_a_buyer_would_sell() {
    let kept = PARIS.with(|table| realise(table, Roles::Kept, usize::MAX));
    assert_eq!((agreeing(&PARIS_RUN, &kept.exchanges), kept.exchanges.len()), (11, 15));
    // The twelfth has the United States supply differentiation, which it demanded of China in the first.
    assert_eq!(PARIS_RUN[11].0[1], (14, 0, 26.6289252543123));
}

/// Positions as shares of the scale, as [`decide`] wants them; its outcomes [0–100] and how many exchanges it concluded.
fn decided(case: Case) -> (Vec<f64>, usize) {
    let shares: Vec<f64> = case.positions.iter().map(|position| position / 100.0).collect();
    let capabilities = Capabilities::Actors(case.capabilities);
    let table = Table::new(case.capabilities.len(), case.issues, &shares, case.saliences, capabilities).unwrap();
    let run = decide(&table);
    (run.outcomes.iter().map(|outcome| outcome * 100.0).collect(), run.exchanges.len())
}

/// The Python package 2022.1.28, at p = 0 and with ties in order.
#[test]
fn the_toll_and_three_issues_of_paris_end_as_the_python_package_has_them() {
    let toll = vec![67.177856, 48.600509, 50.682797, 16.234703, 75.146199, 46.772734];
    let paris = vec![45.299059, 53.461383, 62.816447];
    for (case, expected, count) in [(TOLL, toll, 39), (PARIS, paris, 20)] {
        let (found, exchanges) = decided(case);
        assert_eq!((found.len(), exchanges), (expected.len(), count));
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 6e-7, "{found}, not {expected}");
        }
    }
}

#[test]
fn the_two_packages_part_over_paris_where_the_rises_a_supplier_had_offered_exceed_the_scale() {
    let free = PARIS.with(|table| realise(table, Roles::Free, usize::MAX));
    let (found, _) = decided(PARIS);
    let apart: Vec<f64> = free.outcomes.iter().zip(&found).map(|(run, found)| run - found).collect();
    assert!((apart[0] - 0.396726).abs() < 1e-6 && apart[1].abs() < 1e-9 && (apart[2] - 0.641169).abs() < 1e-6);
}

#[test]
fn the_toll_has_240_potential_exchanges_and_the_best_is_between_willems_and_wcentr() {
    let all = TOLL.with(potential);
    assert_eq!(all.len(), 240);
    let [willems, wcentr] = best(&all).parties;
    assert_eq!((willems.actor, willems.demands, willems.supplies), (0, 0, 4));
    assert_eq!((wcentr.actor, wcentr.demands, wcentr.supplies), (9, 4, 0));
    assert_eq!(willems.votes, 100.0);
    assert!((best(&all).gain - 1.973684210526316).abs() < 1e-14);
    assert!((willems.shift - 13.15789).abs() < 5e-6 && (wcentr.shift - 10.38781).abs() < 5e-6);
    assert!((wcentr.moves - 61.05117).abs() < 5e-6);
}

#[test]
fn the_second_exchange_of_the_toll_gains_what_the_reference_states() {
    for roles in [Roles::Kept, Roles::Free] {
        let run = TOLL.with(|table| realise(table, roles, 2));
        let gains: Vec<f64> = run.exchanges.iter().map(|exchange| exchange.gain).collect();
        assert_eq!(gains.len(), 2);
        assert!((gains[0] - 1.973684210526316).abs() < 1e-14 && (gains[1] - 1.792636308765341).abs() < 1e-12);
    }
}

#[test]
fn what_two_gain_others_lose_or_win() {
    for case in [PARIS, TOLL] {
        let run = case.with(|table| realise(table, Roles::Kept, usize::MAX));
        let totals: Vec<f64> = (0..run.exchanges.len()).map(|exchange| run.externality(exchange)).collect();
        assert!(totals.iter().any(|&total| total < 0.0) && totals.iter().any(|&total| total > 0.0), "{totals:?}");
    }
}
