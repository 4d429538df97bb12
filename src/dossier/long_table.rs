//! Positions as a long table: `issue,actor,position,salience[,capability]`, one row an actor on an issue. Other columns
//! are the user's own.

use std::sync::Arc;

use super::{Entry, Written};
use crate::scenario::MAX_QUANTITY;
use crate::scenario::problem::{File, Problems};
use crate::scenario::tables::{self, Column};

const COLUMNS: &[Column] =
    &[("issue", true), ("actor", true), ("position", true), ("salience", true), ("capability", false)];

/// Reads a long table.
pub(super) fn read(file: &Arc<File>, problems: &mut Problems) -> Written {
    let table = tables::read_with_others(file, COLUMNS, problems);
    let mut written = Written::default();
    for row in &table.rows {
        let issue = row.needed("issue", problems);
        let actor = row.needed("actor", problems);
        row.needed("position", problems);
        row.needed("salience", problems);
        let position = row.number("position", -MAX_QUANTITY, MAX_QUANTITY, problems);
        let salience = row.number("salience", 0.0, 100.0, problems);
        let capability = match row.has("capability") {
            true => {
                row.needed("capability", problems);
                row.number("capability", 0.0, MAX_QUANTITY, problems)
            }
            false => Some(1.0),
        };
        match (issue, actor, position, salience, capability) {
            (Some(issue), Some(actor), Some(position), Some(salience), Some(capability)) => {
                let at = row.at("");
                written.entries.push(Entry { issue, actor, position, salience, capability, number: row.number, at });
            }
            (issue, ..) => written.unread.extend(issue),
        }
    }
    written
}
