//! The endgame: polls on a package, and what the chair gives up to carry it.

use comity::minutes::ClauseOutcome;
use comity::preference::loss;
use comity::rules::Tally;
use comity::scenario::{ChairMode, Clause, Forum, Scenario};
use comity::world::ON_THE_LINE;

use super::{ByHand, Drawn, share, standing};

const AT_THE_MARGIN: f64 = 1e-12;
const MOST_GRIEVANCE: f64 = 0.999;
const STEP: f64 = 0.1;

/// What a member has at stake on a clause.
#[derive(Clone, Copy, Default)]
struct Interest {
    ideal: f64,
    salience: f64,
    cares: f64,
    stake: f64,
    least: f64,
    most: f64,
    resolve: f64,
    at_home: f64,
    borne: f64,
    loss_before: f64,
}

/// The text put to the vote, and how everyone stands to it.
pub(super) struct Package {
    /// Per clause of the agenda, its rank by identifier.
    rank: Vec<usize>,
    total_burden: f64,
    fewest: usize,
    point: Vec<f64>,
    included: Vec<bool>,
    bracketed: Vec<bool>,
    /// Clause by clause, one per member.
    interests: Vec<Interest>,
    /// Clause by clause, a number per member.
    worth: Vec<f64>,
    /// What the clause that was weighed last was worth before, a number per member.
    was: Vec<f64>,
    worths: Vec<f64>,
    /// Member by member, a number per clause.
    grievance: Vec<f64>,
    insists: Vec<bool>,
    insisted: Vec<u32>,
    costs: Vec<f64>,
    holds: Vec<bool>,
    earnest: Vec<bool>,
    changed: Vec<bool>,
    crossed: Vec<u32>,
    crossing: Vec<u32>,
    held_by: Vec<u32>,
    held_on: Vec<u32>,
    accepts: Vec<bool>,
    objects: Vec<bool>,
    opposition: Vec<f64>,
}

impl Package {
    pub(super) fn of(forum: &Forum, scenario: &Scenario, rank: &[usize]) -> Package {
        let (n, m) = (forum.members.len(), forum.agenda.len());
        Package {
            rank: forum.agenda.iter().map(|&clause| rank[clause]).collect(),
            total_burden: forum.agenda.iter().map(|&clause| scenario.clauses[clause].burden).sum(),
            fewest: 2.min(n),
            point: vec![0.0; m],
            included: vec![false; m],
            bracketed: vec![false; m],
            interests: vec![Interest::default(); n * m],
            worth: vec![0.0; n * m],
            was: vec![0.0; n],
            worths: vec![0.0; n],
            grievance: vec![0.0; n * m],
            insists: vec![false; n * m],
            insisted: vec![0; n],
            costs: vec![0.0; n],
            holds: vec![false; n * m],
            earnest: vec![false; n],
            changed: vec![false; n],
            crossed: vec![0; n],
            crossing: vec![0; m],
            held_by: vec![0; n],
            held_on: vec![0; m],
            accepts: vec![false; n],
            objects: vec![false; n],
            opposition: vec![0.0; m],
        }
    }
}

impl Package {
    /// A clause's share of the burden of all.
    fn burden(&self, clause: &Clause) -> f64 {
        if self.total_burden > 0.0 { clause.burden / self.total_burden } else { 0.0 }
    }
}

/// What a clause is worth to a member, by its text and its share of the burden.
fn worth_to(interest: &Interest, parameters: &Drawn, point: f64, burden: f64) -> f64 {
    let mut worth = 0.0;
    if interest.cares > 0.0 {
        let loss = loss(point.max(0.0), interest.ideal, parameters.loss_exponent);
        worth = interest.salience * (interest.loss_before - loss) / interest.cares;
    }
    worth - parameters.burden_price * interest.borne * burden * (point - interest.at_home).max(0.0)
}

