//! Integration tests, one file per promise.

mod drawn;
mod folder;
mod promise;
mod talks;
mod written;

mod architecture;
mod bad_input;
mod between_forums;
mod cli;
mod compromise;
mod deal;
mod determinism;
mod docs;
mod endgame;
mod entry_into_force;
mod errors;
mod fuzz;
mod golden;
mod hierarchy;
mod interrupted;
mod life_of_a_treaty;
mod limits;
mod luck;
mod mechanisms;
mod new;
mod ratification_lags;
mod reruns;
mod room;
mod runs;
mod schedule_order;
mod schema;
mod spreadsheets;
mod symmetry;
mod vetoes;
mod weightless;
