//! The tables of a run directory, one a file: each column declared once, with its cell.

mod blockers;
mod clauses;
mod imputed;
mod parties;
mod runs;
mod summary;

pub use blockers::{BlockerRow, rows as blockers};
pub use clauses::{ClauseRow, rows as clauses};
pub use imputed::{ImputedRow, rows as imputed};
pub use parties::{PartyRow, rows as parties};
pub use runs::{RunRow, rows as runs};
pub use summary::{SummaryRow, rows as summary};
