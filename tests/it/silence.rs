//! Drafts under silence, and co-sponsors, in talks so small that they can be worked out by hand; see `mechanisms` for what
//! is common to them. A majority of the votes cast decides once silence is broken for good.

use comity::conference::Conference;
use comity::minutes::{Entry, ForumOutcome, Reason};
use comity::scenario::check::load;
use comity::scenario::source::Memory;

use crate::mechanisms::{ended, parties, rounded, still, text};
use crate::talks::{MAJORITY_OF_VOTES_CAST, Talks};

const MAJORITY: &str = MAJORITY_OF_VOTES_CAST;

fn under_silence(talks: Talks, drafts: u32) -> Talks {
    talks.with("rule", MAJORITY).with("silence", format!("{{ drafts = {drafts} }}"))
}

/// The text is at 2/3. Nobody objects but the first, at its red line.
fn opposed(red_line: f64) -> Talks {
    let rows: [(f64, &[f64]); 3] = [(1.0, &[0.0]), (1.0, &[1.0]), (1.0, &[1.0])];
    still(&rows).with("rule", MAJORITY).but(|talks| talks.countries[0].wishes[0].ceiling = Some(red_line))
}

/// A poll: whether under silence, who objects, whether carried.
type Polled = (bool, Vec<(usize, Reason)>, bool);

fn polls(talks: &Talks) -> Vec<Polled> {
    let (_, entries) = talks.conference().tell(1, 0);
    let poll = |entry| match entry {
        Entry::Polled { silence, objecting, passed, .. } => Some((silence, objecting, passed)),
        _ => None,
    };
    entries.into_iter().filter_map(poll).collect()
}

fn told(outcome: &ForumOutcome) -> (Option<f64>, u32, u32, Option<bool>) {
    (text(outcome)[0], outcome.clauses[0].dilutions, outcome.polls, outcome.without_a_vote)
}

const RED: [(usize, Reason); 1] = [(0, Reason::RedLine)];

#[test]
fn a_draft_that_nobody_objects_to_stands() {
    let talks = under_silence(opposed(0.7), 3);
    assert_eq!(polls(&talks), [(true, vec![], true)]);
    let outcome = ended(&talks);
    assert_eq!(told(&outcome), (Some(rounded(2.0 / 3.0)), 0, 1, Some(true)));
    // The first says nothing and does not join.
    assert_eq!(parties(&outcome), [1, 2]);
}

#[test]
fn a_draft_on_which_silence_is_broken_is_revised_and_the_revision_put_under_silence() {
    let talks = under_silence(opposed(0.6), 2);
    assert_eq!(polls(&talks), [(true, RED.to_vec(), false), (true, vec![], true)]);
    assert_eq!(told(&ended(&talks)), (Some(rounded(2.0 / 3.0 - 0.1)), 1, 2, Some(true)));
}

#[test]
fn once_silence_is_broken_for_good_the_majority_decides_on_the_draft_as_it_stands() {
    let talks = under_silence(opposed(0.1), 2);
    let (broken, carried) = ((true, RED.to_vec(), false), (false, RED.to_vec(), true));
    assert_eq!(polls(&talks), [broken.clone(), broken, carried]);
    let outcome = ended(&talks);
    assert_eq!(told(&outcome), (Some(rounded(2.0 / 3.0 - 0.1)), 1, 3, Some(false)));
    // Each of the two lost polls hung on the first alone, as does every round, in which the others say nothing.
    let objections = &outcome.objections[0];
    assert_eq!((objections.seat, objections.made, objections.decisive), (0, 6, 6));
}

#[test]
fn without_the_key_or_with_the_mechanism_off_the_majority_decides_at_once() {
    let without = opposed(0.1);
    assert_eq!(polls(&without), [(false, RED.to_vec(), true)]);
    assert_eq!(told(&ended(&without)), (Some(rounded(2.0 / 3.0)), 0, 1, Some(false)));
    let files = Memory([("talks.toml".to_owned(), under_silence(opposed(0.1), 2).text())].into());
    let off = load("talks.toml", &["mechanisms.off=[\"silence\"]".to_owned()], &files).unwrap().scenario;
    assert_eq!(Conference::new(off).run(1, 0), without.play());
}

