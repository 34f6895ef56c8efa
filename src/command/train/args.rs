//! A training as the user asked for it.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::anyhow;

use crate::arguments::{RecipeArgs, TrainArgs};
use crate::network::checkpoint::WeightsFile;
use crate::network::{NetworkConfig, NetworkError, check_weights, config_of};
use crate::train::{Augmentation, Budget, Checkpoint, Outputs, Pace, TrainConfig, TrainError};

/// Puts what is given in the place of what was there.
fn set<T>(place: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *place = given;
    }
}

impl RecipeArgs {
    /// The settings with those that the user named in place.
    fn applied(&self, mut config: TrainConfig) -> TrainConfig {
        let this = self.clone();
        let network = &mut config.network;
        if let Some(variant) = this.variant {
            *network = NetworkConfig {
                ema_groups: network.ema_groups,
                stem_stride: network.stem_stride,
                ..variant.into()
            };
        }
        set(&mut network.channels, this.channels);
        set(&mut network.heads, this.heads);
        set(&mut network.depths, this.depths);
        set(&mut network.ema_groups, this.ema.map(|groups| (groups > 0).then_some(i64::from(groups))));
        set(&mut network.stem_stride, this.stem_stride);
        set(&mut config.sizes, (!this.sizes.is_empty()).then_some(this.sizes));
        set(&mut config.learning_rate, this.lr);
        set(&mut config.muon_rate, this.muon.map(Some));
        set(&mut config.location_loss, this.location_loss);
        set(&mut config.weight_decay, this.weight_decay);
        set(&mut config.warm_up, this.warm_up);
        set(&mut config.clip, this.clip);
        set(&mut config.average_decay, this.average_decay);
        set(&mut config.seed, this.seed);
        set(&mut config.augmentation, this.no_augment.then(Augmentation::none));
        set(&mut config.augmentation_strength, this.augment);
        config.source_weights.extend(this.source_weights);
        set(&mut config.mixed_precision, this.full_precision.then_some(false));
        set(&mut config.split, this.split);
        set(&mut config.dev, this.dev);
        set(&mut config.limit, this.limit.map(Some));
        set(&mut config.turn_labels, this.turn_labels.then_some(true));
        config
    }
}

impl TrainArgs {
    /// The settings with those that the user named in place, and the network of the weights to begin with.
    pub(super) fn applied(
        &self,
        config: TrainConfig,
        start: Option<&WeightsFile>,
    ) -> Result<TrainConfig, NetworkError> {
        let mut config = self.recipe.applied(config);
        set(&mut config.network, start.map(config_of).transpose()?);
        set(&mut config.data, (!self.data.is_empty()).then(|| self.data.clone()));
        set(&mut config.budget, self.budget.steps.map(Budget::Steps));
        set(&mut config.budget, self.budget.minutes.map(Budget::Minutes));
        Ok(config)
    }

    /// The weights to begin with, if they are not to be random.
    pub(super) fn start(&self) -> Result<Option<WeightsFile>, NetworkError> {
        let Some(path) = &self.recipe.init else { return Ok(None) };
        let weights = WeightsFile::read(path)?;
        check_weights(&weights)?;
        Ok(Some(weights))
    }

    /// The checkpoint to go on from, if it is to be gone on from one.
    pub(super) fn checkpoint(&self) -> anyhow::Result<Option<Checkpoint>> {
        let path = Outputs::checkpoint_in(&self.out);
        match (self.resume, path.exists()) {
            (true, true) => Ok(Some(Checkpoint::read(&path)?)),
            (false, false) => Ok(None),
            (true, false) => {
                Err(anyhow!("--resume: expected the checkpoint {}, found no such file", path.display()))
            }
            (false, true) => Err(anyhow!(
                "{} is the checkpoint of an earlier training; go on with --resume, or choose another --out",
                path.display()
            )),
        }
    }

    /// Where the training of this network leaves its files.
    pub(super) fn outputs(&self, network: &NetworkConfig) -> Result<Outputs, TrainError> {
        let usual = || network.name().to_lowercase().replace(" + ", "-").replace(' ', "-");
        let name = self.name.clone().map_or_else(|| usual().parse(), Ok)?;
        Ok(Outputs::new(&self.out, name))
    }

    /// When this run ends before the training does.
    pub(super) fn pace<'a>(&self, stop: &'a AtomicBool) -> Pace<'a> {
        let minutes = |minutes: f64| Duration::try_from_secs_f64(minutes * 60.0).unwrap_or(Duration::MAX);
        Pace {
            stop: Some(stop),
            pause_at_step: self.budget.pause_at_step,
            pause_after: self.budget.pause_after.map(minutes),
        }
    }
}
