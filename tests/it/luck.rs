//! Common random numbers: a draw belongs to a country, a clause and a purpose, so that two scenarios under one seed
//! differ only by what was changed, and everything else has a luck of its own.

use std::collections::BTreeMap;

use comity::world::{DelegationOf, Drawn, Forum, Instructions, RollCall};
use proptest::strategy::Strategy;

use crate::drawn;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::{Country, Talks, Wish};

const SEED: u64 = 7;

/// What every country was told and is worth in a replication, by its name.
fn drawn_for(talks: &Talks, seed: u64, replication: u64) -> BTreeMap<String, (Instructions, Drawn)> {
    let mut conference = talks.conference();
    conference.run(seed, replication);
    let world = conference.world();
    let mut forums = world.query::<(&Forum, &RollCall)>();
    let seats = forums.single(world).map(|(_, roll_call)| roll_call.seats().to_vec()).unwrap_or_default();
    let drawn = seats.iter().zip(&talks.countries).filter_map(|(&seat, country)| {
        let of = world.get::<DelegationOf>(seat)?.0;
        Some((country.id.clone(), (world.get::<Instructions>(seat)?.clone(), *world.get::<Drawn>(of)?)))
    });
    drawn.collect()
}

fn talks() -> impl Strategy<Value = Talks> {
    drawn::talks(2..6usize, 1..5usize)
}

/// A change of the talks leaves every draw of those countries as it was that are in both and not `meant`.
fn others_keep_their_luck(talks: &Talks, meant: &str, change: impl FnOnce(&mut Talks)) -> Kept {
    let before = drawn_for(talks, SEED, 0);
    let after = drawn_for(&talks.clone().but(change), SEED, 0);
    let others: Vec<&String> = before.keys().filter(|id| *id != meant && after.contains_key(*id)).collect();
    for id in &others {
        must(before[*id] == after[*id], || format!("{id}: {:?}, now {:?}", before[*id], after[*id]))?;
    }
    Ok(!others.is_empty())
}

/// Another mandate in every respect.
fn instruct_otherwise(country: &mut Country) {
    for wish in &mut country.wishes {
        *wish = Wish { ideal: 1.0 - wish.ideal, sd: 0.2, salience: 3.0, floor: None, ceiling: None, slack: 0.1 };
    }
    country.member.insert("reservation", "{ normal = { mean = 0.1, sd = 0.1 } }".into());
}

#[test]
fn changing_one_countrys_mandate_leaves_every_draw_of_the_others_as_it_was() {
    let change = |talks: &mut Talks| instruct_otherwise(&mut talks.countries[0]);
    kept(64, talks(), |talks| others_keep_their_luck(talks, "n0", change));
    // It does change its own.
    broken(4, talks(), |talks| others_keep_their_luck(talks, "nobody", change));
}

#[test]
fn newcomers_and_those_who_leave_take_only_their_own_luck_with_them() {
    let join = |talks: &mut Talks| {
        let newcomer = Country { id: "a-newcomer".into(), ..talks.countries[0].clone() };
        talks.countries.insert(0, newcomer);
        talks.forums[0].chair.pull = None;
    };
    kept(32, talks(), |talks| others_keep_their_luck(talks, "", join));
    let leave = |talks: &mut Talks| {
        talks.countries.remove(0);
        talks.forums[0].chair.pull = None;
    };
    kept(32, talks(), |talks| others_keep_their_luck(talks, "", leave));
    // A new clause is another matter: the draws of a delegation lie along the alphabet of its clauses.
    let add_clause = |talks: &mut Talks| {
        let clause = crate::talks::Clause { id: "a-new-clause".into(), ..talks.clauses[0].clone() };
        talks.clauses.insert(0, clause);
        talks.countries.iter_mut().for_each(|country| country.wishes.insert(0, Wish::default()));
    };
    broken(4, talks(), |talks| others_keep_their_luck(talks, "", add_clause));
}

/// Under one seed and replication nobody draws what it draws under another.
fn nobody_is_as_lucky(talks: &Talks, one: (u64, u64), other: (u64, u64)) -> Kept {
    let (one, other) = (drawn_for(talks, one.0, one.1), drawn_for(talks, other.0, other.1));
    for (id, (instructions, _)) in &one {
        let same = instructions.resolve.iter().zip(&other[id].0.resolve).any(|(a, b)| a == b);
        must(!same, || format!("{id} has the same resolve twice"))?;
    }
    Ok(true)
}

