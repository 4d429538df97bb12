//! What happens in the room: blocs, exchanges, the first reading, precedents. Each alone with worked numbers, then the
//! laws that hold for all.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::conference::Conference;
use comity::ensemble::Ensemble;
use comity::minutes::{Entry, Outcome};
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::problem::Problems;
use comity::scenario::source::Memory;
use comity::world::{Deal, Deals, Delegation, Instructions, Positions, Strength};
use proptest::prelude::*;

/// A scenario as text, in parts.
#[derive(Clone, Default)]
struct Talks {
    /// Identifier and capability.
    countries: Vec<(String, f64)>,
    /// Identifier and rungs; none for a continuous scale.
    clauses: Vec<(String, Vec<f64>)>,
    /// Country, clause, and what stands under the mandate.
    mandates: Vec<(String, String, String)>,
    /// What stands at the top.
    top: String,
    /// What stands under the forum.
    forum: String,
    /// Tables beside the file.
    tables: Vec<(String, String)>,
}

impl Talks {
    fn country(mut self, id: &str, capability: f64) -> Self {
        self.countries.push((id.into(), capability));
        self
    }

    fn clause(mut self, id: &str) -> Self {
        self.clauses.push((id.into(), Vec::new()));
        self
    }

    fn wants(mut self, country: &str, clause: &str, mandate: &str) -> Self {
        self.mandates.push((country.into(), clause.into(), mandate.into()));
        self
    }

    fn with(mut self, forum: &str) -> Self {
        self.forum.push_str(forum);
        self.forum.push('\n');
        self
    }

    fn top(mut self, top: &str) -> Self {
        self.top.push_str(top);
        self.top.push('\n');
        self
    }

    fn written(&self) -> String {
        let mut text = format!("title = \"Talks\"\n{}\n", self.top);
        for (id, capability) in &self.countries {
            let _ = writeln!(text, "[country.{id}]\ncapability = {capability:?}");
        }
        for (id, rungs) in &self.clauses {
            let _ = writeln!(text, "[clause.{id}]");
            if !rungs.is_empty() {
                let rungs = rungs.iter().enumerate();
                let rungs: Vec<String> =
                    rungs.map(|(no, at)| format!("{{ label = \"r{no}\", position = {at:?} }}")).collect();
                let _ = writeln!(text, "rungs = [{}]", rungs.join(", "));
            }
        }
        for (country, clause, mandate) in &self.mandates {
            let _ = writeln!(text, "[mandate.{country}.{clause}]\n{mandate}");
        }
        let members: Vec<String> = self.countries.iter().map(|(id, _)| format!("\"{id}\"")).collect();
        let agenda: Vec<String> = self.clauses.iter().map(|(id, _)| format!("\"{id}\"")).collect();
        let _ = writeln!(
            text,
            "[forum.talks]\nname = \"Talks\"\nmembers = [{}]\nagenda = [{}]\n{}",
            members.join(", "),
            agenda.join(", "),
            self.forum
        );
        text
    }

    fn check(&self) -> Result<Arc<Scenario>, Problems> {
        let mut files = vec![("talks.toml".to_owned(), self.written())];
        files.extend(self.tables.iter().cloned());
        load("talks.toml", &[], &Memory(files.into_iter().collect())).map(|checked| checked.scenario)
    }

    fn scenario(&self) -> Arc<Scenario> {
        self.check().unwrap_or_else(|problems| panic!("{problems}\n{}", self.written()))
    }

    fn told(&self) -> (Outcome, Vec<Entry>) {
        Conference::new(self.scenario()).tell(1, 0)
    }

    fn outcomes(&self, replications: u64) -> Vec<Outcome> {
        let mut conference = Conference::new(self.scenario());
        (0..replications).map(|replication| conference.run(1, replication)).collect()
    }

    fn codes(&self) -> Vec<&'static str> {
        match self.check() {
            Ok(_) => Vec::new(),
            Err(problems) => problems.0.iter().map(|problem| problem.code.as_str()).collect(),
        }
    }
}

const CALENDAR: &str = "calendar = { start = 2025-01-01, rounds = 4 }";

/// What a delegation says and pursues, clause by clause.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    pub stated: Vec<f64>,
    pub aim: Vec<f64>,
}

