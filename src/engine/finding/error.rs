//! What can go wrong when people are looked for.

use crate::borrowed::BorrowedError;
use crate::network::NetworkError;

/// An error of looking for people in a picture.
#[derive(Debug, thiserror::Error)]
pub enum FinderError {
    /// The device cannot be used.
    #[error(transparent)]
    Device(#[from] NetworkError),
    /// The file of the finder or of the second opinion, or either at work.
    #[error(transparent)]
    Finder(#[from] BorrowedError),
    /// There is not enough memory; says what was asked for and what needs less.
    #[error("{0}")]
    OutOfMemory(String),
    /// Code below failed in a way it should not.
    #[error("the finder stopped with an internal error: {0}")]
    Internal(String),
}
