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
    /// Of the averaged weights over crops as they are; none since a step was taken.
    measured: Option<Tensor>,
}

impl Own {
    /// What goes with the averaged weights.
    fn of_average(&self) -> &Tensor {
        self.measured.as_ref().unwrap_or(&self.average)
    }
}

/// The running means and variances of every input size, of the network and of its average.
#[derive(Debug)]
pub(super) struct RunningStatistics(BTreeMap<InputSize, Own>);

impl RunningStatistics {
    /// Each size starts with what the network has.
    pub fn new(sizes: impl Iterator<Item = InputSize>, network: &FlatParameters) -> Self {
        let copy = || network.statistics().copy();
        let own = || Own { network: copy(), average: copy(), measured: None };
        Self(sizes.map(|size| (size, own())).collect())
    }

    /// A size goes on from what the network has.
    pub fn begin(&self, size: InputSize, network: &FlatParameters) {
        if let Some(own) = self.0.get(&size) {
            overwrite(&own.network, &network.statistics());
            overwrite(&own.average, &network.statistics());
        }
    }

    /// Puts a size's statistics into the network.
    pub fn enter(&self, size: InputSize, network: &FlatParameters) {
        if let Some(own) = self.0.get(&size) {
            overwrite(&network.statistics(), &own.network);
        }
    }

    /// Takes a size's statistics back from the network, and moves their average toward them, keeping `kept` of it.
    pub fn leave(&mut self, size: InputSize, network: &FlatParameters, kept: f64) {
        self.0.values_mut().for_each(|own| own.measured = None);
        if let Some(own) = self.0.get(&size) {
            overwrite(&own.network, &network.statistics());
            tch::no_grad(|| {
                let _ = own.average.shallow_clone().lerp_(&own.network, 1.0 - kept.min(MOST_KEPT));
            });
        }
    }

    /// Puts a size's statistics into the averaged network: those measured for it, else their average.
    pub fn enter_average(&self, size: InputSize, average: &FlatParameters) {
        if let Some(own) = self.0.get(&size) {
            overwrite(&average.statistics(), own.of_average());
        }
    }

    /// The averaged weights have these statistics at a size, until another step is taken.
    pub fn set_measured(&mut self, size: InputSize, statistics: Tensor) {
        if let Some(own) = self.0.get_mut(&size) {
            own.measured = Some(statistics);
        }
    }

    /// The smallest size, whose statistics stand under plain names in a file.
    pub fn smallest(&self) -> Option<InputSize> {
        self.0.keys().next().copied()
    }

    /// Every size with the statistics that go with the averaged weights, small to large.
    pub fn of_average(&self) -> impl Iterator<Item = (InputSize, &Tensor)> {
        self.0.iter().map(|(size, own)| (*size, own.of_average()))
    }

    /// Every vector that a training goes on with, and the name it has in a checkpoint.
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
