//! The silence procedure: a draft stands as agreed unless somebody breaks the silence.
//!
//! The chair of a body of the United Nations puts its final draft under silence until a day. Where nobody objects in
//! writing by then, it stands. Where somebody does, the chair revises it and puts the revision under silence. In the end
//! the text goes to the Assembly, where the majority decides if anyone asks for a vote (rules of procedure of the General
//! Assembly, 82 to 86). So each draft under silence is polled as consensus would, and everyone that may stop it alone may
//! hold out on it; a text that goes to the vote is weighed anew, for there nobody but a veto can stop it.

use super::{Package, Poll};
use crate::rules::DecisionRule;

impl Package<'_> {
    /// Rule that decides the next poll, where this many drafts may still be put under silence.
    pub(super) fn rule_now(own: DecisionRule, drafts: u32) -> DecisionRule {
        if drafts > 0 { DecisionRule::of_silence() } else { own }
    }

    /// Whether the next poll is on a draft under silence.
    pub fn is_under_silence(&self) -> bool {
        self.drafts > 0
    }

    /// Notes that a poll was lost; returns whether the draft now goes to the vote as it stands. It does once silence has
    /// been broken as often as the forum lets it be, or where no revision would leave a text.
    pub fn goes_to_the_vote(&mut self, poll: &Poll, rank: impl Fn(usize) -> usize) -> bool {
        if !self.is_under_silence() {
            return false;
        }
        self.drafts -= 1;
        if self.drafts > 0 && self.can_be_revised(poll, rank) {
            return false;
        }
        self.end_silence();
        true
    }

    /// Whether there is a revision that leaves a text.
    fn can_be_revised(&mut self, poll: &Poll, rank: impl Fn(usize) -> usize) -> bool {
        if !self.opt_outs(poll, &rank).is_empty() {
            return true;
        }
        let opposed = self.most_opposed(poll, &rank);
        opposed.is_some_and(|clause| !self.hangs_by(clause) || self.exception_for(clause, poll).is_some())
    }

    /// Has the forum's own rule decide from now on; who may stop a text alone may be others now.
    fn end_silence(&mut self) {
        self.drafts = 0;
        self.rule = self.forum.rule;
        self.give_voices();
        for clause in 0..self.point.len() {
            if self.bracketed[clause] {
                let as_before = self.desk.weighed.worth.row(clause).to_vec();
                self.insist(clause, &as_before);
            }
        }
        self.hold_out();
    }
}
