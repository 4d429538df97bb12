//! Before any replication: can any text at all respect every red line of those with a veto?

use super::{Forum, Scenario};

/// A clause on which no text can respect every red line of those with a veto.
#[derive(Clone, Debug, PartialEq)]
pub struct Impasse {
    /// Place in [`Scenario::clauses`].
    pub clause: usize,
    /// Seat of the member that will not go lower, and where its line lies.
    pub floor: Option<(usize, f64)>,
    /// Seat of the member that will not go higher, and where its line lies.
    pub ceiling: Option<(usize, f64)>,
}

/// What red lines leave of a forum's agenda.
#[derive(Clone, Debug, PartialEq)]
pub struct Feasibility {
    /// Clauses on which some provision is possible.
    pub possible: usize,
    /// Clauses on which none is.
    pub impasses: Vec<Impasse>,
}

/// Holds the stated red lines of those with a veto against the texts of each clause. In replications the lines lie a
/// little further out (their slack), so an impasse here is one that most replications meet. Lines bind what a clause
/// obliges to once the exceptions that the chair may attach are counted; a clause with opt-outs is always possible.
pub fn feasibility(scenario: &Scenario, forum: &Forum) -> Feasibility {
    let mut found = Feasibility { possible: 0, impasses: Vec::new() };
    for (at, &clause) in forum.agenda.iter().enumerate() {
        let holders = || {
            let all = forum.rule.everyone_holds_a_veto();
            forum.members.iter().enumerate().filter(move |(_, member)| member.decides() && (all || member.veto))
        };
        let floors = holders().filter_map(|(seat, m)| Some((seat, m.mandates[at].floor?.at)));
        let ceilings = holders().filter_map(|(seat, m)| Some((seat, m.mandates[at].ceiling?.at)));
        let floor = floors.max_by(|a, b| a.1.total_cmp(&b.1));
        let ceiling = ceilings.min_by(|a, b| a.1.total_cmp(&b.1));
        let may_opt_out = forum.terms.opt_outs.as_ref().is_some_and(|terms| terms.clauses[at]);
        let spared = forum.terms.flexibility.as_ref().filter(|terms| terms.clauses[at]).map_or(0.0, |terms| terms.most);
        let least = |point: f64| if spared > 0.0 { point + spared * (forum.status_quo[at] - point) } else { point };
        let respects = |point: f64| {
            floor.is_none_or(|(_, f)| point.max(least(point)) >= f)
                && ceiling.is_none_or(|(_, c)| point.min(least(point)) <= c)
        };
        let definition = &scenario.clauses[clause];
        let possible = if definition.rungs.is_empty() {
            floor.zip(ceiling).is_none_or(|((_, f), (_, c))| respects(f) || respects(c))
        } else {
            definition.rungs.iter().any(|rung| definition.is_provision(rung.position) && respects(rung.position))
        };
        if possible || may_opt_out {
            found.possible += 1;
        } else {
            found.impasses.push(Impasse { clause, floor, ceiling });
        }
    }
    found
}
