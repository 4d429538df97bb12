//! Ctrl-C: a run that is told to stop says so and leaves nothing behind.
#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::folder::{Folder, Said};

/// Waits until something is true, but not for ever.
fn wait_until(what: &str, mut is_true: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_true() {
        assert!(begun.elapsed() < Duration::from_secs(60), "still waiting until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Begins a run that would take hours, and returns once it is under way.
fn long_run(folder: &Folder, arguments: &[&str]) -> Child {
    let run = ["run", "wto-jsi", "-n", "100000000", "--threads", "2"];
    let mut command = folder.command(&[&run, arguments].concat());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let staged = || folder.listing().iter().any(|name| name.contains("/.comity-") && name.ends_with("clauses.csv"));
    wait_until("the run is staged", staged);
    child
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

fn end_of(mut child: Child) -> Said {
    wait_until("the run has ended", || child.try_wait().unwrap().is_some());
    Said::of(&child.wait_with_output().unwrap())
}

#[test]
fn an_interrupted_run_says_so_and_leaves_nothing() {
    for name in ["INT", "TERM"] {
        let folder = Folder::new();
        let child = long_run(&folder, &["--out", "new/folder/run"]);
        signal(&child, name);
        let said = end_of(child).fails(1, "stopped before the end; nothing was written");
        assert!(said.err.contains("--shard K/N"), "{}", said.err);
        assert!(folder.listing().is_empty(), "{:?}", folder.listing());
    }
}

#[test]
fn an_interrupted_run_leaves_the_run_that_it_was_to_replace() {
    let folder = Folder::new();
    folder.comity(&["run", "minimal", "-n", "3", "--out", "runs/run"]).well();
    let (before, manifest) = (folder.listing(), folder.read("runs/run/manifest.json"));
    let child = long_run(&folder, &["--out", "runs/run", "--force"]);
    signal(&child, "INT");
    end_of(child).fails(1, "stopped before the end");
    assert_eq!(folder.listing(), before);
    assert_eq!(folder.read("runs/run/manifest.json"), manifest);
}
