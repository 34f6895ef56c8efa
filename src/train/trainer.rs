//! What is trained, and one step of it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

use rand_chacha::ChaCha8Rng;
use tch::{Device, Tensor};

use super::augmentation::Augmentation;
use super::batch::Showing;
use super::checkpoint::{self, Checkpoint, Counters, Vectors};
use super::config::TrainConfig;
use super::crops::CropSet;
use super::error::TrainError;
use super::flat_parameters::FlatParameters;
use super::input_share::InputShare;
use super::optimizer::{AdamW, clip};
use super::random::{WeightedChoice, generator, seed_torch};
use super::{schedule, target};
use crate::network::{BuiltNetwork, CONFIG_KEY, PoseNetwork, Precision, TRAINED_KEY, write_safetensors};
use crate::pose::InputSize;

/// What one step gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepReport {
    /// Number of the step, from 1.
    pub step: u64,
    /// Input size it was taken at.
    pub size: InputSize,
    /// Crops in it.
    pub crops: usize,
    /// Loss before the step.
    pub loss: f64,
    /// Norm of the gradient before it was cut.
    pub norm: f64,
    /// Learning rate of the step.
    pub learning_rate: f64,
    /// Whether the weights were changed: not when the gradient overflowed in 16 bits.
    pub applied: bool,
}

/// A training under way: the network, its average, the optimiser and the data.
#[derive(Debug)]
pub struct Trainer {
    config: TrainConfig,
    crops: CropSet,
    network: BuiltNetwork,
    parameters: FlatParameters,
    average: BuiltNetwork,
    average_parameters: FlatParameters,
    optimizer: AdamW,
    people: WeightedChoice,
    sizes: WeightedChoice,
    counters: Counters,
}

