//! Pictures that are listed and cannot be found.

use std::path::PathBuf;

use thiserror::Error;

use crate::counted::counted;

/// Why the pictures that are listed were not all found.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MissingPictures {
    /// Some are in none of the places.
    #[error(
        "{missing} of {} {} missing, the first is {first}; looked in {places}",
        counted(*total, "picture", "pictures"),
        if *missing == 1 { "is" } else { "are" }
    )]
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
    /// Several files of an archive end as the name does, and none is named so.
    #[error("expected one picture {name} in {}, found {first} and {second}", archive.display())]
    EndAlike {
        /// The name looked for.
        name: String,
        /// The archive.
        archive: PathBuf,
        /// The first file, by name.
        first: String,
        /// The next.
        second: String,
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
