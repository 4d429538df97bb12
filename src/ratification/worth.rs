//! What a text is worth to a country that would be bound by it, as things stand today.

use crate::preference::loss;
use crate::scenario::{Clause, Forum, Member, Scenario};
use crate::world::{DrawnParameters, Instructions, Strength, has};

/// The scales on which candidates of a forum weigh its text.
pub(super) struct Scales<'a> {
    pub forum: &'a Forum,
    clauses: Vec<&'a Clause>,
    burden: f64,
    parameters: &'a DrawnParameters,
}

impl<'a> Scales<'a> {
    pub fn of(scenario: &'a Scenario, forum: usize, parameters: &'a DrawnParameters) -> Self {
        let forum = &scenario.forums[forum];
        let clauses: Vec<&Clause> = forum.agenda.iter().map(|&clause| &scenario.clauses[clause]).collect();
        Scales { burden: clauses.iter().map(|clause| clause.burden).sum(), forum, clauses, parameters }
    }

    /// Worth of a provision at a point against what holds without it (in utility): policy gained, less the burden of
    /// putting it into practice. What other texts in force already ask of the country counts as held and practised.
    pub fn worth(
        &self,
        clause: usize,
        point: f64,
        member: &Member,
        instructions: &Instructions,
        strength: &Strength,
    ) -> f64 {
        let DrawnParameters { loss_exponent, burden_price, .. } = *self.parameters;
        let bound = instructions.bound[clause];
        let ideal = instructions.ideal[clause];
        let mut worth = 0.0;
        if instructions.total_salience > 0.0 {
            let before = loss(self.forum.status_quo[clause].max(bound), ideal, loss_exponent);
            let after = loss(point.max(bound), ideal, loss_exponent);
            worth = instructions.salience[clause] * (before - after) / instructions.total_salience;
        }
        if self.burden > 0.0 {
            let beyond = (point - member.mandates[clause].regime.max(bound)).max(0.0);
            let borne = (1.0 - strength.capacity) * (1.0 - member.relief[clause]);
            worth -= burden_price * borne * self.clauses[clause].burden / self.burden * beyond;
        }
        worth
    }

    /// Worth of a whole text, without the clauses that do not bind the country (in utility).
    pub fn gain(
        &self,
        text: &[Option<f64>],
        excepted: u128,
        member: &Member,
        instructions: &Instructions,
        strength: &Strength,
    ) -> f64 {
        let bound = text.iter().enumerate().filter(|(clause, _)| !has(excepted, *clause));
        bound.filter_map(|(clause, point)| Some(self.worth(clause, (*point)?, member, instructions, strength))).sum()
    }

    /// Whether a text crosses a red line of a country.
    pub fn crosses(text: &[Option<f64>], instructions: &Instructions) -> bool {
        let crossed = |(clause, point): (usize, &Option<f64>)| {
            point.is_some_and(|point| instructions.crosses_red_line(clause, point))
        };
        text.iter().enumerate().any(crossed)
    }
}
