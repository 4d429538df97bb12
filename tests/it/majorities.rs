//! Majorities, quotas and critical masses are decided exactly: by whole units of weight, in any order, by fractions.

use std::sync::Arc;

use comity::conference::Conference;
use comity::scenario::Scenario;
use comity::scenario::check::{Checked, load};
use comity::scenario::problem::Problems;
use comity::scenario::source::Memory;

use crate::folder::Folder;

/// Talks on one clause: those who are for it want it whole, those against have a red line at nothing, the others care so
/// little that they say nothing.
fn written(rule: &str, members: &[(f64, char)], more: &str) -> String {
    let names: Vec<String> = (0..members.len()).map(|no| format!("\"m{no:02}\"")).collect();
    let mut text = format!(
        "title = \"A vote\"\n[clause.c]\n[forum.talks]\nname = \"Talks\"\nmembers = [{}]\nrule = {rule}\n\
         calendar = {{ start = 2025-01-01, rounds = 4 }}\n{more}",
        names.join(", ")
    );
    for (name, (weight, stands)) in names.iter().zip(members) {
        let wish = match stands {
            'y' => "ideal = 1.0",
            _ => "ideal = 0.0\nred_line = { ceiling = 0.0 }",
        };
        text += &format!(
            "[country.{name}]\n[forum.talks.member.{name}]\nweight = {weight:?}\n[mandate.{name}.c]\n{wish}\n"
        );
    }
    text
}

fn read(text: &str, changes: &[&str]) -> Result<Checked, Problems> {
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    load("vote.toml", &changes, &Memory([("vote.toml".to_owned(), text.to_owned())].into()))
}

fn scenario(text: &str) -> Arc<Scenario> {
    read(text, &[]).unwrap_or_else(|problems| panic!("{problems}\n{text}")).scenario
}

/// Whether the text is adopted at all.
fn adopted(rule: &str, members: &[(f64, char)]) -> bool {
    let outcome = Conference::new(scenario(&written(rule, members, ""))).run(1, 0);
    outcome.forums[0].clauses[0].adopted.is_some_and(|point| point > 0.0)
}

fn in_every_order(members: &[(f64, char)], mut check: impl FnMut(&[(f64, char)])) {
    // Heap's algorithm.
    let mut order = members.to_vec();
    let mut counts = vec![0; order.len()];
    check(&order);
    let mut at = 0;
    while at < order.len() {
        if counts[at] < at {
            order.swap(if at % 2 == 0 { 0 } else { counts[at] }, at);
            check(&order);
            counts[at] += 1;
            at = 0;
        } else {
            counts[at] = 0;
            at += 1;
        }
    }
}

const SIMPLE: &str = "{ simple_majority = { by = \"weight\" } }";
const OF_CAST: &str = "{ simple_majority = { by = \"weight\", of = \"votes_cast\" } }";

#[test]
fn a_tie_by_weight_is_no_majority_in_whatever_order_members_are_listed() {
    let ties: [&[(f64, char)]; 4] = [
        &[(0.2, 'y'), (0.3, 'n'), (0.1, 'y')],
        &[(0.1, 'y'), (0.8, 'y'), (0.2, 'n'), (0.7, 'n')],
        &[(1.1, 'y'), (2.2, 'y'), (3.3, 'n')],
        &[(0.07, 'y'), (0.13, 'y'), (0.01, 'n'), (0.19, 'n')],
    ];
    for tie in ties {
        in_every_order(tie, |members| {
            for rule in [SIMPLE, OF_CAST] {
                assert!(!adopted(rule, members), "{rule} {members:?}");
            }
            // The control: a half is enough where a half is asked for.
            assert!(adopted("{ qualified_majority = { share = 0.5, by = \"weight\" } }", members), "{members:?}");
        });
    }
    // And a hair more than half is a majority.
    assert!(adopted(SIMPLE, &[(0.2, 'y'), (0.3, 'n'), (0.1000001, 'y')]));
    assert!(adopted(SIMPLE, &[(1e12, 'y'), (1e12, 'n'), (1.0, 'y')]));
    assert!(!adopted(SIMPLE, &[(1e12, 'y'), (1e12, 'n'), (1.0, 'n')]));
}

