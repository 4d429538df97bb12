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

pub mod error;

pub mod world;

pub mod rounds;

pub mod ratification;

pub mod conference;

/// The entity-component system that the model plays in, for systems of one's own; see `examples/04_my_own_system.rs`.
pub use bevy_ecs as ecs;

pub mod dossier;
pub mod forecast_engine;

pub mod ensemble;
pub mod replay;
pub mod summary;

#[cfg(feature = "threads")]
pub mod hindcast;

#[cfg(feature = "files")]
pub mod export;

pub mod study;

#[cfg(feature = "cli")]
pub mod cli;

#[doc(inline)]
pub use conference::Conference;
#[doc(inline)]
pub use error::{Code, Error};
#[cfg(feature = "files")]
#[doc(inline)]
pub use export::RunDirectory;
#[doc(inline)]
pub use study::Scenario;
#[cfg(feature = "files")]
#[doc(inline)]
pub use study::{Results, Study};
