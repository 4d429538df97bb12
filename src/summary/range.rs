//! Ranges of measures: between which values one can lie, and so its mean and the ends of its interval.

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
    pub const UNIT: Range = Range::Within(0.0, 1.0);

    /// Whether a value lies in it.
    pub fn has(self, value: f64) -> bool {
        match self {
            Range::Within(low, high) => low <= value && value <= high,
            Range::Counts | Range::FromZero => value >= 0.0,
            Range::Any => value.is_finite(),
        }
    }
}

/// Where something is measured: what bounds it depends on.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub scenario: &'a Scenario,
    /// None for all forums together.
    pub forum: Option<&'a Forum>,
}

impl Setting<'_> {
    /// A range from 0 to a number that the forum gives. Nothing bounds it where there is no one forum.
    fn up_to(self, most: impl Fn(&Forum) -> f64) -> Range {
        self.forum.map_or(Range::FromZero, |forum| Range::Within(0.0, most(forum)))
    }

    /// Up to all clauses of the agenda.
    pub fn clauses(self) -> Range {
        self.up_to(|forum| forum.agenda.len() as f64)
    }

    /// Up to all members.
    pub fn members(self) -> Range {
        self.up_to(|forum| forum.members.len() as f64)
    }

    /// Up to all countries that the text can bind.
    pub fn candidates(self) -> Range {
        self.up_to(|forum| (0..forum.candidates()).filter(|&candidate| forum.may_be_bound(candidate)).count() as f64)
    }

    /// Up to all rounds that can be held, all extensions granted.
    pub fn rounds(self) -> Range {
        self.up_to(|forum| {
            let calendar = &forum.calendar;
            f64::from(calendar.rounds) + f64::from(calendar.extensions) * f64::from(calendar.extension_rounds)
        })
    }

    /// Up to the days from the beginning of the talks to the horizon.
    pub fn days(self) -> Range {
        let horizon = self.scenario.aftermath.map_or(0, |aftermath| aftermath.horizon.day());
        self.up_to(|forum| (horizon - forum.calendar.start.day()).max(0) as f64)
    }

    /// Up to a number that depends on how many members there are.
    pub fn of_members(self, most: impl Fn(usize) -> f64) -> Range {
        self.up_to(|forum| most(forum.members.len()))
    }
}
