//! Standard output and standard error, and what becomes of them.

use std::io::{ErrorKind, IsTerminal, Write};

use super::{Done, Failure};
use crate::scenario::problem::{Problem, Problems};

/// Prints results to standard output. A reader that has gone ends the command without fuss; a disk that is full does not.
pub fn print(text: &str) -> Done {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::PipeClosed,
        _ => Failure::Problems(Problems::from(Problem::new(
            "comity::run::not_written",
            None,
            format!("cannot write to standard output: {error}"),
        ))),
    })
}

/// Says something that is not a result, on standard error. If nobody can hear it, nothing is lost.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Whether standard error is a terminal that may be coloured.
pub fn colours() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Columns of the terminal, or what fits a page.
pub fn width() -> usize {
    const PAGE: usize = 100;
    let typed = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    typed.unwrap_or(PAGE).clamp(60, 160)
}
