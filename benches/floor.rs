//! The engine beside the same model by hand, at four sizes in the same run: what a replication costs over what its
//! arithmetic costs.
//!
//! `cargo bench --bench floor`

use std::hint::black_box;

use comity::conference::Conference;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

mod by_hand;
mod common;

use by_hand::ByHand;

/// Delegations, clauses and rounds. Twice the rounds tell what a round costs, without the opening and the endgame.
const SIZES: [(usize, usize, usize); 6] =
    [(3, 1, 30), (15, 20, 30), (15, 20, 60), (90, 30, 30), (90, 30, 60), (195, 40, 30)];

fn floor(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("floor");
    for (delegations, clauses, rounds) in SIZES {
        let scenario = common::stubborn(delegations, clauses, rounds);
        let size = format!("{delegations}x{clauses}x{rounds}");
        let Some(mut loops) = ByHand::of(scenario.clone()) else { panic!("the core of the model") };
        let mut engine = Conference::new(scenario);
        let mut number = 0;
        group.bench_function(BenchmarkId::new("engine", &size), |bencher| {
            bencher.iter(|| {
                number += 1;
                black_box(engine.run(1, number))
            });
        });
        number = 0;
        group.bench_function(BenchmarkId::new("by hand", &size), |bencher| {
            bencher.iter(|| {
                number += 1;
                black_box(loops.run(1, number))
            });
        });
    }
    // What several replications in one world would save at most: so many forums share one schedule.
    for forums in [1, 2, 4, 8] {
        let mut engine = Conference::new(common::stubborn_in(forums, 15, 20, 30, ""));
        let mut number = 0;
        group.bench_function(BenchmarkId::new("engine, forums in one world", forums), |bencher| {
            bencher.iter(|| {
                number += 1;
                black_box(engine.run(1, number))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, floor);
criterion_main!(benches);
