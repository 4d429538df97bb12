//! The package: what is put to the vote at the end, what it is worth to each member, and who stands in its way.
//!
//! Plain functions over plain data, so that every step of the endgame can be tested alone.

use super::objection::{company, share, standing};
use crate::minutes::Reason;
use crate::preference::loss;
use crate::rules::{Counting, DecisionRule, Majority, Tally};
use crate::scenario::{Clause, Forum, Member};
use crate::world::{DrawnParameters, Instructions, Strength};

/// A member weighing the package.
pub(super) struct Voter<'a> {
    pub veto: bool,
    pub instructions: &'a Instructions,
    pub strength: &'a Strength,
    pub member: &'a Member,
}

/// The text put to the vote.
pub(super) struct Package<'a> {
    pub forum: &'a Forum,
    /// Clauses of the forum's agenda.
    pub clauses: Vec<&'a Clause>,
    pub parameters: &'a DrawnParameters,
    pub cost_of_failure: f64,
    pub voters: Vec<Voter<'a>>,
    /// The text per clause [0–1].
    pub point: Vec<f64>,
    /// Whether the clause is in the package; what is not stays at the status quo.
    pub included: Vec<bool>,
    total_burden: f64,
    /// Worth of every clause to every voter, against the status quo (in utility); clause by clause.
    worth: Vec<f64>,
    /// Gain over no deal, per voter (in utility).
    gains: Vec<f64>,
    /// What every voter holds against every clause [utility; a crossed red line counts for more than any]; voter by
    /// voter.
    grievance: Vec<f64>,
    /// How many of its red lines are crossed, per voter.
    crossed: Vec<u32>,
    /// How many voters have a red line crossed, per clause.
    crossing: Vec<u32>,
}

/// How a poll went.
pub(super) struct Poll {
    pub tally: Tally,
    pub objecting: Vec<(usize, Reason)>,
    /// Per seat, whether it accepts.
    pub accepts: Vec<bool>,
}

/// A gain this close to the reservation value meets it: room for rounding.
const AT_THE_MARGIN: f64 = 1e-12;
/// Most that a clause which crosses no red line is held against the text (in utility).
const MOST_GRIEVANCE: f64 = 0.999;
/// Step by which a clause on a continuous scale is weakened [share of the scale].
const STEP: f64 = 0.1;

impl<'a> Package<'a> {
    /// A package of these clauses at these points, weighed by every voter.
    pub fn new(
        forum: &'a Forum,
        clauses: Vec<&'a Clause>,
        parameters: &'a DrawnParameters,
        cost_of_failure: f64,
        voters: Vec<Voter<'a>>,
        point: Vec<f64>,
        included: Vec<bool>,
    ) -> Self {
        let cells = voters.len() * clauses.len();
        let mut package = Package {
            total_burden: clauses.iter().map(|clause| clause.burden).sum(),
            worth: vec![0.0; cells],
            gains: vec![cost_of_failure; voters.len()],
            grievance: vec![0.0; cells],
            crossed: vec![0; voters.len()],
            crossing: vec![0; clauses.len()],
            forum,
            clauses,
            parameters,
            cost_of_failure,
            voters,
            point,
            included,
        };
        for clause in 0..package.point.len() {
            package.weigh(clause);
        }
        package
    }

    /// Worth of a clause to a voter (in utility).
    pub fn worth(&self, seat: usize, clause: usize) -> f64 {
        self.worth[clause * self.voters.len() + seat]
    }

    /// Gain of the package over no deal, per voter (in utility).
    pub fn gains(&self) -> &[f64] {
        &self.gains
    }

    /// How many voters have a red line crossed by the text of a clause.
    pub fn crossing(&self, clause: usize) -> u32 {
        self.crossing[clause]
    }

    /// Whether the package crosses a red line of a voter on this clause. Red lines bind the text of a clause; a clause
    /// that is left out crosses none.
    pub fn crosses(&self, seat: usize, clause: usize) -> bool {
        self.included[clause] && self.voters[seat].instructions.crosses_red_line(clause, self.point[clause])
    }