impl ByHand {
    /// Polls until a package is carried or nothing can be given up any more; whether a text was adopted.
    pub(super) fn conclude(&mut self, forum: &Forum, parameters: &Drawn) -> bool {
        let scenario = self.scenario.clone();
        let clause = |clause: usize| &scenario.clauses[forum.agenda[clause]];
        self.table(forum, parameters, &clause);
        loop {
            let tally = self.poll(forum);
            if !self.package.included.contains(&true) {
                self.note_gains();
                return false;
            }
            self.polls += 1;
            self.unopposed = tally.objecting == 0;
            let enough = tally.accepting as usize >= self.package.fewest;
            if forum.rule.passes(&tally) && enough {
                self.note_gains();
                self.parties.copy_from_slice(&self.package.accepts);
                for at in 0..self.clauses {
                    if self.package.included[at] {
                        self.clause_outcomes[at].adopted = Some(self.package.point[at]);
                    }
                }
                return true;
            }
            for (at, outcome) in self.clause_outcomes.iter_mut().enumerate() {
                outcome.objections += self.package.crossing[at] + self.package.held_on[at];
            }
            let Some(at) = self.most_opposed(forum, parameters, &tally, &clause) else {
                self.note_gains();
                return false;
            };
            self.weaken(forum, parameters, at, clause(at));
        }
    }

