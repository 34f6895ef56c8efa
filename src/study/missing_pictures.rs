//! Pictures that are listed and cannot be found.

use std::path::PathBuf;

use thiserror::Error;

/// Why the pictures that are listed were not all found.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MissingPictures {
    /// Some are in none of the places.
    #[error("{missing} of {total} pictures are missing, the first is {first}; looked in {places}")]
    Missing {
        /// How many are missing.
        missing: usize,
        /// How many were looked for.
        total: usize,
        /// Name of the first that is missing.
        first: String,
        /// Where they were looked for.
        places: String,
    },
    /// Two names lead to one picture.
    #[error("expected two pictures for {first} and {second}, found only {} for both", found.display())]
    OneForTwo {
        /// The name that came first.
        first: String,
        /// The other.
        second: String,
        /// The picture that both lead to.
        found: PathBuf,
    },
}
