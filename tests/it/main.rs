//! Integration tests, one file per promise.

mod drawn;
mod folder;
mod promise;
mod talks;

mod architecture;
mod bad_input;
mod cli;
mod compromise;
mod determinism;
mod docs;
mod errors;
mod fuzz;
mod hierarchy;
mod interrupted;
mod limits;
mod luck;
mod new;
mod reruns;
mod room;
mod runs;
mod schema;
mod spreadsheets;
mod symmetry;
mod vetoes;
mod weightless;
