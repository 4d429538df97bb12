//! Integration tests, one file per promise.

mod drawn;
mod promise;
mod talks;
mod written;

mod compromise;
mod determinism;
mod endgame;
mod golden;
mod hierarchy;
mod limits;
mod luck;
mod mechanisms;
mod schedule_order;
mod symmetry;
mod vetoes;
mod weightless;
