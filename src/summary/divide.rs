//! The divide: how much of the members' weight and trade the parties cover, whether the poorest are among them, and how
//! the gains are shared.

use super::measure::measures;
use super::range::Range;
use super::sums::Sum;
use super::{Mean, Measure, Measured, Subject};
use crate::inequality::{gini, theil};
use crate::maths::ln;
use crate::minutes::ForumOutcome;
use crate::scenario::{Forum, Scenario};

measures! {
    COVERAGE = Talks(
        "coverage", "0-1", |_| Range::UNIT,
        "Weight of the parties / weight of the members (stated weights, else central capabilities)", "*M*"
    );
    TRADE_COVERAGE = Talks(
        "trade_coverage", "0-1", |_| Range::UNIT,
        "Trade of the members with each other that is among parties / all of it; only with a table of trade", "*M*"
    );
    INCLUSION_LDC = Talks(
        "inclusion_ldc", "0-1", |_| Range::UNIT,
        "Share of the least developed members (group `LDC_GROUP`) that become parties; only where there are any", "*M*"
    );
    GAIN_SHARE_LDC = Talks(
        "gain_share_ldc", "0-1", |_| Range::UNIT,
        "Gains of the least developed members / gains of all members, without losses; only where there are any", "those with a gain"
    );
    INCLUSION_LOW_INCOME = Talks(
        "inclusion_low_income", "0-1", |_| Range::UNIT,
        "Share of the low-income members (group `income:Low income`) that become parties; only where there are any", "*M*"
    );
    GAIN_SHARE_LOW_INCOME = Talks(
        "gain_share_low_income", "0-1", |_| Range::UNIT,
        "Gains of the low-income members / gains of all members, without losses; only where there are any", "those with a gain"
    );
    GINI = Talks(
        "gini", "0-1", |_| Range::UNIT,
        "Gini coefficient of the gains of all members; who loses or stays out counts as 0", "*M*"
    );
    // Theil's T of n amounts is at most ln n.
    THEIL = Talks(
        "theil", "number", |at| at.of_members(|members| ln(members.max(1) as f64)),
        "Theil's T of the gains of those that gain; 0 where there is one", "those with a gain"
    );
    // Gains have no bounds: cost of failure and burdens are as large as one writes them.
    INCOME_GAP = Talks(
        "income_gap", "utility", |_| Range::Any,
        "Mean gain of the richest class of income among the members less that of the poorest, who stays out at 0; only with two classes",
        "*M*"
    );
}

/// The groups whose part is told: their names in a scenario, and the measures of each.
const GROUPS: [([&str; 2], [Measure; 2]); 2] = [
    (["LDC_GROUP", "LDC"], [Measure::INCLUSION_LDC, Measure::GAIN_SHARE_LDC]),
    (["income:Low income", "income:low"], [Measure::INCLUSION_LOW_INCOME, Measure::GAIN_SHARE_LOW_INCOME]),
];
/// Classes of income, the richest first.
const INCOME: [[&str; 2]; 4] = [
    ["income:High income", "income:high"],
    ["income:Upper middle income", "income:upper_middle"],
    ["income:Lower middle income", "income:lower_middle"],
    ["income:Low income", "income:low"],
];

/// What is kept of one forum.
#[derive(Clone, Debug)]
pub(super) struct Divide<'a> {
    scenario: &'a Scenario,
    forum: &'a Forum,
    /// Per member, its weight.
    weights: Vec<f64>,
    /// Per group, which seats belong to it.
    groups: Vec<Vec<bool>>,
    /// Seats of the richest and of the poorest class there is, where there are two.
    ends: Option<[Vec<bool>; 2]>,
    coverage: Mean,
    trade_coverage: Mean,
    inclusion: Vec<Mean>,
    gain_share: Vec<Mean>,
    gini: Mean,
    theil: Mean,
    income_gap: Mean,
}