#[test]
fn two_thirds_are_met_by_four_of_six_however_they_are_written() {
    let four: Vec<(f64, char)> = "yyyynn".chars().map(|stands| (1.0, stands)).collect();
    let three: Vec<(f64, char)> = "yyynnn".chars().map(|stands| (1.0, stands)).collect();
    for share in
        ["0.6667", "0.667", "0.66666667", "0.6666666666666666", "\"2/3\"", "\" 4 / 6 \"", "\"66.67 %\"", "\"66,7%\""]
    {
        for by in ["heads", "weight"] {
            let rule = format!("{{ qualified_majority = {{ share = {share}, by = \"{by}\" }} }}");
            assert!(adopted(&rule, &four), "{rule}");
            assert!(!adopted(&rule, &three), "{rule}");
        }
    }
    for share in ["0.67", "0.7", "\"67 %\""] {
        assert!(!adopted(&format!("{{ qualified_majority = {{ share = {share} }} }}"), &four), "{share}");
    }
}

#[test]
fn a_quota_is_a_number_of_heads_or_of_weight() {
    let heads = |votes: u32| format!("{{ qualified_majority = {{ votes = {votes} }} }}");
    let five: Vec<(f64, char)> = "yyyynnnnn".chars().map(|stands| (3.0, stands)).collect();
    assert!(adopted(&heads(4), &five) && !adopted(&heads(5), &five));
    let weights = [(0.1, 'y'), (0.2, 'y'), (0.4, 'n')];
    for (rule, least) in [("qualified_majority", ", by = \"weight\""), ("critical_mass", "")] {
        let rule = |votes: &str| format!("{{ {rule} = {{ votes = {votes}{least} }} }}");
        in_every_order(&weights, |members| {
            assert!(adopted(&rule("0.3"), members), "{} {members:?}", rule("0.3"));
            assert!(!adopted(&rule("0.31"), members), "{} {members:?}", rule("0.31"));
        });
    }
}

#[test]
fn a_critical_mass_that_decimal_weights_meet_exactly_goes_ahead() {
    let members = [(0.1, 'y'), (0.2, 'y'), (0.3, 'y'), (0.3, 'y'), (0.1, 'n')];
    in_every_order(&members, |members| {
        for share in ["0.9", "\"90 %\"", "\"9/10\""] {
            assert!(adopted(&format!("{{ critical_mass = {{ share = {share} }} }}"), members), "{share} {members:?}");
        }
    });
    assert!(!adopted("{ critical_mass = { share = 0.901 } }", &members));
    assert!(adopted("{ critical_mass = { share = \"33/100\" } }", &[(0.11, 'y'), (0.22, 'y'), (0.67, 'n')]));
}

