//! What many replications say of how far each went, who objected, who could have decided, and what was missing.

use super::sums::Sum;
use super::{Counts, Estimate, Mean, Subject};
use crate::minutes::{Distances, ForumOutcome};
use crate::power;
use crate::scenario::{Forum, Member, Scenario};

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
    pub fn lines(&self, scenario: &Scenario, forum: &Forum) -> Vec<(Subject, &'static str, Option<Estimate>)> {
        let talks = |measure, estimate| (Subject::Talks, measure, estimate);
        let mut lines = vec![
            talks("blocking_set_size", self.blocking_set_size.estimate()),
            talks("distance_to_deal", self.distance_to_deal.estimate()),
            talks("cost_of_deal", self.cost_of_deal.estimate()),
        ];
        if scenario.measures.solutions {
            lines.extend([
                talks("nash_distance", self.nash.estimate()),
                talks("kalai_smorodinsky_distance", self.kalai_smorodinsky.estimate()),
                talks("egalitarian_distance", self.egalitarian.estimate()),
                talks("pareto_distance", self.pareto.estimate()),
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
            lines.push((subject, "concession", moved.concession.estimate()));
            lines.push((subject, "distance", moved.distance.estimate()));
            lines.push((subject, "objections", moved.objections.estimate()));
            lines.push((subject, "decisive_objections", moved.decisive.estimate()));
            lines.push((
                subject,
                "shapley_shubik",
                Some(Estimate::of_rules(power.shapley, within.map(|within| within.shapley))),
            ));
            lines.push((
                subject,
                "banzhaf",
                Some(Estimate::of_rules(power.banzhaf, within.map(|within| within.banzhaf))),
            ));
        }
        lines
    }
}
