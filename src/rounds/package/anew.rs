//! A package that is weighed step by step, lane by lane, and only where something has changed, held against plain sums
//! over everything.

use super::{AT_THE_MARGIN, MOST_GRIEVANCE, Package, Proposal, Voter};
use crate::preference::{loss, obligation};
use crate::rounds::objection::{company, share, standing};
use crate::rules::{Counting, DecisionRule, Majority, Unit};
use crate::scenario::{Forum, Parameters, Scenario, check::load, source::Memory};
use crate::world::{Desk, DrawnParameters, Instructions, Strength};

/// More members than a lane holds, and a rest.
const MEMBERS: usize = 11;
const CLAUSES: usize = 9;

/// Numbers as good as drawn.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1u32 << 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() * bound as f64) as usize
    }

    fn row(&mut self, low: f64, high: f64) -> Box<[f64]> {
        (0..CLAUSES).map(|_| low + (high - low) * self.next()).collect()
    }
}

fn scenario() -> std::sync::Arc<Scenario> {
    let clauses: String = (0..CLAUSES).map(|no| format!("[clause.c{no}]\nburden = {}\n", 1 + no % 3)).collect();
    let names: Vec<String> = (0..MEMBERS).map(|no| format!("\"n{no:02}\"")).collect();
    let countries: String = names.iter().map(|name| format!("[country.{name}]\n")).collect();
    let wishes: String = (0..CLAUSES).map(|no| format!("c{no} = {{ ideal = 0.5 }}\n")).collect();
    let mandates: String = names.iter().map(|name| format!("[mandate.{name}]\n{wishes}")).collect();
    let agenda: Vec<String> = (0..CLAUSES).map(|no| format!("\"c{no}\"")).collect();
    let (members, agenda) = (names.join(", "), agenda.join(", "));
    let text = format!(
        "title = \"t\"\n{clauses}{countries}[forum.talks]\nname = \"T\"\nmembers = [{members}]\nagenda = [{agenda}]\n\
         rule = \"consensus\"\nstatus_quo = {{ c1 = 0.3 }}\ntemplate = {{ c2 = 0.5 }}\n\
         flexibility = {{ step = 0.2, most = 0.6 }}\nopt_outs = {{ at_most = 2 }}\n\
         assistance = {{ recipients = [\"n00\"], donors = [\"n01\"] }}\n\
         calendar = {{ start = 2025-01-01, rounds = 3 }}\n{mandates}"
    );
    match load("t.toml", &[], &Memory([("t.toml".to_owned(), text)].into())) {
        Ok(checked) => checked.scenario,
        Err(problems) => panic!("{problems}"),
    }
}

fn instructions(noise: &mut Noise) -> Instructions {
    let salience = noise.row(0.0, 1.0);
    Instructions {
        ideal: noise.row(0.0, 1.0),
        stake: noise.row(0.0, 1.0),
        floor: noise.row(-1.5, 0.4),
        ceiling: noise.row(0.6, 2.5),
        bound: noise.row(-0.5, 0.3).iter().map(|bound| bound.max(0.0)).collect(),
        resolve: noise.row(0.0, 0.1),
        package_resolve: 0.05 * noise.next(),
        reservation: 0.05 * noise.next(),
        total_salience: if noise.next() < 0.1 { 0.0 } else { salience.iter().sum() },
        stakes: 3.0,
        salience,
        ..Instructions::none()
    }
}

