//! Where the engine must agree with the theory it grew from: the compromise model (Achen 2006; Van den Bos 1991) and
//! the median voter (Black 1958).

use proptest::strategy::Strategy;

use crate::drawn;
use crate::oracle::utility;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::{MAJORITY_OF_WEIGHT, STEADFAST, TACTICS, Talks};

/// Talks on continuous scales, decided by a majority of weight, in which only capability, salience and ideal points
/// count.
fn textbook(talks: Talks) -> Talks {
    let mut talks = talks.certain().without_red_lines().continuous();
    talks.countries.iter_mut().for_each(|country| country.member.clear());
    talks.forums[0].chair = Default::default();
    talks.with("rule", MAJORITY_OF_WEIGHT).with("undertaking", "'single'").parameter("burden_price", 0.0)
}

/// No text would be so bad that every text is better, however far from what a country wants: the status quo does not
/// count.
fn failure_is_no_option(talks: Talks) -> Talks {
    talks.with("cost_of_failure", 1.0)
}

/// Σ capability × salience × ideal point / Σ capability × salience.
fn compromise(talks: &Talks, clause: usize) -> f64 {
    let says = talks.countries.iter().map(|country| (country.capability, country.wishes[clause]));
    let (mut sum, mut of) = (0.0, 0.0);
    for (capability, wish) in says {
        sum += capability * wish.salience * wish.ideal;
        of += capability * wish.salience;
    }
    sum / of
}

/// Every clause is adopted where the compromise model has it.
fn the_outcome_is_the_compromise(talks: &Talks) -> Kept {
    let outcome = &talks.play().forums[0];
    for (clause, became) in outcome.clauses.iter().enumerate() {
        let expected = compromise(talks, clause);
        let same = became.adopted.is_some_and(|got| (got - expected).abs() < 1e-9);
        must(same, || format!("clause {clause}: expected {expected}, got {:?}", became.adopted))?;
    }
    Ok(true)
}

/// The weight of those, among at least two, who gain by a text over the status quo.
fn gainers(talks: &Talks, text: &[f64]) -> (usize, f64) {
    let exponent = talks.parameters["loss_exponent"];
    let status_quo: Vec<f64> = talks.clauses.iter().map(|clause| clause.status_quo).collect();
    let gains = talks.countries.iter().filter(|country| {
        let ideal: Vec<f64> = country.wishes.iter().map(|wish| wish.ideal).collect();
        let salience: Vec<f64> = country.wishes.iter().map(|wish| wish.salience).collect();
        utility(text, &ideal, &salience, exponent) > utility(&status_quo, &ideal, &salience, exponent)
    });
    gains.fold((0, 0.0), |(heads, weight), country| (heads + 1, weight + country.capability))
}

fn total_weight(talks: &Talks) -> f64 {
    talks.countries.iter().map(|country| country.capability).sum()
}

/// The same, of talks in which the compromise is worth more than no deal to a majority of the weight and to two
/// countries at least; the others have nothing to say.
fn a_profitable_compromise_is_the_outcome(talks: &Talks) -> Kept {
    let text: Vec<f64> = (0..talks.clauses.len()).map(|clause| compromise(talks, clause)).collect();
    let (heads, weight) = gainers(talks, &text);
    if heads >= 2 && weight > total_weight(talks) / 2.0 { the_outcome_is_the_compromise(talks) } else { Ok(false) }
}

