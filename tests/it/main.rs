//! Integration tests, one file per promise.

mod deal;
mod probe;
