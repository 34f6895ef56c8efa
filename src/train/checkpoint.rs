//! A training at rest: everything needed to go on, in one safetensors file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tch::Tensor;

use super::config::TrainConfig;
use super::error::TrainError;
use super::flat_parameters::FlatParameters;
use super::grad_scaler::GradScaler;
use super::running_statistics::RunningStatistics;
use crate::network::checkpoint::{HostTensor, WeightsFile};
use crate::network::{NetworkError, Precision, to_host, write_safetensors};

/// Metadata key under which the counters and settings stand as JSON.
const TRAINING_KEY: &str = "training";
/// Metadata key and value that tell these files from others.
const FORMAT: (&str, &str) = ("format", "posescope training 3");

/// What a training has spent and used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counters {
    /// Steps taken.
    pub steps: u64,
    /// Steps that changed the weights: all but those that overflowed in 16 bits.
    pub updates: u64,
    /// Crops seen.
    pub crops: u64,
    /// Minutes spent in steps.
    pub minutes: f64,
    /// Loss scaling in 16 bits.
    pub scaler: GradScaler,
}

#[derive(Serialize, Deserialize)]
struct Record {
    counters: Counters,
    config: TrainConfig,
}

/// A checkpoint as read from its file.
#[derive(Debug)]
pub struct Checkpoint {
    path: PathBuf,
    tensors: BTreeMap<String, HostTensor>,
    pub(super) counters: Counters,
    config: TrainConfig,
}

/// The vectors a checkpoint holds, and the name each has in it.
pub(super) struct Vectors<'a> {
    /// The weights.
    pub network: Tensor,
    /// The averaged weights.
    pub average: Tensor,
    /// The optimiser's running mean of the gradient.
    pub first_moment: &'a Tensor,
    /// The optimiser's running mean of its square.
    pub second_moment: &'a Tensor,
    /// Batch-norm statistics of each input size.
    pub statistics: &'a RunningStatistics,
}

impl<'a> Vectors<'a> {
    /// Every tensor, as a view of its vector, and the name it has in the file.
    fn named(&self, layout: &FlatParameters) -> Vec<(String, Tensor)> {
        let weights = [
            ("network", &self.network),
            ("average", &self.average),
            ("first_moment", self.first_moment),
            ("second_moment", self.second_moment),
        ];
        let prefixed = |prefix: &str, tensors: Vec<(&str, Tensor)>| -> Vec<(String, Tensor)> {
            tensors.into_iter().map(|(name, tensor)| (format!("{prefix}/{name}"), tensor)).collect()
        };
        let weights = weights.into_iter().flat_map(|(prefix, vector)| prefixed(prefix, layout.named(vector)));
        let statistics = self.statistics.vectors();
        let statistics =
            statistics.flat_map(|(prefix, vector)| prefixed(&prefix, layout.named_statistics(vector)));
        weights.chain(statistics).collect()
    }
}

impl Checkpoint {
    /// Reads a checkpoint.
    ///
    /// # Errors
    /// When the file cannot be read, is damaged, or is no checkpoint of a training.
    pub fn read(path: &Path) -> Result<Self, TrainError> {
        let fail = |problem: String| TrainError::Checkpoint { path: path.to_owned(), problem };
        let file = WeightsFile::read(path).map_err(NetworkError::from)?;
        let format = file.metadata.get(FORMAT.0).map_or("none", String::as_str);
        if format != FORMAT.1 {
            let expected = FORMAT.1;
            return Err(fail(format!("expected a checkpoint ({expected:?}), found metadata {format:?}")));
        }
        let text = file.metadata.get(TRAINING_KEY);
        let text = text.ok_or_else(|| fail(format!("metadata entry {TRAINING_KEY:?} is missing")))?;
        let record: Record = serde_json::from_str(text)
            .map_err(|error| fail(format!("metadata entry {TRAINING_KEY:?} cannot be read: {error}")))?;
        let Record { counters, config } = record;
        Ok(Self { path: path.to_owned(), tensors: file.tensors, counters, config })
    }

    /// The settings the training was started with.
    pub fn config(&self) -> &TrainConfig {
        &self.config
    }

    /// Steps taken before it was written.
    pub fn steps(&self) -> u64 {
        self.counters.steps
    }

    /// What cannot be continued with other settings, as an error that names the file.
    pub(super) fn check_continues(&self, config: &TrainConfig) -> Result<(), TrainError> {
        match config.conflict_with(&self.config) {
            None => Ok(()),
            Some(problem) => Err(TrainError::Checkpoint { path: self.path.clone(), problem }),
        }
    }

    /// Fills the vectors.
    ///
    /// # Errors
    /// When a tensor is missing or of another shape: names it.
    pub(super) fn restore(&self, layout: &FlatParameters, vectors: &Vectors<'_>) -> Result<(), TrainError> {
        for (name, mut place) in vectors.named(layout) {
            let fail = |problem: String| TrainError::Checkpoint { path: self.path.clone(), problem };
            let tensor =
                self.tensors.get(&name).ok_or_else(|| fail(format!("tensor `{name}` is missing")))?;
            let expected: Vec<usize> = place.size().iter().map(|&n| n as usize).collect();
            if tensor.shape != expected {
                let found = &tensor.shape;
                return Err(fail(format!("tensor `{name}` has shape {found:?}, expected {expected:?}")));
            }
            let values = Tensor::f_from_slice(&tensor.values)?.f_view(place.size().as_slice())?;
            tch::no_grad(|| place.f_copy_(&values))?;
        }
        Ok(())
    }
}

/// Writes a checkpoint: whole, or not at all.
///
/// # Errors
/// When the file cannot be written; what stood there before is then untouched.
pub(super) fn write(
    path: &Path,
    layout: &FlatParameters,
    vectors: &Vectors<'_>,
    counters: Counters,
    config: &TrainConfig,
) -> Result<(), TrainError> {
    let named = vectors.named(layout).into_iter();
    let tensors =
        named.map(|(name, tensor)| Ok((name, to_host(&tensor)?))).collect::<Result<_, NetworkError>>()?;
    let record = serde_json::to_string(&Record { counters, config: config.clone() })
        .map_err(|error| TrainError::write(path, error.into()))?;
    let metadata =
        BTreeMap::from([(FORMAT.0.to_owned(), FORMAT.1.to_owned()), (TRAINING_KEY.to_owned(), record)]);
    Ok(write_safetensors(path, &tensors, metadata, Precision::Float32)?)
}