#[test]
fn where_salience_slows_nobody_equal_tactics_end_in_the_compromise_model() {
    let talks = || drawn::talks(2..6usize, 1..5usize).prop_map(textbook);
    let unhurried = || talks().prop_map(|talks| talks.parameter("rigidity", 0.0));
    kept(64, unhurried().prop_map(failure_is_no_option), the_outcome_is_the_compromise);
    kept(64, unhurried(), a_profitable_compromise_is_the_outcome);
    // Where those who care more give less, text that is not agreed at once drifts towards them.
    let rigid = talks().prop_map(failure_is_no_option).prop_map(|talks| talks.parameter("rigidity", 1.0));
    broken(32, rigid, the_outcome_is_the_compromise);
    // Where one gives nothing and the others do, it drifts towards that one.
    let unequal = unhurried().prop_map(failure_is_no_option).prop_map(|talks| talks.member(0, "tactic", STEADFAST));
    broken(32, unequal, the_outcome_is_the_compromise);
    // Where no deal is better for many, the compromise is not carried as it stands.
    broken(32, unhurried(), the_outcome_is_the_compromise);
}

#[test]
fn on_a_single_clause_equal_tactics_end_in_the_compromise_model_however_rigid() {
    let talks = || drawn::talks(2..6usize, 1..2usize).prop_map(textbook).prop_map(failure_is_no_option);
    kept(64, talks(), the_outcome_is_the_compromise);
    // A chair with a pull of its own is no honest broker.
    let pulled = talks().prop_map(|talks| talks.but(|talks| talks.forums[0].chair.pull = Some((0, 0.5))));
    broken(16, pulled, the_outcome_is_the_compromise);
}

/// The one clause is adopted at a weighted median of the ideal points: no more than half of the weight lies on either
/// side of it.
fn the_outcome_is_the_weighted_median(talks: &Talks) -> Kept {
    let Some(got) = talks.play().forums[0].clauses[0].adopted else { return Err("no text".into()) };
    let weight = |side: &dyn Fn(f64) -> bool| -> f64 {
        let there = talks.countries.iter().filter(|country| side(country.wishes[0].ideal));
        there.map(|country| country.capability * country.wishes[0].salience).sum()
    };
    let half = weight(&|_| true) / 2.0 + 1e-9;
    let (below, above) = (weight(&|x| x < got - 1e-9), weight(&|x| x > got + 1e-9));
    must(below <= half && above <= half, || format!("{below} below and {above} above {got}, of twice {half}"))?;
    let someone = talks.countries.iter().any(|country| (country.wishes[0].ideal - got).abs() < 1e-9);
    must(someone, || format!("nobody wants {got}"))
}

/// The same, of talks in which two countries at least gain by the median: a treaty has two parties.
fn a_profitable_median_is_the_outcome(talks: &Talks) -> Kept {
    let mut wants: Vec<(f64, f64)> = talks.countries.iter().map(|c| (c.wishes[0].ideal, c.capability)).collect();
    wants.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut reached = 0.0;
    let median = wants.iter().find(|(_, weight)| {
        reached += weight;
        reached >= total_weight(talks) / 2.0
    });
    let (heads, _) = gainers(talks, &[median.map_or(0.0, |(ideal, _)| *ideal)]);
    if heads >= 2 { the_outcome_is_the_weighted_median(talks) } else { Ok(false) }
}

#[test]
fn on_a_single_clause_a_median_chair_ends_at_the_weighted_median_whatever_the_tactics() {
    let own_tactics = |mut talks: Talks| {
        for (no, country) in talks.countries.iter_mut().enumerate() {
            country.member.insert("tactic", TACTICS[no % TACTICS.len()].to_owned());
        }
        talks
    };
    let talks = || drawn::talks(2..6usize, 1..2usize).prop_map(textbook).prop_map(own_tactics);
    let median = || talks().prop_map(|talks| talks.but(|talks| talks.forums[0].chair.median = true));
    kept(64, median().prop_map(failure_is_no_option), the_outcome_is_the_weighted_median);
    // Black's theorem: where all care alike, the median beats the status quo by itself, for it beats every text.
    let alike = || median().prop_map(|talks| talks.wishes(|wish| wish.salience = 1.0));
    kept(64, alike(), a_profitable_median_is_the_outcome);
    // A chair that takes the mean ends elsewhere.
    broken(16, talks().prop_map(failure_is_no_option), the_outcome_is_the_weighted_median);
}
