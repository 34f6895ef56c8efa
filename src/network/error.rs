//! What can go wrong with a network.

use std::path::PathBuf;

use super::ablation::AblationError;
use super::checkpoint::CheckpointError;
use crate::contained::told;

/// An error of building, loading, saving or running a network.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The configuration describes no network that can be built.
    #[error("network configuration: {0}")]
    Config(String),
    /// The weights could not be read.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The weights were read, but do not fit the network.
    #[error("{}: {problem}", path.display())]
    Weights {
        /// The file the weights came from.
        path: PathBuf,
        /// Which tensor, what was expected, what was found.
        problem: String,
    },
    /// A part to be left out that the network does not have.
    #[error(transparent)]
    Ablation(#[from] AblationError),
    /// The input is no batch of pictures that this network can take.
    #[error(
        "the network takes [batch, 3, height, width] with height a multiple of {step_height} and width of \
         {step_width}, not {found:?}"
    )]
    Input {
        /// Rows must be a multiple of this.
        step_height: i64,
        /// Columns must be a multiple of this.
        step_width: i64,
        /// The shape that was given.
        found: Vec<i64>,
    },
    /// libtorch refused an operation, in one line.
    #[error("{0}")]
    Torch(String),
    /// The device asked for cannot be used.
    #[error("{0}")]
    Device(String),
    /// A file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl From<tch::TchError> for NetworkError {
    fn from(error: tch::TchError) -> Self {
        Self::Torch(told("libtorch", &error))
    }
}