#[test]
fn two_hundred_random_votes_are_decided_as_in_whole_numbers() {
    let mut state = 17_u64;
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let mut by_floats_apart = 0;
    for case in 0..200 {
        let per_one = 10_u64.pow(1 + below(5) as u32);
        let mut units: Vec<u64> = (0..3 + below(8)).map(|_| 1 + below(3 * per_one)).collect();
        let mut stands: Vec<char> = units.iter().map(|_| if below(2) == 0 { 'y' } else { 'n' }).collect();
        let sum = |units: &[u64], stands: &[char], of: char| -> u64 {
            units.iter().zip(stands).filter(|(_, stands)| **stands == of).map(|(units, _)| units).sum()
        };
        // Two of three make it a tie, by one member more.
        let (yes, no) = (sum(&units, &stands, 'y'), sum(&units, &stands, 'n'));
        if case % 3 > 0 && yes != no {
            units.push(yes.abs_diff(no));
            stands.push(if yes < no { 'y' } else { 'n' });
        }
        let (yes, no) = (sum(&units, &stands, 'y'), sum(&units, &stands, 'n'));
        let (all, accepting) = (yes + no, stands.iter().filter(|stands| **stands == 'y').count());
        if accepting < 2 {
            continue;
        }
        let members: Vec<(f64, char)> =
            units.iter().zip(&stands).map(|(&units, &stands)| (units as f64 / per_one as f64, stands)).collect();
        let quota = |how: String| format!("{{ qualified_majority = {{ {how}, by = \"weight\" }} }}");
        let (part, whole) = (all / 2 + below(all / 2 + 1), all);
        let votes = format!("votes = {:?}", part.max(1) as f64 / per_one as f64);
        for (rule, passes) in [
            (SIMPLE.to_owned(), 2 * yes > all),
            (OF_CAST.to_owned(), 2 * yes > all),
            (quota("share = \"50 %\"".into()), 2 * yes >= all),
            (quota(format!("share = \"{}/{whole}\"", yes.max(all.div_ceil(2)))), 2 * yes >= all),
            (quota(votes), yes >= part.max(1)),
        ] {
            assert_eq!(adopted(&rule, &members), passes, "{rule}: {members:?}");
        }
        let of = |of: char| members.iter().filter(|member| member.1 == of).fold(0.0, |sum, member| sum + member.0);
        let total = members.iter().fold(0.0, |sum, member| sum + member.0);
        by_floats_apart += u32::from((of('y') > 0.5 * total) != (2 * yes > all));
    }
    assert!(by_floats_apart > 0, "sums of floats would have done");
}

#[test]
fn entry_into_force_by_weight_is_met_by_decimals_that_add_up_to_it() {
    let enters = |threshold: &str, weights: [f64; 3]| {
        let members = weights.map(|weight| (weight, 'y'));
        let text = written("\"consensus\"", &members, &format!("entry_into_force = {{ all = [{threshold}] }}\n"));
        let text = text.replace("title = \"A vote\"", "title = \"A vote\"\nhorizon = 2040-12-31");
        // The last member signs and never ratifies.
        let text = text.replace("[clause.c]", "[clause.c]\n[parameters.after]\npivot_spread = 0.0");
        let checked = read(&text, &["country.m02.veto_players=30", "parameters.after.veto_effect=3"]);
        let scenario = checked.unwrap_or_else(|problems| panic!("{problems}\n{text}")).scenario;
        let outcome = Conference::new(scenario).run(1, 0);
        let forum = &outcome.forums[0];
        assert!(forum.members[2].ratified_day.is_none(), "the third never ratifies");
        forum.members[0].in_force_day.is_some()
    };
    for weights in [[0.2, 0.1, 0.3], [0.1, 0.2, 0.3], [0.7, 0.1, 0.8], [1.1, 2.2, 3.3]] {
        assert!(enters("{ share = 0.5, by = \"weight\" }", weights), "{weights:?}");
        assert!(enters("{ share = \"1/2\", by = \"weight\", of = \"members\" }", weights), "{weights:?}");
        assert!(!enters("{ share = 0.51, by = \"weight\" }", weights), "{weights:?}");
    }
    assert!(enters("{ share = \"66.67 %\" }", [1.0; 3]) && !enters("{ share = \"67 %\" }", [1.0; 3]));
    assert!(enters("{ count = 0.3, by = \"weight\" }", [0.1, 0.2, 0.3]));
}

#[test]
fn a_body_with_a_second_say_counts_ties_by_weight_as_ties() {
    let incorporated = |rule: &str, weights: [f64; 3]| {
        let members = [(weights[0], 'y'), (weights[1], 'y'), (weights[2], 'y')];
        let more = format!(
            "incorporation = {{ members = [\"m00\", \"m01\", \"m02\"], rule = {rule}, opposed = [\"m02\"] }}\n"
        );
        let text = written("\"consensus\"", &members, &more);
        let text = text.replace("title = \"A vote\"", "title = \"A vote\"\nhorizon = 2030-12-31");
        let outcome = Conference::new(scenario(&text)).run(1, 0);
        outcome.forums[0].incorporated.expect("it was put to the body")
    };
    for weights in [[0.2, 0.1, 0.3], [0.1, 0.2, 0.3], [0.1, 0.7, 0.8], [2.2, 1.1, 3.3]] {
        for rule in [SIMPLE, OF_CAST] {
            assert!(!incorporated(rule, weights), "{rule} {weights:?}");
        }
        assert!(incorporated("{ qualified_majority = { share = \"50 %\", by = \"weight\" } }", weights), "{weights:?}");
    }
    assert!(incorporated(SIMPLE, [0.2, 0.11, 0.3]));
}

