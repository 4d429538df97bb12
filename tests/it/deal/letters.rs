//! Side letters, alone.

use comity::minutes::Entry;

use super::{ONE_ROUND, near, play};

/// A carries three quarters of the say: the texts are 0.75 and 0.875. B gains ½ (0 − 0.75) + ½ (0.5 − 0.375) = −0.3125,
/// A ½ · 0.75 + ½ · 0.875 = 0.8125. Nobody objects but by not accepting, and B has to.
fn two(letters: &str) -> String {
    format!(
        "parameters = {{ assertiveness = 0.0 }}\ncountry = {{ A = {{ capability = 3 }}, B = {{}} }}\n\
         clause = {{ c = {{}}, d = {{}} }}\n\
         [forum.f]\nname = \"f\"\nmembers = [\"A\", \"B\"]\nrule = \"unanimity\"\n{ONE_ROUND}{letters}\
         [mandate]\nA.c.ideal = 1.0\nA.d.ideal = 1.0\nB.c.ideal = 0.0\nB.d.ideal = 0.5\n"
    )
}

fn letters(entries: &[Entry]) -> Vec<([usize; 2], usize, [f64; 2])> {
    let letter = |entry: &Entry| match *entry {
        Entry::Letter { seats, clause, gains, .. } => Some((seats, clause, gains)),
        _ => None,
    };
    entries.iter().filter_map(letter).collect()
}

#[test]
fn a_letter_carries_words_that_one_of_two_could_not_accept() {
    // With one partner the whole clause is owed to it: B is eased by 0.375, and A loses as much, of 0.8125.
    let (outcome, entries) = play(&two("side_letters = { at_most = 1 }\n"), None);
    let forum = &outcome.forums[0];
    assert_eq!(forum.clauses.iter().map(|clause| clause.adopted).collect::<Vec<_>>(), [Some(0.75), Some(0.875)]);
    assert_eq!(letters(&entries), [([1, 0], 0, [0.375, -0.375])]);
    assert!(forum.members.iter().all(|member| member.party && member.letters == 1));
    near(forum.members[0].gain, 0.4375);
    near(forum.members[1].gain, 0.0625);
}

#[test]
fn a_letter_that_is_not_allowed_or_too_weak_is_not_written() {
    let elsewhere = two("side_letters = { at_most = 1, clauses = [\"d\"] }\n");
    let off = format!("mechanisms.off = [\"side_letters\"]\n{}", two("side_letters = { at_most = 1 }\n"));
    let (without, _) = play(&two(""), None);
    assert!(without.forums[0].clauses[0].adopted != Some(0.75), "the words are weakened instead");
    for text in [elsewhere, off] {
        let (outcome, entries) = play(&text, None);
        assert!(letters(&entries).is_empty());
        assert_eq!(outcome, without);
    }
    // At four fifths the words are first weakened to 0.65, where B lacks 0.2625 and would be eased by 0.26, and to 0.55,
    // where it lacks 0.2125 and is eased by 0.22.
    let (outcome, entries) = play(&two("side_letters = { at_most = 1, softening = 0.8 }\n"), None);
    near(outcome.forums[0].clauses[0].adopted.unwrap(), 0.55);
    near(letters(&entries)[0].2[0], 0.22);
    // At five sixths B is eased by 0.3125, exactly what it lacks.
    let (_, entries) = play(&two("side_letters = { at_most = 1, softening = 0.8333333333333334 }\n"), None);
    assert_eq!(letters(&entries).len(), 1);
}

