//! The models of the KAPSARC Toolkit for Behavioral Analysis (KTAB; Wise, Lester & Efird 2015): the *probabilistic
//! Condorcet election* over options, and the *spatial model of politics* that is built on it.
//!
//! - [`votes`]: how a difference in utility becomes a vote, and coalitions a chance of victory.
//! - [`condorcet`]: chances of victory over every pair become a distribution over the options.
//! - [`space`]: actors in a space of several dimensions, distances and utilities.
//! - [`risk`]: attitudes to risk, read off who is ahead.
//! - [`contest`]: what an actor expects of challenging another.
//! - [`spatial`]: turns of challenges, bargains and votes.

pub mod condorcet;
pub mod contest;
mod forecasters;
pub mod risk;
pub mod space;
pub mod spatial;
pub mod votes;

pub use forecasters::{CondorcetElection, SpatialModel};