impl Position {
    pub(crate) fn of(seat: usize, positions: &Positions) -> Self {
        Position { stated: positions.stated.row(seat).collect(), aim: positions.aim.row(seat).collect() }
    }
}

/// What a replication leaves behind of one delegation.
#[derive(Clone, Debug)]
struct Left {
    instructions: Instructions,
    position: Position,
    strength: Strength,
    deals: Vec<Deal>,
}

/// The delegations after a replication, in the order of their seats.
fn left(conference: &mut Conference) -> Vec<Left> {
    let world = conference.world();
    let positions = world.query::<&Positions>().iter(world).next().cloned().unwrap_or_default();
    let deals = world.query::<&Deals>().iter(world).next().cloned().unwrap_or_default();
    let mut query = world.query::<(&Delegation, &Instructions, &Strength)>();
    let mut all: Vec<(usize, Left)> = query
        .iter(world)
        .map(|(delegation, instructions, strength)| {
            let (instructions, position) = (instructions.clone(), Position::of(delegation.seat, &positions));
            let deals = (0..position.aim.len()).map(|clause| deals.on(delegation.seat, clause)).collect();
            (delegation.seat, Left { instructions, position, strength: *strength, deals })
        })
        .collect();
    all.sort_by_key(|(seat, _)| *seat);
    all.into_iter().map(|(_, left)| left).collect()
}