#[test]
fn a_double_majority_needs_members_and_weight_and_a_minority_numbers() {
    let rule = |blocking: u32| {
        format!("{{ double_majority = {{ heads = \"55 %\", weight = \"65 %\", blocking = {blocking} }} }}")
    };
    // 55 % of five are three, with 6.5 of 10.
    let members = |weights: [f64; 5], stands: &str| weights.into_iter().zip(stands.chars()).collect::<Vec<_>>();
    let (level, steep) = ([2.0; 5], [6.0, 1.0, 1.0, 1.0, 1.0]);
    assert!(adopted(&rule(1), &members(level, "yyyyn")) && adopted(&rule(1), &members(steep, "yyynn")));
    assert!(!adopted(&rule(1), &members(level, "yyynn")), "six tenths of the weight");
    assert!(!adopted(&rule(1), &members(steep, "yynnn")), "two members with seven tenths");
    // One that has six tenths blocks, unless it takes two to block.
    assert!(!adopted(&rule(1), &members(steep, "nyyyy")));
    assert!(adopted(&rule(2), &members(steep, "nyyyy")));
    assert!(!adopted(&rule(2), &members(steep, "nyyyn")));
}

#[test]
fn a_text_is_carried_unless_a_reverse_majority_rejects_it() {
    let rule = "{ reverse_qualified_majority = { share = \"2/3\" } }";
    let members = |stands: &str| stands.chars().map(|stands| (1.0, stands)).collect::<Vec<_>>();
    assert!(adopted(rule, &members("yyynnn")));
    assert!(!adopted(rule, &members("yynnnn")));
    let by_weight = "{ reverse_qualified_majority = { share = \"2/3\", by = \"weight\" } }";
    assert!(!adopted(by_weight, &[(1.0, 'y'), (1.0, 'y'), (4.0, 'n')]));
    assert!(adopted(by_weight, &[(1.0, 'y'), (1.1, 'y'), (4.0, 'n')]));
}

#[test]
fn what_is_wrong_with_a_quota_is_told_at_its_place() {
    let members = [(1.0, 'y'), (1.0, 'n')];
    let told = |rule: &str, words: &str| {
        let problems = read(&written(rule, &members, ""), &[]).expect_err(rule);
        assert_eq!(problems.0.len(), 1, "{rule}: {problems}");
        let (line, column) = problems.0[0].at.as_ref().unwrap().line_and_column();
        assert!(line == 6 && column > 20, "{rule}: {line}:{column}");
        let said = format!("{} {}", problems.0[0].message, problems.0[0].help.clone().unwrap_or_default());
        assert!(said.contains(words), "{rule}: {said}");
    };
    let qualified = |how: &str| format!("{{ qualified_majority = {{ {how} }} }}");
    told(&qualified("share = \"2/0\""), "divides by 0");
    told(&qualified("share = \"two thirds\""), "is no share");
    told(&qualified("share = \"3/2\""), "out of its range");
    told(&qualified("share = \"1/3\""), "from 0.5 to 1");
    told(&qualified("share = 62"), "out of its range");
    told(&qualified("share = \"62\""), "out of its range");
    told(&qualified("share = true"), "cannot be");
    told(&qualified(""), "lacks the key `share`");
    told(&qualified("share = 0.6, votes = 2"), "both a `share` and `votes`");
    told(&qualified("votes = 3"), "more than the 2 there are");
    told(&qualified("votes = 1.5"), "no number of heads");
    told(&qualified("votes = 0"), "out of its range");
    told("{ critical_mass = { share = \"0/3\" } }", "out of its range");
    told("{ critical_mass = {} }", "lacks the key `share`");
    let double = |how: &str| format!("{{ double_majority = {{ {how} }} }}");
    told(&double("heads = 0.55"), "weight");
    told(&double("heads = 0, weight = 0.65"), "out of its range");
    told(&double("heads = 0.55, weight = \"65\""), "out of its range");
    told(&double("heads = 0.55, weight = 0.65, blocking = 3"), "`blocking` is 3, and 2 have a vote");
    told(&double("heads = 0.55, weight = 0.65, blocking = 0"), "out of");
    told("{ reverse_qualified_majority = { share = 0.3 } }", "from 0.5 to 1");
    told("{ reverse_qualified_majority = {} }", "lacks the key `share`");
    told("{ reverse_qualified_majority = { votes = 3 } }", "more than the 2 there are");
}

