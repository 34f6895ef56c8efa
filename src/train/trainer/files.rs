//! What a training writes: itself, to go on from, and the network it has made.

use std::collections::BTreeMap;
use std::path::Path;

use super::Trainer;
use crate::network::checkpoint::HostTensor;
use crate::network::{
    CONFIG_KEY, NetworkError, Precision, SIZES_KEY, TRAINED_KEY, sized_name, to_host, write_safetensors,
};
use crate::pose::InputSize;
use crate::train::error::TrainError;
use crate::train::{checkpoint, location};

impl Trainer {
    /// Writes everything needed to go on: whole, or not at all.
    ///
    /// # Errors
    /// When the file cannot be written; what stood there before is then untouched.
    pub fn save(&self, path: &Path) -> Result<(), TrainError> {
        checkpoint::write(path, &self.parameters, &self.vectors(), self.counters, &self.config)
    }

    /// Writes the averaged weights in 16 bits, with the settings they were trained with and the statistics of each
    /// input size.
    ///
    /// # Errors
    /// When the file cannot be written; what stood there before is then untouched.
    pub fn export(&self, path: &Path) -> Result<(), TrainError> {
        let fail = |error: serde_json::Error| TrainError::write(path, error.into());
        let sizes: Vec<InputSize> = self.config.sizes.iter().map(|share| share.size).collect();
        let metadata = [
            (CONFIG_KEY, serde_json::to_string(&self.config.network).map_err(fail)?),
            (TRAINED_KEY, "true".into()),
            ("minutes", format!("{:.2}", self.counters.minutes)),
            ("steps", self.counters.steps.to_string()),
            ("crops", self.counters.crops.to_string()),
            ("seed", self.config.seed.to_string()),
            (SIZES_KEY, serde_json::to_string(&sizes).map_err(fail)?),
        ];
        let metadata: BTreeMap<String, String> =
            metadata.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Ok(write_safetensors(path, &self.averaged_tensors()?, metadata, Precision::Float16)?)
    }

    /// The averaged network under its names in a file: the statistics of the smallest size under plain ones.
    fn averaged_tensors(&self) -> Result<BTreeMap<String, HostTensor>, NetworkError> {
        let smallest = self.statistics.smallest();
        if let Some(size) = smallest {
            self.statistics.enter_average(size, &self.average_parameters);
        }
        let mut tensors = self.average.to_host()?;
        tensors.retain(|name, _| !location::owns(name));
        for (size, vector) in self.statistics.of_average().filter(|(size, _)| Some(*size) != smallest) {
            let own = self.average_parameters.named_statistics(vector);
            // The last norm only scales and shifts while training: it has one set for all sizes.
            let own = own.into_iter().filter(|(name, _)| !name.starts_with("fgmm.csMixer.2."));
            for (name, tensor) in own {
                tensors.insert(sized_name(name, size), to_host(&tensor)?);
            }
        }
        Ok(tensors)
    }
}
