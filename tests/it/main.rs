//! Integration tests, one file per promise.

mod probe;
mod room;
