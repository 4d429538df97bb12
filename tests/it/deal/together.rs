//! The promises that everything on offer keeps together, in forums made up at random.

use std::fmt::Write;

use comity::conference::Conference;
use comity::scenario::check::load;
use comity::scenario::source::Disk;

use super::scenario;

/// A made-up forum with everything on offer, continuous clauses, and stated wishes; mirrored if asked for.
fn crowd(seed: u64, rule: &str, mirrored: bool, more: &str) -> (String, String) {
    let mut noise = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (noise >> 33) as f64 / f64::from(1u32 << 31)
    };
    let at = |point: f64| if mirrored { 1.0 - point } else { point };
    let members = 7;
    let mut trade = "country,partner,flow,source,confidence\n".to_owned();
    let mut text = String::new();
    let mut mandates = String::new();
    for member in 0..members {
        let capacity = if mirrored || more.contains("no_burden") { 1.0 } else { next() };
        let group = if member > 3 { "poor" } else { "rich" };
        let _ = writeln!(
            text,
            "[country.m{member}]\ncapability = {}\ngroups = [\"{group}\"]\ncapacity = {capacity}",
            0.2 + next()
        );
        for partner in (0..members).filter(|&partner| partner != member) {
            let _ = writeln!(trade, "m{member},m{partner},{},x,low", next());
        }
        for clause in 0..4 {
            let (ideal, line) = (next(), next());
            let _ = writeln!(
                mandates,
                "[mandate.m{member}.c{clause}]\nideal = {:?}\nsalience = {:?}",
                at(ideal),
                0.1 + next()
            );
            if line < 0.4 {
                let side = if mirrored { "floor" } else { "ceiling" };
                let _ = writeln!(mandates, "red_line = {{ {side} = {:?} }}", at((ideal + line).min(1.0)));
            }
        }
    }
    let quo: Vec<String> = (0..4).map(|clause| format!("c{clause} = {:?}", at(0.1 * f64::from(clause)))).collect();
    let clauses: String = (0..4).map(|clause| format!("[clause.c{clause}]\n")).collect();
    let ids: Vec<String> = (0..members).map(|member| format!("\"m{member}\"")).collect();
    let more = more.replace("no_burden", "");
    let _ = write!(
        text,
        "{clauses}[forum.f]\nname = \"f\"\nmembers = [{}]\nrule = {rule}\nreservation = 0.02\n\
         calendar = {{ start = 2025-01-01, rounds = 3 }}\nflexibility = {{}}\nopt_outs = {{ at_most = 1 }}\n\
         assistance = {{ recipients = [\"poor\"], donors = [\"rich\"], capacity_building = 0.7 }}\n{more}\n\
         status_quo = {{ {} }}\n{mandates}",
        ids.join(", "),
        quo.join(", ")
    );
    (text, trade)
}

const RULES: [&str; 3] = ["\"consensus\"", "\"unanimity\"", "{ critical_mass = { share = 0.4 } }"];
const HEAVY: &str = "[parameters]\nburden_price = 1.5\nassertiveness = 20\n";

#[test]
fn what_donors_pay_is_what_recipients_receive_at_its_price_and_nobody_signs_at_a_loss() {
    let (mut helped, mut opted, mut excepted) = (0, 0, 0);
    for seed in 0..20 {
        for rule in RULES {
            let (text, trade) = crowd(seed, rule, false, "");
            let scenario = scenario(&format!("{HEAVY}{text}"), Some(&trade));
            let mut conference = Conference::new(scenario);
            for replication in 0..3 {
                let outcome = conference.run(9, replication);
                let forum = &outcome.forums[0];
                let received: f64 = forum.members.iter().map(|member| member.transfer.max(0.0)).sum();
                let paid: f64 = forum.members.iter().map(|member| (-member.transfer).max(0.0)).sum();
                assert!((paid - 0.7 * received).abs() < 1e-9, "{paid} for {received}");
                for member in &forum.members {
                    assert!(!member.party || member.gain >= member.reservation - 1e-9, "{member:?}");
                    assert!(member.party || member.transfer == 0.0);
                }
                helped += usize::from(received > 0.0);
                opted += forum.clauses.iter().filter(|clause| clause.opt_outs > 0).count();
                excepted += forum.clauses.iter().filter(|clause| clause.flexibility > 0.0).count();
            }
        }
    }
    assert!(helped > 5 && opted > 5 && excepted > 5, "{helped} {opted} {excepted}: there is something to see");
}

