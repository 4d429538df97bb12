//! What a country wants: pure functions of texts, ideal points and obligations.

mod loss;
pub mod obligation;
pub mod valuation;
mod win_set;

pub use loss::{loss, losses};
pub use win_set::win_set;