#[test]
fn replications_differ_from_each_other_and_so_do_seeds() {
    kept(32, talks(), |talks| nobody_is_as_lucky(talks, (SEED, 0), (SEED, 1)));
    kept(32, talks(), |talks| nobody_is_as_lucky(talks, (SEED, 0), (SEED + 1, 0)));
    broken(1, talks(), |talks| nobody_is_as_lucky(talks, (SEED, 0), (SEED, 0)));
}

/// What is drawn for other purposes stays as it was where ideal points, red lines and reservation values become
/// uncertain.
fn purposes_keep_apart(talks: &Talks, change: impl Fn(Talks) -> Talks) -> Kept {
    let sure = talks.clone().certain();
    let (before, after) = (drawn_for(&sure, SEED, 0), drawn_for(&change(sure), SEED, 0));
    for (id, (was, worth)) in &before {
        let (is, now_worth) = &after[id];
        let same = was.salience == is.salience
            && was.resolve == is.resolve
            && was.package_resolve == is.package_resolve
            && worth == now_worth;
        must(same, || format!("{id}: {was:?}, now {is:?}"))?;
    }
    Ok(before.iter().any(|(id, (was, _))| *was != after[id].0))
}

#[test]
fn a_draw_for_one_purpose_moves_no_draw_for_another() {
    let unsure = |talks: Talks| talks.wishes(|wish| (wish.sd, wish.slack) = (0.1, 0.1));
    kept(32, talks(), |talks| purposes_keep_apart(talks, unsure));
    let insist = |talks: Talks| talks.member(0, "reservation", "{ uniform = { min = -0.1, max = 0.1 } }");
    kept(32, talks(), |talks| purposes_keep_apart(talks, insist));
    // More assertive delegations have another resolve from the same draw.
    let bolder = |talks: Talks| talks.parameter("assertiveness", 8.0);
    broken(1, talks(), |talks| purposes_keep_apart(talks, bolder));
}

/// Correlation of two rows of numbers.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let product =
        |x: &[f64], mx: f64, y: &[f64], my: f64| -> f64 { x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum() };
    product(a, mean_a, b, mean_b) / (product(a, mean_a, a, mean_a) * product(b, mean_b, b, mean_b)).sqrt()
}

/// Over 400 replications chance alone leaves a correlation of 0.05; four times that is no chance.
fn unrelated(rows: &[(&str, Vec<f64>)]) -> Kept {
    for (no, (one, a)) in rows.iter().enumerate() {
        for (other, b) in &rows[no + 1..] {
            let r = correlation(a, b);
            must(r.abs() < 0.2, || format!("{one} and {other} go together: {r:.2}"))?;
        }
    }
    Ok(true)
}

#[test]
fn countries_clauses_and_purposes_draw_independently_of_each_other() {
    let talks = Talks::of(&[(1.0, &[0.5, 0.5]), (1.0, &[0.5, 0.5])])
        .with("reservation", "{ uniform = { min = 0.0, max = 1.0 } }")
        .wishes(|wish| (wish.sd, wish.slack, wish.floor) = (0.01, 0.1, Some(0.2)));
    let mut rows: Vec<(&str, Vec<f64>)> =
        ["ideal of n0 on c0", "on c1", "of n1 on c0", "red line", "resolve", "resolve on the package", "reservation"]
            .map(|name| (name, Vec::new()))
            .into();
    for replication in 0..400 {
        let drawn = drawn_for(&talks, SEED, replication);
        let (n0, n1) = (&drawn["n0"].0, &drawn["n1"].0);
        // A resolve is u / (1 − u) / b: its odds, brought back to the scale of u.
        let even = |resolve: f64| resolve / (0.25 + resolve);
        let numbers = [
            n0.ideal[0],
            n0.ideal[1],
            n1.ideal[0],
            n0.floor[0],
            even(n0.resolve[0]),
            even(n0.package_resolve),
            n0.reservation,
        ];
        rows.iter_mut().zip(numbers).for_each(|((_, row), number)| row.push(number));
    }
    assert_eq!(unrelated(&rows), Ok(true));
    // One draw used twice.
    let twice: Vec<f64> = rows[0].1.iter().map(|x| x * x).collect();
    rows.push(("its square", twice));
    assert!(unrelated(&rows).is_err());
}
