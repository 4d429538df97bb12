//! The short text that a run prints: how the talks end, and what becomes of each clause.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table as Grid};

use super::in_the_way;
use crate::export::{Manifest, Recording};
use crate::scenario::Scenario;
use crate::summary::{Estimate, Line, Subject};

/// The run in short: per forum how the talks end, and what becomes of each clause.
pub(super) fn told(scenario: &Scenario, manifest: &Manifest, recording: &Recording) -> String {
    let mut text = format!(
        "{}\n{} replications, seed {}\n",
        scenario.title,
        manifest.shard.end - manifest.shard.first,
        manifest.seed
    );
    for shock in &scenario.shocks {
        if let Some(date) = shock.hindsight(scenario.as_of) {
            let _ = writeln!(text, "with hindsight: the shock {} of {date}", shock.id);
        }
    }
    let (unverified, all) = scenario.unverified();
    if unverified > 0 {
        let _ = writeln!(text, "unverified rows are behind {unverified} of {all} mandates; `comity check` says more");
    }
    for (no, forum) in scenario.forums.iter().enumerate() {
        let find = |subject: Subject, measure: &str| find(&recording.lines, Some(no), subject, measure);
        let concluded = find(Subject::Talks, "concluded").map_or("–".into(), |share| with_interval(&share));
        let _ = write!(text, "\n{}: a text is adopted in {concluded} of replications", forum.name);
        if let Some(parties) = find(Subject::Talks, "parties") {
            let _ = write!(text, ", by {:.1} of {} members on average", parties.mean, forum.members.len());
        }
        text.push_str("\n\n");
        let mut grid = Grid::new();
        grid.load_style(comfy_table::presets::NOTHING);
        // A column on what nobody verified, where anything is.
        let unsure = scenario.provenance(Some(no), None, None).unverified > 0;
        let columns = ["clause", "adopted", "95 % interval", "most likely rung", "share", "unverified"];
        grid.set_header(&columns[..if unsure { 6 } else { 5 }]);
        for column in [1, 2, 4, 5] {
            grid.column_mut(column).into_iter().for_each(|column| column.set_cell_alignment(CellAlignment::Right));
        }
        for &clause in &forum.agenda {
            let definition = &scenario.clauses[clause];
            let subject = Subject::Clause(clause);
            let Some(adopted) = find(subject, "adopted") else { continue };
            let rungs = (0..definition.rungs.len()).filter_map(|rung| {
                let share = find(subject, &format!("rung_{rung}"))?.mean;
                Some((rung, share))
            });
            // Of equally likely rungs the weaker.
            let likeliest = rungs.fold(None, |best: Option<(usize, f64)>, (rung, share)| match best {
                Some((_, most)) if most >= share => best,
                _ => Some((rung, share)),
            });
            let (words, share) = match likeliest {
                Some((rung, share)) => (format!("{rung} {}", definition.rungs[rung].label), percent(share)),
                None => {
                    let position = find(subject, "position");
                    (position.map_or("–".into(), |at| format!("at {:.2} on average", at.mean)), String::new())
                }
            };
            let (low, high) = adopted.interval.unwrap_or((adopted.mean, adopted.mean));
            let mut row = vec![
                definition.id.clone(),
                percent(adopted.mean),
                format!("{} to {}", percent(low), percent(high)),
                words,
                share,
            ];
            if unsure {
                let known = scenario.provenance(Some(no), None, Some(clause));
                row.push(format!("{} of {}", known.unverified, known.mandates));
            }
            grid.add_row(row);
        }
        for line in grid.to_string().lines() {
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text += &in_the_way::told(scenario, no, recording, manifest.shard.end - manifest.shard.first);
    }
    let _ = writeln!(text, "\ndigest {}", manifest.digest);
    text
}

pub(super) fn find(lines: &[Line], forum: Option<usize>, subject: Subject, measure: &str) -> Option<Estimate> {
    let wanted = |line: &&Line| line.forum == forum && line.subject == subject && line.measure == measure;
    lines.iter().find(wanted)?.estimate
}

fn with_interval(share: &Estimate) -> String {
    match share.interval {
        Some((low, high)) => format!("{} ({} to {})", percent(share.mean), percent(low), percent(high)),
        None => percent(share.mean),
    }
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}
