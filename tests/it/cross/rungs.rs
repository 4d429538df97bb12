//! Scores of distributions over rungs and over stances, and curves of calibration, against scikit-learn, scoringrules and
//! exact shares.

use std::sync::Arc;

use comity::hindcast::cases::{Stance, rivals};
use comity::hindcast::pooled::reliability;
use comity::hindcast::record::Real;
use comity::hindcast::scores::Told;
use comity::hindcast::trials::{Provision, Trial};
use comity::hindcast::{Finding, Findings};
use comity::quantity::Date;
use comity::scenario::check::load;
use comity::scenario::source::Disk;

use super::{Row, agreed, cases, disagreeing, near, numbers};

/// Shares of the rungs of a clause, and the rung of its text.
type Spread = (Vec<f64>, usize);

fn wrong(column: &str, measure: impl Fn(&Row) -> f64) -> Vec<String> {
    let rows = cases("rungs.csv");
    let found = rows
        .iter()
        .map(|row| (format!("{column} of case {}", row.text("case")), measure(row), row.number(column).unwrap()));
    disagreeing(found, |one, other| near(*one, *other))
}

/// The real rung, with the positions of all.
fn fact(row: &Row) -> Spread {
    (row.numbers("positions"), row.number("real").unwrap() as usize)
}

fn spread(row: &Row) -> Told {
    Told::spread(row.numbers("shares"), &row.numbers("positions"))
}

fn certain(row: &Row) -> Told {
    Told::certain(row.number("point").unwrap(), &row.numbers("positions"))
}

#[test]
fn scores_of_distributions_agree_with_an_independent_computation() {
    let score = |told: Told, row: &Row| {
        let (positions, real) = fact(row);
        told.score(&positions, real)
    };
    agreed(&wrong("median", |row| spread(row).point));
    agreed(&wrong("mean", |row| Told::mean_of(&row.numbers("shares"), &row.numbers("positions")).point));
    agreed(&wrong("brier", |row| score(spread(row), row).brier.unwrap()));
    agreed(&wrong("ranked", |row| score(spread(row), row).ranked.unwrap()));
    agreed(&wrong("hit", |row| f64::from(u8::from(score(spread(row), row).hit.unwrap()))));
    agreed(&wrong("brier_of_point", |row| score(certain(row), row).brier.unwrap()));
    agreed(&wrong("ranked_of_point", |row| score(certain(row), row).ranked.unwrap()));
}

#[test]
fn another_score_of_distributions_is_found_out() {
    // The Brier score of the real rung alone; the ranked score summed and not averaged; the real rung one lower.
    let alone = |row: &Row| comity::maths::pow(row.numbers("shares")[fact(row).1] - 1.0, 2.0);
    assert!(wrong("brier", alone).len() > 100);
    let summed =
        |row: &Row| spread(row).score(&fact(row).0, fact(row).1).ranked.unwrap() * (fact(row).0.len() - 1) as f64;
    assert!(wrong("ranked", summed).len() > 100);
    let lower = |row: &Row| spread(row).score(&fact(row).0, fact(row).1.saturating_sub(1)).ranked.unwrap();
    assert!(wrong("ranked", lower).len() > 100);
}

fn wrong_stances(measure: impl Fn(&[f64; 3], Stance) -> (f64, f64)) -> [Vec<String>; 2] {
    let rows = cases("stances.csv");
    let scored = |row: &Row| {
        measure(&row.numbers("chances").try_into().unwrap(), Stance::ALL[row.number("stance").unwrap() as usize])
    };
    let of = |column: &str, score: &dyn Fn(&Row) -> f64| {
        let found = rows
            .iter()
            .map(|row| (format!("{column} of case {}", row.text("case")), score(row), row.number(column).unwrap()));
        disagreeing(found, |one, other| near(*one, *other))
    };
    [of("brier", &|row| scored(row).0), of("log", &|row| scored(row).1)]
}

#[test]
fn scores_of_stances_agree_with_an_independent_computation() {
    wrong_stances(rivals::score).iter().for_each(|wrong| agreed(wrong));
    // Half of the Brier score; a logarithm of base two.
    let other = |chances: &[f64; 3], stance| {
        let (brier, log) = rivals::score(chances, stance);
        (brier / 2.0, log / std::f64::consts::LN_2)
    };
    assert!(wrong_stances(other).iter().all(|wrong| wrong.len() > 150));
}

/// One clause of a case: how many replications came to each rung, and the real one.
fn clause(text: &str) -> Spread {
    let (counts, real) = text.split_once(':').unwrap();
    let counts = numbers(counts);
    let all: f64 = counts.iter().sum();
    (counts.iter().map(|count| count / all).collect(), real.parse().unwrap())
}

/// A bin of a curve: its number, events, mean chance, share that came about.
type Bin = (usize, usize, f64, f64);

/// The curve of calibration of these clauses.
fn curve(trial: &Trial, clauses: &[Spread]) -> Vec<Bin> {
    let provision = |(no, (shares, real)): (usize, &Spread)| Provision {
        id: format!("c{no}"),
        place: no,
        labels: vec![String::new(); shares.len()],
        positions: (0..shares.len()).map(|rung| rung as f64).collect(),
        real: Real { rung: *real, verified: true },
    };
    let trial = Trial { provisions: clauses.iter().enumerate().map(provision).collect(), ..trial.clone() };
    let row = |(provision, (shares, _)): (usize, &Spread)| Finding {
        trial: 0,
        provision,
        told: vec![Some(Told { point: 0.0, shares: Some(shares.clone()) })],
    };
    let rows = clauses.iter().enumerate().map(row).collect();
    let findings = Findings { trials: vec![trial], models: vec!["model".into()], rows };
    let bins = reliability(&findings, 0, |_| true);
    bins.iter().map(|bin| ((bin.from * 10.0).round() as usize, bin.events, bin.stated, bin.observed)).collect()
}

#[test]
fn curves_of_calibration_agree_with_an_independent_computation() {
    let played = load("wto-jsi", &[], &Disk).unwrap_or_else(|problems| panic!("{problems}")).scenario;
    let trial = Trial {
        scenario: "s".into(),
        instrument: "i".into(),
        kind: String::new(),
        seen: Date { year: 2020, month: 1, day: 1 },
        played: Arc::clone(&played),
        forum: 0,
        provisions: vec![],
        beyond: vec![],
        hindsight: vec![],
    };
    let rows = cases("calibration.csv");
    let wrong = |changed: &dyn Fn(&mut Spread)| {
        let found = rows.iter().map(|row| {
            let mut clauses: Vec<Spread> = row.text("clauses").split(';').map(clause).collect();
            clauses.iter_mut().for_each(changed);
            let expected: Vec<Bin> = row
                .text("curve")
                .split(';')
                .map(numbers)
                .map(|bin| (bin[0] as usize, bin[1] as usize, bin[2], bin[3]))
                .collect();
            (format!("case {}: {}", row.text("case"), row.text("clauses")), curve(&trial, &clauses), expected)
        });
        let same = |one: &Vec<Bin>, other: &Vec<Bin>| {
            let pairs = || one.iter().zip(other);
            one.len() == other.len()
                && pairs().all(|(a, b)| (a.0, a.1) == (b.0, b.1) && near(a.2, b.2) && near(a.3, b.3))
        };
        disagreeing(found, same)
    };
    agreed(&wrong(&|_| ()));
    // Facts one rung lower; forecasts upside down.
    assert!(wrong(&|clause| clause.1 = clause.1.saturating_sub(1)).len() > 100);
    assert!(wrong(&|clause| clause.0.reverse()).len() > 100);
}