fn after(talks: &Talks) -> Vec<Left> {
    let mut conference = Conference::new(talks.scenario());
    conference.run(1, 0);
    left(&mut conference)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

/// Three states, of which the first two are a bloc of this description.
fn bloc(description: &str) -> Talks {
    Talks::default()
        .country("Alba", 3.0)
        .country("Borduria", 1.0)
        .country("Syldavia", 8.0)
        .clause("data")
        .wants("Alba", "data", "ideal = 0.8")
        .wants("Borduria", "data", "ideal = 0.2")
        .wants("Syldavia", "data", "ideal = 0.0")
        .with("rule = \"unanimity\"")
        .with("tactic = \"steadfast\"")
        .with("calendar = { start = 2025-01-01, rounds = 3 }")
        .with(&format!("[forum.talks.bloc.friends]\nmembers = [\"Alba\", \"Borduria\"]\n{description}"))
}

#[test]
fn members_go_towards_the_common_position_as_far_as_the_bloc_coheres() {
    // The common position is (3 · 0.8 + 1 · 0.2) / 4 = 0.65. Half of the way: 0.725 and 0.425, however many rounds.
    let all = after(&bloc("cohesion = 0.5"));
    assert!(near(all[0].position.aim[0], 0.725) && near(all[1].position.aim[0], 0.425));
    assert_eq!(all[2].position.aim[0], 0.0, "who is in no bloc goes nowhere");
    assert_eq!(all[0].instructions.ideal[0], 0.8, "what it wants stays");
}

#[test]
fn a_bloc_that_coheres_fully_speaks_with_one_voice_unless_a_red_line_binds() {
    let all = after(&bloc("cohesion = 1"));
    assert!(near(all[0].position.stated[0], 0.65));
    assert_eq!(all[0].position.stated, all[1].position.stated);
    let mut bound = bloc("cohesion = 1");
    bound.mandates[1].2 = "ideal = 0.2\nred_line = { ceiling = 0.3 }".into();
    let all = after(&bound);
    // Borduria stops at 0.3, and what the bloc says takes that in: (3 · 0.65 + 1 · 0.3) / 4.
    assert!(near(all[0].position.aim[0], 0.65) && near(all[0].position.stated[0], 0.5625));
    assert_eq!(all[1].position.stated[0], 0.3, "the red line stays");
}

#[test]
fn a_bloc_without_cohesion_changes_nothing() {
    let lines = "\nspokesperson = \"Alba\"\nred_line = { data = { ceiling = 0.1, slack = 0.2 } }";
    let none = Talks { forum: bloc("").forum.split("[forum.talks.bloc").next().unwrap().into(), ..bloc("") };
    let none = none.outcomes(20);
    assert_eq!(bloc(&format!("cohesion = 0{lines}")).outcomes(20), none);
    assert_ne!(bloc(&format!("cohesion = 0.9{lines}")).outcomes(20), none, "with cohesion it would");
}

#[test]
fn members_object_with_the_standing_of_the_bloc_that_speaks_for_them() {
    // Borduria has 1 of its own and half of Alba's 3 behind it, against Syldavia's 8, to the power of a half.
    let alone = after(&bloc("cohesion = 0.5"));
    assert!(near(alone[1].strength.alone, (1.0f64 / 8.0).sqrt()));
    let spoken_for = after(&bloc("cohesion = 0.5\nspokesperson = \"Alba\""));
    assert!(near(spoken_for[1].strength.alone, (2.5f64 / 8.0).sqrt()));
    assert!(near(spoken_for[0].strength.alone, (3.5f64 / 8.0).sqrt()));
    assert_eq!(spoken_for[2].strength.alone, 1.0);
}

#[test]
fn a_blocs_red_line_binds_its_members_as_far_as_it_coheres() {
    // Ceilings: half of the way from 1 to 0.4, and from Borduria's own 0.5 to 0.4.
    let mut talks = bloc("cohesion = 0.5\nred_line = { data = { ceiling = 0.4 } }");
    talks.mandates[1].2 = "ideal = 0.2\nred_line = { ceiling = 0.5 }".into();
    let all = after(&talks);
    assert!(near(all[0].instructions.ceiling[0], 0.7) && near(all[1].instructions.ceiling[0], 0.45));
    assert_eq!(all[2].instructions.ceiling[0], 2.0);
    assert!(all[0].position.aim[0] <= all[0].instructions.ceiling[0], "0.8 is what it wants, not what it may pursue");
}

/// Two states on opposite sides of two clauses, to each of which another matters three times as much.
fn market(forum: &str) -> Talks {
    Talks::default()
        .country("Alba", 1.0)
        .country("Borduria", 1.0)
        .clause("data")
        .clause("duties")
        .wants("Alba", "data", "ideal = 0\nsalience = 3")
        .wants("Alba", "duties", "ideal = 0\nsalience = 1")
        .wants("Borduria", "data", "ideal = 1\nsalience = 1")
        .wants("Borduria", "duties", "ideal = 1\nsalience = 3")
        .with("rule = \"unanimity\"")
        .with("tactic = \"steadfast\"")
        .with("calendar = { start = 2025-01-01, rounds = 1 }")
        .with(forum)
}

fn drafts(entries: &[Entry]) -> Vec<f64> {
    entries
        .iter()
        .filter_map(|entry| if let Entry::Drafted { point, .. } = entry { Some(*point) } else { None })
        .collect()
}

#[test]
fn two_states_trade_the_clause_that_matters_less_and_both_gain_the_same() {
    // The means are (3 · 0 + 1 · 1) / 4 = 0.25 and 0.75. Each goes all the way to the other, which shifts the outcomes by
    // a quarter to 0 and 1: each gains 0.75 · 0.25 and loses 0.25 · 0.25.
    let (outcome, entries) = market("linkage = {}").told();
    let exchanged: Vec<&Entry> = entries.iter().filter(|entry| matches!(entry, Entry::Exchanged { .. })).collect();
    let [Entry::Exchanged { gives, gain, externality, .. }] = exchanged[..] else { panic!("{exchanged:?}") };
    assert_eq!(*gives, [(0, 1, 0.0, 1.0), (1, 0, 1.0, 0.0)]);
    assert_eq!((*gain, *externality), (0.125, 0.0));
    assert_eq!((outcome.forums[0].exchanges, outcome.forums[0].externality), (1, 0.0));
    assert_eq!(drafts(&entries), [0.0, 1.0]);
    assert_eq!(drafts(&market("").told().1), [0.25, 0.75], "without linkage");
}

#[test]
fn third_parties_feel_an_exchange_and_the_outcome_says_so() {
    // Syldavia stands at 0 and at 0.5, with a weight of 1 and half of its salience on each. The outcomes were
    // (3 · 0 + 1 + 0) / (4 + 4 · 0.5) and so on; what they become is felt by half.
    let talks = market("linkage = {}")
        .country("Syldavia", 1.0)
        .wants("Syldavia", "data", "ideal = 0\nsalience = 1")
        .wants("Syldavia", "duties", "ideal = 0.5\nsalience = 1");
    let (outcome, entries) = talks.told();
    let at = |data: f64, duties: f64| 0.5 * data + 0.5 * (duties - 0.5).abs();
    // Data: (0 + 1 + 0) / 5 → 0 and duties: (0 + 3 + 0.5) / 5 = 0.7 → (1 + 3 + 0.5) / 5 = 0.9.
    assert!(near(outcome.forums[0].externality, at(0.2, 0.7) - at(0.0, 0.9)), "{}", outcome.forums[0].externality);
    assert!(near(drafts(&entries)[0], 0.0) && near(drafts(&entries)[1], 0.9));
}

#[test]
fn a_deal_is_kept_and_a_clause_is_traded_once() {
    let mut talks = market("linkage = {}");
    talks.forum = talks.forum.replace("rounds = 1", "rounds = 6");
    let mut conference = Conference::new(talks.scenario());
    let outcome = conference.run(1, 0);
    assert_eq!(outcome.forums[0].exchanges, 1);
    let all = left(&mut conference);
    assert_eq!(all[0].deals, [Deal::Got, Deal::Gave]);
    assert_eq!(all[0].position.aim, [0.0, 1.0]);
    assert_eq!(*all[0].instructions.ideal, [0.0, 0.0]);
}

#[test]
fn who_made_a_side_deal_has_left_the_common_position() {
    // In the first round, before any deal, both follow; then Alba gives way on duties, where its ally no longer hears it.
    let talks = market("linkage = {}")
        .country("Caledonia", 1.0)
        .wants("Caledonia", "data", "ideal = 0\nsalience = 1")
        .wants("Caledonia", "duties", "ideal = 0\nsalience = 1")
        .with("[forum.talks.bloc.allies]\nmembers = [\"Alba\", \"Caledonia\"]\ncohesion = 1");
    let mut talks = talks;
    talks.forum = talks.forum.replace("rounds = 1", "rounds = 3");
    let all = after(&talks);
    assert_eq!(all[0].deals[1], Deal::Gave);
    assert!(all[0].position.stated[1] > 0.5, "it keeps the deal");
    assert_eq!(all[2].position.stated[1], 0.0, "its ally does not");
}

#[test]
fn institutional_templates_are_not_for_sale() {
    assert_eq!(market("linkage = {}\ntemplate = { data = 0.5 }").told().0.forums[0].exchanges, 0);
}

/// Three states and a clause that only some of them want.
fn reading(ideals: [f64; 3], reading: &str) -> Talks {
    let mut talks = Talks::default().clause("data");
    for (id, ideal) in ["Alba", "Borduria", "Caledonia"].iter().zip(ideals) {
        talks = talks.country(id, 1.0).wants(id, "data", &format!("ideal = {ideal:?}"));
    }
    talks.with("rule = { simple_majority = {} }\ncost_of_failure = 1").with(CALENDAR).with(reading)
}

#[test]
fn a_wish_becomes_a_proposal_with_the_stated_chance() {
    // One clause (stake 1), equal weights (standing 1): the chance is zeal × distance, 0.3 and 0.6.
    let talks = reading([0.3, 0.6, 0.0], "first_reading = { sponsors = 1, support = 0 }");
    let mut conference = Conference::new(talks.scenario());
    let mut times = [0.0f64; 3];
    for replication in 0..2000 {
        let (_, entries) = conference.tell(1, replication);
        for entry in entries {
            if let Entry::FirstReading { sponsors, .. } = entry {
                sponsors.iter().for_each(|&seat| times[seat] += 1.0 / 2000.0);
            }
        }
    }
    // Three standard errors are 0.031 and 0.033.
    assert!((times[0] - 0.3).abs() < 0.031 && (times[1] - 0.6).abs() < 0.033 && times[2] == 0.0, "{times:?}");
}

#[test]
fn a_clause_that_nobody_puts_forward_is_never_in_the_text() {
    let none = reading([0.0; 3], "first_reading = {}");
    for outcome in none.outcomes(20) {
        let clause = &outcome.forums[0].clauses[0];
        assert!(!clause.proposed && clause.adopted.is_none() && clause.closed_in.is_none());
    }
    let without = reading([0.0; 3], "").outcomes(20);
    assert!(without.iter().all(|o| o.forums[0].clauses[0].proposed && o.forums[0].clauses[0].adopted == Some(0.0)));
}

#[test]
fn sponsors_must_be_enough_and_strong_enough() {
    let proposed = |asked: &str| {
        let talks = reading([1.0, 1.0, 0.0], &format!("first_reading = {{ {asked} }}"));
        talks.outcomes(20).iter().filter(|outcome| outcome.forums[0].clauses[0].proposed).count()
    };
    // Two sponsors for certain (distance 1), with two thirds of all say.
    assert_eq!(proposed("sponsors = 2, support = 0.6"), 20);
    assert_eq!(proposed("sponsors = 3, support = 0.6"), 0);
    assert_eq!(proposed("sponsors = 2, support = 0.7"), 0);
    assert_eq!(proposed("sponsors = 2, support = 0.6, zeal = 0"), 0);
}

#[test]
fn refusals_that_outweigh_the_sponsors_keep_a_clause_out() {
    let talks = |salience: f64| {
        let mut talks = reading([1.0, 1.0, 0.0], "first_reading = {}");
        talks.mandates[2].2 = format!("ideal = 0\nsalience = {salience:?}\nred_line = {{ ceiling = 0 }}");
        talks.outcomes(5).iter().all(|outcome| outcome.forums[0].clauses[0].proposed)
    };
    assert!(talks(1.9) && !talks(2.1));
}

/// Talks about an instrument with evidence: rows of country, date, basis, instrument, drawn from its text, and point.
fn on_record(rows: &[(&str, &str, &str, &str, &str, &str)]) -> Talks {
    let mut talks = reading([0.5; 3], "instrument = \"DEAL\"\nfirst_reading = { sponsors = 1, support = 0, zeal = 0 }");
    let mut table = String::from(
        "id,actor,clause,date,rung,point,salience,red_line,basis,instrument,drawn_from_text,source,confidence\n",
    );
    for (no, (actor, date, basis, instrument, drawn, point)) in rows.iter().enumerate() {
        let _ = writeln!(table, "E{no},{actor},data,{date},,{point},1,no,{basis},{instrument},{drawn},a source,high");
    }
    talks = talks.top("as_of = 2020-01-01\ntables = { evidence = \"evidence.csv\" }");
    talks.tables.push(("evidence.csv".into(), table));
    talks
}

#[test]
fn who_is_on_record_about_the_instrument_always_puts_the_clause_forward() {
    let proposed = |row| on_record(&[row]).told().0.forums[0].clauses[0].proposed;
    let row = ("Alba", "2019-06-01", "proposal", "DEAL", "no", "0.7");
    assert!(proposed(row));
    for basis in ["statement", "negotiating_report", "application"] {
        assert!(proposed(("Alba", "2019-06-01", basis, "DEAL", "no", "0.7")), "{basis}");
    }
    for (wrong, why) in [
        (("Alba", "2020", "proposal", "DEAL", "no", "0.7"), "later than the day of the scenario"),
        (("Alba", "2019-06-01", "proposal", "DEAL", "yes", "0.7"), "drawn from the very text"),
        (("Alba", "2019-06-01", "proposal", "OTHER", "no", "0.7"), "about another instrument"),
        (("Alba", "2019-06-01", "prior_treaty", "DEAL", "no", "0.7"), "what was once signed is no proposal"),
        (("Alba", "2019-06-01", "proposal", "DEAL", "no", "0"), "it asks for the status quo"),
    ] {
        assert!(!proposed(wrong), "{why}");
    }
}

#[test]
fn the_first_draft_goes_towards_a_precedent_that_goes_further() {
    // The floor says (0.2 + 0.4 + 0.6) / 3 = 0.4; half of the way to 0.8 is 0.6.
    let first = |forum: &str| drafts(&reading([0.2, 0.4, 0.6], forum).told().1)[0];
    assert!(near(first(""), 0.4));
    assert!(near(first("precedent = { data = 0.8 }\nratchet = 0.5"), 0.6));
    assert!(near(first("precedent = { data = 0.8 }\nratchet = 1"), 0.8));
    assert!(near(first("precedent = { data = 0.1 }\nratchet = 1"), 0.4), "it turns one way only");
}

#[test]
fn a_precedent_without_a_ratchet_changes_nothing() {
    let plain = reading([0.2, 0.4, 0.6], "").outcomes(20);
    assert_eq!(reading([0.2, 0.4, 0.6], "precedent = { data = 0.8 }").outcomes(20), plain);
    assert_eq!(reading([0.2, 0.4, 0.6], "precedent = { data = 0.8 }\nratchet = 0").outcomes(20), plain);
    assert_ne!(reading([0.2, 0.4, 0.6], "precedent = { data = 0.8 }\nratchet = 0.9").outcomes(20), plain);
}

const NUMBERS: usize = 400;

/// Talks of many countries with everything at once, made from numbers.
fn everything(numbers: &[f64], countries: usize, clauses: usize) -> Talks {
    let mut numbers = numbers.iter().copied().cycle();
    let mut next = || numbers.next().unwrap_or(0.5);
    let mut talks = Talks::default();
    for clause in 0..clauses {
        talks = talks.clause(&format!("c{clause}"));
    }
    for no in 0..countries {
        let id = format!("n{no}");
        talks = talks.country(&id, 0.5 + next());
        for clause in 0..clauses {
            let (ideal, salience, room, kind) = (next(), 0.1 + next(), next(), next());
            let line = match kind {
                k if k < 0.2 => format!("red_line = {{ ceiling = {:?}, slack = 0.05 }}", ideal + room * (1.0 - ideal)),
                k if k < 0.4 => format!("red_line = {{ floor = {:?} }}", ideal * room),
                _ => String::new(),
            };
            let mandate = format!("ideal = {ideal:?}\nsalience = {salience:?}\n{line}");
            talks = talks.wants(&id, &format!("c{clause}"), &mandate);
        }
    }
    let members: Vec<String> = (0..countries / 2).map(|no| format!("\"n{no}\"")).collect();
    talks
        .with("rule = { qualified_majority = { share = 0.7 } }\ncost_of_failure = 0.2")
        .with("tactic = { reciprocal = { opening = 0.1 } }")
        .with("calendar = { start = 2025-01-01, rounds = 5 }")
        .with("linkage = {}\nfirst_reading = { sponsors = 1 }")
        .with("precedent = { c0 = 0.9 }\nratchet = 0.5")
        .with(&format!("[forum.talks.bloc.friends]\nmembers = [{}]", members.join(", ")))
        .with("cohesion = 0.6\nspokesperson = \"n0\"\nred_line = { c1 = { ceiling = 0.8, slack = 0.1 } }")
}

fn some() -> Talks {
    let numbers: Vec<f64> = (0..NUMBERS).map(|no| (no as f64 * 0.618_033_988_749_894_9).fract()).collect();
    everything(&numbers, 7, 5)
}

fn pursues_beyond_a_line(left: &Left) -> bool {
    let clauses = 0..left.position.aim.len();
    clauses.into_iter().any(|clause| {
        let Left { instructions, position, .. } = left;
        instructions.crosses_red_line(clause, position.aim[clause])
            || instructions.crosses_red_line(clause, position.stated[clause])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_pursues_or_says_what_crosses_its_red_line(numbers in prop::collection::vec(0.0..1.0f64, NUMBERS)) {
        let mut conference = Conference::new(everything(&numbers, 6, 4).scenario());
        for replication in 0..5 {
            conference.run(1, replication);
            prop_assert!(!left(&mut conference).iter().any(pursues_beyond_a_line));
        }
    }

    #[test]
    fn partners_of_every_exchange_gain_the_same_and_more_than_nothing(
        numbers in prop::collection::vec(0.0..1.0f64, NUMBERS),
    ) {
        // Without blocs and with one round, the outcomes before it are the means of ideal points within the lines.
        let mut talks = everything(&numbers, 6, 4);
        let without_blocs = talks.forum.split("[forum.talks.bloc").next().unwrap_or_default();
        talks.forum = without_blocs.replace("rounds = 5", "rounds = 1").replace("first_reading", "# first_reading");
        let mut conference = Conference::new(talks.scenario());
        let (_, entries) = conference.tell(1, 0);
        let all = left(&mut conference);
        let mut aims: Vec<Vec<f64>> = all.iter().map(|one| one.instructions.ideal.to_vec()).collect();
        let mean = |aims: &[Vec<f64>], clause: usize| {
            let say = |one: &Left| one.instructions.say[clause];
            let heard: f64 = all.iter().zip(aims).map(|(one, aim)| say(one) * aim[clause]).sum();
            heard / all.iter().map(say).sum::<f64>()
        };
        let share = |seat: usize, clause: usize| {
            let Instructions { salience, total_salience, .. } = &all[seat].instructions;
            salience[clause] / total_salience
        };
        for entry in &entries {
            let Entry::Exchanged { gives: [one, other], gain, .. } = entry else { continue };
            let shift = |aims: &mut Vec<Vec<f64>>, &(seat, clause, _, to): &(usize, usize, f64, f64)| {
                let before = mean(aims, clause);
                aims[seat][clause] = to;
                (mean(aims, clause) - before).abs()
            };
            let (given, got) = (shift(&mut aims, one), shift(&mut aims, other));
            for (seat, gives, given, gets, got) in [(one.0, one.1, given, other.1, got), (other.0, other.1, got, one.1, given)] {
                let gains = share(seat, gets) * got - share(seat, gives) * given;
                prop_assert!((gains - gain).abs() < 1e-9 && *gain > 0.0, "{gains} instead of {gain}");
            }
        }
    }
}

#[test]
fn a_line_that_is_crossed_would_be_noticed() {
    let mut one = after(&some()).swap_remove(0);
    assert!(!pursues_beyond_a_line(&one));
    one.instructions.ceiling[0] = one.position.aim[0] - 0.01;
    assert!(pursues_beyond_a_line(&one));
}

#[test]
fn everything_at_once_really_happens() {
    let (outcome, entries) = some().told();
    for (what, happened) in [
        ("a caucus", entries.iter().any(|entry| matches!(entry, Entry::Caucused { .. }))),
        ("an exchange", entries.iter().any(|entry| matches!(entry, Entry::Exchanged { .. }))),
        ("a first reading", entries.iter().any(|entry| matches!(entry, Entry::FirstReading { .. }))),
    ] {
        assert!(happened, "{what}");
    }
    assert!(outcome.forums[0].exchanges > 0 && outcome.forums[0].externality != 0.0);
}

#[test]
fn a_conference_used_before_plays_as_a_fresh_one() {
    let scenario = some().scenario();
    let mut used = Conference::new(scenario.clone());
    for replication in (0..12).rev() {
        let fresh = Conference::new(scenario.clone()).tell(3, replication);
        assert_eq!(used.tell(3, replication), fresh);
        assert_eq!(used.run(3, replication), fresh.0, "telling changes nothing");
    }
}

#[test]
fn threads_change_nothing() {
    let scenario = some().scenario();
    let on = |threads| {
        let mut all = Vec::new();
        let ensemble = Ensemble { scenario: scenario.clone(), replications: 0..100, threads };
        let ran = ensemble.run(
            &AtomicBool::new(false),
            |conference, range| range.map(|replication| conference.run(5, replication)).collect::<Vec<_>>(),
            |batch| {
                all.extend(batch);
                Ok::<(), ()>(())
            },
        );
        assert!(ran.is_ok());
        all
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn the_order_of_countries_and_blocs_changes_nothing_but_rounding() {
    let talks = some().with("[forum.talks.bloc.others]\nmembers = [\"n4\", \"n5\"]\ncohesion = 0.3");
    let mut turned = talks.clone();
    turned.countries.reverse();
    let (forum, friends) = talks.forum.split_once("[forum.talks.bloc.friends]").unwrap();
    let (friends, others) = friends.split_once("[forum.talks.bloc.others]").unwrap();
    turned.forum = format!("{forum}[forum.talks.bloc.others]{others}\n[forum.talks.bloc.friends]{friends}");
    for (one, other) in talks.outcomes(30).iter().zip(&turned.outcomes(30)) {
        let (one, other) = (&one.forums[0], &other.forums[0]);
        assert_eq!((one.concluded, one.rounds, one.exchanges), (other.concluded, other.rounds, other.exchanges));
        assert!((one.externality - other.externality).abs() < 1e-9);
        for (a, b) in one.clauses.iter().zip(&other.clauses) {
            assert_eq!((a.proposed, a.closed_in, a.objections), (b.proposed, b.closed_in, b.objections));
            assert!((a.adopted.unwrap_or(-1.0) - b.adopted.unwrap_or(-1.0)).abs() < 1e-9);
        }
        for (a, b) in one.members.iter().zip(other.members.iter().rev()) {
            assert!(a.party == b.party && (a.gain - b.gain).abs() < 1e-9);
        }
    }
}

#[test]
fn what_is_switched_off_is_as_if_it_were_not_there() {
    let plain = {
        let mut talks = some();
        let without_blocs = talks.forum.split("[forum.talks.bloc").next().unwrap_or_default();
        talks.forum = without_blocs.replace("linkage = {}", "").replace("first_reading", "# first_reading");
        talks.forum = talks.forum.replace("precedent", "# precedent").replace("ratchet", "# ratchet");
        talks.outcomes(20)
    };
    let off = |words: &str| some().top(&format!("mechanisms = {{ off = [{words}] }}")).outcomes(20);
    assert_eq!(off("\"caucus\", \"exchange\", \"agenda\", \"ratchet\""), plain);
    let all = off("");
    for word in ["caucus", "exchange", "agenda", "ratchet"] {
        assert_ne!(off(&format!("\"{word}\"")), all, "{word} does something");
    }
}

#[test]
fn a_round_goes_from_statements_over_caucus_and_exchange_to_the_draft() {
    let (_, entries) = some().told();
    let rank = |entry: &Entry| match entry {
        Entry::Round { .. } => Some(0),
        Entry::Stated { .. } => Some(1),
        Entry::FirstReading { .. } => Some(2),
        Entry::Caucused { .. } => Some(3),
        Entry::Exchanged { .. } => Some(4),
        Entry::Drafted { .. } => Some(5),
        Entry::Objected { .. } => Some(6),
        _ => None,
    };
    let ranks: Vec<i32> = entries.iter().filter_map(rank).collect();
    for round in ranks.split(|&rank| rank == 0) {
        assert!(round.is_sorted(), "{round:?}");
    }
}

#[test]
fn the_story_tells_what_happened_in_the_room() {
    let scenario = some().scenario();
    let (outcome, entries) = Conference::new(scenario.clone()).tell(1, 0);
    let story = comity::replay::transcript(&scenario, &entries, &outcome, &[]);
    for words in ["reading   put forward by", "caucus    friends, n0 speaking:", "trades    n", "‰"] {
        assert!(story.contains(words), "{words}\n{story}");
    }
}

#[test]
fn nonsense_is_diagnosed() {
    let friends = |lines: &str| bloc("cohesion = 0.5").with(lines).codes();
    assert_eq!(friends(""), Vec::<&str>::new());
    for (lines, code) in [
        ("[forum.talks.bloc.rivals]\nmembers = [\"Alba\"]\ncohesion = 0.5", "comity::scenario::bloc"),
        ("[forum.talks.bloc.rivals]\ncohesion = 0.5", "comity::scenario::bloc"),
        ("[forum.talks.bloc.rivals]\ngroup = \"LDC\"\ncohesion = 0.5", "comity::scenario::bloc"),
        (
            "[forum.talks.bloc.rivals]\nmembers = [\"Syldavia\", \"Syldavia\"]\ncohesion = 0.5",
            "comity::scenario::duplicate",
        ),
        ("[forum.talks.bloc.rivals]\nmembers = [\"Ruritania\"]\ncohesion = 0.5", "comity::scenario::unknown_country"),
        ("spokesperson = \"Syldavia\"", "comity::scenario::unknown_country"),
        ("red_line = { tariffs = { floor = 0.5 } }", "comity::scenario::unknown_clause"),
        ("red_line = { data = { floor = 0.5, ceiling = 0.4 } }", "comity::scenario::red_line"),
        ("cohesiveness = 1", "comity::scenario::unknown_key"),
        ("[forum.talks.linkage]\nexchanges = 101", "comity::scenario::out_of_range"),
        ("[forum.talks.linkage]\npartners = 0", "comity::scenario::out_of_range"),
        ("[forum.talks.first_reading]\nsupport = 1.5", "comity::scenario::out_of_range"),
        ("[forum.talks.precedent]\ntariffs = 0.5", "comity::scenario::unknown_clause"),
        ("[forum.talks.precedent]\ndata = \"deep\"", "comity::scenario::rungs"),
    ] {
        assert_eq!(friends(lines), [code], "{lines}");
    }
    assert_eq!(reading([0.5; 3], "ratchet = 0.5").codes(), ["comity::scenario::missing_key"]);
    let unknown = reading([0.5; 3], "").top("mechanisms = { off = [\"caucuses\"] }").codes();
    assert_eq!(unknown, ["comity::scenario::unknown_choice"]);
}
