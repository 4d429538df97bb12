//! What many replications say of how far each went, who objected, who could have decided, and what was missing.

use super::measure::measures;
use super::range::Range;
use super::sums::Sum;
use super::{Counts, Estimate, Mean, Measure, Measured, Subject};
use crate::minutes::{Distances, ForumOutcome};
use crate::power;
use crate::scenario::{Forum, Member, Scenario};

measures! {
    BLOCKING_SET_SIZE = Talks(
        "blocking_set_size", "pairs", |_| Range::Counts,
        "Pairs of country and clause in a smallest blocking set of the last poll",
        "those without a text in which consent would have carried it"
    );
    DISTANCE_TO_DEAL = Talks(
        "distance_to_deal", "steps", |_| Range::Counts, "Steps from the tabled text to a weaker one that would have passed",
        "those without a text in which one was found"
    );
    COST_OF_DEAL = Talks(
        "cost_of_deal", "utility", |_| Range::FromZero,
        "What it would have taken to win the cheapest of the smallest blocking sets",
        "those without a text in which consent would have carried it"
    );
    NASH_DISTANCE = Talks(
        "nash_distance", "utility", |_| Range::FromZero,
        "Distance of the adopted text to the Nash solution, root mean square over the members; only with `measures.solutions`",
        "*M*, where the solution names a text"
    );
    KALAI_SMORODINSKY_DISTANCE = Talks(
        "kalai_smorodinsky_distance", "utility", |_| Range::FromZero,
        "Distance of the adopted text to the Kalai-Smorodinsky solution, root mean square over the members; only with `measures.solutions`", "*M*, where the solution names a text"
    );
    EGALITARIAN_DISTANCE = Talks(
        "egalitarian_distance", "utility", |_| Range::FromZero, "Distance of the adopted text to the egalitarian solution, root mean square over the members; only with `measures.solutions`",
        "*M*, where the solution names a text"
    );
    PARETO_DISTANCE = Talks(
        "pareto_distance", "utility", |_| Range::FromZero, "Distance of the adopted text to the nearest efficient text, root mean square over the members; only with `measures.solutions`", "*M*"
    );
    CONCESSION = Country("concession", "0-1", |_| Range::UNIT, "Σ `concession` / replications in which it has a value", "those in which it has a value");
    DISTANCE = Country("distance", "0-1", |_| Range::UNIT, "Σ `distance` / replications in which it has a value", "those in which it has a value");
    COUNTRY_OBJECTIONS = Country("objections", "objections", |_| Range::Counts, "Σ `objections` / *N*", "*N*");
    DECISIVE_OBJECTIONS =
        Country("decisive_objections", "objections", |_| Range::Counts, "Σ `decisive_objections` / *N*", "*N*");
    SHAPLEY_SHUBIK = Country(
        "shapley_shubik", "0-1", |_| Range::UNIT,
        "Voting power of the seat under the forum's rule (Shapley and Shubik); an interval only where it is not exact",
        "0: it follows from the rule"
    );
    BANZHAF = Country(
        "banzhaf", "0-1", |_| Range::UNIT, "Voting power of the seat under the forum's rule (Banzhaf), as a share of that of all seats; an interval only where it is not exact", "0: it follows from the rule"
    );
}

/// What is kept of one forum.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    blocking_set_size: Counts,
    distance_to_deal: Counts,
    cost_of_deal: Mean,
    nash: Mean,
    kalai_smorodinsky: Mean,
    egalitarian: Mean,
    pareto: Mean,
    members: Vec<Moved>,
}

/// What is kept of one member.
#[derive(Clone, Copy, Debug, Default)]
struct Moved {
    concession: Mean,
    distance: Mean,
    objections: Counts,
    decisive: Counts,
}

impl Findings {
    /// Nothing yet, of a forum.
    pub fn of(forum: &Forum) -> Self {
        Findings { members: vec![Moved::default(); forum.members.len()], ..Findings::default() }
    }

