//! What a training begins with, where that is not random weights.

use super::Trainer;
use crate::network::BuiltNetwork;
use crate::network::checkpoint::WeightsFile;
use crate::train::checkpoint::Checkpoint;
use crate::train::config::TrainConfig;
use crate::train::crops::CropSet;
use crate::train::error::TrainError;

impl Trainer {
    /// Begins with the weights of a file, which must be of the network of the settings, in place of random ones.
    ///
    /// # Errors
    /// As [`Self::new`], and when the file lacks a tensor of that network or holds one of another shape.
    pub fn begun_with(
        config: TrainConfig,
        crops: CropSet,
        weights: &WeightsFile,
    ) -> Result<Self, TrainError> {
        let start = BuiltNetwork::from_file(weights, crops.device())?;
        let found = start.network.config();
        if *found != config.network {
            let problem = format!(
                "{}: expected the weights of {:?}, found those of {found:?}",
                weights.path.display(),
                config.network
            );
            return Err(TrainError::Config(problem));
        }
        let trainer = Self::new(config, crops)?;
        for share in &trainer.config.sizes {
            start.copy_to(share.size.height(), &trainer.network.variables)?;
            trainer.statistics.begin(share.size, &trainer.parameters);
        }
        trainer.average_parameters.trainable().f_copy_(&trainer.parameters.trainable())?;
        Ok(trainer)
    }

    /// Goes on from a checkpoint.
    ///
    /// # Errors
    /// As [`Self::new`], and when the checkpoint was trained with other settings or does not fit.
    pub fn resumed(config: TrainConfig, crops: CropSet, checkpoint: &Checkpoint) -> Result<Self, TrainError> {
        checkpoint.check_continues(&config)?;
        let mut trainer = Self::new(config, crops)?;
        checkpoint.restore(&trainer.parameters, &trainer.vectors())?;
        trainer.counters = checkpoint.counters;
        trainer.optimizer.updates = checkpoint.counters.updates;
        Ok(trainer)
    }
}
