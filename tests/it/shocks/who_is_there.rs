//! Members that leave or come: from then on, and until then, it is as if they had no seat.

use super::*;

#[test]
fn who_leaves_no_longer_speaks_counts_or_joins() {
    let leaves = "countries = ['Carpania']\neffect = { membership = 'leave' }";
    // Without Carpania nobody stops code. Flows has been closed in round 1.
    let (outcome, entries) = tell(&in_may(leaves));
    assert_eq!(outcome.clauses[CODE].adopted, Some(0.8));
    assert_eq!(outcome.clauses[FLOWS].adopted.map(rounded), Some(0.675));
    let parties: Vec<bool> = outcome.members.iter().map(|member| member.party).collect();
    assert_eq!((parties, outcome.members[CARPANIA].gain), (vec![true, true, false], 0.0));
    assert_eq!(outcome.clauses[CODE].objections, 2, "it has objected in two rounds");
    let polled = entries.iter().find_map(|entry| match entry {
        Entry::Polled { accepting, .. } => Some(*accepting),
        _ => None,
    });
    assert_eq!(polled, Some(2));
    // Before the talks: (2 · 0.9 + 0.6) / 3.
    assert_eq!(adopted(&early(leaves)), [Some(0.8), Some(0.8)]);
    assert_eq!(adopted(""), [Some(0.675), AS_IT_IS]);
}

#[test]
fn a_text_needs_two_parties_whoever_has_left() {
    let leave = early("countries = ['Borduria', 'Carpania']\neffect = { membership = 'leave' }");
    assert!(!tell(&leave).0.concluded);
    let all = early("effect = { membership = 'leave' }");
    assert!(!tell(&all).0.concluded, "an empty room adopts nothing");
}

#[test]
fn who_joins_is_not_there_before() {
    let joins = in_may("countries = ['Carpania']\neffect = { membership = 'join' }");
    let (outcome, entries) = tell(&joins);
    // Code and flows both close in round 1, without Carpania: the talks are over before it comes.
    assert_eq!((outcome.rounds, outcome.clauses[CODE].adopted, outcome.members[CARPANIA].party), (1, Some(0.8), false));
    assert!(says(&entries, CARPANIA, CODE).is_empty());
    // Where unanimity keeps them open it speaks from round 3 on, from its own wish.
    let (_, entries) = Conference::new(scenario(&joins, &["forum.talks.rule=unanimity"])).tell(1, 0);
    assert_eq!(says(&entries, CARPANIA, FLOWS), [(3, 0.3)]);
    assert_eq!(says(&entries, ALBA, FLOWS), [(1, 0.9)]);
}

#[test]
fn a_signatory_that_leaves_does_not_ratify_and_a_party_gives_notice() {
    let leaves =
        |date: &str| in_may("countries = ['Alba']\neffect = { membership = 'leave' }").replace("2025-05-01", date);
    let play = |more: &str, changes: &[&str]| {
        let changes: Vec<&str> = [FOLLOWED, "forum.talks.withdrawal={ notice_days = 100 }"]
            .into_iter()
            .chain(["forum.talks.entry_into_force={ any = [{ count = 1 }] }"])
            .chain(changes.iter().copied())
            .collect();
        let (mut outcome, entries) = Conference::new(scenario(more, &changes)).tell(1, 0);
        (outcome.forums.remove(0), entries)
    };
    // Ratification takes no time where it is switched off: all are bound on 1 November.
    let at_once = "mechanisms.off=[\"ratification\", \"withdrawal\"]";
    let day = |year, month, day| Some(Date { year, month, day }.day());
    let (party, entries) = play(&leaves("2027-01-01"), &[at_once]);
    assert_eq!(party.members[ALBA].in_force_day, day(2025, 11, 1));
    assert_eq!(party.members[ALBA].withdrawn_day, day(2027, 4, 11), "after a hundred days");
    assert_eq!(party.members[BORDURIA].withdrawn_day, None);
    let struck = Event::Struck { shock: 0, candidates: vec![ALBA] };
    assert!(entries.iter().any(|entry| matches!(entry, Entry::Later { event, .. } if *event == struck)));
    let slow = "forum.talks.consent={ ratification_scale = 100.0 }";
    let (signatory, _) = play(&leaves("2026-06-01"), &[slow]);
    let (control, _) = play("", &[slow, "horizon=2120-12-31"]);
    assert!(control.members[ALBA].signed && control.members[ALBA].ratified_day > day(2026, 6, 1));
    assert!(signatory.members[ALBA].signed && signatory.members[ALBA].ratified_day.is_none());
}

