//! A whole ensemble: on one thread and two, and what each table adds to playing `wto-jsi`.
//!
//! `cargo bench --bench ensemble`

use std::hint::black_box;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::conference::Conference;
use comity::ensemble::Ensemble;
use comity::export::{Batch, Forms, Marks, Outlet, Recorder, Rows, Table};
use comity::minutes::Outcome;
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;
use comity::summary::Summary;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Replications of an ensemble.
const MANY: u64 = 256;

fn shipped(name: &str) -> Arc<Scenario> {
    load(name, &[], &Memory::default()).expect("a shipped scenario holds").scenario
}

fn threads(criterion: &mut Criterion) {
    let scenario = shipped("wto-jsi");
    let mut group = criterion.benchmark_group("ensemble");
    group.throughput(Throughput::Elements(MANY)).sample_size(20);
    for threads in [1, 2] {
        let ensemble = Ensemble { scenario: scenario.clone(), replications: 0..MANY, threads };
        let play = |conference: &mut Conference, range: Range<u64>| {
            range.for_each(|replication| drop(black_box(conference.run(1, replication))));
        };
        group.bench_function(BenchmarkId::new("threads", threads), |bencher| {
            bencher.iter(|| ensemble.run(&AtomicBool::new(false), play, |()| Ok::<(), ()>(())));
        });
    }
    group.finish();
}

/// What a batch costs beside being played: each table rendered, and everything rendered, hashed, added up and dropped.
fn tables(criterion: &mut Criterion) {
    let scenario = shipped("wto-jsi");
    let mut conference = Conference::new(scenario.clone());
    let outcomes: Vec<Outcome> = (0..32).map(|replication| conference.run(1, replication)).collect();
    let marks = Marks::of(&scenario);
    let mut group = criterion.benchmark_group("tables");
    group.throughput(Throughput::Elements(outcomes.len() as u64));
    for table in Table::PER_REPLICATION {
        group.bench_function(BenchmarkId::new("render", table.name()), |bencher| {
            bencher.iter(|| {
                let mut rows = Rows::default();
                outcomes.iter().for_each(|outcome| rows.replication(table, &scenario, &marks, outcome));
                black_box(rows.finish(String::new))
            });
        });
    }
    let mut all = Summary::new(&scenario);
    group.bench_function("added up", |bencher| {
        bencher.iter(|| {
            let mut batch = Summary::new(&scenario);
            outcomes.iter().for_each(|outcome| batch.add(outcome));
            all.merge(batch);
        });
    });
    group.bench_function("played", |bencher| {
        bencher.iter(|| (0..32).for_each(|replication| drop(black_box(conference.run(1, replication)))));
    });
    let Ok(mut recorder) = Recorder::new(&scenario, |_| Ok(Some(Outlet::csv(std::io::sink())))) else {
        panic!("a sink")
    };
    group.bench_function("played and recorded", |bencher| {
        bencher.iter(|| recorder.take(Batch::play(&mut conference, &scenario, 1, 0..32, Forms::default())));
    });
    group.finish();
}

criterion_group!(benches, threads, tables);
criterion_main!(benches);