/// What a clause is worth to a voter, what it holds against it, and its burden, from the words of the model.
fn appraised(package: &Package, voter: usize, clause: usize) -> (f64, f64, f64) {
    if !package.included[clause] || package.is_out(voter, clause) {
        return (0.0, 0.0, 0.0);
    }
    let (text, before, degree) = (package.point[clause], package.forum.status_quo[clause], package.exception[clause]);
    let undone = |voter: usize| match package.is_out(voter, clause) {
        true => 1.0,
        false => obligation::undone(text, before, package.voters[voter].instructions.ideal[clause], degree),
    };
    let weight = |voter: usize| package.voters[voter].strength.weight;
    let (mut others, mut all) = (0.0, 0.0);
    for voter in 0..package.voters.len() {
        others += weight(voter) * undone(voter);
        all += weight(voter);
    }
    let Voter { instructions: wants, strength, member, .. } = &package.voters[voter];
    let (bound, own) = (wants.bound[clause], undone(voter));
    let point = obligation::effective(text, before, own);
    let lost = |point: f64| loss(point.max(bound), wants.ideal[clause], package.parameters.loss_exponent);
    let mut worth = match wants.total_salience > 0.0 {
        true => wants.salience[clause] * (lost(before) - lost(point)) / wants.total_salience,
        false => 0.0,
    };
    if others > 0.0 && worth > 0.0 {
        worth *= 1.0 - obligation::leak(others, weight(voter) * own, all);
    }
    let borne = (1.0 - strength.capacity) * (1.0 - member.relief[clause]);
    let at_home = member.mandates[clause].regime.max(bound);
    let share_of_burden = package.clauses[clause].burden / package.total_burden;
    let burden = package.parameters.burden_price * borne * share_of_burden * (point - at_home).max(0.0);
    worth -= burden;
    let grievance = match wants.crosses_red_line(clause, point) {
        true => 1.0 + wants.stake[clause],
        false => (-worth).clamp(0.0, MOST_GRIEVANCE),
    };
    (worth, grievance, burden)
}

/// Whether a voter insists that a clause go, from the words of the model.
fn insists(package: &Package, voter: usize, clause: usize) -> bool {
    let worth = |voter: usize| appraised(package, voter, clause).0;
    let losing = (0..package.voters.len()).filter(|&voter| worth(voter) < -AT_THE_MARGIN);
    let losing: f64 = losing.map(|voter| package.voters[voter].strength.weight).sum();
    let Voter { instructions: wants, strength, veto, .. } = &package.voters[voter];
    let own = share(strength.weight, package.total_weight);
    let company = company(share(losing, package.total_weight), own);
    package.bracketed[clause]
        && worth(voter) < -AT_THE_MARGIN
        && appraised(package, voter, clause).1 < 1.0
        && (*veto || package.rule.everyone_holds_a_veto())
        && -worth(voter) * wants.stakes * standing(strength.alone, company) > wants.resolve[clause]
}

/// Holds all that is noted of a package against what it is, weighed anew.
fn is_as_weighed_anew(package: &mut Package, rank: impl Fn(usize) -> usize + Copy) {
    let poll = package.poll();
    let found = package.most_opposed(&poll, rank);
    let in_the_way = package.in_the_way(&poll);
    let voters = 0..package.voters.len();
    let mut opposition = [0.0; CLAUSES];
    for (clause, opposed) in opposition.iter_mut().enumerate() {
        let mut crossing = 0;
        for voter in voters.clone() {
            let (worth, grievance, burden) = appraised(package, voter, clause);
            let weighed = &package.desk.weighed;
            let noted = (package.worth(voter, clause), weighed.grievance.at(voter, clause));
            assert_eq!(noted, (worth, grievance), "voter {voter} on clause {clause}");
            assert!(!package.included[clause] || weighed.burden.at(voter, clause) == burden);
            assert_eq!(package.crosses(voter, clause), grievance >= 1.0);
            assert_eq!(package.desk.holding.insists_on(voter, clause), insists(package, voter, clause));
            crossing += u32::from(grievance >= 1.0);
            if in_the_way(voter) {
                *opposed += package.desk.hearing.voice(voter) * grievance;
            }
        }
        let held = voters.clone().filter(|&voter| package.desk.holding.of(voter).has(clause)).count();
        assert_eq!(package.objections(clause), crossing + held as u32);
        assert_eq!(package.is_held_out_on(clause), held > 0);
    }
    assert_eq!(package.desk.hearing.opposition(), opposition);
    let left = package.included.iter().filter(|included| **included).count();
    for voter in voters {
        let set: Vec<usize> = (0..CLAUSES).filter(|&clause| insists(package, voter, clause)).collect();
        let costs: f64 = set.iter().map(|&clause| package.worth(voter, clause)).sum();
        let spare = package.gain(voter) - package.voters[voter].instructions.reservation - costs;
        // Sums taken in another order may differ in the last digits.
        if spare.abs() > 1e-9 {
            let on: Vec<usize> = package.desk.holding.of(voter).iter().collect();
            let in_earnest = left > set.len() && spare > 0.0;
            assert_eq!(on, if in_earnest { set } else { Vec::new() }, "voter {voter}");
        }
    }
    assert!(found.is_none_or(|clause| package.included[clause]));
    // Offered all that anybody lacks, all but those at a red line and those who hold out accept.
    let offered = |voter: usize| if package.desk.weighed.crossed[voter].is_empty() { -1.0 } else { f64::INFINITY };
    let offered = package.ballot((0..package.voters.len()).map(offered).collect());
    let stopped = package.is_stopped_firmly();
    assert!(!(stopped && package.carried_by(&offered)));
    assert!(package.rule != DecisionRule::Consensus || stopped != package.carried_by(&offered));
}