    /// Has every voter weigh one clause as it stands: what it gains in policy over the status quo, less the burden of
    /// putting it into practice.
    fn weigh(&mut self, clause: usize) {
        let (seats, clauses) = (self.voters.len(), self.point.len());
        let DrawnParameters { loss_exponent, burden_price, .. } = *self.parameters;
        let (point, status_quo) = (self.point[clause], self.forum.status_quo[clause]);
        let share_of_burden = match self.total_burden > 0.0 {
            true => self.clauses[clause].burden / self.total_burden,
            false => 0.0,
        };
        for (seat, voter) in self.voters.iter().enumerate() {
            let was_crossed = self.grievance[seat * clauses + clause] >= 1.0;
            let (mut worth, mut grievance) = (0.0, 0.0);
            if self.included[clause] {
                let Instructions { ideal, salience, total_salience, stake, bound, .. } = voter.instructions;
                // What other texts in force ask of it holds with and without this one.
                let bound = bound[clause];
                if *total_salience > 0.0 {
                    let before = loss(status_quo.max(bound), ideal[clause], loss_exponent);
                    let after = loss(point.max(bound), ideal[clause], loss_exponent);
                    worth = salience[clause] * (before - after) / total_salience;
                }
                let beyond = (point - voter.member.mandates[clause].regime.max(bound)).max(0.0);
                let borne = (1.0 - voter.strength.capacity) * (1.0 - voter.member.relief[clause]);
                worth -= burden_price * borne * share_of_burden * beyond;
                grievance = match voter.instructions.crosses_red_line(clause, point) {
                    true => 1.0 + stake[clause],
                    false => (-worth).clamp(0.0, MOST_GRIEVANCE),
                };
            }
            self.gains[seat] += worth - self.worth[clause * seats + seat];
            self.worth[clause * seats + seat] = worth;
            self.grievance[seat * clauses + clause] = grievance;
            let is_crossed = grievance >= 1.0;
            self.crossed[seat] = self.crossed[seat] + u32::from(is_crossed) - u32::from(was_crossed);
            self.crossing[clause] = self.crossing[clause] + u32::from(is_crossed) - u32::from(was_crossed);
        }
    }

    /// Puts the package to the vote. A member accepts what leaves it with at least its reservation value and crosses no
    /// red line; one that does not either objects or lets it pass without joining.
    pub fn poll(&self, total_weight: f64) -> Poll {
        let shortfalls = self.gains.iter().enumerate().map(|(seat, gain)| match self.crossed[seat] {
            0 => self.voters[seat].instructions.reservation - gain - AT_THE_MARGIN,
            _ => f64::INFINITY,
        });
        ballot(&self.voters, shortfalls.collect(), total_weight)
    }

    /// Puts one clause to the vote as a module of its own.
    pub fn poll_module(&self, clause: usize, total_weight: f64) -> Poll {
        let shortfalls = (0..self.voters.len()).map(|seat| match self.crosses(seat, clause) {
            true => f64::INFINITY,
            false => -self.worth(seat, clause) - AT_THE_MARGIN,
        });
        ballot(&self.voters, shortfalls.collect(), total_weight)
    }

    /// The clause that those who stand in the way oppose most, by weight and, where heads count, by heads; ties go to
    /// the first by `rank`.
    pub fn most_opposed(&self, poll: &Poll, rank: impl Fn(usize) -> usize) -> Option<usize> {
        let rule = self.forum.rule;
        let heads = rule.everyone_holds_a_veto() || counts_heads(rule);
        let clauses = self.point.len();
        let mut opposition = vec![0.0; clauses];
        let in_the_way: Vec<usize> = if rule == DecisionRule::Consensus {
            poll.objecting.iter().map(|&(seat, _)| seat).collect()
        } else {
            (0..self.voters.len()).filter(|&seat| !poll.accepts[seat]).collect()
        };
        for seat in in_the_way {
            let voter = &self.voters[seat];
            let mut voice = if poll.tally.weight > 0.0 { voter.strength.weight / poll.tally.weight } else { 0.0 };
            if heads || voter.veto {
                voice += 1.0 / self.voters.len() as f64;
            }
            let grievances = &self.grievance[seat * clauses..(seat + 1) * clauses];
            for (opposition, grievance) in opposition.iter_mut().zip(grievances) {
                *opposition += voice * grievance;
            }
        }
        (0..opposition.len())
            .filter(|&clause| opposition[clause] > 0.0)
            .min_by(|&a, &b| opposition[b].total_cmp(&opposition[a]).then_with(|| rank(a).cmp(&rank(b))))
    }

