//! The reference runs of other programs, from their own files.

use comity::exchange::{Capabilities, decide, potential, realise};
use comity::forecast::ktab::SpatialModel;
use comity::forecast::ktab::condorcet::Election;
use comity::forecast::ktab::risk::{Range, attitudes, prospects, winning};
use comity::forecast::ktab::space::Space;
use comity::forecast::ktab::spatial::{Settings, play};
use comity::forecast::{Exchange, Forecaster, Issue, Table};

use super::{reference, table};
use crate::folder::Folder;

/// The numbers of each line of the reference run that begins so.
fn printed(run: &str, begins: impl Fn(&str) -> bool) -> Vec<Vec<f64>> {
    let lines = run.lines().filter(|line| begins(line));
    lines
        .map(|line| line.split(':').nth(1).unwrap().split_whitespace().map(|number| number.parse().unwrap()).collect())
        .collect()
}

#[test]
fn every_position_and_probability_of_the_ktab_run_comes_out() {
    let (Some(input), Some(run)) =
        (reference("ktab/smp_dummy_3dim.csv"), reference("ktab/smp_dummy_3dim_reference.txt"))
    else {
        return;
    };
    let run = std::fs::read_to_string(run).unwrap();
    let run = &run[run.find("History of actor positions").unwrap()..];
    let table = table(&input, None);
    let opening = SpatialModel::space(&table.issues.iter().collect::<Vec<_>>()).unwrap();
    let history = play(&mut opening.clone(), &Settings::default(), 100);

    let positions = printed(run, |line| line.contains(", Pstn"));
    assert_eq!((positions.len(), history.len()), (21, 11));
    for (place, series) in positions.iter().enumerate() {
        for (turn, printed) in series.iter().enumerate() {
            let found = history[turn][place] * 100.0;
            // A hair more than half of the last digit: two of 78.55 are printed as 78.5.
            assert!((found - printed).abs() < 0.0501, "place {place}, turn {turn}: {found}, not {printed}");
        }
    }
    let probabilities = printed(run, |line| line.contains(", prob"));
    assert_eq!(probabilities.len(), 7);
    for (turn, positions) in history.into_iter().enumerate() {
        let space = Space { positions, ..opening.clone() };
        let risk = attitudes(&prospects(&space, &space.distances(), Election::default()), Range::Middle);
        for (actor, found) in winning(&space, &risk, Election::default()).into_iter().enumerate() {
            let printed = probabilities[actor][turn];
            assert!((found - printed).abs() < 6e-5, "actor {actor}, turn {turn}: {found}, not {printed}");
        }
    }
}

/// Positions [0–1], saliences and capabilities of a table that everyone is in all of.
fn cells(table: &Table) -> [Vec<f64>; 3] {
    let mut cells = [Vec::new(), Vec::new(), Vec::new()];
    for actor in 0..table.actors.len() {
        for issue in &table.issues {
            let stance = issue.stances.iter().find(|stance| stance.actor == actor).unwrap();
            cells[0].push(issue.share(stance.position));
            cells[1].push(stance.salience);
            cells[2].push(stance.capability);
        }
    }
    cells
}

#[test]
fn the_files_of_the_exchange_model_are_read_as_its_programs_read_them() {
    // Potential exchanges, and the gain of the best: three issues of Paris, and the toll with its second exchange.
    for (file, actors, issues, count, gains) in [
        ("exchange/three_issues.csv", 15, 3, 103, vec![1.128_903_122_498]),
        ("exchange/dutch_toll.txt", 10, 6, 240, vec![1.973_684_210_526_316, 1.792_636_308_765_341]),
    ] {
        let Some(path) = reference(file) else { return };
        let table = table(&path, None);
        assert_eq!((table.actors.len(), table.issues.len()), (actors, issues), "{file}");
        let [positions, saliences, capabilities] = cells(&table);
        let cells = Capabilities::Cells(&capabilities);
        let read = comity::exchange::Table::new(actors, issues, &positions, &saliences, cells).unwrap();
        assert_eq!(potential(&read).len(), count, "{file}");
        let realised = decide(&read);
        for (exchange, gain) in realised.exchanges.iter().zip(gains) {
            assert!((exchange.gain * 100.0 - gain).abs() < 1e-9, "{file}: {}, not {gain}", exchange.gain);
        }
        let forecasts = Exchange::default().forecast(&table.issues.iter().collect::<Vec<&Issue>>());
        for ((issue, forecast), outcome) in table.issues.iter().zip(forecasts).zip(&realised.outcomes) {
            let found = issue.share(forecast.unwrap().point);
            assert!((found - outcome).abs() < 1e-9, "{file}, {}: {found}, not {outcome}", issue.id);
        }
    }
}

#[test]
fn the_exchanges_of_the_paris_run_begin_as_its_file_says() {
    let (Some(input), Some(run)) =
        (reference("exchange/three_issues.csv"), reference("exchange/three_issues_exchanges.csv"))
    else {
        return;
    };
    let table = table(&input, None);
    let [positions, saliences, capabilities] = cells(&table);
    let cells = Capabilities::Cells(&capabilities);
    let read = comity::exchange::Table::new(15, 3, &positions, &saliences, cells).unwrap();
    let realised = realise(&read, comity::exchange::Roles::Free, usize::MAX);
    let run = std::fs::read_to_string(run).unwrap();
    assert_eq!(run.lines().count(), realised.exchanges.len());
    for (line, exchange) in run.lines().zip(&realised.exchanges) {
        let gain: f64 = line.split(';').nth(4).unwrap().trim_matches('"').parse().unwrap();
        assert!((exchange.gain * 100.0 - gain).abs() < 1e-9, "{}, not {gain}", exchange.gain);
    }
}

#[test]
fn the_formats_of_the_field_go_straight_into_the_command() {
    let folder = Folder::new();
    for file in ["ktab/smp_dummy_3dim.csv", "exchange/three_issues.csv", "exchange/dutch_toll.txt"] {
        let Some(path) = reference(file) else { return };
        folder.comity(&["forecast", "--positions", &path, "--out", "F.csv"]).well();
        let forecasts = folder.read("F.csv");
        let told = forecasts.lines().skip(1).filter(|line| !line.contains(",,")).count();
        assert!(told >= 3, "{file}: {forecasts}");
    }
}

#[test]
fn emissions_are_forecast_from_a_table_as_in_the_literature() {
    let Some(path) = reference("emission_standards_1994.csv") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        format!("emissions,{},{},{},{}\n", cells[0], cells[2], cells[3], cells[1])
    });
    let folder = Folder::new();
    folder
        .write("p.csv", "issue,actor,position,salience,capability\n".to_owned() + &rows.collect::<String>())
        .write("i.csv", "issue,scale_min,scale_max\nemissions,4,10\n");
    let models = "compromise,weighted_median,challenge";
    folder
        .comity(&["forecast", "--positions", "p.csv", "--issues", "i.csv", "--models", models, "--out", "F.csv"])
        .well();
    let forecasts = folder.read("F.csv");
    assert!(forecasts.contains("emissions,compromise,7.38995568685376"), "{forecasts}");
    assert!(forecasts.contains("emissions,weighted_median,7.0000,,"), "{forecasts}");
    assert!(forecasts.contains("emissions,challenge,7.46"), "{forecasts}");
}
