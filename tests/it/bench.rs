//! `comity bench`: it measures every part of what it is asked to, and says so in a minute. How fast anything is, is not
//! tested.

use crate::folder::{Folder, Said};

fn bench(arguments: &[&str]) -> Said {
    Folder::new().comity(&[&["bench"], arguments].concat())
}

/// The cells of the lines under a heading.
fn section<'a>(text: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let lines = text.lines().skip_while(|line| *line != heading).skip(2);
    lines
        .take_while(|line| !line.is_empty())
        .map(|line| line.split("  ").filter(|cell| !cell.trim().is_empty()).map(str::trim).collect())
        .collect()
}

#[test]
fn a_bench_tells_speed_parts_tables_and_memory() {
    let text = bench(&["minimal", "--seconds", "0.05", "--threads", "2"]).well().out;
    let speed = section(&text, "Speed");
    assert_eq!(speed.iter().map(|row| row[0]).collect::<Vec<_>>(), ["threads", "1", "2"], "{text}");
    assert!(speed[1][1].parse::<f64>().unwrap() > 0.0 && speed[2].len() == 4, "{text}");
    let parts = section(&text, "Parts of a replication, on one thread");
    let named: Vec<&str> = parts.iter().skip(1).map(|row| row[0]).collect();
    assert_eq!(
        named,
        ["opening", "propose", "caucus", "exchange", "concede", "draft", "decide", "endgame", "outcome"],
        "no shocks and no seasons in `minimal`"
    );
    let shares = parts.iter().skip(1).map(|row| row[1].trim_end_matches('%').parse::<f64>().unwrap());
    assert!((shares.sum::<f64>() - 100.0).abs() < 1.0, "{text}");
    let opening = &parts[1];
    assert_eq!(opening[3], "1.0", "once a replication");
    assert_eq!(section(&text, "Tables").len(), 4);
    assert!(text.contains("MiB resident") || text.contains("does not tell"), "{text}");
}

#[test]
fn parts_that_a_scenario_has_are_told_and_others_are_not() {
    let text = bench(&["rcep", "--seconds", "0.05", "--threads", "1"]).well().out;
    let named: Vec<&str> =
        section(&text, "Parts of a replication, on one thread").iter().skip(1).map(|row| row[0]).collect();
    assert!(named.contains(&"shocks") && named.contains(&"seasons"), "{text}");
    assert_eq!(section(&text, "Speed").len(), 2, "one thread is compared with nothing");
}

#[test]
fn a_bench_of_no_scenario_or_of_no_time_is_refused() {
    bench(&["minima"]).fails(1, "minimal");
    bench(&["minimal", "--seconds", "0"]).fails(2, "expected seconds between 0.01 and 3600");
}
