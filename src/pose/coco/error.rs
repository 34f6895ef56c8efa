//! What can be wrong with a COCO file.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::lookup::TwoEntries;
use crate::input_file::InputError;

/// Why a COCO file could not be read or written.
#[derive(Debug, Error)]
pub enum DatasetError {
    /// The file, or the folder it should be looked for in, cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said, or what it is instead of a file of a fair size.
        source: InputError,
    },
    /// The file is no JSON; for results, or an entry has a field of the wrong type.
    #[error("{} does not hold {expected}: {source}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// The kind of file expected.
        expected: &'static str,
        /// What the parser found, with entry, line and column.
        source: serde_json::Error,
    },
    /// The file is JSON of another kind.
    #[error("{} is no COCO file: expected an object with the lists \"images\" and \"annotations\"", path.display())]
    NotCoco {
        /// The file.
        path: PathBuf,
    },
    /// The file is JSON, but no results.
    #[error("{} holds no COCO results: expected a list of the people found", path.display())]
    NotResults {
        /// The file.
        path: PathBuf,
    },
    /// An entry of the file makes no sense.
    #[error("{}, {entry}: expected {expected}, found {found}", path.display())]
    Entry {
        /// The file.
        path: PathBuf,
        /// List, index and id of the entry.
        entry: String,
        /// What the entry should hold.
        expected: String,
        /// What it holds.
        found: String,
    },
    /// Nobody can tell which category of the file is people.
    #[error("{}: expected a category of people, found the categories {found}", path.display())]
    NoPeople {
        /// The file.
        path: PathBuf,
        /// The categories.
        found: String,
    },
    /// Two entries of the file may be the picture asked for.
    #[error("{}: {source}", path.display())]
    TwoEntries {
        /// The file.
        path: PathBuf,
        /// Which.
        source: TwoEntries,
    },
    /// The file cannot be written. What was there before is still there.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl DatasetError {
    pub(super) fn read(path: &Path, source: impl Into<InputError>) -> Self {
        Self::Read { path: path.to_owned(), source: source.into() }
    }

    pub(super) fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }
}