#[test]
fn a_quota_that_nobody_can_meet_is_a_caution() {
    let cautions = |rule: &str| scenario(&written(rule, &[(1.5, 'y'), (2.0, 'n')], "")).cautions.join("\n");
    assert!(cautions("{ critical_mass = { votes = 3.6 } }").contains("can never be met"));
    assert!(cautions("{ qualified_majority = { votes = 4, by = \"weight\" } }").contains("can never be met"));
    assert_eq!(cautions("{ critical_mass = { votes = 3.5 } }"), "");
    let reverse = |votes: f64| format!("{{ reverse_qualified_majority = {{ votes = {votes:?}, by = \"weight\" }} }}");
    assert!(cautions(&reverse(3.6)).contains("can never be met"));
    assert_eq!(cautions(&reverse(3.5)), "");
}

#[test]
fn an_override_of_a_share_by_votes_takes_its_place_and_the_other_way_round() {
    let text = written("{ qualified_majority = { share = 0.75 } }", &[(1.0, 'y'), (1.0, 'y'), (1.0, 'n')], "");
    let rule = |changes: &[&str]| match read(&text, changes) {
        Ok(checked) => checked.scenario.forums[0].rule.describe(),
        Err(problems) => panic!("{problems}"),
    };
    assert_eq!(rule(&[]), "qualified majority of 3/4 of members");
    let votes = "forum.talks.rule.qualified_majority.votes=2";
    assert_eq!(rule(&[votes]), "qualified majority of 2 votes (of members)");
    assert_eq!(rule(&[votes, "forum.talks.rule.qualified_majority.share=2/3"]), "qualified majority of 2/3 of members");
    assert_eq!(rule(&["forum.talks.rule.qualified_majority.share=55 %"]), "qualified majority of 11/20 of members");
}

#[test]
fn a_number_of_votes_that_is_none_is_told_once_and_a_table_that_is_none_is_no_word() {
    for votes in ["0", "-1", "1e30", "\"4\""] {
        let text = written(&format!("{{ qualified_majority = {{ votes = {votes} }} }}"), &[(1.0, 'y'), (1.0, 'n')], "");
        let problems = read(&text, &[]).map(drop).expect_err("no number of votes").0;
        assert_eq!(problems.len(), 1, "{votes}: {problems:?}");
        assert!(problems[0].message.contains("votes"), "{votes}: {problems:?}");
    }
    // Without either there is one problem too, and it is another.
    let text = written("{ qualified_majority = {} }", &[(1.0, 'y'), (1.0, 'n')], "");
    let problems = read(&text, &[]).map(drop).expect_err("no quota").0;
    assert!(problems.len() == 1 && problems[0].message.contains("lacks the key `share`"), "{problems:?}");
    let text = written("{ qualified_majority = { share = 0.75 } }", &[(1.0, 'y'), (1.0, 'y'), (1.0, 'n')], "");
    let problems =
        read(&text, &["forum.talks.rule={qualified_majority={share=2/3}}"]).map(drop).expect_err("no quotes").0;
    assert!(problems[0].message.starts_with("this is no table"), "{problems:?}");
    assert!(problems[0].help.as_ref().is_some_and(|help| help.contains("quotes")), "{problems:?}");
    assert!(read(&text, &["forum.talks.rule={qualified_majority={share=\"2/3\"}}"]).is_ok());
}

