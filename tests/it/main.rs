//! Integration tests, one file per promise.

mod between_forums;
mod entry_into_force;
mod life_of_a_treaty;
mod probe;
mod ratification_lags;