    fn table<'a>(&mut self, forum: &Forum, parameters: &Drawn, clause: &impl Fn(usize) -> &'a Clause) {
        let (package, text) = (&mut self.package, &self.text);
        package.point.copy_from_slice(&text.point);
        package.worth.fill(0.0);
        package.worths.fill(0.0);
        package.grievance.fill(0.0);
        package.insists.fill(false);
        package.costs.fill(0.0);
        package.holds.fill(false);
        package.earnest.fill(false);
        package.changed.fill(false);
        let Package { crossed, crossing, insisted, held_by, held_on, .. } = package;
        for counts in [crossed, crossing, insisted, held_by, held_on] {
            counts.fill(0);
        }
        for at in 0..self.clauses {
            let open = text.agreed[at].is_none();
            let on_paper = !open || (forum.chair.mode != ChairMode::Passive && text.tabled[at]);
            self.package.included[at] = on_paper && clause(at).is_provision(text.point[at]);
            self.package.bracketed[at] = open && forum.template[at].is_none();
        }
        let (n, m) = (forum.members.len(), self.clauses);
        let (wants, members) = (&self.wants, &self.members);
        for at in 0..m {
            let status_quo = forum.status_quo[at].max(0.0);
            for (seat, member) in forum.members.iter().enumerate() {
                let cell = seat * m + at;
                self.package.interests[at * n + seat] = Interest {
                    ideal: wants.ideal[cell],
                    salience: wants.salience[cell],
                    cares: members.total_salience[seat],
                    stake: wants.stake[cell],
                    least: wants.floor[cell] - ON_THE_LINE,
                    most: wants.ceiling[cell] + ON_THE_LINE,
                    resolve: wants.resolve[cell],
                    at_home: member.mandates[at].regime.max(0.0),
                    borne: (1.0 - members.capacity[seat]) * (1.0 - member.relief[at]),
                    loss_before: loss(status_quo, wants.ideal[cell], parameters.loss_exponent),
                };
            }
        }
        for at in 0..m {
            self.weigh(forum, parameters, at, clause(at));
        }
        self.hold_out();
    }

    /// Everyone weighs one clause as it stands.
    fn weigh(&mut self, forum: &Forum, parameters: &Drawn, at: usize, clause: &Clause) {
        let (n, m) = (forum.members.len(), self.clauses);
        let (package, members) = (&mut self.package, &self.members);
        let point = package.point[at];
        let burden = package.burden(clause);
        let included = package.included[at];
        let mut losing = 0.0;
        for (seat, interest) in package.interests[at * n..(at + 1) * n].iter().enumerate() {
            if forum.members[seat].stands_aside {
                continue;
            }
            let cell = seat * m + at;
            let (mut worth, mut grievance) = (0.0, 0.0);
            if included {
                worth = worth_to(interest, parameters, point, burden);
                grievance = match point < interest.least || point > interest.most {
                    true => 1.0 + interest.stake,
                    false => (-worth).clamp(0.0, MOST_GRIEVANCE),
                };
            }
            let worth_before = std::mem::replace(&mut package.worth[at * n + seat], worth);
            package.worths[seat] += worth - worth_before;
            let (was, is) = (package.grievance[cell] >= 1.0, grievance >= 1.0);
            package.grievance[cell] = grievance;
            if was != is {
                package.crossed[seat] = package.crossed[seat] + u32::from(is) - u32::from(was);
                package.crossing[at] = package.crossing[at] + u32::from(is) - u32::from(was);
            }
            if worth < -AT_THE_MARGIN {
                losing += members.weight[seat];
            }
            package.was[seat] = worth_before;
        }
        if !package.bracketed[at] {
            return;
        }
        let everyone = forum.rule.everyone_holds_a_veto();
        let reluctant = share(losing, self.total_weight);
        for (seat, member) in forum.members.iter().enumerate().filter(|(_, member)| member.decides()) {
            let (cell, worth) = (seat * m + at, package.worth[at * n + seat]);
            let insists = worth < -AT_THE_MARGIN
                && included
                && package.grievance[cell] < 1.0
                && (everyone || member.veto)
                && -worth * members.stakes[seat] * standing(members.alone[seat], reluctant, members.own[seat])
                    > package.interests[at * n + seat].resolve;
            let insisted = std::mem::replace(&mut package.insists[cell], insists);
            if insists || insisted {
                package.insisted[seat] = package.insisted[seat] + u32::from(insists) - u32::from(insisted);
                package.costs[seat] +=
                    if insists { worth } else { 0.0 } - if insisted { package.was[seat] } else { 0.0 };
                package.changed[seat] |= insists != insisted;
            }
        }
    }

    /// Who insists on something holds out on all of it, while the text without it would be one, and worth it.
    fn hold_out(&mut self) {
        let (m, package, members) = (self.clauses, &mut self.package, &self.members);
        let left = package.included.iter().filter(|included| **included).count();
        for seat in 0..members.weight.len() {
            let lacking = members.reservation[seat] - (package.worths[seat] + self.cost_of_failure) - AT_THE_MARGIN;
            let insisted = package.insisted[seat];
            let now = insisted > 0 && left > insisted as usize && lacking + package.costs[seat] <= 0.0;
            let before = std::mem::replace(&mut package.earnest[seat], now);
            if !now && !before || now == before && !package.changed[seat] {
                continue;
            }
            for at in 0..m {
                let holds = now && package.insists[seat * m + at];
                let held = std::mem::replace(&mut package.holds[seat * m + at], holds);
                package.held_by[seat] = package.held_by[seat] + u32::from(holds) - u32::from(held);
                package.held_on[at] = package.held_on[at] + u32::from(holds) - u32::from(held);
            }
        }
        package.changed.fill(false);
    }

    fn poll(&mut self, forum: &Forum) -> Tally {
        let deciding = || forum.members.iter().enumerate().filter(|(_, member)| member.decides());
        let (package, members) = (&mut self.package, &self.members);
        let unit = forum.weights.unit_of(members.weight.iter().copied().enumerate());
        let mut tally = Tally { members: deciding().count() as u32, weight: self.total_weight, ..Tally::default() };
        tally.unit = unit;
        let short =
            |worth: f64, seat: usize| members.reservation[seat] - (worth + self.cost_of_failure) - AT_THE_MARGIN;
        for (seat, _) in deciding() {
            let content =
                package.crossed[seat] == 0 && short(package.worths[seat], seat) <= 0.0 && package.held_by[seat] == 0;
            package.accepts[seat] = content;
            if content {
                tally.accepting += 1;
                tally.accepting_weight += members.weight[seat];
            }
        }
        let reluctant = share(self.total_weight - tally.accepting_weight, self.total_weight);
        for (seat, member) in deciding() {
            package.objects[seat] = !package.accepts[seat]
                && (package.crossed[seat] > 0 || package.held_by[seat] > 0 || {
                    let shortfall = short(package.worths[seat], seat);
                    let standing = standing(members.alone[seat], reluctant, members.own[seat]);
                    shortfall * members.stakes[seat] * standing > members.package_resolve[seat]
                });
            if package.objects[seat] {
                tally.objecting += 1;
                tally.objecting_weight += members.weight[seat];
                tally.vetoes += u32::from(member.veto);
            }
        }
        tally
    }

    fn most_opposed<'a>(
        &mut self,
        forum: &Forum,
        parameters: &Drawn,
        tally: &Tally,
        clause: &impl Fn(usize) -> &'a Clause,
    ) -> Option<usize> {
        let (n, m) = (forum.members.len(), self.clauses);
        let (package, members) = (&mut self.package, &self.members);
        let heads = forum.rule.counts_heads();
        let counting = (forum.members.iter().zip(&members.weight))
            .filter(|(member, _)| member.decides())
            .filter(|(member, weight)| heads || member.veto || **weight > 0.0)
            .count();
        let one_head = 1.0 / counting.max(1) as f64;
        let objectors_only = forum.rule.stopped_by_objections_only() && tally.objecting > 0;
        let mut opposed = std::mem::take(&mut package.opposition);
        opposed.fill(0.0);
        let package = &*package;
        let stands = |seat: &usize| if objectors_only { package.objects[*seat] } else { !package.accepts[*seat] };
        let against = || {
            let deciding = forum.members.iter().enumerate().filter(|(_, member)| member.decides());
            deciding.filter(|(seat, _)| stands(seat))
        };
        let voice = |seat: usize, veto: bool| {
            let voice = if tally.weight > 0.0 { members.weight[seat] / tally.weight } else { 0.0 };
            if heads || veto { voice + one_head } else { voice }
        };
        for (seat, member) in against() {
            let voice = voice(seat, member.veto);
            let grievances = &package.grievance[seat * m..(seat + 1) * m];
            for (opposition, grievance) in opposed.iter_mut().zip(grievances) {
                *opposition += voice * grievance;
            }
        }
        if !opposed.iter().any(|opposition| *opposition > 0.0) {
            for (at, opposed) in opposed.iter_mut().enumerate() {
                let (from, to) = (package.point[at], forum.status_quo[at]);
                let weaker = step_towards(clause(at), from, to);
                let Some(point) = weaker.filter(|&point| package.included[at] && clause(at).is_provision(point)) else {
                    continue;
                };
                let burden = package.burden(clause(at));
                for (seat, member) in against() {
                    let then = worth_to(&package.interests[at * n + seat], parameters, point, burden);
                    let gain = then - package.worth[at * n + seat];
                    if gain > AT_THE_MARGIN {
                        *opposed += voice(seat, member.veto) * gain;
                    }
                }
            }
        }
        let movable = |&at: &usize| opposed[at] > 0.0 && (forum.template[at].is_none() || package.crossing[at] > 0);
        let most = (0..m).filter(movable).min_by(|&a, &b| {
            let more = opposed[b].total_cmp(&opposed[a]);
            more.then_with(|| package.rank[a].cmp(&package.rank[b]))
        });
        self.package.opposition = opposed;
        most
    }

    fn weaken(&mut self, forum: &Forum, parameters: &Drawn, at: usize, clause: &Clause) {
        let ClauseOutcome { dilutions, dropped, .. } = &mut self.clause_outcomes[at];
        match step_towards(clause, self.package.point[at], forum.status_quo[at]) {
            Some(point) if clause.is_provision(point) => {
                self.package.point[at] = point;
                *dilutions += 1;
            }
            _ => {
                self.package.included[at] = false;
                *dropped = true;
            }
        }
        self.weigh(forum, parameters, at, clause);
        self.hold_out();
    }

    fn note_gains(&mut self) {
        let members = &self.scenario.forums[0].members;
        for ((gain, worth), member) in self.gains.iter_mut().zip(&self.package.worths).zip(members) {
            *gain = if member.decides() { worth + self.cost_of_failure } else { 0.0 };
        }
    }
}

/// The next weaker point of a clause on the way to another.
fn step_towards(clause: &Clause, from: f64, to: f64) -> Option<f64> {
    let next = match clause.nearest_rung(from) {
        None => from + STEP * (to - from).signum(),
        Some(rung) if from > to => clause.rungs[rung.checked_sub(1)?].position,
        Some(rung) => clause.rungs.get(rung + 1)?.position,
    };
    let on_the_way = (next - to).abs() > 1e-9 && (next > to) == (from > to) && next != from;
    (from != to && on_the_way).then_some(next)
}
