//! What must come out where there is nothing to negotiate: one country alone, and countries that all want the same.

use comity::minutes::Outcome;
use proptest::strategy::Strategy;

use crate::drawn;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::Talks;

/// Talks in which nothing but wishes counts: no uncertainty about them, no burden, nothing insisted on beforehand, and
/// no red line between what a country wants and the rung nearest to it.
fn plain(talks: Talks) -> Talks {
    let mut talks = talks.certain().parameter("burden_price", 0.0);
    for country in &mut talks.countries {
        country.member.remove("reservation");
        for (clause, wish) in talks.clauses.iter().zip(&mut country.wishes) {
            if !clause.rungs.is_empty() {
                (wish.floor, wish.ceiling) = (None, None);
            }
        }
    }
    talks
}

/// Every clause of the text is the first country's ideal point, or the rung nearest to it, agreed in the first round
/// and adopted by all. A lowest rung at 0 is no provision and stays out.
fn the_first_gets_its_ideal_point_at_once(talks: &Talks) -> Kept {
    let scenario = talks.scenario();
    let Outcome { forums, .. } = talks.play();
    let outcome = &forums[0];
    let mut any = false;
    for (clause, (wish, became)) in talks.countries[0].wishes.iter().zip(&outcome.clauses).enumerate() {
        let definition = &scenario.clauses[clause];
        let wanted = definition.snap(wish.ideal);
        let wanted = definition.is_provision(wanted).then_some(wanted);
        let same = match (wanted, became.adopted) {
            (Some(wanted), Some(got)) => (wanted - got).abs() < 1e-9,
            (wanted, got) => wanted == got,
        };
        must(same, || format!("clause {clause}: wanted {wanted:?}, got {:?}", became.adopted))?;
        must(became.closed_in == Some(1), || format!("clause {clause} closed in {:?}", became.closed_in))?;
        any |= wanted.is_some();
    }
    must(outcome.concluded == any, || format!("concluded: {}", outcome.concluded))?;
    must(outcome.rounds == 1, || format!("{} rounds", outcome.rounds))?;
    let all = outcome.members.iter().all(|member| member.party == any);
    must(all, || format!("not all are parties: {:?}", outcome.members))
}

/// As the first country in everything that it wants; only weights, vetoes and tactics differ.
fn all_alike(mut talks: Talks) -> Talks {
    let wishes = talks.countries[0].wishes.clone();
    talks.countries.iter_mut().for_each(|country| country.wishes.clone_from(&wishes));
    talks
}

#[test]
fn one_country_alone_gets_its_ideal_point_whatever_the_rule_chair_and_tactic() {
    let alone = || drawn::talks(1..2usize, 1..5usize).prop_map(plain);
    kept(48, alone(), the_first_gets_its_ideal_point_at_once);
    // What it gets is its own wish and not just any text: an institution that brings another text along breaks it.
    let with_template = alone().prop_map(|talks| talks.but(|talks| talks.clauses[0].template = Some(0.5)));
    broken(8, with_template, the_first_gets_its_ideal_point_at_once);
}

#[test]
fn identical_countries_agree_in_the_first_round() {
    let several = || drawn::talks(2..6usize, 1..5usize).prop_map(plain);
    kept(48, several().prop_map(all_alike), the_first_gets_its_ideal_point_at_once);
    // Countries that want different things do not.
    broken(8, several(), the_first_gets_its_ideal_point_at_once);
}
