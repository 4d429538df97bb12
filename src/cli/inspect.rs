//! `comity list` and `comity schema`.

use super::{Done, terminal};
use crate::scenario::check::load;
use crate::scenario::source::Disk;
use crate::scenario::{file, library};

/// Lists the shipped scenarios with their titles.
pub fn list() -> Done {
    let mut text = String::new();
    let names = library::names();
    let width = names.iter().map(String::len).max().unwrap_or_default() + 2;
    for name in names {
        let scenario = load(&name, &[], &Disk)?.scenario;
        text += &format!("{name:<width$}{}\n", scenario.title);
    }
    terminal::print(&text)
}

/// Prints the JSON Schema of the format.
pub fn schema() -> Done {
    terminal::print(&format!("{:#}\n", file::schema()))
}
