//! The range of every measure: between which values it can lie, and so its mean and the ends of its interval.

use super::Subject;
use crate::maths::ln;
use crate::scenario::{Forum, Scenario};

/// Between which values a measure can lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// Between two values, both included.
    Within(f64, f64),
    /// Whole numbers from 0 on.
    Counts,
    /// Numbers from 0 on.
    FromZero,
    /// Any numbers.
    Any,
}

impl Range {
    /// Shares and points on a scale.
    const UNIT: Range = Range::Within(0.0, 1.0);

    /// Whether a value lies in it.
    pub fn has(self, value: f64) -> bool {
        match self {
            Range::Within(low, high) => low <= value && value <= high,
            Range::Counts | Range::FromZero => value >= 0.0,
            Range::Any => value.is_finite(),
        }
    }

    /// The range of a measure, by its name in the summary; none of a name that no measure has.
    pub fn of(scenario: &Scenario, forum: Option<&Forum>, subject: Subject, measure: &str) -> Option<Range> {
        let Some(forum) = forum else { return of_all(measure) };
        let clauses = Range::Within(0.0, forum.agenda.len() as f64);
        let members = Range::Within(0.0, forum.members.len() as f64);
        match subject {
            Subject::Talks => of_talks(scenario, forum, measure, clauses, members),
            Subject::Clause(_) => of_clause(measure, members),
            Subject::Country(_) => of_country(measure, clauses),
            Subject::AllForums => of_all(measure),
        }
    }
}

fn of_talks(scenario: &Scenario, forum: &Forum, measure: &str, clauses: Range, members: Range) -> Option<Range> {
    let world = |world: &crate::scenario::WorldShares| world.measure.names().contains(&measure);
    Some(match measure {
        "concluded" | "without_a_vote" | "signed" | "in_force" | "incorporated" => Range::UNIT,
        "rounds" => Range::Within(0.0, most_rounds(forum)),
        "clauses_adopted" | "clauses_dropped" => clauses,
        "parties" | "co_sponsors" => members,
        "parties_at_horizon" => {
            let may = (0..forum.candidates()).filter(|&candidate| forum.may_be_bound(candidate));
            Range::Within(0.0, may.count() as f64)
        }
        "exchanges" | "blocking_set_size" | "distance_to_deal" => Range::Counts,
        // Gains, and what they are made of, have no bounds: cost of failure and burdens are as large as one writes them.
        "externality" | "income_gap" => Range::Any,
        "cost_of_deal"
        | "nash_distance"
        | "kalai_smorodinsky_distance"
        | "egalitarian_distance"
        | "pareto_distance" => Range::FromZero,
        // A text that is signed once the talks have begun is in force by the horizon, where it is counted.
        "days_to_force" => Range::Within(0.0, days_to_horizon(scenario, forum)),
        // To within a class of days.
        "median_days_to_force" => Range::FromZero,
        "depth" | "flexibility" | "coverage" | "trade_coverage" | "gini" => Range::UNIT,
        "inclusion_ldc" | "inclusion_low_income" | "gain_share_ldc" | "gain_share_low_income" => Range::UNIT,
        // Theil's T of n amounts is at most ln n.
        "theil" => Range::Within(0.0, ln(forum.members.len().max(1) as f64)),
        _ if scenario.world.iter().any(world) => Range::UNIT,
        _ => return None,
    })
}

fn of_clause(measure: &str, members: Range) -> Option<Range> {
    Some(match measure {
        "adopted" | "proposed" | "agreed_in_rounds" | "position" | "flexibility" => Range::UNIT,
        "objections" => Range::Counts,
        "opt_outs" => members,
        _ => measure.strip_prefix("rung_")?.parse().map(|_: usize| Range::UNIT).ok()?,
    })
}

fn of_country(measure: &str, clauses: Range) -> Option<Range> {
    Some(match measure {
        "party" | "co_sponsor" | "ratified" | "bound_at_horizon" | "acceded" | "withdrawn" => Range::UNIT,
        "concession" | "distance" | "shapley_shubik" | "banzhaf" => Range::UNIT,
        "gain" | "transfer" => Range::Any,
        "opt_outs" | "clauses_reserved" => clauses,
        "objections" | "decisive_objections" => Range::Counts,
        _ => return None,
    })
}

fn of_all(measure: &str) -> Option<Range> {
    matches!(measure, "obligation_gap" | "pairs_without_text").then_some(Range::UNIT)
}

/// Days from the beginning of the talks to the horizon.
fn days_to_horizon(scenario: &Scenario, forum: &Forum) -> f64 {
    let horizon = scenario.aftermath.map_or(0, |aftermath| aftermath.horizon.day());
    (horizon - forum.calendar.start.day()).max(0) as f64
}

/// Rounds that a forum can hold, all extensions granted.
fn most_rounds(forum: &Forum) -> f64 {
    let calendar = &forum.calendar;
    f64::from(calendar.rounds) + f64::from(calendar.extensions) * f64::from(calendar.extension_rounds)
}
