//! What commands print and write.

use std::io::{Error, Write, stderr, stdout};
use std::path::Path;

use anyhow::anyhow;
use serde::Serialize;

use super::ending::stdout_error;
use super::printable::one_line;
use crate::arguments::JsonArgs;
use crate::output_file;

impl JsonArgs {
    /// Checks that the file can be written, before long work.
    ///
    /// # Errors
    /// When it cannot.
    pub fn check(&self) -> anyhow::Result<()> {
        self.out.as_deref().map_or(Ok(()), check_writable)
    }

    /// Writes the file where one is named, and prints: the table, or JSON where that is asked for instead. A file
    /// that cannot be written does not keep the table from being printed.
    ///
    /// # Errors
    /// When the file or standard output cannot be written.
    pub fn deliver(&self, value: &impl Serialize, table: impl FnOnce() -> String) -> anyhow::Result<()> {
        let json = serde_json::to_string(value)? + "\n";
        let written = self.out.as_deref().map_or(Ok(()), |path| write_file(path, json.as_bytes()));
        let printed = match (self.json, &self.out) {
            (true, Some(_)) => Ok(()),
            (true, None) => print(&json),
            (false, _) => print(&table()),
        };
        written.and(printed)
    }
}

/// Prints text to standard output.
///
/// # Errors
/// When the text cannot be written; [`OutputClosed`](super::ending::OutputClosed) where nobody reads it.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| stdout_error(&error))
}

/// Says on standard error what went wrong with one of many, when the work goes on.
pub fn warn(text: &str) {
    // Nobody is left to be told when standard error is closed.
    let _ = writeln!(stderr().lock(), "warning: {}", one_line(text));
}

/// Checks that an output can be written, without touching what stands there.
///
/// # Errors
/// When its folder is missing or read-only, or the path is a folder's.
pub fn check_writable(path: &Path) -> anyhow::Result<()> {
    output_file::check(path).map_err(|error| unwritable(path, &error))
}

/// Writes a file whole or not at all; a device or pipe is written to.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    output_file::write(path, bytes).map_err(|error| unwritable(path, &error))
}

/// That a file cannot be written, in a sentence that names it.
pub fn unwritable(path: &Path, error: &Error) -> anyhow::Error {
    anyhow!("cannot write {}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_cannot_be_written_are_named() {
        let folder = tempfile::tempdir().unwrap();
        check_writable(&folder.path().join("results.json")).unwrap();
        let message = check_writable(folder.path()).unwrap_err().to_string();
        assert!(message.starts_with(&format!("cannot write {}: ", folder.path().display())), "{message}");
        let message = check_writable(&folder.path().join("no/results.json")).unwrap_err().to_string();
        assert!(message.starts_with("cannot write ") && message.contains("no/results.json"), "{message}");
    }
}
