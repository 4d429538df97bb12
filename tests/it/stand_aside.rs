//! Members that stand aside: they negotiate, and the decision is that of the others.

use comity::conference::Conference;
use comity::minutes::{ForumOutcome, MemberOutcome, Outcome};
use comity::power::{of_rule, of_rule_among};
use comity::rules::DecisionRule;
use comity::scenario::check::load;
use comity::scenario::feasibility::feasibility;
use comity::scenario::source::Memory;
use proptest::prelude::*;

use crate::drawn;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::{CONSENSUS, RULES, Talks, UNANIMITY};

const REPLICATIONS: u64 = 4;

fn outcomes(talks: &Talks) -> Vec<Outcome> {
    let mut conference = talks.conference();
    (0..REPLICATIONS).map(|replication| conference.run(1, replication)).collect()
}

/// The outcomes with and without a key of the forum are the same in every bit.
fn same_with(talks: &Talks, aside: &str) -> Kept {
    let (without, with) = (outcomes(talks), outcomes(&talks.clone().with("stand_aside", aside)));
    let (without, with) = (format!("{without:?}"), format!("{with:?}"));
    must(without == with, || format!("{without}\nwith {aside}\n{with}"))
}

#[test]
fn an_empty_list_of_who_stands_aside_changes_no_bit() {
    let talks = || drawn::talks(3..7usize, 1..5usize);
    kept(64, talks(), |talks| same_with(talks, "[]"));
    broken(32, talks(), |talks| same_with(talks, "['n0']"));
}

/// Talks that all but the first member gain by, whatever the text. The first refuses every text and holds a veto.
fn refused_by_one() -> impl Strategy<Value = Talks> {
    let forms = (prop::sample::select(RULES), prop::bool::ANY, 0..3u32);
    (drawn::talks(3..7usize, 1..4usize), forms).prop_map(|(talks, (rule, modular, drafts))| {
        let talks = talks.continuous().certain().without_red_lines().wishes(|wish| wish.ideal = 0.6 + 0.4 * wish.ideal);
        let talks = talks.parameter("burden_price", 0.0).with("rule", rule).but(|talks| {
            talks.clauses.iter_mut().for_each(|clause| clause.status_quo = 0.0);
            talks.forums[0].chair = Default::default();
            talks.countries.iter_mut().for_each(|country| country.member.clear());
            talks.countries[0].wishes.iter_mut().for_each(|wish| (wish.ideal, wish.ceiling) = (0.0, Some(0.0)));
        });
        let talks = talks.member(0, "veto", "true").member(0, "tactic", "'steadfast'");
        match (modular, drafts) {
            (true, _) => talks.with("undertaking", "'modular'"),
            (false, 0) => talks.with("undertaking", "'single'"),
            // Under silence a majority has to be left to decide.
            (false, _) if [CONSENSUS, UNANIMITY].contains(&rule) => talks.with("undertaking", "'single'"),
            (false, drafts) => {
                talks.with("undertaking", "'single'").with("silence", format!("{{ drafts = {drafts} }}"))
            }
        }
    })
}

/// A text is adopted every time, and the first member has no part in it.
fn adopted_without_the_first(talks: &Talks) -> Kept {
    for outcome in outcomes(talks) {
        let forum = &outcome.forums[0];
        let first = &forum.members[0];
        must(forum.concluded, || format!("no text: {forum:?}"))?;
        must(forum.objections.iter().all(|of| of.seat != 0), || format!("it objects: {forum:?}"))?;
        must(!first.party && !first.weighed && first.gain == 0.0, || format!("it has a part: {first:?}"))?;
    }
    Ok(true)
}

#[test]
fn who_stands_aside_blocks_nothing_by_any_red_line_or_veto() {
    let aside = || refused_by_one().prop_map(|talks| talks.with("stand_aside", "['n0']"));
    kept(96, aside(), adopted_without_the_first);
    broken(32, refused_by_one(), adopted_without_the_first);
}

/// What became of the talks and of everybody but the first member.
fn of_the_others(talks: &Talks) -> String {
    let mut outcomes = outcomes(talks);
    outcomes.iter_mut().for_each(|outcome| outcome.forums[0].members[0] = MemberOutcome::default());
    format!("{outcomes:?}")
}

/// More that the first member holds against every text changes nothing for the others. What it says stays what it wants.
fn objections_change_nothing(talks: &Talks) -> Kept {
    let harder = talks.clone().member(0, "veto", "true").member(0, "reservation", "9.0").but(|talks| {
        let lines = |wish: &mut crate::talks::Wish| (wish.floor, wish.ceiling) = (Some(wish.ideal), Some(wish.ideal));
        talks.countries[0].wishes.iter_mut().for_each(lines);
    });
    let (before, after) = (of_the_others(talks), of_the_others(&harder));
    must(before == after, || format!("{before}\nwith more objections\n{after}"))
}