/// Texts of 0.8 on c, about which A and C hardly care, and of 1 on d. B gains ½ (−0.8) + ½ (0.8 − 0.2) = −0.1; its
/// company is worth 0.35 χ to it.
fn club(price: f64) -> String {
    format!(
        "parameters = {{ exclusion_price = {price}, assertiveness = 0.0 }}\n\
         country = {{ A = {{ capability = 3 }}, B = {{}}, C = {{}} }}\nclause = {{ c = {{}}, d = {{}} }}\n\
         [forum.f]\nname = \"f\"\nmembers = [\"A\", \"B\", \"C\"]\nrule = {{ critical_mass = {{ share = 0.5 }} }}\n\
         template = {{ d = 1.0 }}\nside_letters = {{ at_most = 2 }}\n{ONE_ROUND}\
         [mandate]\nA.c = {{ ideal = 1.0, salience = 1.0 }}\nA.d = {{ ideal = 1.0, salience = 9.0 }}\n\
         C.c = {{ ideal = 1.0, salience = 1.0 }}\nC.d = {{ ideal = 1.0, salience = 9.0 }}\n\
         B.c.ideal = 0.0\nB.d.ideal = 0.8\n"
    )
}

const SHARES: &str = "country,partner,share,source,confidence\nB,A,0.25,x,high\nB,C,0.1,x,high\nA,B,0.25,x,high\n";

#[test]
fn where_the_text_is_carried_a_partner_writes_only_for_company_that_is_worth_it() {
    // At 0.2 B lacks 0.1 − 0.07 = 0.03. A letter with A eases a quarter of 0.4. A loses a quarter of 0.08 and gains the
    // company of B, worth 0.05.
    let (outcome, entries) = play(&club(0.2), Some(SHARES));
    let written = letters(&entries);
    assert_eq!(written.iter().map(|(seats, clause, _)| (*seats, *clause)).collect::<Vec<_>>(), [([1, 0], 0)]);
    let members = &outcome.forums[0].members;
    assert!(members.iter().all(|member| member.party));
    near(members[1].gain, -0.1 + 0.07 + 0.1);
    near(members[0].gain, 0.08 + 0.9 + 0.05 - 0.02);
    // At 0.05 B's company is worth 0.0125 to A, less than the 0.02 that the letter costs.
    let (outcome, entries) = play(&club(0.05), Some(SHARES));
    assert!(letters(&entries).is_empty());
    assert_eq!(outcome.forums[0].members.iter().map(|member| member.party).collect::<Vec<_>>(), [true, false, true]);
}

/// Made-up talks of many members, with letters and without.
fn many(seed: u64, letters: &str) -> String {
    let mut noise = seed;
    let mut next = || {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (noise >> 33) as f64 / f64::from(1u32 << 31)
    };
    let ids = ["A", "B", "C", "D", "E"];
    let mut text = format!(
        "parameters = {{ assertiveness = 0.0 }}\nclause = {{ c = {{}}, d = {{}}, e = {{}} }}\n[forum.f]\nname = \"f\"\n\
         members = [\"A\", \"B\", \"C\", \"D\", \"E\"]\nrule = \"unanimity\"\n{ONE_ROUND}{letters}"
    );
    for id in ids {
        text += &format!("[country.{id}]\ncapability = {:.2}\n[mandate.{id}]\n", 0.5 + next());
        for clause in ["c", "d", "e"] {
            text += &format!("{clause} = {{ ideal = {:.2}, salience = {:.2} }}\n", next(), 0.2 + next());
        }
    }
    text
}

#[test]
fn whoever_writes_a_letter_is_a_party_that_gains_and_words_are_never_weaker_for_it() {
    let mut written = 0;
    for seed in 0..60 {
        let (with, entries) = play(&many(seed, "side_letters = { at_most = 3 }\n"), None);
        let (without, plain) = play(&many(seed, ""), None);
        assert!(letters(&plain).is_empty());
        let members = &with.forums[0].members;
        for (seats, _, [eases, costs]) in letters(&entries) {
            written += 1;
            assert!(eases > 0.0 && costs <= 0.0 && seats[0] != seats[1]);
            assert!(
                seats
                    .iter()
                    .all(|&seat| members[seat].party && members[seat].gain >= members[seat].reservation - 1e-12)
            );
        }
        let dilutions = |outcome: &comity::minutes::Outcome| -> u32 {
            outcome.forums[0].clauses.iter().map(|clause| clause.dilutions + u32::from(clause.dropped)).sum()
        };
        assert!(dilutions(&with) <= dilutions(&without), "{seed}");
    }
    assert!(written > 10, "{written}");
}
