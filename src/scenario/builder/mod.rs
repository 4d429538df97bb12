//! A scenario made in memory, without a file: its keys are set as values, and checked as those of a file are.
//!
//! A [`ScenarioBuilder`] says what a scenario file says. Its parts have a method for each key that most scenarios have,
//! and `set` for every other; docs/scenarios.md lists them all. Nothing is checked before [`ScenarioBuilder::build`],
//! which takes the way of a file from there on: the same schema, the same rules, the same problems, all at once, each
//! told by its key in place of a line.

mod parts;
mod placed;
mod value;
mod whole;

pub use parts::{
    BlocBuilder, ClauseBuilder, CountryBuilder, ForumBuilder, MandateBuilder, MemberBuilder, ShockBuilder,
};
pub use value::Value;
pub use whole::ScenarioBuilder;
