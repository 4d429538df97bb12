//! Integration tests, one file per promise.

mod folder;

mod architecture;
mod bad_input;
mod cli;
mod docs;
mod errors;
mod fuzz;
mod interrupted;
mod new;
mod reruns;
mod runs;
mod schema;
mod spreadsheets;
