//! Batch-norm statistics of each input size, kept apart while the weights are shared.

use std::collections::BTreeMap;

use tch::Tensor;

use super::flat_parameters::FlatParameters;
use crate::pose::InputSize;

/// Most of an average of statistics that a step keeps. They follow their batches within some tens of steps, and the
/// largest sizes see few.
const MOST_KEPT: f64 = 0.99;

/// What one input size has for itself, in the layout of [`FlatParameters::statistics`].
#[derive(Debug)]
struct Own {
    network: Tensor,
    average: Tensor,
}

/// The running means and variances of every input size, of the network and of its average.
#[derive(Debug)]
pub(super) struct RunningStatistics(BTreeMap<InputSize, Own>);

impl RunningStatistics {
    /// Each size starts with what the network has.
    pub fn new(sizes: impl Iterator<Item = InputSize>, network: &FlatParameters) -> Self {
        let own = || Own { network: network.statistics().copy(), average: network.statistics().copy() };
        Self(sizes.map(|size| (size, own())).collect())
    }

    /// Puts a size's statistics into the network.
    pub fn enter(&self, size: InputSize, network: &FlatParameters) {
        if let Some(own) = self.0.get(&size) {
            overwrite(&network.statistics(), &own.network);
        }
    }

    /// Takes a size's statistics back from the network, and moves their average toward them, keeping `kept` of it.
    pub fn leave(&self, size: InputSize, network: &FlatParameters, kept: f64) {
        if let Some(own) = self.0.get(&size) {
            overwrite(&own.network, &network.statistics());
            tch::no_grad(|| {
                let _ = own.average.shallow_clone().lerp_(&own.network, 1.0 - kept.min(MOST_KEPT));
            });
        }
    }

    /// Puts the average of a size's statistics into the averaged network.
    pub fn enter_average(&self, size: InputSize, average: &FlatParameters) {
        if let Some(own) = self.0.get(&size) {
            overwrite(&average.statistics(), &own.average);
        }
    }

    /// The smallest size, whose statistics stand under plain names in a file.
    pub fn smallest(&self) -> Option<InputSize> {
        self.0.keys().next().copied()
    }

    /// Every size with the average of its statistics, small to large.
    pub fn averages(&self) -> impl Iterator<Item = (InputSize, &Tensor)> {
        self.0.iter().map(|(size, own)| (*size, &own.average))
    }

    /// Every vector, with the name it has in a checkpoint.
    pub fn vectors(&self) -> impl Iterator<Item = (String, &Tensor)> {
        self.0.iter().flat_map(|(size, own)| {
            let name = |of: &str| format!("{of}@{}", String::from(*size));
            [(name("network"), &own.network), (name("average"), &own.average)]
        })
    }
}

fn overwrite(place: &Tensor, values: &Tensor) {
    tch::no_grad(|| place.shallow_clone().copy_(values));
}
