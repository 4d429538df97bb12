//! The price of exclusion, alone.

use super::{ONE_ROUND, near, play, scenario, wrong};

/// Text (3·1 + 0.3 + 1)/5 = 0.86. B gains 0.3 − 0.56 = −0.26 from it, A and C 1 − 0.14 = 0.86.
fn waverer(price: f64) -> String {
    format!(
        "parameters = {{ exclusion_price = {price} }}\n\
         country = {{ A = {{ capability = 3 }}, B = {{}}, C = {{}} }}\nclause = {{ c = {{}} }}\n\
         [forum.f]\nname = \"f\"\nmembers = [\"A\", \"B\", \"C\"]\nrule = {{ critical_mass = {{ share = 0.5 }} }}\n{ONE_ROUND}\
         [mandate]\nA.c.ideal = 1.0\nB.c.ideal = 0.3\nC.c.ideal = 1.0\n"
    )
}

const SHARES: &str = "country,partner,share,source,confidence\nB,A,0.5,x,high\nB,C,0.2,x,high\nA,B,0.25,x,high\n";

#[test]
fn a_waverer_joins_where_its_markets_join_at_a_price() {
    // At 0.4 the company of A and C is worth 0.4 · 0.7 = 0.28 to B: a gain of 0.02. At 0.3 it is 0.21: −0.05.
    let (outcome, _) = play(&waverer(0.4), Some(SHARES));
    let members = &outcome.forums[0].members;
    assert!(members.iter().all(|member| member.party));
    near(members[1].gain, 0.02);
    near(members[0].gain, 0.86 + 0.4 * 0.25);
    near(members[2].gain, 0.86);
    let (outcome, _) = play(&waverer(0.3), Some(SHARES));
    let members = &outcome.forums[0].members;
    assert_eq!(members.iter().map(|member| member.party).collect::<Vec<_>>(), [true, false, true]);
    near(members[1].gain, -0.05);
    near(members[0].gain, 0.86);
}

#[test]
fn without_a_trade_table_or_switched_off_the_price_of_exclusion_has_no_effect() {
    for (text, trade) in [
        (waverer(0.4), None),
        (format!("mechanisms = {{ off = [\"coverage\"] }}\n{}", waverer(0.4)), Some(SHARES)),
        (waverer(0.0), Some(SHARES)),
    ] {
        let (outcome, _) = play(&text, trade);
        assert_eq!(outcome.forums[0].parties(), 2);
        near(outcome.forums[0].members[0].gain, 0.86);
    }
}

#[test]
fn in_a_modular_undertaking_company_counts_for_those_who_join_something() {
    let two = waverer(0.4)
        .replace("clause = { c = {} }", "clause = { c = {}, d = {} }")
        .replace("rule =", "undertaking = \"modular\"\nreservation = 0.06\nrule =")
        .replace("C.c.ideal = 1.0", "C.c.ideal = 1.0\nA.d.ideal = 0.1\nB.d.ideal = 0.1\nC.d.ideal = 0.1");
    // B joins d alone, worth ½ · 0.1 = 0.05: too little for its 0.06 but for the 0.28 of the company.
    let (outcome, _) = play(&two, Some(SHARES));
    assert!(outcome.forums[0].members[1].party);
    near(outcome.forums[0].members[1].gain, 0.05 + 0.28);
    assert!(!play(&two, None).0.forums[0].members[1].party);
}

#[test]
fn flows_are_shares_of_all_a_country_trades() {
    // B trades 5 with A, 2 with C and 3 with Z, which is not at the table: 0.5, 0.2 and 0.3.
    let flows = "country,partner,flow,source,confidence\nB,A,5,x,high\nB,C,2,x,high\nB,Z,3,x,low\nA,B,7,x,high\n";
    let text = waverer(0.4).replace("C = {} }", "C = {}, Z = {} }");
    let trade = scenario(&text, Some(flows)).trade.clone().unwrap();
    assert_eq!(trade.of(1), [0.5, 0.0, 0.2]);
    assert_eq!(trade.of(0), [0.0, 1.0, 0.0]);
}

#[test]
fn a_trade_table_that_makes_no_sense_is_refused() {
    let head = "country,partner,share,flow,source,confidence\n";
    for (rows, code) in [
        ("A,X,0.1,,x,high\n", "comity::table::unknown_country"),
        ("A,B,,,x,high\n", "comity::table::cell"),
        ("A,B,0.1,3,x,high\n", "comity::table::cell"),
        ("A,B,0.1,,x,high\nB,A,,3,x,high\n", "comity::table::cell"),
        ("A,A,0.1,,x,high\n", "comity::table::cell"),
        ("A,B,0.6,,x,high\nA,C,0.5,,x,high\n", "comity::table::cell"),
        ("A,B,0.1,,x,high\nA,B,0.1,,x,high\n", "comity::table::duplicate"),
        ("A,B,-1,,x,high\n", "comity::table::cell"),
        ("A,B,0.1,,,high\n", "comity::table::cell"),
    ] {
        assert_eq!(wrong(&waverer(0.1), Some(&format!("{head}{rows}"))), [code], "{rows}");
    }
    assert_eq!(wrong(&waverer(-1.0), None), ["comity::scenario::out_of_range"]);
}