/// Takes steps of all kinds with a package, and holds it against the plain sums after each; returns how many polls were
/// lost.
fn play(forum: &Forum, scenario: &Scenario, exponent: f64, noise: &mut Noise, desk: &mut Desk) -> u32 {
    let mut wants: Vec<Instructions> = (0..MEMBERS).map(|_| instructions(noise)).collect();
    // In half of all packages nobody has a red line, and those who stop it hold out.
    if noise.below(2) == 0 {
        wants.iter_mut().for_each(|wants| {
            wants.floor.fill(-1.0);
            wants.ceiling.fill(2.0);
        });
    }
    let strengths =
        (0..MEMBERS).map(|_| Strength { weight: noise.next(), alone: noise.next(), capacity: noise.next() });
    let strengths: Vec<Strength> = strengths.collect();
    let voters = (wants.iter().zip(&strengths).zip(&forum.members).enumerate()).map(|(seat, of)| {
        let ((instructions, strength), member) = of;
        Voter { seat, veto: seat == 3, instructions, strength, member }
    });
    let parameters =
        DrawnParameters(Parameters { loss_exponent: exponent, burden_price: 0.3, ..Parameters::default() });
    let mut package = Package::new(Proposal {
        forum,
        clauses: forum.agenda.iter().map(|&clause| &scenario.clauses[clause]).collect(),
        parameters: &parameters,
        cost_of_failure: 0.05,
        voters: voters.collect(),
        total_weight: strengths.iter().map(|strength| strength.weight).sum(),
        unit: Unit::NONE,
        point: noise.row(0.2, 1.0).into(),
        included: (0..CLAUSES).map(|clause| clause != 4).collect(),
        bracketed: (0..CLAUSES).map(|clause| clause != 5).collect(),
        drafts: 0,
        exclusion: None,
        desk,
        laid_out: false,
    });
    let rank = |clause: usize| CLAUSES - clause;
    let mut made = [[0; CLAUSES]; MEMBERS];
    let mut lost = 0;
    for _ in 0..30 {
        is_as_weighed_anew(&mut package, rank);
        let poll = package.poll();
        if !package.carried_by(&poll) {
            package.lose(&poll, rank);
            lost += 1;
            for &(voter, _) in &poll.objecting {
                package.stands_on(voter, rank).iter().for_each(|clause| made[voter][clause] += 1);
            }
        }
        let clause = noise.below(CLAUSES);
        match noise.below(5) {
            0 => package.put(clause, noise.next(), true),
            1 if package.included[clause] => package.except(clause, noise.next()),
            2 if noise.next() < 0.3 => package.opt_out(&[(noise.below(MEMBERS), clause)]),
            _ if package.included[clause] => drop(package.weaken(clause)),
            _ => {}
        }
    }
    for (voter, made) in made.iter().enumerate() {
        let mut told = [0; CLAUSES];
        let objections = package.was_objected_to().then(|| package.objections_of(voter));
        objections.into_iter().flatten().for_each(|(clause, made, _)| told[clause] = made);
        assert_eq!(&told, made, "objections of voter {voter}");
    }
    lost
}

#[test]
fn a_package_stands_at_every_step_as_if_it_were_weighed_anew() {
    let scenario = scenario();
    let mut noise = Noise(5);
    // The same desk all along: nothing of one package is left in the next.
    let mut desk = Desk::default();
    let majority = DecisionRule::SimpleMajority(Majority { by: Counting::Heads, of_votes_cast: false });
    let mut lost = 0;
    for rule in [DecisionRule::Consensus, majority, DecisionRule::CriticalMass { quota: 0.9.into() }] {
        let forum = Forum { rule, ..scenario.forums[0].clone() };
        for exponent in [1.0, 2.0, 1.5, 1.0, 2.0, 1.5, 1.0, 1.0] {
            lost += play(&forum, &scenario, exponent, &mut noise, &mut desk);
        }
    }
    assert!(lost > 100, "most are lost: {lost}");
}