#[test]
fn no_adopted_text_obliges_a_holder_of_a_veto_beyond_its_red_line() {
    let (mut beyond_in_words, mut out) = (0, 0);
    for seed in 0..60 {
        let (text, trade) = crowd(seed, "\"consensus\"", false, "");
        let scenario = scenario(&text, Some(&trade));
        let written = &scenario.forums[0];
        let outcome = Conference::new(scenario.clone()).run(3, seed);
        for (clause, ended) in outcome.forums[0].clauses.iter().enumerate() {
            let Some(point) = ended.adopted else { continue };
            let quo = written.status_quo[clause];
            let mut crossed = 0;
            for member in &written.members {
                let mandate = &member.mandates[clause];
                let Some(ceiling) = mandate.ceiling else { continue };
                // What the exception lets it do at the least, or as much as it wants.
                let least = quo + (point - quo) * (1.0 - ended.flexibility);
                let own = mandate.ideal.centre().max(least.min(point)).min(least.max(point));
                beyond_in_words += usize::from(point > ceiling.at);
                crossed += u32::from(own > ceiling.at + 1e-9);
            }
            assert!(crossed <= ended.opt_outs, "seed {seed}, clause {clause}: {crossed} lines, {} out", ended.opt_outs);
            out += ended.opt_outs;
        }
    }
    // The negative control: held against the words alone, the promise would be broken.
    assert!(beyond_in_words > 0 && out > 0, "{beyond_in_words} {out}");
}

#[test]
fn a_mirrored_world_has_the_mirrored_outcome() {
    for seed in 0..12 {
        for rule in RULES {
            let play = |mirrored| {
                let (text, trade) = crowd(seed, rule, mirrored, "no_burden");
                let text = text.replace("capacity = 1\n", "capacity = 1.0\n");
                Conference::new(scenario(&text, Some(&trade))).run(5, seed).forums.remove(0)
            };
            let (here, there) = (play(false), play(true));
            assert_eq!(here.concluded, there.concluded);
            for (here, there) in here.clauses.iter().zip(&there.clauses) {
                assert_eq!((here.opt_outs, here.dilutions), (there.opt_outs, there.dilutions), "{seed} {rule}");
                assert!((here.flexibility - there.flexibility).abs() < 1e-9);
                assert_eq!(here.adopted.is_some(), there.adopted.is_some());
                let (here, there) = (here.adopted.unwrap_or(0.5), there.adopted.unwrap_or(0.5));
                assert!((here - (1.0 - there)).abs() < 1e-9, "{here} {there}");
            }
            for (here, there) in here.members.iter().zip(&there.members) {
                assert!(here.party == there.party && (here.gain - there.gain).abs() < 1e-9);
            }
        }
    }
}

/// Mean parties over many forums and replications with more lines of parameters; without a text there are none.
fn mean_parties(rule: &str, parameters: &str) -> f64 {
    let mut parties = 0;
    for seed in 0..12 {
        let (text, trade) = crowd(seed, rule, false, "");
        let text = format!("[parameters]\nassertiveness = 20\n{parameters}\n{text}");
        let mut conference = Conference::new(scenario(&text, Some(&trade)));
        parties += (0..6).map(|replication| conference.run(2, replication).forums[0].parties()).sum::<usize>();
    }
    f64::from(u32::try_from(parties).unwrap()) / 72.0
}