impl<'a> Divide<'a> {
    /// Nothing yet, of a forum.
    pub fn of(scenario: &'a Scenario, forum: &'a Forum) -> Self {
        let belonging = |names: &[&str]| -> Vec<bool> {
            let groups = forum.members.iter().map(|member| &scenario.countries[member.country].groups);
            groups.map(|groups| groups.iter().any(|group| names.contains(&group.as_str()))).collect()
        };
        let classes: Vec<Vec<bool>> = INCOME.iter().map(|names| belonging(names)).collect();
        let peopled: Vec<&Vec<bool>> = classes.iter().filter(|class| class.contains(&true)).collect();
        let ends = match peopled[..] {
            [richest, .., poorest] => Some([richest.clone(), poorest.clone()]),
            _ => None,
        };
        Divide {
            scenario,
            forum,
            weights: forum.members.iter().map(|member| scenario.weight_of(member)).collect(),
            groups: GROUPS.iter().map(|(names, _)| belonging(names)).collect(),
            ends,
            coverage: Mean::default(),
            trade_coverage: Mean::default(),
            inclusion: vec![Mean::default(); GROUPS.len()],
            gain_share: vec![Mean::default(); GROUPS.len()],
            gini: Mean::default(),
            theil: Mean::default(),
            income_gap: Mean::default(),
        }
    }

    /// Adds one replication. Without a text nothing is covered or shared.
    pub fn add(&mut self, ended: &ForumOutcome) {
        if !ended.concluded {
            return;
        }
        let parties: Vec<bool> = ended.members.iter().map(|member| member.party).collect();
        // Who stays out gains nothing.
        let gains: Vec<f64> = ended.members.iter().map(|member| if member.party { member.gain } else { 0.0 }).collect();
        if let Some(coverage) = share(&self.weights, |seat| parties[seat]) {
            self.coverage.add(coverage);
        }
        if let Some(coverage) = self.trade_among(&parties) {
            self.trade_coverage.add(coverage);
        }
        let positive: Vec<f64> = gains.iter().map(|gain| gain.max(0.0)).collect();
        for (no, group) in self.groups.iter().enumerate() {
            let all = group.iter().filter(|belongs| **belongs).count();
            if all == 0 {
                continue;
            }
            let inside = group.iter().zip(&parties).filter(|(belongs, party)| **belongs && **party).count();
            self.inclusion[no].add(inside as f64 / all as f64);
            if let Some(part) = share(&positive, |seat| group[seat]) {
                self.gain_share[no].add(part);
            }
        }
        if let Some(gini) = gini(&positive) {
            self.gini.add(gini);
        }
        let winners: Vec<f64> = gains.iter().copied().filter(|gain| *gain > 0.0).collect();
        if let Some(theil) = theil(&winners) {
            self.theil.add(theil);
        }
        if let Some([rich, poor]) = &self.ends {
            self.income_gap.add(mean_of(&gains, rich) - mean_of(&gains, poor));
        }
    }

    /// Its sums.
    pub fn sums<'s>(&'s mut self, all: &mut Vec<Sum<'s>>) {
        let Divide { coverage, trade_coverage, inclusion, gain_share, gini, theil, income_gap, .. } = self;
        let one_each = [coverage, trade_coverage, gini, theil, income_gap];
        all.extend(one_each.into_iter().chain(inclusion).chain(gain_share).map(Sum::Mean));
    }

    /// Share of the members' trade with each other that is among these parties [0–1]: the weights spread over partners
    /// as the trade table has it.
    fn trade_among(&self, parties: &[bool]) -> Option<f64> {
        let trade = self.scenario.trade.as_ref()?;
        let (mut among, mut all) = (0.0, 0.0);
        for (seat, member) in self.forum.members.iter().enumerate() {
            let row = trade.of(member.country);
            for (partner, other) in self.forum.members.iter().enumerate() {
                let flow = self.weights[seat] * row[other.country];
                all += flow;
                among += if parties[seat] && parties[partner] { flow } else { 0.0 };
            }
        }
        (all > 0.0).then(|| among / all)
    }

    /// Its lines: measures of the talks that have a meaning in this forum.
    pub fn lines(&self) -> Vec<Measured> {
        let mut lines = Vec::new();
        let mut line = |measure, estimate| lines.push((Subject::Talks, measure, estimate));
        line(Measure::COVERAGE, self.coverage.estimate());
        if self.scenario.trade.is_some() {
            line(Measure::TRADE_COVERAGE, self.trade_coverage.estimate());
        }
        for (no, (_, [inclusion, gain_share])) in GROUPS.into_iter().enumerate() {
            if self.groups[no].contains(&true) {
                line(inclusion, self.inclusion[no].estimate());
                line(gain_share, self.gain_share[no].estimate());
            }
        }
        line(Measure::GINI, self.gini.estimate());
        line(Measure::THEIL, self.theil.estimate());
        if self.ends.is_some() {
            line(Measure::INCOME_GAP, self.income_gap.estimate());
        }
        lines
    }
}

