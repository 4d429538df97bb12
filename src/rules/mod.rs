//! Decision rules: one question, *is this tally a decision?* A rule per family, in a file each.

mod consensus;
mod critical_mass;
mod majority;

pub use majority::{Counting, Majority};

/// How the members stand when a text is put to them.
///
/// *Accepting* members want the text or can live with it and say so; *objecting* members state a formal objection;
/// the others acquiesce: they say nothing, which blocks a consensus as little as it makes a majority.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Members of the forum (a count).
    pub members: u32,
    /// Their weight together.
    pub weight: f64,
    /// Members that accept (a count).
    pub accepting: u32,
    /// Weight of those that accept.
    pub accepting_weight: f64,
    /// Members that object (a count).
    pub objecting: u32,
    /// Weight of those that object.
    pub objecting_weight: f64,
    /// Of those that object, how many hold a veto of their own under the forum's rules (a count).
    pub vetoes: u32,
}

/// How a forum decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DecisionRule {
    /// No member present formally objects (WTO Agreement, article IX:1, note 1). Silence is consent.
    Consensus,
    /// Every member accepts.
    Unanimity,
    /// More than half.
    SimpleMajority(Majority),
    /// At least a stated share.
    QualifiedMajority {
        /// The share [0–1].
        share: f64,
        /// Of what, counted how.
        majority: Majority,
    },
    /// Those that accept go ahead among themselves once they carry at least this share of the weight.
    CriticalMass {
        /// The share [0–1].
        share: f64,
    },
}

impl DecisionRule {
    /// Whether the text is decided.
    pub fn passes(&self, tally: &Tally) -> bool {
        tally.vetoes == 0
            && match *self {
                DecisionRule::Consensus => consensus::no_objection(tally),
                DecisionRule::Unanimity => tally.accepting == tally.members,
                DecisionRule::SimpleMajority(majority) => majority.exceeds(0.5, tally),
                DecisionRule::QualifiedMajority { share, majority } => majority.reaches(share, tally),
                DecisionRule::CriticalMass { share } => critical_mass::reached(share, tally),
            }
    }

    /// Whether each member can stop a decision alone.
    pub fn everyone_holds_a_veto(&self) -> bool {
        matches!(self, DecisionRule::Consensus | DecisionRule::Unanimity)
    }

    /// The rule in words.
    pub fn describe(&self) -> String {
        match *self {
            DecisionRule::Consensus => "consensus: the absence of a formal objection".into(),
            DecisionRule::Unanimity => "unanimity: every member accepts".into(),
            DecisionRule::SimpleMajority(m) => format!("simple majority {}", m.describe()),
            DecisionRule::QualifiedMajority { share, majority } => {
                format!("qualified majority of {}% {}", percent(share), majority.describe())
            }
            DecisionRule::CriticalMass { share } => {
                format!("critical mass: members with {}% of the weight go ahead among themselves", percent(share))
            }
        }
    }
}

fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}