/// A treaty that needs 85 % of the weight of those who signed it, of which Alba has a half (as the Trans-Pacific
/// Partnership, article 30.5, and the United States in January 2017).
#[test]
fn a_text_that_needs_who_has_left_does_not_enter_into_force() {
    let changes = [
        "horizon=2060-12-31",
        "forum.talks.entry_into_force={ all = [{ share = 0.85, by = \"weight\" }] }",
        "forum.talks.consent={ ratification_scale = 5.0 }",
        "parameters.after.pivot_spread=0.0",
        "mandate.Carpania.code={ ideal = 0.1 }",
        "parameters.after.ratification_shape=10.0",
    ];
    let play = |more: &str| Conference::new(scenario(more, &changes)).run(1, 0).forums.remove(0);
    assert!(play("").in_force_day.is_some());
    let leaves = in_may("countries = ['Alba']\neffect = { membership = 'leave' }").replace("2025-05-01", "2026-02-01");
    let left = play(&leaves);
    assert!(left.signed_day.is_some() && left.members[ALBA].signed && left.in_force_day.is_none(), "{left:?}");
    assert!(left.members[BORDURIA].ratified_day.is_some());
    let other = leaves.replace("Alba", "Carpania").replace("2026-02-01", "2059-02-01");
    assert_eq!(play(&other).in_force_day, play("").in_force_day);
}

/// Five countries with all that a room and a chair have to offer; the fifth belongs to the bloc that the third speaks
/// for.
const FIVE: &str = r#"
title = "Talks of five"
[tables]
trade = "trade.csv"
[parameters]
exclusion_price = 0.3
[clause.c0]
[clause.c1]
[clause.c2]
[clause.c3]
[country.n0]
capability = 5
[country.n1]
capability = 3
[country.n2]
capability = 2
capacity = 0.3
[country.n3]
capacity = 0.2
[country.n4]
capability = 2
capacity = 0.5
[forum.talks]
name = "Talks"
members = ["n0", "n1", "n2", "n3", "n4"]
rule = "consensus"
chair = { mode = { manipulator = { bias = 0.2 } }, country = "n1" }
calendar = { start = 2025-01-01, rounds = 6, extension = { chance = 0.5, rounds = 2 } }
linkage = {}
first_reading = { sponsors = 1, support = 0.05 }
assistance = { recipients = ["n2", "n3", "n4"], donors = ["n0", "n4"] }
flexibility = { step = 0.25, most = 0.5 }
opt_outs = { at_most = 1 }
bloc.south = { members = ["n2", "n3", "n4"], cohesion = 0.6, spokesperson = "n2", red_line.c0 = { ceiling = 0.6, slack = 0.1 } }
"#;

fn five(members: usize, more: &str) -> Conference {
    let mut text = FIVE.to_owned();
    let mut trade = "country,partner,share,source,confidence\n".to_owned();
    if members < 5 {
        text = text.replace(", \"n4\"", "").replace("[country.n4]\ncapability = 2\ncapacity = 0.5\n", "");
    }
    for country in 0..members {
        for clause in 0..4 {
            let wish = 0.1 + 0.2 * ((country * 3 + clause * 2) % 5) as f64;
            let salience = 0.4 + 0.3 * ((country + clause) % 3) as f64;
            text +=
                &format!("[mandate.n{country}.c{clause}]\nideal = {{ normal = {{ mean = {wish:.1}, sd = 0.15 }} }}\n");
            text += &format!("salience = {salience:.1}\n");
        }
        for partner in (0..members).filter(|&partner| partner != country) {
            trade += &format!("n{country},n{partner},0.2,made up,low\n");
        }
    }
    let files = Memory([("five.toml".to_owned(), text + more), ("trade.csv".to_owned(), trade)].into());
    Conference::new(load("five.toml", &[], &files).unwrap_or_else(|problems| panic!("{problems}")).scenario)
}

