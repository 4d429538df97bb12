//! The front door: a scenario that has been checked, a study of it, and what came out.
//!
//! Everything here is made of the rooms below; the command line is one of its callers.

#[cfg(feature = "files")]
mod directory;
#[cfg(feature = "files")]
mod driver;
#[cfg(feature = "threads")]
pub mod forecasts;
#[cfg(feature = "files")]
mod measured;
#[cfg(feature = "files")]
mod plan;
#[cfg(feature = "files")]
mod rerun;
#[cfg(feature = "files")]
mod results;
mod scenario;
#[cfg(feature = "files")]
pub mod speed;

#[cfg(feature = "files")]
pub use directory::Directory;
#[cfg(feature = "files")]
pub use driver::processors;
#[cfg(feature = "files")]
pub use measured::{ClauseResults, CountryResults, ForumResults, Measured};
#[cfg(feature = "files")]
pub use plan::Study;
#[cfg(feature = "files")]
pub use rerun::{Replay, Verified};
#[cfg(feature = "files")]
pub use results::Results;
pub use scenario::Scenario;
