//! Why a weight file could not be read.

use std::path::PathBuf;

use thiserror::Error;

use super::pickle::PickleError;
use crate::input_file::InputError;

/// A weight file that could not be read, and why.
#[derive(Debug, Error)]
#[error("{}: {fault}", path.display())]
pub struct CheckpointError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it; part of this error's message, hence not its `source`.
    pub fault: Fault,
}

/// What is wrong with a weight file.
#[derive(Debug, Error)]
pub enum Fault {
    /// The operating system refused, or it is no regular file, or too large.
    #[error("cannot be read: {0}")]
    Unreadable(InputError),
    /// None of the formats that are read.
    #[error("expected weights as a PyTorch .pth (zip or legacy) or as safetensors, found {found}")]
    UnknownFormat {
        /// How the file begins.
        found: String,
    },
    /// A part of the file that contradicts its format.
    #[error("{place}: expected {expected}, found {found}")]
    Malformed {
        /// Record, tensor or offset.
        place: String,
        /// What the format asks for.
        expected: String,
        /// What is there.
        found: String,
    },
    /// A pickle that is damaged, or that holds something other than tensors.
    #[error("{place}, {error}")]
    Pickle {
        /// The record or stream that holds the pickle.
        place: String,
        /// Where in it, and what.
        error: PickleError,
    },
    /// A weight that is not a number.
    #[error("tensor `{name}`: expected finite values, found {nan} NaN and {infinite} infinite of {total}")]
    NotFinite {
        /// The first such tensor in alphabetical order.
        name: String,
        /// NaN values in it.
        nan: usize,
        /// Infinite values in it.
        infinite: usize,
        /// All values in it.
        total: usize,
    },
}

impl Fault {
    /// A [`Fault::Malformed`] from anything that turns into text.
    pub(super) fn malformed(
        place: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self::Malformed { place: place.into(), expected: expected.into(), found: found.into() }
    }
}
