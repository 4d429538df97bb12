//! Quotas: how much of the votes a rule asks for, as a share of them or as a number.

use std::fmt;

use super::{Fraction, Unit};

/// How much a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// At least this share [0–1].
    Share(Fraction),
    /// At least so many votes: heads, or weight in its own unit [above 0].
    Votes(Fraction),
}

impl Quota {
    /// Whether so many of all heads are enough; of nobody nobody is.
    pub(super) fn met_by_heads(self, yes: u32, all: u32) -> bool {
        let (yes, all) = (u64::from(yes), u64::from(all));
        all > 0
            && match self {
                Quota::Share(share) => share.compare(yes, all).is_ge(),
                Quota::Votes(votes) => votes.compare(yes, 1).is_ge(),
            }
    }

    /// Whether so much of all weight is enough; of none none is.
    #[inline]
    pub fn met_by_weight(self, unit: Unit, yes: f64, all: f64) -> bool {
        all > 0.0
            && match self {
                Quota::Share(share) => unit.reaches(yes, share, all),
                Quota::Votes(votes) => unit.comes_to(yes, votes),
            }
    }

    /// The least whole number of heads that is enough, where there are so many.
    pub fn heads(self, all: u64) -> u64 {
        match self {
            Quota::Share(share) => share.least_of(all),
            Quota::Votes(votes) => votes.least_of(1),
        }
    }

    /// The share that it is of so many votes; a share whatever there is [≥ 0].
    pub fn share_of(self, all: f64) -> f64 {
        match self {
            Quota::Share(share) => share.value(),
            Quota::Votes(votes) if all > 0.0 => votes.value() / all,
            Quota::Votes(_) => 1.0,
        }
    }
}

impl Quota {
    /// The number of votes that it asks for, if it asks for no share.
    pub(super) fn amount(self) -> Option<Fraction> {
        match self {
            Quota::Share(_) => None,
            Quota::Votes(votes) => Some(votes),
        }
    }

    /// The same of so many heads, as a share of them.
    pub(super) fn as_share_of(self, heads: usize) -> Quota {
        match self {
            Quota::Share(_) => self,
            Quota::Votes(votes) => Quota::from(votes.value() / heads.max(1) as f64),
        }
    }

    /// What there is beyond the quota, of so many votes, as a share of them.
    pub fn of_the_others(self, all: f64) -> Quota {
        match self {
            Quota::Share(share) => Quota::Share(share.rest()),
            Quota::Votes(_) => Quota::from((1.0 - self.share_of(all)).max(0.0)),
        }
    }

    /// The quota as it is coded on record: `2/3`, `62 votes`.
    pub(super) fn code(self) -> String {
        match self {
            Quota::Share(share) => share.to_string(),
            Quota::Votes(_) => self.to_string(),
        }
    }
}

/// A share as it is meant by a decimal (see [`Fraction::of`]); what is no share is all.
impl From<f64> for Quota {
    fn from(share: f64) -> Quota {
        Quota::Share(Fraction::of(share).filter(|share| *share <= Fraction::ONE).unwrap_or(Fraction::ONE))
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quota::Share(share) => f.write_str(&share.in_words()),
            Quota::Votes(votes) if *votes == Fraction::ONE => f.write_str("1 vote"),
            Quota::Votes(votes) => write!(f, "{} votes", votes.value()),
        }
    }
}
