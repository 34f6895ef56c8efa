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
use crate::network::{
    NetworkError, Precision, fitting, is_statistic, needed_tensors, sized_name, to_host, write_safetensors,
};

/// Metadata key under which the counters and settings stand as JSON.
const TRAINING_KEY: &str = "training";
/// Metadata key and value that tell these files from others.
const FORMAT: (&str, &str) = ("format", "posescope training 3");

/// What the vectors of weights are called, in the order of [`Vectors`].
const OF_WEIGHTS: [&str; 4] = ["network", "average", "first_moment", "second_moment"];
/// What the vectors of statistics of each input size are called.
const OF_STATISTICS: [&str; 2] = ["network", "average"];

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

/// Most steps, updates and crops that a checkpoint may tell of; no training takes so many.
const MOST_COUNTED: u64 = 1_000_000_000_000;
/// Most minutes that it may tell of: nineteen years.
const MOST_MINUTES: f64 = 1e7;

/// Whether the counters of a record are whole numbers in range.
fn check_whole(record: &serde_json::Value) -> Result<(), String> {
    for name in ["steps", "updates", "crops"] {
        let Some(found) = record.pointer(&format!("/counters/{name}")) else { continue };
        if found.as_u64().is_none_or(|number| number > MOST_COUNTED) {
            return Err(format!(
                "expected a whole number from 0 to {MOST_COUNTED} for {name}, found {found}"
            ));
        }
    }
    Ok(())
}

impl Counters {
    /// Whether a training can have come to these.
    fn check(&self) -> Result<(), String> {
        let Self { steps, updates, minutes, scaler, .. } = *self;
        if updates > steps {
            return Err(format!("expected at most as many updates as the {steps} steps, found {updates}"));
        }
        if !(0.0..=MOST_MINUTES).contains(&minutes) {
            return Err(format!("expected minutes from 0 to {MOST_MINUTES}, found {minutes}"));
        }
        scaler.check()
    }
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
        let vectors = [&self.network, &self.average, self.first_moment, self.second_moment];
        let prefixed = |prefix: &str, tensors: Vec<(&str, Tensor)>| -> Vec<(String, Tensor)> {
            tensors.into_iter().map(|(name, tensor)| (format!("{prefix}/{name}"), tensor)).collect()
        };
        let weights = OF_WEIGHTS.into_iter().zip(vectors);
        let weights = weights.flat_map(|(prefix, vector)| prefixed(prefix, layout.named(vector)));
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
    /// When the file cannot be read, is damaged, is no checkpoint of a training, or lacks what the network of its
    /// settings needs.
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
        let unreadable = |error| fail(format!("metadata entry {TRAINING_KEY:?} cannot be read: {error}"));
        let value: serde_json::Value = serde_json::from_str(text).map_err(unreadable)?;
        check_whole(&value).map_err(fail)?;
        let Record { counters, config } = serde_json::from_str(text).map_err(unreadable)?;
        counters.check().map_err(fail)?;
        for share in &config.sizes {
            share.check().map_err(|error| fail(error.to_string()))?;
        }
        let checkpoint = Self { path: path.to_owned(), tensors: file.tensors, counters, config };
        checkpoint.check_network().map_err(fail)?;
        Ok(checkpoint)
    }

    /// Compares the tensors with what the network of the settings needs, which may be far more than the file holds;
    /// nothing of that size has been made by then.
    fn check_network(&self) -> Result<(), String> {
        let needed = needed_tensors(&self.config.network).map_err(|error| error.to_string())?;
        let sizes = self.config.sizes.iter().map(|share| share.size);
        let of_statistics: Vec<String> =
            sizes.flat_map(|size| OF_STATISTICS.map(|vector| sized_name(vector, size))).collect();
        let of_weights = OF_WEIGHTS.map(str::to_owned);
        for (name, shape) in &needed {
            let vectors = if is_statistic(name) { of_statistics.as_slice() } else { of_weights.as_slice() };
            for vector in vectors {
                let name = format!("{vector}/{name}");
                fitting(&name, self.tensors.get(&name), shape)?;
            }
        }
        Ok(())
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
            let shape: Vec<usize> = place.size().iter().map(|&n| n as usize).collect();
            let tensor = fitting(&name, self.tensors.get(&name), &shape).map_err(fail)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::NetworkConfig;

    #[test]
    fn a_checkpoint_of_a_network_that_it_does_not_hold_is_refused_on_reading() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("last.safetensors");
        let told = |network: NetworkConfig, tensors: BTreeMap<String, HostTensor>| {
            let config = TrainConfig { network, ..TrainConfig::default() };
            let record = serde_json::to_string(&Record { counters: Counters::default(), config }).unwrap();
            let entries = [(FORMAT.0, FORMAT.1), (TRAINING_KEY, record.as_str())];
            let metadata = entries.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
            write_safetensors(&path, &tensors, metadata, Precision::Float32).unwrap();
            let message = Checkpoint::read(&path).unwrap_err().to_string();
            assert!(message.starts_with(&path.display().to_string()), "{message}");
            message
        };
        let empty = |shape: &[usize]| HostTensor { shape: shape.to_vec(), values: Vec::new() };
        let first = "network/embedding_blocks.0.embedding1.rep_dwconv.rbr_conv.0.bn.bias";
        let other = BTreeMap::from([("network/x".to_owned(), empty(&[4096, 0]))]);
        let huge = NetworkConfig { channels: [4096; 3], ..NetworkConfig::small() };
        let message = told(huge, other.clone());
        assert!(message.contains("numbers, expected at most 200000000"), "{message}");
        let message = told(NetworkConfig::tiny(), other);
        assert!(message.contains(&format!("tensor `{first}` is missing")), "{message}");
        let mut record = serde_json::to_value(Counters::default()).unwrap();
        for (name, value, said) in [
            ("steps", serde_json::json!(-5), "for steps, found -5"),
            ("crops", serde_json::json!(u64::MAX), "for crops, found 18446744073709551615"),
            ("updates", serde_json::json!(1.5), "for updates, found 1.5"),
        ] {
            record[name] = value;
            let message = check_whole(&serde_json::json!({"counters": record})).unwrap_err();
            assert!(message.contains(said), "{message}");
            record = serde_json::to_value(Counters::default()).unwrap();
        }
        let scaler = |scale| Counters { scaler: GradScaler { scale, steps: 0 }, ..Counters::default() };
        for counters in [
            Counters { updates: 1, ..Counters::default() },
            Counters { minutes: -1.0, ..Counters::default() },
            Counters { minutes: f64::NAN, ..Counters::default() },
            scaler(0.0),
            scaler(f64::INFINITY),
        ] {
            let message = counters.check().unwrap_err();
            assert!(message.contains("expected") && message.contains("found"), "{message}");
        }
        assert_eq!(Counters::default().check(), Ok(()));
        let message = told(NetworkConfig::tiny(), BTreeMap::from([(first.to_owned(), empty(&[0]))]));
        assert!(message.contains(&format!("tensor `{first}` has shape [0], expected [3]")), "{message}");
    }
}
