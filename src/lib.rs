//! comity simulates how countries negotiate treaties.
//!
//! A [`Scenario`](scenario::Scenario) says who negotiates what, under which rules, and with which dated evidence of what
//! they want. A [`Conference`](conference::Conference) plays one replication of it in a `bevy_ecs` world and gives an
//! [`Outcome`](minutes::Outcome): a pure function of scenario, seed and replication.
//!
//! ```text
//!   scenario ──► world ──► rounds ──► endgame ──► seasons ──► outcome
//!      ▲                     ▲                                   │
//!   evidence      chance (seed, replication)       ensemble ─► tables, summary, replay
//!
//!   a day:     shocks that are due, then a season, then a round, where there is one
//!   a round:   propose → caucus → exchange → concede → draft → decide
//!   a season:  sign → ratify → accede → enter into force → withdraw, and what that does to other forums
//! ```
//!
//! Beside the model stand those of the field: [`forecast`] puts a table of positions to each of them, [`forecast_engine`]
//! to this one. [`power`], [`solutions`], [`stability`], [`blocking`] and [`inequality`] are the yardsticks that an outcome
//! is held against.
//!
//! The modules below stand in the order of that story. Everything up to [`conference`] knows no clock, file or thread.

pub mod clause_set;
pub mod decimal;
pub mod maths;
pub mod quantity;

pub mod blocking;
pub mod chance;
pub mod exchange;
pub mod forecast;
pub mod inequality;
pub mod minutes;
pub mod power;
pub mod preference;
pub mod rules;
pub mod solutions;
pub mod stability;
pub mod tactics;

pub mod scenario;

pub mod world;

pub mod rounds;

pub mod ratification;

pub mod conference;

pub mod dossier;
pub mod forecast_engine;

#[cfg(feature = "cli")]
pub mod ensemble;

#[cfg(feature = "cli")]
pub mod summary;

#[cfg(feature = "cli")]
pub mod hindcast;

#[cfg(feature = "cli")]
pub mod export;

#[cfg(feature = "cli")]
pub mod replay;

#[cfg(feature = "cli")]
pub mod cli;
