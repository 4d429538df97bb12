//! comity simulates how countries negotiate treaties: who wants what, under which rules of which forum, and what text
//! comes out, how often.
//!
//! # A first study
//!
//! A [`Scenario`] is loaded by the name of a shipped one or by the path of a file, and checked as it is loaded. A [`Study`]
//! plays it many times. What comes out are [`Results`], in memory: measures with their intervals, tables, a digest.
//!
//! ```
//! # #[cfg(feature = "files")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let scenario = comity::Scenario::load("minimal")?;
//! let results = comity::Study::of(&scenario).replications(100).seed(1).run()?;
//! for forum in &scenario.model().forums {
//!     println!("{}: a text in {:.2} of replications", forum.name, results.forum(&forum.id)?.concluded());
//! }
//! // What `comity run minimal -n 100 -s 1` prints too, on any machine and any number of threads.
//! println!("digest {}", results.digest());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "files"))]
//! # fn main() {}
//! ```
//!
//! # What if?
//!
//! Any value of a scenario can be changed by its path, as `--set` of the command line does. The changed scenario is checked
//! anew, and the one that was changed stays as it is. The same seed gives both the same luck, so what differs comes from
//! the change.
//!
//! ```
//! # #[cfg(feature = "files")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use comity::{Scenario, Study};
//! let consensus = Scenario::load("minimal")?;
//! let majority = consensus.with("forum.talks.rule={ simple_majority = {} }")?;
//! let adopted = |scenario: &Scenario| -> Result<Option<f64>, comity::Error> {
//!     let results = Study::of(scenario).replications(100).seed(1).run()?;
//!     Ok(results.forum("talks")?.clause("data_flows")?.adopted().mean())
//! };
//! assert!(adopted(&majority)? > adopted(&consensus)?);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "files"))]
//! # fn main() {}
//! ```
//!
//! # When something is wrong
//!
//! There is one [`Error`]. It holds every problem that was found, each with its place, a [`Code`] to match on, what was
//! expected and what to do. docs/errors.md lists the codes.
//!
//! ```
//! let error = comity::Scenario::load("minimal").unwrap().with("replicatoins=5").unwrap_err();
//! assert!(error.is(comity::Code::ScenarioUnknownKey));
//! assert!(error.to_string().contains("did you mean `replications`?"));
//! ```
//!
//! # One replication
//!
//! A [`Conference`] plays one replication in a `bevy_ecs` world and gives an [`Outcome`](minutes::Outcome): a pure function
//! of scenario, seed and replication.
//!
//! ```
//! let scenario = comity::Scenario::load("minimal")?;
//! let mut conference = comity::Conference::new(scenario.model().clone());
//! let (outcome, minutes) = conference.tell(1, 0);
//! assert_eq!(outcome, conference.run(1, 0));
//! println!("{}", comity::replay::transcript(scenario.model(), &minutes, &outcome, &[]));
//! # Ok::<(), comity::Error>(())
//! ```
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
//! # To go on
//!
//! `examples/` has four programs of a page each, the last with a system of one's own in a phase of the round. docs/embed.md
//! says which features a program of one's own needs: `files` reads scenarios and writes runs, `threads` plays on many,
//! `cli` is the command; without any, all up to summary and replay is there, also for wasm32.
//!
//! Beside the model stand those of the field: [`forecast`] puts a table of positions to each of them, [`forecast_engine`]
//! to this one. [`power`], [`solutions`], [`stability`], [`blocking`] and [`inequality`] are the yardsticks that an outcome
//! is held against.
//!
//! The modules below stand in the order of that story. Everything up to [`conference`] knows no clock, file or thread;
//! [`study`] brings all of them together, and is what the names above are of.

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
#[doc(inline)]
pub use summary::Measure;
