//! The procedural model: one actor proposes, the others accept or keep the status quo (Romer & Rosenthal 1978; on the
//! European Union Steunenberg 1994, Crombez 1996, Tsebelis 1994).
//!
//! An actor at x accepts against the status quo q what lies between q and its mirror image, 2x − q. The setter proposes
//! the point nearest to its own that so many accept as the issue's rule asks for; capabilities are votes, and the setter
//! has none. Ties: of two points that are equally near to the setter, the lower.
//!
//! Who sets the agenda can be named; otherwise it is the strongest actor, the first of the table among equals (in tables
//! of European decisions, where the Commission is listed first and as strong as the largest state, the Commission).

use super::{Forecast, Forecaster, Issue, each};
use crate::preference::win_set;

/// The agenda-setter model.
#[derive(Clone, Copy, Debug, Default)]
pub struct AgendaSetter {
    /// Who proposes [place in the table's actors]; the strongest where not stated or not taking part.
    pub setter: Option<usize>,
}

impl AgendaSetter {
    fn point(&self, issue: &Issue) -> Option<f64> {
        let reference = issue.reference?;
        let named = issue.stances.iter().position(|stance| Some(stance.actor) == self.setter);
        let strongest = || {
            let best = |best: usize, no: usize| {
                if issue.stances[no].capability > issue.stances[best].capability { no } else { best }
            };
            (0..issue.stances.len()).reduce(best)
        };
        let setter = named.or_else(strongest)?;
        let wish = issue.stances[setter].position;
        let voters: Vec<(f64, f64, f64)> = issue
            .stances
            .iter()
            .enumerate()
            .filter(|(no, _)| *no != setter)
            .map(|(_, stance)| {
                let (low, high) = win_set(stance.position, reference);
                let on_scale = |x: f64| x.clamp(issue.scale.0, issue.scale.1);
                (on_scale(low), on_scale(high), stance.capability)
            })
            .collect();
        let all = voters.iter().fold(0.0, |sum, voter| sum + voter.2);
        let unit = issue.unit();
        let carried = |point: f64| {
            let accepting = voters.iter().filter(|(low, high, _)| (*low..=*high).contains(&point));
            issue.rule.passes(accepting.fold(0.0, |sum, voter| sum + voter.2), all, unit)
        };
        // The best that is carried is the setter's own point or an end of what somebody accepts; the status quo always is.
        let ends = voters.iter().flat_map(|&(low, high, _)| [low, high]);
        let mut points: Vec<f64> = ends.chain([wish]).filter(|&point| carried(point)).collect();
        points.push(reference);
        points.sort_by(f64::total_cmp);
        let nearer = |best: f64, other: f64| if (other - wish).abs() < (best - wish).abs() { other } else { best };
        points.into_iter().reduce(nearer)
    }
}

impl Forecaster for AgendaSetter {
    fn name(&self) -> &'static str {
        "agenda_setter"
    }

    fn source(&self) -> &'static str {
        "what the setter prefers among what the rule carries against the reference point (Romer & Rosenthal 1978)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| self.point(issue))
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::Rule;
    use super::super::table::tests::issue;
    use super::*;
    use crate::rules::{Fraction, Quota};

    /// States at 20, 40 and 60 and a setter at 100, from a status quo of 0.
    fn council(rule: Rule) -> Issue {
        let stances = [(100.0, 1.0, 1.0), (20.0, 1.0, 1.0), (40.0, 1.0, 1.0), (60.0, 1.0, 1.0)];
        Issue { reference: Some(0.0), rule, ..issue(&stances) }
    }

    #[test]
    fn the_setter_takes_the_pivot_to_its_limit() {
        // 20 accepts up to 40, 40 up to 80, 60 everything: two of three carry 80, all three 40.
        let point = |rule| AgendaSetter::default().forecast(&[&council(rule)])[0].unwrap().point;
        assert_eq!(point(Rule::Quota(Quota::Votes(Fraction::exactly(2.0).unwrap()))), 80.0);
        assert_eq!(point(Rule::Quota((2.0 / 3.0).into())), 80.0);
        assert_eq!(point(Rule::Unanimity), 40.0);
        assert_eq!(point(Rule::Majority), 80.0);
    }

    #[test]
    fn a_setter_that_likes_the_status_quo_best_proposes_nothing() {
        let likes_it = AgendaSetter { setter: Some(1) };
        let talks = Issue { reference: Some(20.0), ..council(Rule::Majority) };
        assert_eq!(likes_it.forecast(&[&talks])[0].unwrap().point, 20.0);
        assert_eq!(likes_it.forecast(&[&Issue { reference: None, ..talks }]), [None]);
    }
}