    /// Weakens a clause by one rung, or one step, towards the status quo; takes it out where that reaches it. Returns
    /// the new point, or none where the clause is out.
    pub fn weaken(&mut self, clause: usize) -> Option<f64> {
        let (from, to) = (self.point[clause], self.forum.status_quo[clause]);
        let weaker = step_towards(self.clauses[clause], from, to);
        match weaker {
            Some(point) if self.clauses[clause].is_provision(point) => self.point[clause] = point,
            _ => self.included[clause] = false,
        }
        self.weigh(clause);
        self.included[clause].then_some(self.point[clause])
    }

    /// Whether anything is left of the package.
    pub fn is_empty(&self) -> bool {
        !self.included.contains(&true)
    }
}

fn counts_heads(rule: DecisionRule) -> bool {
    let by_heads = |majority: Majority| majority.by == Counting::Heads;
    match rule {
        DecisionRule::SimpleMajority(majority) | DecisionRule::QualifiedMajority { majority, .. } => by_heads(majority),
        _ => false,
    }
}

/// The next text on the way to the status quo, if there is one before it.
fn step_towards(clause: &Clause, from: f64, to: f64) -> Option<f64> {
    let on_the_way = |point: f64| (point - to).abs() > 1e-9 && (point > to) == (from > to) && point != from;
    let next = match clause.nearest_rung(from) {
        None => from + STEP * (to - from).signum(),
        Some(rung) if from > to => clause.rungs[rung.checked_sub(1)?].position,
        Some(rung) => clause.rungs.get(rung + 1)?.position,
    };
    (from != to && on_the_way(next)).then_some(next)
}

/// Who accepts and who objects, given by how much each falls short of what it insists on (infinite: a red line).
fn ballot(voters: &[Voter], shortfalls: Vec<f64>, total_weight: f64) -> Poll {
    let accepts: Vec<bool> = shortfalls.iter().map(|&shortfall| shortfall <= 0.0).collect();
    let mut tally = Tally { members: voters.len() as u32, weight: total_weight, ..Tally::default() };
    for (voter, _) in voters.iter().zip(&accepts).filter(|(_, accepts)| **accepts) {
        tally.accepting += 1;
        tally.accepting_weight += voter.strength.weight;
    }
    let reluctant = share(total_weight - tally.accepting_weight, total_weight);
    let mut objecting = Vec::new();
    for (seat, (voter, &shortfall)) in voters.iter().zip(&shortfalls).enumerate() {
        if accepts[seat] {
            continue;
        }
        let company = company(reluctant, share(voter.strength.weight, total_weight));
        let reason = if shortfall == f64::INFINITY { Reason::RedLine } else { Reason::Reservation };
        let pressure = shortfall * standing(voter.strength, company);
        if reason == Reason::RedLine || pressure > voter.instructions.package_resolve {
            objecting.push((seat, reason));
            tally.objecting += 1;
            tally.objecting_weight += voter.strength.weight;
            tally.vetoes += u32::from(voter.veto);
        }
    }
    Poll { tally, objecting, accepts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Rung;

    fn clause(positions: &[f64]) -> Clause {
        let rung = |&position: &f64| Rung {
            label: String::new(),
            position,
            text: String::new(),
            exemplar: String::new(),
            confidence: String::new(),
        };
        Clause {
            id: String::new(),
            name: String::new(),
            rungs: positions.iter().map(rung).collect(),
            burden: 1.0,
            softened_by_sdt: false,
        }
    }

    #[test]
    fn a_ladder_is_weakened_rung_by_rung_and_never_past_the_status_quo() {
        let ladder = clause(&[0.0, 0.1, 0.7, 1.0]);
        assert_eq!(step_towards(&ladder, 1.0, 0.0), Some(0.7));
        assert_eq!(step_towards(&ladder, 0.7, 0.0), Some(0.1));
        assert_eq!(step_towards(&ladder, 0.1, 0.0), None);
        assert_eq!(step_towards(&ladder, 1.0, 0.7), None);
        assert_eq!(step_towards(&ladder, 0.1, 1.0), Some(0.7));
        assert_eq!(step_towards(&ladder, 0.7, 0.7), None);
    }

    #[test]
    fn a_continuous_clause_is_weakened_in_steps_from_either_side() {
        let scale = clause(&[]);
        assert!((step_towards(&scale, 0.5, 0.0).unwrap() - 0.4).abs() < 1e-12);
        assert!((step_towards(&scale, 0.5, 1.0).unwrap() - 0.6).abs() < 1e-12);
        assert_eq!(step_towards(&scale, 0.05, 0.0), None);
    }
}