#[test]
fn objections_of_who_stands_aside_change_no_decision() {
    let talks =
        || drawn::talks(3..7usize, 1..5usize).prop_map(|talks| talks.certain().member(0, "tactic", "'steadfast'"));
    kept(96, talks().prop_map(|talks| talks.with("stand_aside", "['n0']")), objections_change_nothing);
    broken(48, talks(), objections_change_nothing);
}

/// Alba and Borduria gain by the text; Carpania does not want it at first sight, and would not lose by it.
const THREE: &str = r#"
title = "Three, of whom one may stand aside"
horizon = 2040-12-31
[clause.flows]
[country.Alba]
capability = 5
[country.Borduria]
capability = 3
[country.Carpania]
capability = 1
[parameters.after]
pivot_spread = 0.0
[forum.talks]
name = "Talks"
members = ["Alba", "Borduria", "Carpania"]
calendar = { start = 2025-01-01, rounds = 6 }
[mandate.Alba]
flows = { ideal = 0.9 }
[mandate.Borduria]
flows = { ideal = 0.7 }
[mandate.Carpania]
flows = { ideal = 0.7 }
"#;

fn checked(changes: &[&str]) -> Result<comity::scenario::check::Checked, String> {
    let files = Memory([("three.toml".to_owned(), THREE.to_owned())].into());
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    load("three.toml", &changes, &files).map_err(|problems| problems.to_string())
}

fn play(changes: &[&str], replications: u64) -> Vec<ForumOutcome> {
    let mut conference = Conference::new(checked(changes).unwrap_or_else(|problems| panic!("{problems}")).scenario);
    (0..replications).map(|replication| conference.run(1, replication).forums.remove(0)).collect()
}

const CARPANIA: usize = 2;
const ASIDE: &str = "forum.talks.stand_aside=[\"Carpania\"]";

#[test]
fn who_stands_aside_does_not_sign_and_accedes_where_the_text_is_open() {
    let of_carpania = |changes: &[&str], is: fn(&MemberOutcome) -> bool| {
        play(changes, 40).iter().filter(|forum| is(&forum.members[CARPANIA])).count()
    };
    let bound =
        |member: &MemberOutcome| member.signed || member.ratified_day.is_some() || member.in_force_day.is_some();
    let open = "forum.talks.accession={}";
    assert!(of_carpania(&[], |member| member.signed) > 30, "the control: it signs where it decides");
    assert_eq!(of_carpania(&[ASIDE], bound), 0);
    assert!(of_carpania(&[ASIDE, open], |member| member.acceded) > 0);
    assert_eq!(of_carpania(&[ASIDE, open], |member| member.signed), 0);
}

#[test]
fn entry_into_force_does_not_wait_for_who_stands_aside() {
    let all = "forum.talks.entry_into_force={ all = [{ share = 1, of = \"members\" }] }";
    let in_force = |changes: &[&str]| play(changes, 40).iter().filter(|forum| forum.in_force_day.is_some()).count();
    assert!(in_force(&[ASIDE, all]) > 0);
    // The control: a member that decides, does not want the text and stays out is waited for.
    let unwilling = ["forum.talks.rule={ simple_majority = {} }", "mandate.Carpania.flows.red_line.ceiling=0", all];
    let unwilling = [&unwilling[..], &["mandate.Carpania.flows.ideal=0"]].concat();
    assert_eq!(in_force(&unwilling), 0);
    assert!(in_force(&[&unwilling[..], &[ASIDE]].concat()) > 0);
}

#[test]
fn a_member_may_stand_aside_in_one_forum_and_sit_fully_in_another() {
    let second = "forum.second={ name = \"Second\", members = [\"Alba\", \"Borduria\", \"Carpania\"], \
                  calendar = { start = 2025-01-01, rounds = 6 } }";
    let scenario = checked(&[ASIDE, second]).unwrap_or_else(|problems| panic!("{problems}")).scenario;
    let mut conference = Conference::new(scenario.clone());
    let played: Vec<Outcome> = (0..20).map(|replication| conference.run(1, replication)).collect();
    let parties = |forum: usize| played.iter().filter(|played| played.forums[forum].members[CARPANIA].party).count();
    let place = |id: &str| scenario.forums.iter().position(|forum| forum.id == id).expect("it is there");
    assert_eq!(parties(place("talks")), 0);
    assert!(parties(place("second")) > 0);
}

