//! Integration tests, one file per promise.

mod folder;

mod errors;