/// The only provision is at 0.4, beyond the first's 0.2. Whatever number of drafts is left, revising it would leave nothing.
#[test]
fn a_draft_that_cannot_be_revised_goes_to_the_vote() {
    let rows: [(f64, &[f64]); 3] = [(1.0, &[0.2]), (1.0, &[0.6]), (1.0, &[0.6])];
    let talks = under_silence(still(&rows), 9).but(|talks| {
        talks.clauses[0].rungs = vec![0.0, 0.4];
        talks.countries[0].wishes[0].ceiling = Some(0.2);
    });
    assert_eq!(polls(&talks), [(true, RED.to_vec(), false), (false, RED.to_vec(), true)]);
    assert_eq!(told(&ended(&talks)), (Some(0.4), 0, 2, Some(false)));
}

/// As in `endgame`: clause 0, at 0.8, costs the second something down to 0.4. It can stop a draft under silence and holds
/// out; at the vote it cannot, gains by the whole, and accepts.
#[test]
fn who_can_break_silence_can_hold_out_and_no_longer_once_it_comes_to_a_vote() {
    let rows: [(f64, &[f64]); 2] = [(3.0, &[1.0, 0.6]), (1.0, &[0.2, 0.6])];
    let insistent = || still(&rows).with("cost_of_failure", 1.0).parameter("assertiveness", 1e6);
    let held = vec![(1, Reason::HoldsOut)];
    let long = ended(&under_silence(insistent(), 9));
    assert_eq!((text(&long), long.polls, long.without_a_vote), (vec![Some(0.4), Some(0.6)], 5, Some(true)));
    let short = under_silence(insistent(), 2);
    assert_eq!(polls(&short), [(true, held.clone(), false), (true, held, false), (false, vec![], true)]);
    let short = ended(&short);
    assert_eq!((text(&short), short.without_a_vote), (vec![Some(0.7), Some(0.6)], Some(true)));
}

#[test]
fn no_text_adopted_under_silence_has_an_objector_and_no_more_drafts_are_put_under_it_than_stated() {
    let (mut kept, mut voted) = (0, 0);
    for number in 0..40_u32 {
        let wish = |seat: u32, clause: u32| f64::from((number * 7 + seat * 13 + clause * 29) % 11) / 10.0;
        let rows: Vec<(f64, Vec<f64>)> =
            (0..5).map(|seat| (1.0 + f64::from(seat), vec![wish(seat, 0), wish(seat, 1), wish(seat, 2)])).collect();
        let rows: Vec<(f64, &[f64])> = rows.iter().map(|(weight, wishes)| (*weight, wishes.as_slice())).collect();
        let drafts = 1 + number % 4;
        let talks = under_silence(Talks::of(&rows), drafts).but(|talks| {
            let wish = &mut talks.countries[0].wishes[0];
            wish.ceiling = Some(wish.ideal.max(0.4));
        });
        let (outcome, entries) = talks.conference().tell(number.into(), 0);
        let polls: Vec<_> = entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Polled { silence, objecting, passed, .. } => Some((*silence, objecting.is_empty(), *passed)),
                _ => None,
            })
            .collect();
        let silent = polls.iter().filter(|(silence, ..)| *silence).count();
        assert!(silent <= drafts as usize, "{polls:?}");
        let Some(&(silence, unopposed, passed)) = polls.last() else { continue };
        let concluded = outcome.forums[0].concluded;
        assert_eq!(outcome.forums[0].without_a_vote, concluded.then_some(unopposed));
        if concluded && passed && silence {
            assert!(unopposed, "{polls:?}");
            kept += 1;
        } else if concluded {
            voted += 1;
        }
    }
    assert!(kept > 3 && voted > 3, "{kept} kept, {voted} voted on");
}

/// Texts of 0.5 and 0.25: each gains a half of 0.5 by clause 0. By clause 1 the first and the third gain a half of 0.25,
/// 0.375 together, and the second loses as much.
#[test]
fn who_wants_the_whole_text_and_gains_enough_puts_its_name_to_it() {
    let rows: [(f64, &[f64]); 3] = [(1.0, &[0.5, 0.5]), (1.0, &[0.5, 0.0]), (1.0, &[0.5, 0.25])];
    let named = |gain: f64| {
        let outcome = ended(&still(&rows).with("co_sponsorship", format!("{{ gain = {gain} }}")));
        assert_eq!((text(&outcome), parties(&outcome)), (vec![Some(0.5), Some(0.25)], vec![0, 1, 2]));
        assert_eq!(rounded(outcome.members[0].gain), 0.375);
        assert_eq!(outcome.co_sponsors(), outcome.members.iter().filter(|member| member.co_sponsor).count());
        (0..3).filter(|&seat| outcome.members[seat].co_sponsor).collect::<Vec<_>>()
    };
    assert_eq!(named(0.0), [0, 2]);
    assert!(named(0.38).is_empty());
    let without = ended(&still(&rows));
    assert_eq!(without.co_sponsors(), 0);
}
