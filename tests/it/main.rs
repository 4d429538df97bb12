//! Integration tests, one file per promise.

mod drawn;
mod folder;
mod promise;
mod talks;
mod written;

mod architecture;
mod bad_input;
mod cli;
mod compromise;
mod deal;
mod determinism;
mod docs;
mod endgame;
mod errors;
mod fuzz;
mod golden;
mod hierarchy;
mod interrupted;
mod limits;
mod luck;
mod mechanisms;
mod new;
mod reruns;
mod room;
mod runs;
mod schedule_order;
mod schema;
mod spreadsheets;
mod symmetry;
mod vetoes;
mod weightless;
