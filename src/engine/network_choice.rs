//! What a network is made from.

use std::path::PathBuf;

use crate::borrowed::MoveNetVariant;
use crate::network::NetworkConfig;

/// Where the weights of a CMSA network come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Weights {
    /// A safetensors or `.pth` file.
    File(PathBuf),
    /// Random numbers, for looking at the untrained network.
    Untrained(NetworkConfig),
}

/// A network of either kind.
#[derive(Clone, Debug, PartialEq)]
pub enum NetworkChoice {
    /// CMSA with these weights: heatmaps, attention and EMA tensors.
    Weights(Weights),
    /// MoveNet, made by others: joints alone.
    MoveNet(MoveNetVariant),
}

impl From<Weights> for NetworkChoice {
    fn from(weights: Weights) -> Self {
        Self::Weights(weights)
    }
}

impl From<PathBuf> for NetworkChoice {
    fn from(path: PathBuf) -> Self {
        Self::Weights(Weights::File(path))
    }
}

impl From<MoveNetVariant> for NetworkChoice {
    fn from(variant: MoveNetVariant) -> Self {
        Self::MoveNet(variant)
    }
}