#[test]
fn raising_the_price_of_exclusion_never_lowers_the_expected_number_of_parties() {
    let rises = |rule: &str, key: &str| {
        let means = [0.0, 0.05, 0.1, 0.2, 0.4].map(|value| mean_parties(rule, &format!("{key} = {value:?}")));
        (means.windows(2).all(|pair| pair[0] <= pair[1]) && means[0] < means[4], means)
    };
    for rule in ["\"consensus\"", "\"unanimity\"", "{ critical_mass = { share = 0.000001 } }"] {
        let (rises, means) = rises(rule, "exclusion_price");
        assert!(rises, "{rule}: {means:?}");
    }
    // The negative control: the price of the burden does cost parties, and the same comparison sees it.
    let (rises, means) = rises("{ critical_mass = { share = 0.000001 } }", "burden_price");
    assert!(!rises, "{means:?}");
}

#[test]
fn where_the_first_poll_carries_every_replication_keeps_its_parties_at_a_higher_price() {
    let (mut held, mut gained) = (0, 0);
    for seed in 0..30 {
        let (text, trade) = crowd(seed, "{ critical_mass = { share = 0.000001 } }", false, "");
        let parties = |price: f64| {
            let text = format!("mechanisms.off = [\"transfers\"]\nparameters.exclusion_price = {price:?}\n{text}");
            Conference::new(scenario(&text, Some(&trade))).run(2, seed).forums.remove(0)
        };
        let (low, high) = (parties(0.05), parties(0.3));
        if low.polls == 1 && high.polls == 1 {
            assert!(low.members.iter().zip(&high.members).all(|(low, high)| !low.party || high.party));
            held += 1;
            gained += high.parties() - low.parties();
        }
    }
    assert!(held > 20 && gained > 0, "{held} {gained}: there is something to see");
}

/// A made-up forum in which the last member has neither weight nor veto nor a say in assistance, and trades with nobody
/// unless told to; with it, and without it.
fn with_and_without_the_last(seed: u64, trades: bool) -> [comity::minutes::ForumOutcome; 2] {
    let (text, trade) = crowd(seed, "{ critical_mass = { share = 0.4 } }", false, "");
    let last = text.rfind("[country.m6]").expect("the last country");
    let text = text[..last].to_owned() + &text[last..].replacen("groups = [\"poor\"]", "groups = []", 1);
    let of_the_last = |row: &&str| row.starts_with("m6,") || row.contains(",m6,");
    let trade: String = trade.lines().filter(|row| trades || !of_the_last(row)).map(|row| format!("{row}\n")).collect();
    let with = format!("{text}\n[forum.f.member.m6]\nweight = 0.0\nveto = false\n");
    let without = text.split("[mandate.m6.").next().unwrap_or_default().replace(", \"m6\"", "");
    [with, without].map(|text| {
        let mut ended = Conference::new(scenario(&text, Some(&trade))).run(2, seed).forums.remove(0);
        // What the last one objects to is its own, a vote that it asks for included.
        ended.members.truncate(6);
        ended.objections.retain(|found| found.seat < 6);
        ended.clauses.iter_mut().for_each(|clause| (clause.objections, clause.opt_outs) = (0, 0));
        (ended.impasse, ended.without_a_vote) = (None, None);
        ended
    })
}

#[test]
fn a_member_without_weight_veto_or_trade_changes_nothing_where_everything_is_on_offer() {
    let mut concluded = 0;
    for seed in 0..30 {
        let [with, without] = with_and_without_the_last(seed, false);
        assert_eq!(with, without, "seed {seed}");
        concluded += usize::from(with.concluded);
    }
    assert!(concluded > 15, "{concluded}: there is something to see");
    // The negative control: with whom the others trade is company, whatever it weighs.
    let matters = (0..30).any(|seed| {
        let [with, without] = with_and_without_the_last(seed, true);
        with != without
    });
    assert!(matters);
}

