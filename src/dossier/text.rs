//! The text of a table.

use std::sync::Arc;

use crate::scenario::problem::{File, Problems};
use crate::scenario::source::{Files, MAX_BYTES, text_of};

/// Reads the text of a table. Files of the exchange-model programs, which know no UTF-8, may be in the code page of
/// Western Windows: in them it is only the meaning of positions, in words, that uses other letters.
pub(super) fn text_of_table(files: &dyn Files, path: &str) -> Result<Arc<File>, Problems> {
    if let Ok(bytes) = files.read(path)
        && bytes.len() <= MAX_BYTES
        && super::exchange_format::is_it(&String::from_utf8_lossy(&bytes))
        && std::str::from_utf8(&bytes).is_err()
    {
        let text = bytes.iter().map(|&byte| windows(byte)).collect();
        return Ok(Arc::new(File { name: files.name(path), text }));
    }
    text_of(files, path)
}

/// The letter of a byte in Windows-1252, as far as it differs from Latin-1 in what people write.
fn windows(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        _ => char::from(byte),
    }
}
