//! What a text is worth to a country that would be bound by it, as things stand today.

use crate::clause_set::ClauseSet;
use crate::maths::higher;
use crate::preference::obligation::obliged;
use crate::preference::valuation::{self, Interest, Worth};
use crate::scenario::{Clause, Forum, Member, Parameters, Scenario};
use crate::world::{DrawnParameters, Instructions, Strength};

/// The scales on which candidates of a forum weigh its text.
pub(super) struct Scales<'a> {
    pub forum: &'a Forum,
    clauses: Vec<&'a Clause>,
    burden: f64,
    /// Per clause of the agenda, the degree of the exception to it [0–1].
    exceptions: Vec<f64>,
    parameters: &'a DrawnParameters,
}

impl<'a> Scales<'a> {
    /// The scales of a forum whose text carries exceptions of these degrees.
    pub fn of(scenario: &'a Scenario, forum: usize, parameters: &'a DrawnParameters, exceptions: &[f64]) -> Self {
        let forum = &scenario.forums[forum];
        let clauses: Vec<&Clause> = forum.agenda.iter().map(|&clause| &scenario.clauses[clause]).collect();
        let burden = clauses.iter().map(|clause| clause.burden).sum();
        Scales { burden, exceptions: exceptions.to_vec(), forum, clauses, parameters }
    }

    /// What a provision at a point obliges a country to, once the exception to it is used as far as the country wants.
    pub fn obligation(&self, clause: usize, point: f64, instructions: &Instructions) -> f64 {
        obliged(point, self.forum.status_quo[clause], instructions.ideal[clause], self.exceptions[clause])
    }

    /// What a whole text obliges a country to, clause by clause.
    pub fn obligations(&self, text: &[Option<f64>], instructions: &Instructions) -> Vec<Option<f64>> {
        let obligation =
            |(clause, point): (usize, &Option<f64>)| Some(self.obligation(clause, (*point)?, instructions));
        text.iter().enumerate().map(obligation).collect()
    }

    /// Worth of a provision at a point against what holds without it (in utility): policy gained by what it obliges the
    /// country to, less the burden of putting that into practice. What other texts in force already ask of the country
    /// counts as held and practised. What others leave undone is priced at adoption, and not again.
    pub fn worth(
        &self,
        clause: usize,
        point: f64,
        member: &Member,
        instructions: &Instructions,
        strength: &Strength,
    ) -> f64 {
        let Parameters { loss_exponent, burden_price, .. } = self.parameters.0;
        let (ideal, bound) = ([instructions.ideal[clause]], [instructions.bound[clause]]);
        let borne = (1.0 - strength.capacity) * (1.0 - member.relief[clause]);
        // The endgame multiplies by the clause's share; here it is taken last, which may differ in the last digit.
        let full_burden = burden_price * borne * self.clauses[clause].burden / self.burden;
        let interest = Interest {
            ideal: &ideal,
            salience: &[instructions.salience[clause]],
            total_salience: &[instructions.total_salience],
            bound: &bound,
            loss_before: &valuation::loss_before(self.forum.status_quo[clause], &bound, &ideal, loss_exponent),
            at_home: &[higher(member.mandates[clause].regime, instructions.bound[clause])],
            full_burden: [if self.burden > 0.0 { full_burden } else { 0.0 }],
        };
        let point = [self.obligation(clause, point, instructions)];
        let Worth { net: [worth], .. } = valuation::worth(&point, &interest, loss_exponent, |policy| policy);
        worth
    }

    /// Worth of joining these parties to a country, for the trade that it has with them (in utility; `rounds::package` has
    /// the same for members at adoption).
    pub fn company(&self, scenario: &Scenario, country: usize, is_party: impl Fn(usize) -> bool) -> f64 {
        let Some(trade) = scenario.trade.as_ref().filter(|_| self.forum.terms.coverage) else { return 0.0 };
        let row = trade.of(country);
        let parties = (0..self.forum.candidates()).filter(|&candidate| is_party(candidate));
        self.parameters.exclusion_price * parties.map(|party| row[self.forum.candidate(party).country]).sum::<f64>()
    }