#[test]
fn show_tells_how_many_members_a_threshold_comes_to() {
    let folder = Folder::new();
    let shown = |threshold: &str| {
        let after = format!("[forum.talks.entry_into_force]\nall = [{threshold}]\n");
        let members: Vec<(f64, char)> = vec![(1.0, 'y'); 7];
        let text = written("\"consensus\"", &members, &after);
        folder.write("force.toml", text.replacen("title", "horizon = 2030-12-31\ntitle", 1));
        folder.comity(&["show", "force.toml", "--brief"]).well().out
    };
    let two_thirds = shown("{ share = \"2/3\", of = \"members\" }");
    assert!(two_thirds.contains("once 2/3 of the members (5 of 7) have consented"), "{two_thirds}");
    // Who will sign is not known.
    assert!(shown("{ share = \"2/3\", of = \"signatories\" }").contains("once 2/3 of the signatories have consented"));
}

#[test]
fn show_tells_the_fraction_and_the_count_it_comes_to() {
    let folder = Folder::new();
    let shown = |rule: &str, weights: &[f64]| {
        let members: Vec<(f64, char)> = weights.iter().map(|&weight| (weight, 'y')).collect();
        folder.write("vote.toml", written(rule, &members, ""));
        folder.comity(&["show", "vote.toml", "--brief"]).well().out
    };
    let two_thirds = shown("{ qualified_majority = { share = 0.6667 } }", &[1.0; 6]);
    assert!(two_thirds.contains("qualified majority of 2/3 of members: 4 of 6"), "{two_thirds}");
    let by_weight = shown("{ qualified_majority = { votes = 0.5, by = \"weight\" } }", &[0.2, 0.3, 0.1]);
    assert!(by_weight.contains("qualified majority of 0.5 votes (of members, by weight): 0.5 of 0.6"), "{by_weight}");
    let mass = shown("{ critical_mass = { share = \"90 %\" } }", &[40.0, 60.0]);
    assert!(mass.contains("members with 9/10 of the weight go ahead among themselves: 90 of 100"), "{mass}");
}

#[test]
fn summaries_tell_the_bounds_of_voting_power_only_where_it_is_not_exact() {
    let folder = Folder::new();
    let power = |members: &[f64], rule: &str| {
        let members: Vec<(f64, char)> = members.iter().map(|&weight| (weight, 'y')).collect();
        folder.write("vote.toml", written(rule, &members, ""));
        folder.comity(&["run", "vote.toml", "-n", "1", "--out", "run", "--force", "-q"]).well();
        let summary = folder.read("run/summary.csv");
        let mut rows = csv::Reader::from_reader(summary.as_bytes());
        let rows = rows.records().map(Result::unwrap).filter(|row| &row[2] == "shapley_shubik");
        let number = |text: &str| text.parse::<f64>().ok();
        rows.map(|row| (number(&row[3]).unwrap(), number(&row[4]), number(&row[5]))).collect::<Vec<_>>()
    };
    for (value, low, high) in power(&[0.5; 30], SIMPLE) {
        assert!((value - 1.0 / 30.0).abs() < 1e-12 && low.is_none() && high.is_none());
    }
    let tie: Vec<f64> = power(&[0.2, 0.3, 0.1], SIMPLE).into_iter().map(|(value, ..)| value).collect();
    assert!(tie.iter().zip([1.0, 4.0, 1.0]).all(|(value, sixths)| (value - sixths / 6.0).abs() < 1e-12), "{tie:?}");
    let many: Vec<f64> = (0..60).map(|no| 1.0 + (f64::from(no) * 0.754_877_666).fract() * 3.0).collect();
    for (value, low, high) in power(&many, SIMPLE) {
        let (low, high) = (low.expect("a bound"), high.expect("a bound"));
        assert!(
            0.0 <= low && low <= value && value <= high && high <= 1.0 && high - low < 0.05,
            "{low} {value} {high}"
        );
    }
}