/// Share of amounts that some have [0–1]; none where there is nothing to share.
fn share(amounts: &[f64], has: impl Fn(usize) -> bool) -> Option<f64> {
    let all: f64 = amounts.iter().sum();
    let part: f64 = amounts.iter().enumerate().filter(|(seat, _)| has(*seat)).map(|(_, amount)| amount).sum();
    (all > 0.0).then(|| part / all)
}

fn mean_of(amounts: &[f64], who: &[bool]) -> f64 {
    let chosen = || amounts.iter().zip(who).filter(|(_, chosen)| **chosen);
    chosen().map(|(amount, _)| amount).sum::<f64>() / chosen().count().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::MemberOutcome;
    use crate::scenario::check::load;
    use crate::scenario::source::Memory;

    const FOUR: &str = r#"
        title = "Four"
        [country.rich]
        capability = 6.0
        groups = ["income:High income"]
        [country.middle]
        capability = 2.0
        groups = ["income:Lower middle income"]
        [country.poor]
        capability = 1.0
        groups = ["income:Low income", "LDC_GROUP"]
        [country.poorer]
        capability = 1.0
        groups = ["income:Low income", "LDC_GROUP"]
        [clause.c]
        [forum.f]
        name = "f"
        members = ["rich", "middle", "poor", "poorer"]
        rule = "consensus"
        calendar = { start = 2025-01-01, rounds = 1 }
    "#;

    /// What four members with these gains come to, of whom the last stays out.
    fn measured(gains: [f64; 4]) -> impl Fn(Measure) -> Option<f64> {
        let mandates =
            ["rich", "middle", "poor", "poorer"].map(|id| format!("[mandate.{id}.c]\nideal = 0.5\n")).concat();
        let files = Memory([("four.toml".to_owned(), format!("{FOUR}\n{mandates}"))].into());
        let scenario = load("four.toml", &[], &files).unwrap_or_else(|problems| panic!("{problems}")).scenario;
        let mut divide = Divide::of(&scenario, &scenario.forums[0]);
        let member = |(no, gain): (usize, f64)| MemberOutcome { party: no < 3, gain, ..MemberOutcome::default() };
        let members = gains.into_iter().enumerate().map(member).collect();
        divide.add(&ForumOutcome { concluded: true, members, ..ForumOutcome::default() });
        divide.add(&ForumOutcome::default());
        let lines = divide.lines();
        move |measure| {
            let line = lines.iter().find(|(_, found, _)| *found == measure);
            line.and_then(|(_, _, estimate)| *estimate).map(|estimate| estimate.mean)
        }
    }

    #[test]
    fn four_members_of_whom_one_stays_out() {
        let close = |found: Option<f64>, expected: f64| found.is_some_and(|found| (found - expected).abs() < 1e-12);
        // The last would gain 0.9, and has nothing of it.
        let of = measured([0.5, 0.2, 0.1, 0.9]);
        assert!(close(of(Measure::COVERAGE), 0.9), "6, 2 and 1 of 10");
        assert!(close(of(Measure::INCLUSION_LDC), 0.5) && close(of(Measure::INCLUSION_LOW_INCOME), 0.5));
        assert!(close(of(Measure::GAIN_SHARE_LDC), 0.1 / 0.8));
        assert!(close(of(Measure::INCOME_GAP), 0.5 - 0.05), "0.5 against the mean of 0.1 and nothing");
        // Sorted 0, 0.1, 0.2, 0.5: (−1·0.1 + 1·0.2 + 3·0.5) / (4 · 0.8) with weights 2i + 1 − n.
        assert!(close(of(Measure::GINI), (-0.1 + 0.2 + 1.5) / 3.2));
        let part = |x: f64| x / 0.8 * 3.0 * ln(x / 0.8 * 3.0);
        assert!(close(of(Measure::THEIL), (part(0.5) + part(0.2) + part(0.1)) / 3.0), "over those that gain");
        assert_eq!(of(Measure::TRADE_COVERAGE), None, "there is no table of trade");
    }

    #[test]
    fn a_loss_is_no_share_of_the_gains() {
        let of = measured([0.6, -0.2, 0.2, 0.0]);
        assert!(of(Measure::GAIN_SHARE_LDC).is_some_and(|share| (share - 0.25).abs() < 1e-12));
        assert!(of(Measure::GINI).is_some_and(|gini| gini > 0.0 && gini < 1.0));
    }
}