    /// Worth of a whole text, without the clauses that do not bind the country (in utility).
    pub fn gain(
        &self,
        text: &[Option<f64>],
        excepted: ClauseSet,
        member: &Member,
        instructions: &Instructions,
        strength: &Strength,
    ) -> f64 {
        let mut gain = 0.0;
        for (clause, point) in text.iter().enumerate() {
            if let Some(point) = point.filter(|_| !excepted.has(clause)) {
                gain += self.worth(clause, point, member, instructions, strength);
            }
        }
        gain
    }

    /// Whether what a text obliges a country to crosses a red line of its own, on a clause that binds it.
    pub fn crosses(&self, text: &[Option<f64>], excepted: ClauseSet, instructions: &Instructions) -> bool {
        let bound = text.iter().enumerate().filter(|(clause, _)| !excepted.has(*clause));
        bound.into_iter().any(|(clause, point)| self.crosses_on(clause, *point, instructions))
    }

    /// The same on one clause.
    pub fn crosses_on(&self, clause: usize, point: Option<f64>, instructions: &Instructions) -> bool {
        let crosses = |point| instructions.crosses_red_line(clause, self.obligation(clause, point, instructions));
        point.is_some_and(crosses)
    }
}

/// How far an applicant falls short of what the text would oblige it to in the eyes of a party [0–1]: what it neither does
/// nor wants, weighted by what the party cares about.
pub(super) fn gap(asked: &[Option<f64>], applicant: &Member, wants: &Instructions, party: &Instructions) -> f64 {
    let (mut short, mut cared) = (0.0, 0.0);
    for (clause, point) in asked.iter().enumerate() {
        let Some(point) = *point else { continue };
        let willing = applicant.mandates[clause].regime.max(wants.bound[clause]).max(wants.ideal[clause]);
        short += party.salience[clause] * (point - willing).max(0.0);
        cared += party.salience[clause];
    }
    if cared > 0.0 { short / cared } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::check::load;
    use crate::scenario::source::Memory;

    const TWO: &str = r#"
title = "Two clauses"
[clause.flows]
burden = 3
[clause.code]
[country.Alba]
[forum.talks]
name = "Talks"
members = ["Alba"]
calendar = { start = 2025-01-01, rounds = 1 }
status_quo = { flows = 0.1 }
[mandate.Alba]
flows = { ideal = 0.6, salience = 2, regime = 0.3 }
code = { ideal = 0.2, red_line = { ceiling = 0.6 } }
"#;

    /// What Alba wants, bound elsewhere by so much.
    fn alba(bound: [f64; 2]) -> Instructions {
        let row = |values: [f64; 2]| values.to_vec().into_boxed_slice();
        Instructions {
            ideal: row([0.6, 0.2]),
            salience: row([2.0, 1.0]),
            stake: row([1.0, 0.5]),
            floor: row([-1.0, -1.0]),
            ceiling: row([2.0, 0.6]),
            bound: row(bound),
            give: row([0.0, 0.0]),
            say: row([0.0, 0.0]),
            resolve: row([0.0, 0.0]),
            package_resolve: 0.0,
            reservation: 0.0,
            total_salience: 3.0,
            stakes: 1.5,
        }
    }

    /// What Alba makes of a text, bound elsewhere by so much.
    fn gain(text: [Option<f64>; 2], excepted: ClauseSet, bound: [f64; 2]) -> (f64, bool) {
        under([0.0, 0.0], text, excepted, bound)
    }

    /// The same under exceptions.
    fn under(exceptions: [f64; 2], text: [Option<f64>; 2], excepted: ClauseSet, bound: [f64; 2]) -> (f64, bool) {
        let scenario =
            load("two.toml", &[], &Memory([("two.toml".to_owned(), TWO.to_owned())].into())).unwrap().scenario;
        let parameters = DrawnParameters(Parameters { loss_exponent: 1.0, burden_price: 0.5, ..Parameters::default() });
        let instructions = alba(bound);
        let strength = Strength { weight: 1.0, alone: 1.0, capacity: 0.5 };
        let scales = Scales::of(&scenario, 0, &parameters, &exceptions);
        let member = &scenario.forums[0].members[0];
        (scales.gain(&text, excepted, member, &instructions, &strength), scales.crosses(&text, excepted, &instructions))
    }

    #[test]
    fn a_text_is_worth_policy_gained_less_the_burden() {
        // flows: 2/3 · (0.5 − 0.1) − 0.5 · 0.5 · 3/4 · (0.7 − 0.3); code: 1/3 · (0.2 − 0.3) − 0.5 · 0.5 · 1/4 · 0.5.
        let (flows, code) = (2.0 / 3.0 * 0.4 - 0.075, -0.1 / 3.0 - 0.03125);
        let close = |(got, crosses): (f64, bool), expected: f64| !crosses && (got - expected).abs() < 1e-12;
        assert!(close(gain([Some(0.7), Some(0.5)], ClauseSet::EMPTY, [0.0, 0.0]), flows + code));
        assert!(
            close(gain([Some(0.7), Some(0.5)], ClauseSet::of(1), [0.0, 0.0]), flows),
            "a reserved clause is left out"
        );
        assert!(gain([None, Some(0.7)], ClauseSet::EMPTY, [0.0, 0.0]).1, "beyond the red line");
    }

    #[test]
    fn an_exception_is_used_as_far_as_the_country_wants_and_red_lines_bind_what_is_left() {
        // Half of the depth of a text on code at 0.7 may be left undone: 0.35 binds, which is 0.15 beyond its wish and
        // within its line of 0.6. It costs 0.5 · 0.5 · 1/4 · 0.35.
        let (got, crosses) = under([0.0, 0.5], [None, Some(0.7)], ClauseSet::EMPTY, [0.0, 0.0]);
        assert!((got - ((0.2 - 0.15) / 3.0 - 0.0625 * 0.35)).abs() < 1e-12 && !crosses, "{got}");
        assert!(
            under([0.0, 0.1], [None, Some(0.7)], ClauseSet::EMPTY, [0.0, 0.0]).1,
            "with a tenth it still crosses the line"
        );
        assert_eq!(
            under([0.0, 0.1], [None, Some(0.7)], ClauseSet::of(1), [0.0, 0.0]),
            (0.0, false),
            "nothing binds who is out"
        );
    }

    #[test]
    fn a_country_without_a_burden_gains_where_a_text_lies_in_its_win_set() {
        // Putnam's pivot, on the clause that costs nothing to put into practice: ideal point 0.2, status quo 0.
        let scenario =
            load("two.toml", &[], &Memory([("two.toml".to_owned(), TWO.to_owned())].into())).unwrap().scenario;
        let parameters = DrawnParameters(Parameters { loss_exponent: 1.0, ..Parameters::default() });
        let instructions = alba([0.0, 0.0]);
        let scales = Scales::of(&scenario, 0, &parameters, &[0.0, 0.0]);
        let (low, high) = crate::preference::win_set(0.2, 0.0);
        for point in (0..=20).map(|twentieth| f64::from(twentieth) / 20.0) {
            let worth = scales.worth(1, point, &scenario.forums[0].members[0], &instructions, &Strength::default());
            assert_eq!(worth >= -1e-12, (low - 1e-12..=high + 1e-12).contains(&point), "{point}: {worth}");
        }
    }

    #[test]
    fn what_binds_already_gives_and_costs_nothing_more() {
        // Bound at 0.8 a text at 0.7 changes nothing; bound at 0.4, it moves 0.4 → 0.7 around the wish of 0.6.
        assert_eq!(gain([Some(0.7), None], ClauseSet::EMPTY, [0.8, 0.0]).0, 0.0);
        let (got, _) = gain([Some(0.7), None], ClauseSet::EMPTY, [0.4, 0.0]);
        assert!((got - (2.0 / 3.0 * (0.2 - 0.1) - 0.5 * 0.5 * 0.75 * 0.3)).abs() < 1e-12, "{got}");
    }
}
