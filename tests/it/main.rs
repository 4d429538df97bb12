//! Integration tests, one file per promise.

mod folder;

mod bad_input;
mod errors;
mod fuzz;
mod spreadsheets;
