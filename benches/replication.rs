//! One whole replication: of shipped scenarios, and of the size that comity aims at, 90 × 30 × 30.
//!
//! `cargo bench --bench replication`

use std::hint::black_box;
use std::sync::Arc;

use comity::conference::Conference;
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;
use criterion::{Criterion, criterion_group, criterion_main};

mod common;

fn replications(criterion: &mut Criterion) {
    let shipped = |name: &str| load(name, &[], &Memory::default()).expect("a shipped scenario holds").scenario;
    // The same talks with nothing on offer in the endgame: what coverage, assistance and exceptions cost.
    let bare = ["mechanisms.off=[\"coverage\", \"transfers\", \"flexibility\", \"opt_outs\"]".to_owned()];
    let bare = load("wto-jsi", &bare, &Memory::default()).expect("a shipped scenario holds").scenario;
    replication(criterion, "wto-jsi-nothing-on-offer", bare);
    for (name, scenario) in
        [("minimal", shipped("minimal")), ("wto-jsi", shipped("wto-jsi")), ("90x30x30", common::stubborn(90, 30, 30))]
    {
        replication(criterion, name, scenario);
    }
    // What follows adoption, and what one mechanism of it costs: the same scenario with and without.
    for (name, change) in [
        ("wto-jsi-incorporation", ""),
        ("wto-jsi-incorporation without drift", "mechanisms.off=[\"diffusion\"]"),
        ("wto-jsi-incorporation with side letters", "forum.jsi.side_letters={ at_most = 3 }"),
        ("wto-jsi-incorporation with non-application", "forum.jsi.consent.non_application={ trade_below = 0.001 }"),
        ("cptpp", ""),
        ("cptpp without shocks", "mechanisms.off=[\"shocks\"]"),
        ("cptpp with side letters", "forum.cptpp.side_letters={ at_most = 3 }"),
    ] {
        let changes: Vec<String> = Some(change.to_owned()).filter(|change| !change.is_empty()).into_iter().collect();
        let scenario = name.split(' ').next().expect("a name");
        replication(criterion, name, load(scenario, &changes, &Memory::default()).expect("it holds").scenario);
    }
    let all = common::rooms(90, 30).map(|(_, lines)| lines).join("\n");
    replication(criterion, "90x30x30 with all of these", common::stubborn_with(90, 30, 30, &all));
    for (name, lines) in common::rooms(90, 30) {
        replication(criterion, &format!("90x30x30 with {name}"), common::stubborn_with(90, 30, 30, &lines));
    }
}

fn replication(criterion: &mut Criterion, name: &str, scenario: Arc<Scenario>) {
    let mut conference = Conference::new(scenario);
    let mut number = 0;
    criterion.bench_function(&format!("replication/{name}"), |bencher| {
        bencher.iter(|| {
            number += 1;
            black_box(conference.run(1, number))
        });
    });
}

criterion_group!(benches, replications);
criterion_main!(benches);
