//! Play in steps: a replication that is stepped through is the one that is run, and one that is left leaves nothing.

use comity::conference::{Conference, WaitsFor};
use comity::scenario::check::load;
use comity::scenario::source::Memory;

use crate::promise::{Kept, must};
use crate::talks::{CONSENSUS, Talks};

fn shipped(name: &str) -> Conference {
    Conference::new(load(name, &[], &Memory::default()).unwrap_or_else(|problems| panic!("{problems}")).scenario)
}

/// Three members that concede in their own way about two clauses.
fn three() -> Talks {
    Talks::of(&[(3.0, &[0.9, 0.2]), (2.0, &[0.1, 0.7]), (1.0, &[0.4, 1.0])]).with("rule", CONSENSUS).rounds(5)
}

/// Stepping through replications, with something done before each step, gives what running them gives.
fn stepping_is_running(mut conference: Conference, meddle: impl Fn(&mut Conference)) -> Kept {
    for replication in 0..3 {
        let told = conference.tell(1, replication);
        let run = conference.run(1, replication);
        conference.begin(1, replication);
        while conference.waits_for() != WaitsFor::Nothing {
            meddle(&mut conference);
            conference.advance();
        }
        let stepped = conference.finish();
        let same = stepped == told && stepped.0 == run;
        must(same, || format!("stepped {:?}\nrun {:?}", stepped.0, run))?;
    }
    Ok(true)
}

#[test]
fn a_replication_in_steps_is_the_one_that_is_run() {
    for name in ["minimal", "depa"] {
        assert_eq!(stepping_is_running(shipped(name), |_| ()), Ok(true), "{name}");
    }
    // Looking at the world changes nothing; taking a seat does.
    let look = |conference: &mut Conference| {
        let forums = conference.meeting();
        assert!(forums.iter().all(|&forum| conference.stated(forum, 0).is_some()));
    };
    assert_eq!(stepping_is_running(three().conference(), look), Ok(true));
    let sit = |conference: &mut Conference| assert!(conference.gives_way(0, 1, 0.75));
    assert!(stepping_is_running(three().conference(), sit).is_err());
}

#[test]
fn a_replication_left_half_way_leaves_nothing_behind() {
    for name in ["minimal", "depa"] {
        let (mut fresh, mut used) = (shipped(name), shipped(name));
        let expected = fresh.tell(1, 5);
        for steps in [0, 1, 2, 3, 5, 8, 13] {
            used.begin(9, steps);
            for _ in 0..steps {
                used.advance();
            }
            for seat in 0..3 {
                used.gives_way(0, seat, 1.0);
            }
            assert_eq!(used.tell(1, 5), expected, "{name}, left after {steps} steps");
        }
        // What was left is gone, not what is played: another replication is another story.
        assert_ne!(used.tell(9, 5), expected);
    }
}

#[test]
fn a_seat_states_what_its_holder_tells_it_to() {
    let mut conference = three().conference();
    assert!(matches!(conference.begin(1, 0), WaitsFor::Round(_)));
    assert_eq!(conference.meeting(), [0]);
    assert!(conference.gives_way(0, 0, 0.0));
    conference.advance();
    let wish = conference.stated(0, 0).unwrap();
    assert_eq!(wish, [0.9, 0.2], "who gives nothing states its wish");
    assert!(conference.meeting() == [0] && conference.gives_way(0, 0, 0.0));
    conference.advance();
    assert_eq!(conference.stated(0, 0).unwrap(), wish, "and holds to it");
    assert!(conference.gives_way(0, 0, 0.5));
    conference.advance();
    assert_ne!(conference.stated(0, 0).unwrap(), wish, "until it is told to give way");
    for (forum, seat, level) in [(1, 0, 0.5), (0, 3, 0.5), (0, 0, f64::NAN)] {
        assert!(!conference.gives_way(forum, seat, level), "{forum} {seat} {level}");
    }
    assert!(conference.stated(0, 3).is_none() && conference.stated(1, 0).is_none());
}

#[test]
fn steps_come_in_the_order_of_their_days() {
    let mut conference = shipped("depa");
    let mut waited = vec![conference.begin(1, 0)];
    while conference.waits_for() != WaitsFor::Nothing {
        waited.push(conference.advance());
    }
    let day = |step: &WaitsFor| match *step {
        WaitsFor::Shocks(day) | WaitsFor::Season(day) | WaitsFor::Round(day) | WaitsFor::Endgame(day) => day,
        WaitsFor::Nothing => i64::MAX,
    };
    assert!(waited.windows(2).all(|pair| day(&pair[0]) <= day(&pair[1])), "{waited:?}");
    let has = |kind: fn(&WaitsFor) -> bool| waited.iter().any(kind);
    assert!(has(|step| matches!(step, WaitsFor::Season(_))) && has(|step| matches!(step, WaitsFor::Round(_))));
    assert_eq!(conference.advance(), WaitsFor::Nothing, "what is over stays over");
    assert!(conference.meeting().is_empty());
}
