//! What is trained, and one step of it.

mod files;
mod losses;
mod start;
mod statistics;

use std::time::Instant;

use rand_chacha::ChaCha8Rng;
use tch::Device;

use super::checkpoint::{Counters, Vectors};
use super::config::TrainConfig;
use super::crops::CropSet;
use super::error::TrainError;
use super::flat_parameters::FlatParameters;
use super::initial::{is_matrix, quieten};
use super::input_share::InputShare;
use super::location::LocationHead;
use super::optimizer::{Optimizer, Rates, clip};
use super::random::{WeightedChoice, generator, seed_torch};
use super::running_statistics::RunningStatistics;
use super::schedule;
use crate::contained::contained;
use crate::network::{BuiltNetwork, PoseNetwork};
use crate::pose::InputSize;
use losses::Losses;

/// What one step gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepReport {
    /// Number of the step, from 1.
    pub step: u64,
    /// Input size it was taken at.
    pub size: InputSize,
    /// Crops in it.
    pub crops: usize,
    /// Loss of the heatmaps before the step.
    pub loss: f64,
    /// Norm of the whole gradient, the location loss's included, before it was cut.
    pub norm: f64,
    /// AdamW's learning rate of the step.
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
    statistics: RunningStatistics,
    optimizer: Optimizer,
    location: Option<LocationHead>,
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
        quieten(&network);
        // The average has a head too, so that both are laid out alike.
        let [location, _] = [&network, &average].map(|built| {
            let features = config.network.fused_channels();
            let head = || LocationHead::new(&built.variables.root(), features, config.network.joints);
            (config.location_loss > 0.0).then(head)
        });
        let orthogonal = |name: &str, shape: &[i64]| config.muon_rate.is_some() && is_matrix(name, shape);
        let parameters = FlatParameters::new(&network.variables, orthogonal);
        let average_parameters = FlatParameters::new(&average.variables, orthogonal);
        average_parameters.trainable().f_copy_(&parameters.trainable())?;
        average_parameters.statistics().f_copy_(&parameters.statistics())?;
        let statistics = RunningStatistics::new(config.sizes.iter().map(|share| share.size), &parameters);
        let optimizer = Optimizer::new(&parameters, config.weight_decay);
        let counters = Counters::default();
        Ok(Self {
            config,
            crops,
            network,
            parameters,
            average,
            average_parameters,
            statistics,
            optimizer,
            location,
            people,
            sizes,
            counters,
        })
    }

    /// The settings.
    pub fn config(&self) -> &TrainConfig {
        &self.config
    }

    /// What it learns from.
    pub fn crops(&self) -> &CropSet {
        &self.crops
    }

    /// The averaged weights, which are what a training is for, with the batch-norm statistics of an input size.
    pub fn average_at(&mut self, size: InputSize) -> &PoseNetwork {
        self.statistics.enter_average(size, &self.average_parameters);
        &self.average.network
    }

    /// How many numbers are trained.
    pub fn parameter_count(&self) -> usize {
        let location = self.location.as_ref().map_or(0, LocationHead::parameter_count);
        self.network.parameter_count() - location
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
        let outcome = contained(|| self.step_at(share, &mut generator));
        let report = outcome.unwrap_or_else(|stop| {
            Err(TrainError::Step {
                step: step + 1,
                size: share.size.to_string(),
                batch: share.batch,
                problem: stop.line(),
            })
        })?;
        self.counters.minutes += started.elapsed().as_secs_f64() / 60.0;
        Ok(report)
    }

    fn step_at(&mut self, share: InputShare, generator: &mut ChaCha8Rng) -> Result<StepReport, TrainError> {
        self.statistics.enter(share.size, &self.parameters);
        let Losses { heatmaps: loss, total } = self.losses(share, generator)?;
        let scale = if self.in_16_bits() { self.counters.scaler.scale } else { 1.0 };
        let mut gradient = self.parameters.gradient(&(&total * scale))?;
        if scale != 1.0 {
            gradient /= scale;
        }
        let norm = clip(&mut gradient, self.config.clip);
        let step = self.counters.steps + 1;
        let (loss, total) = (loss.double_value(&[]), total.double_value(&[]));
        let applied = norm.is_finite() && total.is_finite();
        let adjusted = self.in_16_bits() && self.counters.scaler.update(applied);
        let tolerable = applied || (adjusted && total.is_finite());
        if !tolerable {
            return Err(TrainError::NotFinite { step, size: share.size.to_string(), loss: total, norm });
        }
        let learning_rate = self.learning_rate(self.config.learning_rate);
        if applied {
            let muon = self.learning_rate(self.config.muon_rate.unwrap_or_default());
            let rates = Rates { adam: learning_rate, muon };
            self.optimizer.step(&self.parameters, &gradient, rates);
            self.update_average(step, share);
        }
        self.counters.steps = step;
        self.counters.updates = self.optimizer.updates;
        self.counters.crops += share.batch as u64;
        Ok(StepReport { step, size: share.size, crops: share.batch, loss, norm, learning_rate, applied })
    }

    /// The learning rate of the next step, where `peak` is the rate after the warm-up.
    fn learning_rate(&self, peak: f64) -> f64 {
        schedule::learning_rate(peak, self.counters.steps, self.config.warm_up, self.progress())
    }

    /// Moves the average toward the weights, and that of the statistics of the step's input size, which has been drawn
    /// about as often as its share says.
    fn update_average(&mut self, step: u64, share: InputShare) {
        let kept = schedule::average_share(step, self.config.average_decay);
        let all: f64 = self.config.sizes.iter().map(|share| share.share).sum();
        let drawn = (step as f64 * share.share / all.max(f64::MIN_POSITIVE)).ceil() as u64;
        let kept_of_size = schedule::average_share(drawn, self.config.average_decay);
        self.statistics.leave(share.size, &self.parameters, kept_of_size);
        tch::no_grad(|| {
            let _ = self.average_parameters.trainable().lerp_(&self.parameters.trainable(), 1.0 - kept);
        });
    }

    fn in_16_bits(&self) -> bool {
        self.config.mixed_precision && self.crops.device() != Device::Cpu
    }

    fn vectors(&self) -> Vectors<'_> {
        let Optimizer { first_moment, second_moment, .. } = &self.optimizer;
        Vectors {
            network: self.parameters.trainable(),
            average: self.average_parameters.trainable(),
            first_moment,
            second_moment,
            statistics: &self.statistics,
        }
    }
}
