//! Forecasters: each on one issue of thirty actors, and the two that others have timed on tables of their sizes.
//!
//! `cargo bench --bench forecast`. On one core KTAB's own program takes 0.045 s for 7 × 3, 0.36 s for 13 × 2, 2.9 s for
//! 27 × 6 and more than 170 s for 90 × 4; the exchange model's own program 8.7 s for ten rounds of 15 × 13.

use std::hint::black_box;

use comity::forecast::ktab::SpatialModel;
use comity::forecast::ktab::spatial::{Settings, play};
use comity::forecast::{Exchange, Forecaster, Issue, Rule, Stance, models};
use comity::forecast_engine::Engine;
use criterion::{Criterion, criterion_group, criterion_main};

/// Issues that so many actors have positions on without order or reason; saliences add up to at most 1.
fn issues(actors: usize, issues: usize) -> Vec<Issue> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = || {
        // Marsaglia 2003, xorshift.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let capabilities: Vec<f64> = (0..actors).map(|_| 10.0 + 90.0 * draw()).collect();
    (0..issues)
        .map(|no| Issue {
            id: format!("issue{no}"),
            group: None,
            scale: (0.0, 100.0),
            reference: Some(0.0),
            rule: Rule::Majority,
            outcome: None,
            stances: (0..actors)
                .map(|actor| Stance {
                    actor,
                    position: 5.0 + 95.0 * draw(),
                    salience: (0.2 + 0.8 * draw()) / issues as f64,
                    capability: capabilities[actor],
                })
                .collect(),
        })
        .collect()
}

fn each(criterion: &mut Criterion) {
    let table = issues(30, 1);
    let all: Vec<&Issue> = table.iter().collect();
    for model in models() {
        criterion.bench_function(&format!("forecast/{}/30x1", model.name()), |bencher| {
            bencher.iter(|| black_box(model.forecast(black_box(&all))));
        });
    }
    let engine = Engine::default();
    criterion.bench_function("forecast/comity/30x1", |bencher| {
        bencher.iter(|| black_box(engine.forecast(black_box(&all))));
    });
}

fn sizes(criterion: &mut Criterion) {
    for (actors, dimensions) in [(7, 3), (13, 2), (27, 6), (90, 4)] {
        let table = issues(actors, dimensions);
        let space = SpatialModel::space(&table.iter().collect::<Vec<_>>()).expect("one space");
        criterion.bench_function(&format!("forecast/ktab_smp/{actors}x{dimensions} until it settles"), |bencher| {
            bencher.iter(|| black_box(play(&mut space.clone(), &Settings::default(), 100)));
        });
    }
    let table = issues(15, 13);
    let all: Vec<&Issue> = table.iter().collect();
    let exchange = Exchange { rounds: 10, ..Exchange::default() };
    criterion.bench_function("forecast/exchange/15x13, ten rounds", |bencher| {
        bencher.iter(|| black_box(exchange.forecast(black_box(&all))));
    });
}

criterion_group!(benches, each, sizes);
criterion_main!(benches);