#[test]
fn who_is_away_has_no_part_in_blocs_exchanges_assistance_and_coverage() {
    let away = |how: &str| format!("[shock.away]\ncountries = ['n4']\nsource = 'a test'\n{how}");
    let mut without = five(4, "");
    let mut gone = five(5, &away("date = 2000-01-01\neffect = { membership = 'leave' }"));
    let mut not_yet = five(5, &away("date = 2199-01-01\neffect = { membership = 'join' }"));
    let mut with = five(5, "");
    let (mut differ, mut traded, mut adopted) = (0, 0, 0);
    for replication in 0..80 {
        let expected = without.run(1, replication);
        for away in [&mut gone, &mut not_yet] {
            let mut outcome = away.run(1, replication);
            let last = outcome.forums[0].members.pop();
            assert!(last.is_some_and(|last| !last.party && last.gain == 0.0 && last.transfer == 0.0));
            assert_eq!(outcome, expected, "replication {replication}");
        }
        traded += expected.forums[0].exchanges;
        adopted += usize::from(expected.forums[0].concluded);
        differ += usize::from(with.run(1, replication).forums[0].clauses != expected.forums[0].clauses);
    }
    assert!(traded > 0 && adopted > 20 && differ > 40, "{traded} exchanges, {adopted} texts, {differ} differ");
}

#[test]
fn members_that_come_and_go_in_the_middle_leave_no_trace_on_one_thread_or_two() {
    let comings = "[shock.goes]\ncountries = ['n0', 'n2']\nhazard = 1.0\neach = true\nsource = 'a test'\neffect = { membership = 'leave' }\n\
                   [shock.comes]\ncountries = ['n3', 'n4']\nhazard = 3.0\neach = true\nsource = 'a test'\neffect = { membership = 'join' }\n\
                   [shock.news]\nhazard = 2.0\nat_most = 3\nsource = 'a test'\neffect = { polarise = 1.4, reopen = true }";
    let mut used = five(5, comings);
    let outcomes: Vec<Outcome> = (0..60).map(|replication| used.run(1, replication)).collect();
    for replication in (0..60).rev() {
        assert_eq!(used.tell(1, replication).0, outcomes[replication as usize], "replication {replication}");
    }
    assert_eq!(five(5, comings).run(1, 17), outcomes[17]);
    std::thread::scope(|threads| {
        let halves = [0..30, 30..60].map(|half: std::ops::Range<u64>| {
            threads.spawn(move || {
                let mut conference = five(5, comings);
                half.map(|replication| conference.run(1, replication)).collect::<Vec<_>>()
            })
        });
        let together: Vec<Outcome> = halves.into_iter().flat_map(|half| half.join().expect("it plays")).collect();
        assert_eq!(together, outcomes);
    });
}

/// The last member, sent away before the talks or brought to them only after their end.
fn away(talks: &Talks, how: &str) -> Outcome {
    let last = talks.countries.len() - 1;
    let text = format!("{}\n[shock.away]\ncountries = ['n{last}']\nsource = 'a test'\n{how}", talks.text());
    let loaded = load("talks.toml", &[], &Memory([("talks.toml".to_owned(), text)].into()));
    Conference::new(loaded.unwrap_or_else(|problems| panic!("{problems}")).scenario).run(1, 0)
}

/// A member that is away all along changes nothing, to the bit; and it gets nothing.
fn who_is_away_changes_nothing(talks: &Talks, how: &str) -> Kept {
    let last = talks.countries.len() - 1;
    let mut with = away(talks, how);
    let without = talks.clone().but(|talks| talks.countries.truncate(last)).play();
    for forum in &mut with.forums {
        let gone = forum.members.pop();
        must(gone.is_some_and(|gone| !gone.party && gone.gain == 0.0), || format!("it joins: {gone:?}"))?;
    }
    must(with == without, || format!("with it {with:?}\nwithout it {without:?}"))
}

#[test]
fn a_member_that_is_away_all_along_changes_no_outcome() {
    let talks = || {
        drawn::talks(3..7usize, 1..5usize).prop_map(|talks| {
            let last = talks.countries.len() - 1;
            talks.but(|talks| {
                for (by, _) in talks.forums.iter_mut().filter_map(|forum| forum.chair.pull.as_mut()) {
                    *by %= last;
                }
            })
        })
    };
    kept(96, talks(), |talks| {
        who_is_away_changes_nothing(talks, "date = 2000-01-01\neffect = { membership = 'leave' }")
    });
    kept(96, talks(), |talks| {
        who_is_away_changes_nothing(talks, "date = 2199-01-01\neffect = { membership = 'join' }")
    });
    // Who comes on the first day is there.
    broken(32, talks(), |talks| {
        who_is_away_changes_nothing(talks, "date = 2025-01-01\neffect = { membership = 'join' }")
    });
}
