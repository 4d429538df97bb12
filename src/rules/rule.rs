//! What can be asked about a decision rule: each rule answers every question in its own file, and the compiler lists those
//! that it has not answered.

use super::{DecisionRule, Demand, Fraction, Game, Tally, Unit};

/// A decision rule, as each answers for itself. No method has a default: a new rule says what holds for it.
pub(super) trait Rule: Copy {
    /// Whether a text is decided, where nobody uses a veto of its own.
    fn passes(self, tally: &Tally) -> bool;

    /// Whether each member can stop a decision alone.
    fn everyone_holds_a_veto(self) -> bool;

    /// Whether nothing but objections stops a text, so that silence is consent.
    fn stopped_by_objections_only(self) -> bool;

    /// Whether a decision depends on the weight of those that object, and not on their number only.
    fn weighs_objections(self) -> bool;

    /// Whether a member counts as one head, whatever its weight.
    fn counts_heads(self) -> bool;

    /// Whether members vote and can be outvoted.
    fn is_a_vote(self) -> bool;

    /// What the consent of a member adds that objects, or says nothing [≥ 0]: among members who stand alike, those who add
    /// most make a decision with the fewest.
    fn consent_adds(self, objects: bool, weight: f64) -> f64;

    /// The rule among so many members as a simple game, in which whoever does not accept objects.
    fn game(self, members: u64) -> Game;

    /// How much weight it asks for as an amount, which may be more than there is; `None` where it asks for no amount.
    fn amount_of_weight(self) -> Option<Fraction>;

    /// What it asks of the capability of so many members, as models know it that count nothing else.
    fn of_capability(self, members: usize) -> Demand;

    /// The rule as it is coded on record.
    fn code(self) -> String;

    /// The rule in words.
    fn describe(self) -> String;

    /// What it comes to where all of so many members, of so much weight together, vote: `4 of 6`. `None` where the words say
    /// it all.
    fn comes_to(self, members: u64, weight: f64, unit: Unit) -> Option<String>;
}

impl DecisionRule {
    /// The rule by which a draft under silence stands: nobody objects.
    pub fn of_silence() -> DecisionRule {
        DecisionRule::Consensus
    }

    /// Whether the text is decided.
    pub fn passes(&self, tally: &Tally) -> bool {
        tally.vetoes == 0 && ask!(self, rule => rule.passes(tally))
    }

    /// Whether a lost tally hangs on an objection of this weight: it would pass had the objector accepted, with all others
    /// as they are.
    pub fn hangs_on(&self, tally: &Tally, weight: f64, veto: bool) -> bool {
        tally.objecting > 0 && !self.passes(tally) && self.passes(&tally.won_over(weight, veto))
    }

    /// Whether each member can stop a decision alone.
    pub fn everyone_holds_a_veto(&self) -> bool {
        ask!(self, rule => rule.everyone_holds_a_veto())
    }

    /// Whether nothing but objections stops a text, so that silence is consent.
    pub fn stopped_by_objections_only(&self) -> bool {
        ask!(self, rule => rule.stopped_by_objections_only())
    }

    /// Whether a decision depends on the weight of those that object, and not on their number only.
    pub fn weighs_objections(&self) -> bool {
        ask!(self, rule => rule.weighs_objections())
    }

    /// Whether a member counts as one head, whatever its weight.
    pub fn counts_heads(&self) -> bool {
        ask!(self, rule => rule.counts_heads())
    }

    /// Whether members vote and can be outvoted.
    pub fn is_a_vote(&self) -> bool {
        ask!(self, rule => rule.is_a_vote())
    }

    /// What the consent of a member adds that objects, or says nothing [≥ 0]: those who add most make a decision with the
    /// fewest.
    pub fn consent_adds(&self, objects: bool, weight: f64) -> f64 {
        ask!(self, rule => rule.consent_adds(objects, weight))
    }

    /// The rule among so many members as a simple game, in which whoever does not accept objects.
    pub fn game(&self, members: u64) -> Game {
        ask!(self, rule => rule.game(members))
    }

    /// How much weight it asks for as an amount, which may be more than there is; `None` where it asks for no amount.
    pub fn amount_of_weight(&self) -> Option<Fraction> {
        ask!(self, rule => rule.amount_of_weight())
    }

    /// What it asks of the capability of so many members, as models know it that count nothing else.
    pub fn of_capability(&self, members: usize) -> Demand {
        ask!(self, rule => rule.of_capability(members))
    }

    /// The rule as it is coded on record: `2/3 by heads of members`.
    pub fn code(&self) -> String {
        ask!(self, rule => rule.code())
    }

    /// The rule in words.
    pub fn describe(&self) -> String {
        ask!(self, rule => rule.describe())
    }

    /// The rule in words, with what it comes to where all of so many members, of so much weight together, vote.
    pub fn describe_among(&self, members: u64, weight: f64, unit: Unit) -> String {
        let words = self.describe();
        match ask!(self, rule => rule.comes_to(members, weight, unit)) {
            Some(comes_to) => format!("{words}: {comes_to}"),
            None => words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::DecisionRule::*;
    use super::super::{Counting, Majority};
    use super::*;

    const HEADS: Majority = Majority { by: Counting::Heads, of_votes_cast: false };

    #[test]
    fn under_consensus_only_a_lone_objection_decides() {
        let alone = Tally { members: 5, accepting: 2, objecting: 1, ..Tally::default() };
        assert!(Consensus.hangs_on(&alone, 1.0, false), "silence of the other two is consent");
        assert!(!Consensus.hangs_on(&Tally { objecting: 2, ..alone }, 1.0, false));
        assert!(!Unanimity.hangs_on(&alone, 1.0, false), "the silent two do not accept either");
        assert!(Unanimity.hangs_on(&Tally { accepting: 4, ..alone }, 1.0, false));
    }

    #[test]
    fn an_objection_that_is_outvoted_decides_nothing_and_a_veto_does() {
        let outvoted = Tally { members: 5, accepting: 4, objecting: 1, ..Tally::default() };
        assert!(!SimpleMajority(HEADS).hangs_on(&outvoted, 1.0, false));
        let vetoed = Tally { vetoes: 1, ..outvoted };
        assert!(SimpleMajority(HEADS).hangs_on(&vetoed, 1.0, true));
        // Three of six are no majority, four are.
        let short = Tally { members: 6, accepting: 3, objecting: 2, ..Tally::default() };
        assert!(SimpleMajority(HEADS).hangs_on(&short, 1.0, false));
        assert!(!SimpleMajority(HEADS).hangs_on(&Tally { accepting: 2, ..short }, 1.0, false));
    }

    #[test]
    fn a_critical_mass_hangs_on_who_would_complete_it() {
        // 50 of 100 accept and 60 are needed: the objector of 10 decides, and that of 5 does not.
        let tally =
            Tally { members: 4, weight: 100.0, accepting: 2, accepting_weight: 50.0, objecting: 2, ..Tally::default() };
        let tally = Tally { objecting_weight: 15.0, ..tally };
        let mass = CriticalMass { quota: 0.6.into() };
        assert!(mass.hangs_on(&tally, 10.0, false));
        assert!(!mass.hangs_on(&tally, 5.0, false));
        // Nobody decides that did not object.
        assert!(!mass.hangs_on(&Tally { objecting: 0, ..tally }, 10.0, false));
    }
}
