//! `comity list` and `comity schema`.

use super::{Done, terminal};
use crate::scenario::check::load;
use crate::scenario::source::Disk;
use crate::scenario::{file, library};

/// Lists the shipped scenarios with their titles.
pub fn list() -> Done {
    let mut text = String::new();
    for name in library::names() {
        let scenario = load(&name, &[], &Disk)?.scenario;
        text += &format!("{name:<16}{}\n", scenario.title);
    }
    terminal::print(&text)
}

/// Prints the JSON Schema of the format.
pub fn schema() -> Done {
    terminal::print(&format!("{:#}\n", file::schema()))
}