impl Trainer {
    /// A network with fresh weights, on the device that the crops are on. The same seed gives the same weights.
    ///
    /// # Errors
    /// When a setting is out of range, or the source weights leave nobody to draw.
    pub fn new(config: TrainConfig, crops: CropSet) -> Result<Self, TrainError> {
        config.check()?;
        let weight = |index: usize| config.source_weights.get(crops.source(index)).copied().unwrap_or(1.0);
        let nobody = || TrainError::Config("the source weights are 0 for everybody in the split".into());
        let people = WeightedChoice::new((0..crops.len()).map(weight)).ok_or_else(nobody)?;
        let no_size = || TrainError::Config("expected at least one input size, found none".into());
        let sizes = WeightedChoice::new(config.sizes.iter().map(|share| share.share)).ok_or_else(no_size)?;

        seed_torch(&mut generator(config.seed, u64::MAX));
        let network = BuiltNetwork::untrained(config.network.clone(), crops.device())?;
        let average = BuiltNetwork::untrained(config.network.clone(), crops.device())?;
        let parameters = FlatParameters::new(&network.variables);
        let average_parameters = FlatParameters::new(&average.variables);
        average_parameters.values().shallow_clone().f_copy_(parameters.values())?;
        let optimizer = AdamW::new(&parameters, config.weight_decay);
        let counters = Counters::default();
        Ok(Self {
            config,
            crops,
            network,
            parameters,
            average,
            average_parameters,
            optimizer,
            people,
            sizes,
            counters,
        })
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

    /// The settings.
    pub fn config(&self) -> &TrainConfig {
        &self.config
    }

    /// What it learns from.
    pub fn crops(&self) -> &CropSet {
        &self.crops
    }

    /// The averaged weights, which are what a training is for.
    pub fn average(&self) -> &PoseNetwork {
        &self.average.network
    }

    /// How many numbers are trained.
    pub fn parameter_count(&self) -> usize {
        self.network.parameter_count()
    }

    /// Steps taken, over all parts of the training.
    pub fn steps(&self) -> u64 {
        self.counters.steps
    }

    /// Crops seen, over all parts of the training.
    pub fn crops_seen(&self) -> u64 {
        self.counters.crops
    }

    /// Minutes spent in steps, over all parts of the training.
    pub fn minutes(&self) -> f64 {
        self.counters.minutes
    }

    /// How much of the budget is spent, 0 … 1.
    pub fn progress(&self) -> f64 {
        self.config.budget.share(self.counters.steps, self.counters.minutes)
    }

    /// Takes one step at an input size drawn for it.
    ///
    /// # Errors
    /// When the loss or the gradient is not finite, or libtorch fails, mostly for lack of memory.
    pub fn step(&mut self) -> Result<StepReport, TrainError> {
        let started = Instant::now();
        let step = self.counters.steps;
        let mut generator = generator(self.config.seed, step);
        seed_torch(&mut generator);
        let share = self.config.sizes[self.sizes.draw(&mut generator)];
        // Most libtorch operations report failure, such as a full GPU, by a panic.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.step_at(share, &mut generator)));
        let report = outcome.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown failure");
            let problem = text.lines().next().unwrap_or_default().to_owned();
            Err(TrainError::Step {
                step: step + 1,
                size: share.size.to_string(),
                batch: share.batch,
                problem,
            })
        })?;
        self.counters.minutes += started.elapsed().as_secs_f64() / 60.0;
        Ok(report)
    }

    fn step_at(&mut self, share: InputShare, generator: &mut ChaCha8Rng) -> Result<StepReport, TrainError> {
        let loss = self.loss(share, generator)?;
        let scale = if self.in_16_bits() { self.counters.scaler.scale } else { 1.0 };
        let mut gradient = self.parameters.gradient(&(&loss * scale))?;
        if scale != 1.0 {
            gradient /= scale;
        }
        let norm = clip(&mut gradient, self.config.clip);
        let step = self.counters.steps + 1;
        let loss = loss.double_value(&[]);
        let applied = norm.is_finite() && loss.is_finite();
        let adjusted = self.in_16_bits() && self.counters.scaler.update(applied);
        let tolerable = applied || (adjusted && loss.is_finite());
        if !tolerable {
            return Err(TrainError::NotFinite { step, size: share.size.to_string(), loss, norm });
        }
        let learning_rate = self.learning_rate();
        if applied {
            self.optimizer.step(&self.parameters, &gradient, learning_rate);
            self.update_average(step);
        }
        self.counters.steps = step;
        self.counters.updates = self.optimizer.updates;
        self.counters.crops += share.batch as u64;
        Ok(StepReport { step, size: share.size, crops: share.batch, loss, norm, learning_rate, applied })
    }

    /// The loss of a fresh batch.
    fn loss(&self, share: InputShare, generator: &mut ChaCha8Rng) -> Result<Tensor, TrainError> {
        let augmentation = &self.config.augmentation;
        let indices: Vec<usize> = (0..share.batch).map(|_| self.people.draw(generator)).collect();
        let views: Vec<_> =
            indices.iter().map(|index| augmentation.view(self.crops.joints(*index), generator)).collect();
        let appearances = match *augmentation == Augmentation::none() {
            true => Vec::new(),
            false => indices.iter().map(|_| augmentation.appearance(generator)).collect(),
        };
        let capture = augmentation.capture(share.size, generator);
        let showing = Showing {
            indices: &indices,
            views: &views,
            appearances: &appearances,
            capture,
            size: share.size,
        };
        let pictures = showing.pictures(&self.crops);
        let heatmaps = tch::autocast(self.in_16_bits(), || self.network.network.forward_train(&pictures))?;
        let size = heatmaps.size();
        let (rows, columns) = (size[2], size[3]);
        let joints = showing.joints(&self.crops, rows as u32, columns as u32);
        Ok(target::loss(&heatmaps, &target::targets(&joints, rows, columns)))
    }

    fn learning_rate(&self) -> f64 {
        let TrainConfig { learning_rate, warm_up, .. } = self.config;
        schedule::learning_rate(learning_rate, self.counters.steps, warm_up, self.progress())
    }

    /// Moves the average, running statistics of batch norms included, toward the weights.
    fn update_average(&mut self, step: u64) {
        let kept = schedule::average_share(step, self.config.average_decay);
        tch::no_grad(|| {
            let mut average = self.average_parameters.values().shallow_clone();
            let _ = average.lerp_(self.parameters.values(), 1.0 - kept);
        });
    }

    fn in_16_bits(&self) -> bool {
        self.config.mixed_precision && self.crops.device() != Device::Cpu
    }

    fn vectors(&self) -> Vectors<'_> {
        let AdamW { first_moment, second_moment, .. } = &self.optimizer;
        Vectors {
            network: self.parameters.values(),
            average: self.average_parameters.values(),
            first_moment,
            second_moment,
        }
    }

    /// Writes everything needed to go on: whole, or not at all.
    ///
    /// # Errors
    /// When the file cannot be written; what stood there before is then untouched.
    pub fn save(&self, path: &Path) -> Result<(), TrainError> {
        checkpoint::write(path, &self.parameters, &self.vectors(), self.counters, &self.config)
    }

    /// Writes the averaged weights in 16 bits, with the settings they were trained with.
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
            ("sizes", serde_json::to_string(&sizes).map_err(fail)?),
        ];
        let metadata: BTreeMap<String, String> =
            metadata.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Ok(write_safetensors(path, &self.average.to_host()?, metadata, Precision::Float16)?)
    }
}
