//! Integration tests, one file per promise.

mod drawn;
mod promise;
mod talks;

mod compromise;
mod hierarchy;
mod limits;
mod symmetry;
mod vetoes;
mod weightless;
