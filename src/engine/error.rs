//! What can go wrong between a request and its answer.

use crate::borrowed::BorrowedError;
use crate::contained::is_out_of_memory;
use crate::network::NetworkError;
use crate::pose::{BoxError, HeatmapsError};

/// An error of running a network on people.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The network or its weights.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A network made by others, or its file.
    #[error(transparent)]
    Borrowed(#[from] BorrowedError),
    /// A box no person can be cut out of.
    #[error("person {number}: {source}")]
    Person {
        /// Counted from 1.
        number: usize,
        /// What is wrong with the box.
        source: BoxError,
    },
    /// The network's output has not the shape of heatmaps.
    #[error("the network's output: {0}")]
    Heatmaps(#[from] HeatmapsError),
    /// The network's output has values that are not finite, mostly because a weight is far too large.
    #[error(
        "{weights}: expected finite heatmaps, found {found} of {total} values NaN or infinite; {suspicion}"
    )]
    NotFinite {
        /// The file the weights came from, or the network's name.
        weights: String,
        /// Values that are NaN or infinite.
        found: usize,
        /// All values.
        total: usize,
        /// Which tensor is likely at fault.
        suspicion: String,
    },
    /// The network finds another number of joints than a COCO person has.
    #[error("the network gives {found} heatmaps, expected 17 (COCO keypoints)")]
    Joints {
        /// Heatmaps it gives.
        found: i64,
    },
    /// There is no network to work with.
    #[error("no network is loaded; open a weights file")]
    NoNetwork,
    /// Another network, or another device, took the place of the one a job had begun with.
    #[error("another network or device was chosen before this was done; start it again")]
    NetworkChanged,
    /// What a job does beside the network.
    #[error(transparent)]
    Job(Box<dyn std::error::Error + Send + Sync>),
    /// There is not enough memory; says what was asked for and what needs less.
    #[error("{0}")]
    OutOfMemory(String),
    /// Code below failed in a way it should not.
    #[error("the network stopped with an internal error: {0}")]
    Panic(String),
    /// The worker's thread could not be started.
    #[error("cannot start the network's thread: {0}")]
    Thread(#[from] std::io::Error),
}

impl EngineError {
    /// Whether there was not enough memory.
    pub fn is_out_of_memory(&self) -> bool {
        match self {
            Self::OutOfMemory(_) => true,
            Self::Network(NetworkError::Torch(line)) => is_out_of_memory(line),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lack_of_memory_is_told_from_other_failures() {
        let torch =
            |words: &str| EngineError::from(NetworkError::from(tch::TchError::Torch(words.to_owned())));
        assert!(torch("CUDA out of memory. Tried to allocate 2.00 GiB.").is_out_of_memory());
        assert!(EngineError::OutOfMemory("out of memory".to_owned()).is_out_of_memory());
        assert!(!torch("mat1 and mat2 shapes cannot be multiplied").is_out_of_memory());
        assert!(!EngineError::NoNetwork.is_out_of_memory());
    }
}