#[test]
fn who_may_not_stand_aside_is_told_at_its_place() {
    for (list, words) in [
        ("[\"Nowhere\"]", "`Nowhere` stands aside and is no member of `talks`"),
        ("[\"Carpanya\"]", "did you mean `Carpania`?"),
        ("[\"Carpania\", \"Carpania\"]", "`Carpania` stands aside twice"),
        ("[\"Alba\", \"Carpania\"]", "all members of `talks` but one stand aside"),
        ("[\"Alba\", \"Borduria\", \"Carpania\"]", "all members of `talks` stand aside"),
    ] {
        let told = checked(&[&format!("forum.talks.stand_aside={list}")]).err().unwrap_or_default();
        assert!(told.contains(words), "{list}: {told}");
    }
    let both = checked(&["forum.talks.stand_aside=[\"Nowhere\", \"Alba\", \"Alba\"]"]).err().unwrap_or_default();
    assert!(both.contains("no member") && both.contains("twice"), "all at once: {both}");
    assert!(checked(&[ASIDE]).is_ok());
    assert!(checked(&["forum.talks.stand_aside=[]"]).is_ok());
}

#[test]
fn a_red_line_of_who_stands_aside_makes_no_impasse() {
    let impasses = |changes: &[&str]| {
        let lines = [
            "mandate.Carpania.flows.ideal=0",
            "mandate.Carpania.flows.red_line.ceiling=0",
            "mandate.Alba.flows.red_line.floor=0.5",
        ];
        let scenario =
            checked(&[&lines[..], changes].concat()).unwrap_or_else(|problems| panic!("{problems}")).scenario;
        feasibility(&scenario, &scenario.forums[0]).impasses.len()
    };
    assert_eq!(impasses(&[]), 1);
    assert_eq!(impasses(&[ASIDE]), 0);
}

#[test]
fn who_stands_aside_has_no_power_and_the_others_have_that_of_the_smaller_game() {
    let (weights, vetoes) = ([4.0, 3.0, 2.0, 9.0], [true, false, false, true]);
    for written in RULES {
        let rule: DecisionRule =
            Talks::of(&[(1.0, &[0.5]), (1.0, &[0.5])]).with("rule", written).scenario().forums[0].rule;
        let among = of_rule_among(&rule, &weights, &vetoes, &[true, true, true, false]).members;
        let (smaller, whole) = (of_rule(&rule, &weights[..3], &vetoes[..3]).members, of_rule(&rule, &weights, &vetoes));
        assert_eq!((among[..3].to_vec(), among[3].shapley, among[3].banzhaf), (smaller, 0.0, 0.0), "{written}");
        assert!(whole.members[3].shapley > 0.0, "the control: it has power where it decides");
        assert_eq!(of_rule_among(&rule, &weights, &vetoes, &[true; 4]), whole);
    }
}

/// The nine participants that the stabilised text of 26 July 2024 names as not behind it (WTO, INF/ECOM/87, note 1).
const NINE: &str =
    "forum.jsi.stand_aside=[\"BRA\", \"COL\", \"GTM\", \"IDN\", \"PRY\", \"SLV\", \"TUR\", \"TWN\", \"USA\"]";

#[test]
fn the_joint_initiative_adopts_as_often_at_least_where_the_nine_stand_aside() {
    let adopted = |changes: &[&str]| {
        let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
        let checked = load("wto-jsi", &changes, &Memory::default()).unwrap_or_else(|problems| panic!("{problems}"));
        let scenario = checked.scenario;
        let mut conference = Conference::new(scenario.clone());
        let (mut adopted, mut clauses) = (0, 0);
        for replication in 0..40 {
            let forum = conference.run(1, replication).forums.remove(0);
            adopted += usize::from(forum.concluded);
            clauses += forum.clauses.iter().filter(|clause| clause.adopted.is_some()).count();
            for (member, stated) in forum.members.iter().zip(&scenario.forums[0].members) {
                assert!(member.party <= !stated.stands_aside && member.signed <= !stated.stands_aside);
            }
        }
        (adopted, clauses, scenario.forums[0].members.iter().filter(|member| member.stands_aside).count())
    };
    let (all, nine) = (adopted(&[]), adopted(&[NINE]));
    assert_eq!((all.2, nine.2), (0, 9));
    assert!(nine.0 >= all.0, "{nine:?} where they stand aside, {all:?} where they decide");
    assert!(nine.1 > all.1, "more clauses are left: {nine:?}, {all:?}");
}

#[test]
fn what_is_shown_names_who_stands_aside() {
    let talks = Talks::of(&[(1.0, &[0.2]), (1.0, &[0.6]), (1.0, &[0.7]), (1.0, &[0.8])]).with("rule", CONSENSUS);
    let who = |talks: Talks| {
        let scenario = talks.scenario();
        scenario.forums[0].aside_in_words(&scenario)
    };
    assert_eq!(who(talks.clone().with("stand_aside", "['n2', 'n0']")), Some("n0, n2".to_owned()));
    assert_eq!(who(talks), None);
}