#[test]
fn flexibility_buys_depth() {
    // Mean depth of the words of a text, over forums made up at random; without a text there is none.
    let depth = |off: &str| {
        let mut depth = 0.0;
        for seed in 0..80 {
            let (text, trade) = crowd(seed, "\"consensus\"", false, "");
            let scenario = scenario(&format!("mechanisms.off = [\"opt_outs\"{off}]\n{text}"), Some(&trade));
            let ended = Conference::new(scenario.clone()).run(4, seed).forums.remove(0);
            for (clause, quo) in ended.clauses.iter().zip(&scenario.forums[0].status_quo) {
                depth += clause.adopted.map_or(0.0, |point| (point - quo).abs());
            }
        }
        depth
    };
    let (with, without) = (depth(""), depth(", \"flexibility\""));
    assert!(with > without, "{with} {without}");
    // The negative control: a mechanism that offers nothing to the reluctant buys no depth.
    assert_eq!(depth(", \"caucus\""), with);
}

#[test]
fn a_reused_conference_and_another_order_of_members_change_nothing() {
    for seed in 0..10 {
        let (text, trade) = crowd(seed, "\"consensus\"", false, "");
        let text = format!("{HEAVY}{text}");
        let backwards = text.replace(
            "\"m0\", \"m1\", \"m2\", \"m3\", \"m4\", \"m5\", \"m6\"",
            "\"m6\", \"m5\", \"m4\", \"m3\", \"m2\", \"m1\", \"m0\"",
        );
        let (one, other) = (scenario(&text, Some(&trade)), scenario(&backwards, Some(&trade)));
        let mut reused = Conference::new(one.clone());
        for replication in 0..4 {
            let fresh = Conference::new(one.clone()).run(1, replication);
            assert_eq!(reused.run(1, replication), fresh);
            let turned = Conference::new(other.clone()).run(1, replication);
            for (here, there) in fresh.forums[0].members.iter().zip(turned.forums[0].members.iter().rev()) {
                assert_eq!((here.party, here.opt_outs), (there.party, there.opt_outs));
                assert!((here.transfer - there.transfer).abs() < 1e-9 && (here.gain - there.gain).abs() < 1e-9);
            }
        }
    }
}

#[test]
fn switching_every_offer_off_is_the_same_as_not_mentioning_it() {
    let (text, trade) = crowd(3, "\"consensus\"", false, "");
    let off = format!("mechanisms.off = [\"coverage\", \"transfers\", \"flexibility\", \"opt_outs\"]\n{text}");
    let keys = ["flexibility = {}", "opt_outs", "assistance"];
    let silent: String = text
        .lines()
        .filter(|line| !keys.iter().any(|key| line.starts_with(key)))
        .map(|line| format!("{line}\n"))
        .collect();
    let (off, silent) = (scenario(&off, Some(&trade)), scenario(&silent, None));
    let (mut off, mut silent) = (Conference::new(off), Conference::new(silent));
    (0..20).for_each(|replication| assert_eq!(off.run(1, replication), silent.run(1, replication)));
}

#[test]
fn the_shipped_talks_offer_what_they_say() {
    let scenario = load("wto-jsi", &[], &Disk).unwrap().scenario;
    let terms = &scenario.forums[0].terms;
    let count = |flags: &[bool]| flags.iter().filter(|flag| **flag).count();
    let assistance = terms.assistance.as_ref().unwrap();
    assert_eq!(count(&assistance.recipients), 5, "Benin, Burkina Faso, Gambia, Laos, Myanmar");
    assert!(count(&assistance.donors) > 10 && terms.opt_outs.is_none());
    let trade = scenario.trade.as_ref().unwrap();
    for country in 0..scenario.countries.len() {
        assert!(trade.of(country).iter().sum::<f64>() <= 1.0 + 1e-6);
    }
    let place = |id| scenario.country(id).unwrap();
    assert!(trade.of(place("MEX"))[place("USA")] > 0.5, "Mexico trades mostly with the United States");
}
