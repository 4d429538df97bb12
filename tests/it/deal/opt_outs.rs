//! Opt-outs, alone.

use comity::minutes::Entry;

use super::{ONE_ROUND, near, play, rungs};

/// Of two clauses B crosses its red line of 0.1 on the first, where A's weight of 4 of 5 brings 0.64, near 0.8.
fn two_clauses(opt_outs: &str) -> String {
    let ladder = rungs(&[0.0, 0.2, 0.4, 0.8, 1.0]);
    format!(
        "parameters = {{ assertiveness = 1e12 }}\ncountry = {{ A = {{ capability = 4 }}, B = {{}} }}\n\
         [clause.c]\nrungs = [{ladder}]\n[clause.d]\nrungs = [{ladder}]\n[forum.f]\nname = \"f\"\n\
         members = [\"A\", \"B\"]\n{ONE_ROUND}{opt_outs}\
         [mandate]\nA.c.ideal = 0.8\nA.d.ideal = 0.8\nB.d.ideal = 0.8\n\
         B.c = {{ ideal = 0.0, red_line = {{ ceiling = 0.1 }} }}\n"
    )
}

#[test]
fn who_opts_out_of_a_clause_is_party_to_the_rest() {
    // B has ½ · 0.8 from the second clause alone; A has the same there, and ½ · 0.8 less a fifth from the first.
    let (outcome, entries) = play(&two_clauses("opt_outs = { at_most = 1, clauses = [\"c\"] }\n"), None);
    let forum = &outcome.forums[0];
    assert_eq!(
        forum.clauses.iter().map(|c| (c.adopted, c.opt_outs)).collect::<Vec<_>>(),
        [(Some(0.8), 1), (Some(0.8), 0)]
    );
    assert!(forum.members.iter().all(|member| member.party));
    assert_eq!((forum.members[0].opt_outs, forum.members[1].opt_outs), (0, 1));
    near(forum.members[1].gain, 0.4);
    near(forum.members[0].gain, 0.4 * 0.8 + 0.4);
    assert!(entries.contains(&Entry::OptedOut { forum: 0, seat: 1, clause: 0 }));
}

#[test]
fn without_an_opt_out_that_helps_the_clause_goes() {
    let elsewhere = "opt_outs = { at_most = 1, clauses = [\"d\"] }\n";
    let off = format!("mechanisms.off = [\"opt_outs\"]\n{}", two_clauses("opt_outs = { at_most = 1 }\n"));
    for text in [two_clauses(""), two_clauses(elsewhere), off] {
        let (outcome, entries) = play(&text, None);
        assert_eq!(outcome.forums[0].clauses[0].adopted, None);
        assert!(!entries.iter().any(|entry| matches!(entry, Entry::OptedOut { .. })));
    }
    // Two lines and one opt-out: it takes none while both are crossed, and one once a clause is gone.
    let both = two_clauses("opt_outs = { at_most = 1 }\n")
        .replace("B.d.ideal = 0.8", "B.d = { ideal = 0.0, red_line = { ceiling = 0.1 } }");
    let (outcome, _) = play(&both, None);
    let clauses = &outcome.forums[0].clauses;
    assert_eq!(clauses.iter().filter(|clause| clause.adopted.is_some()).count(), 1);
    assert_eq!(outcome.forums[0].members[1].opt_outs, 1);
}
