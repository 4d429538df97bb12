//! Exchange of positions: two actors on opposite sides of two issues each give way on the issue that matters less to them
//! (Stokman & Van Oosten 1994, the equal-gain model).
//!
//! The expected outcome of an issue is the mean of the voting positions weighted by capability × salience. Actor *i*
//! demands issue *p* and supplies *q*, its partner *j* the other way round; who demands what follows from the ratio of
//! their saliences. A supplier's move shifts the outcome in proportion to its weight:
//!
//! ```text
//!   Δp = move_j · c_jp s_jp / Σ_k c_kp s_kp        gain_i = s_ip Δp − s_iq Δq
//!   Δq = move_i · c_iq s_iq / Σ_k c_kq s_kq        gain_j = s_jq Δq − s_jp Δp
//!   equal gains:  Δp (s_ip + s_jp) = Δq (s_iq + s_jq)
//! ```
//!
//! Both go as far as the first limit lets them: a supplier at the demander's position or at a [line](Limits) of its own,
//! or the outcome at the demander's position. [`potential`] lists every exchange at the opening positions, [`realise`]
//! concludes them greedily, the best first, and [`realise_within`] does so with bounded work, for use in every round of a
//! simulation. [`decide`] concludes them as the program of the model's authors does, which differs once exchanges have begun.
//!
//! Sums go over the actors in their order, so equal inputs give equal bits. Ties in gain go to the lower pair of issues,
//! then to the lower pair of actors.

mod bounded;
mod decide;
mod frontier;
#[cfg(test)]
mod golden;
mod limits;
mod pairs;
mod potential;
#[cfg(test)]
mod properties;
mod proposals;
mod realise;
mod shortlist;
mod stakes;
mod table;

pub use bounded::{Bounds, Workspace, realise_within};
pub use decide::decide;
pub use limits::Limits;
pub use potential::potential;
pub use realise::{Realised, carry_over, realise};
pub use table::{Capabilities, Table};

/// Gains up to here are no reason to exchange [scale units × salience].
pub const LEAST_GAIN: f64 = 1e-10;

/// One partner's side of an exchange.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Party {
    /// Who [row of the table].
    pub actor: usize,
    /// The issue it wants moved, and on which its partner gives way [column of the table].
    pub demands: usize,
    /// The issue on which it gives way [column of the table].
    pub supplies: usize,
    /// How far it moves its vote on the supplied issue [scale units, signed].
    pub moves: f64,
    /// Where it votes on the supplied issue after that [scale units].
    pub votes: f64,
    /// How far that shifts the outcome of the supplied issue [scale units, signed].
    pub shift: f64,
}

/// An exchange between two actors over two issues.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exchange {
    /// The partners, the lower row of the table first; each demands what the other supplies.
    pub parties: [Party; 2],
    /// What either partner gains [scale units × salience, ≥ 0]; 0 where both weigh the two issues in the same ratio. Reckoned
    /// as if both outcomes lay between the partners, as they do at the opening.
    pub gain: f64,
}

/// Whether an actor may sell what it has bought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Roles {
    /// Who has demanded an issue does not supply it later in the same round, nor the other way round.
    #[default]
    Kept,
    /// Each exchange stands for itself. This is how the run of the Paris data was made that the R package `equal-gain`
    /// carries; the later program of its author has a further rule, see [`decide`].
    Free,
}