    /// Adds one replication.
    pub fn add(&mut self, ended: &ForumOutcome) {
        if let Some(impasse) = &ended.impasse {
            impasse.smallest.into_iter().for_each(|size| self.blocking_set_size.add(size as u64));
            impasse.cost.into_iter().for_each(|cost| self.cost_of_deal.add(cost));
            impasse.nearest.iter().for_each(|nearest| self.distance_to_deal.add(nearest.steps.into()));
        }
        if let Some(Distances { nash, kalai_smorodinsky, egalitarian, pareto }) = ended.distances {
            nash.into_iter().for_each(|distance| self.nash.add(distance));
            kalai_smorodinsky.into_iter().for_each(|distance| self.kalai_smorodinsky.add(distance));
            egalitarian.into_iter().for_each(|distance| self.egalitarian.add(distance));
            self.pareto.add(pareto);
        }
        let mut found = ended.objections.iter().peekable();
        for (seat, (moved, member)) in self.members.iter_mut().zip(&ended.members).enumerate() {
            member.concession.into_iter().for_each(|concession| moved.concession.add(concession));
            member.distance.into_iter().for_each(|distance| moved.distance.add(distance));
            let (mut made, mut decisive) = (0, 0);
            while let Some(objections) = found.next_if(|objections| objections.seat == seat) {
                made += u64::from(objections.made);
                decisive += u64::from(objections.decisive);
            }
            moved.objections.add(made);
            moved.decisive.add(decisive);
        }
    }

    /// Its sums.
    pub fn sums<'s>(&'s mut self, all: &mut Vec<Sum<'s>>) {
        let Findings {
            blocking_set_size,
            distance_to_deal,
            cost_of_deal,
            nash,
            kalai_smorodinsky,
            egalitarian,
            pareto,
            members,
        } = self;
        all.extend([blocking_set_size, distance_to_deal].map(Sum::Counts));
        all.extend([cost_of_deal, nash, kalai_smorodinsky, egalitarian, pareto].map(Sum::Mean));
        for Moved { concession, distance, objections, decisive } in members {
            all.extend([concession, distance].map(Sum::Mean));
            all.extend([objections, decisive].map(Sum::Counts));
        }
    }

    /// Its lines: the talks, then the members.
    pub fn lines(&self, scenario: &Scenario, forum: &Forum) -> Vec<Measured> {
        let talks = |measure, estimate| (Subject::Talks, measure, estimate);
        let mut lines = vec![
            talks(Measure::BLOCKING_SET_SIZE, self.blocking_set_size.estimate()),
            talks(Measure::DISTANCE_TO_DEAL, self.distance_to_deal.estimate()),
            talks(Measure::COST_OF_DEAL, self.cost_of_deal.estimate()),
        ];
        if scenario.measures.solutions {
            lines.extend([
                talks(Measure::NASH_DISTANCE, self.nash.estimate()),
                talks(Measure::KALAI_SMORODINSKY_DISTANCE, self.kalai_smorodinsky.estimate()),
                talks(Measure::EGALITARIAN_DISTANCE, self.egalitarian.estimate()),
                talks(Measure::PARETO_DISTANCE, self.pareto.estimate()),
            ]);
        }
        let weights: Vec<f64> = forum.members.iter().map(|member| scenario.weight_of(member)).collect();
        let vetoes: Vec<bool> = forum.members.iter().map(|member| member.veto).collect();
        let decides: Vec<bool> = forum.members.iter().map(Member::decides).collect();
        let powers = power::of_rule_among(&forum.rule, &weights, &vetoes, &decides);
        for (seat, ((moved, member), power)) in self.members.iter().zip(&forum.members).zip(&powers.members).enumerate()
        {
            let within = powers.within.get(seat);
            let subject = Subject::Country(member.country);
            lines.push((subject, Measure::CONCESSION, moved.concession.estimate()));
            lines.push((subject, Measure::DISTANCE, moved.distance.estimate()));
            lines.push((subject, Measure::COUNTRY_OBJECTIONS, moved.objections.estimate()));
            lines.push((subject, Measure::DECISIVE_OBJECTIONS, moved.decisive.estimate()));
            lines.push((
                subject,
                Measure::SHAPLEY_SHUBIK,
                Some(Estimate::of_rules(power.shapley, within.map(|within| within.shapley))),
            ));
            lines.push((
                subject,
                Measure::BANZHAF,
                Some(Estimate::of_rules(power.banzhaf, within.map(|within| within.banzhaf))),
            ));
        }
        lines
    }
}
