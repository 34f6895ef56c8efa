//! The settings of a training; a checkpoint carries them, so that going on needs none of them again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::augmentation::Augmentation;
use super::error::TrainError;
use super::input_share::InputShare;
use super::range::in_range;
use crate::network::NetworkConfig;
use crate::pose::KEYPOINT_COUNT;

/// How often a crop of each known source is drawn, relative to the others: COCO's labels are the best, Leeds'
/// are noisy, frames of one JHMDB clip are alike and fashion poses are easy.
const SOURCE_WEIGHTS: [(&str, f64); 5] =
    [("coco", 2.0), ("lspet", 1.0), ("jhmdb", 0.6), ("fashion", 0.6), ("sport", 1.0)];

/// Crops are varied at most so many times as strongly as [`Augmentation`] says.
const MOST_STRENGTH: f64 = 2.0;

/// When a training is over. The learning rate falls to its end along the way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// After this many steps.
    Steps(u64),
    /// After this many minutes spent in steps; reading data, checkpoints and evaluation do not count.
    Minutes(f64),
}

impl Budget {
    /// How much of the budget is spent, 0 … 1.
    pub fn share(self, steps: u64, minutes: f64) -> f64 {
        let share = match self {
            Self::Steps(total) => steps as f64 / total as f64,
            Self::Minutes(total) => minutes / total,
        };
        share.clamp(0.0, 1.0)
    }
}

/// Everything that decides what a training gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainConfig {
    /// Folders that hold the splits.
    pub data: Vec<PathBuf>,
    /// The split to learn from.
    pub split: String,
    /// The split to measure on in the end; folders without it are passed over.
    pub dev: String,
    /// At most this many people of each split, for trying things out.
    pub limit: Option<usize>,
    /// Whether labels that fit a picture both as it is stored and upright are turned with it.
    #[serde(default)]
    pub turn_labels: bool,
    /// The network to train.
    pub network: NetworkConfig,
    /// Input sizes; one is drawn for every step.
    pub sizes: Vec<InputShare>,
    /// When it is over.
    pub budget: Budget,
    /// Learning rate after the warm-up.
    pub learning_rate: f64,
    /// Learning rate of Muon after the warm-up, which then trains the matrices (linear layers and 1×1 convolutions
    /// between hidden layers) in AdamW's place; it falls with the other.
    pub muon_rate: Option<f64>,
    /// Weight of the location loss beside that of the heatmaps: the cross-entropy, in nats, of each joint's place
    /// under a softmax over the map that a head of its own makes while training.
    pub location_loss: f64,
    /// Weight decay, on tensors of two or more dimensions.
    pub weight_decay: f64,
    /// Steps in which the learning rate rises.
    pub warm_up: u64,
    /// The gradient's norm is cut to this.
    pub clip: f64,
    /// Largest share of the old average that a step keeps.
    pub average_decay: f64,
    /// Where all random numbers come from.
    pub seed: u64,
    /// How crops are varied.
    pub augmentation: Augmentation,
    /// How strongly, relative to that, when the training begins and when it ends; it goes evenly from one to the other.
    #[serde(default = "full_strength")]
    pub augmentation_strength: [f64; 2],
    /// How often a crop of a source is drawn, relative to the others; 1 for sources not named.
    pub source_weights: BTreeMap<String, f64>,
    /// Whether the network runs in 16 bits on CUDA.
    pub mixed_precision: bool,
}

/// As trainings were before there was a choice.
fn full_strength() -> [f64; 2] {
    [1.0; 2]
}

impl Default for TrainConfig {
    fn default() -> Self {
        Self {
            data: Vec::new(),
            split: "train".into(),
            dev: "dev".into(),
            limit: None,
            turn_labels: false,
            network: NetworkConfig::small().with_ema(8),
            sizes: InputShare::standard(),
            budget: Budget::Minutes(24.0),
            learning_rate: 1.5e-3,
            muon_rate: None,
            location_loss: 0.0,
            weight_decay: 0.05,
            warm_up: 500,
            clip: 5.0,
            average_decay: 0.9995,
            seed: 0,
            augmentation: Augmentation::default(),
            augmentation_strength: full_strength(),
            source_weights: SOURCE_WEIGHTS.map(|(source, weight)| (source.to_owned(), weight)).into(),
            mixed_precision: true,
        }
    }
}

impl TrainConfig {
    /// Whether one can train with these settings.
    ///
    /// # Errors
    /// Names the setting that is out of range, what was expected and what it is.
    pub fn check(&self) -> Result<(), TrainError> {
        let fail = |problem: String| Err(TrainError::Config(problem));
        self.network.check()?;
        if self.network.joints != KEYPOINT_COUNT as i64 {
            return fail(format!(
                "the network has {} joints, expected {KEYPOINT_COUNT}",
                self.network.joints
            ));
        }
        if self.data.is_empty() {
            return fail("expected at least one data folder, found none".into());
        }
        if self.sizes.is_empty() {
            return fail("expected at least one input size, found none".into());
        }
        let (rows, columns) = self.network.input_step();
        for share in &self.sizes {
            share.check()?;
            if !self.network.takes(share.size.height(), share.size.width()) {
                return fail(format!("this network takes multiples of {rows}×{columns}, not {}", share.size));
            }
            if self.sizes.iter().filter(|other| other.size == share.size).count() > 1 {
                return fail(format!("the input size {} is given more than once", share.size));
            }
        }
        match self.budget {
            Budget::Steps(0) => return fail("expected at least one step, found 0".into()),
            Budget::Minutes(minutes) => in_range("minutes", minutes, f64::MIN_POSITIVE, 1e7)?,
            Budget::Steps(_) => {}
        }
        in_range("learning rate", self.learning_rate, f64::MIN_POSITIVE, 10.0)?;
        in_range("learning rate of Muon", self.muon_rate.unwrap_or(1.0), f64::MIN_POSITIVE, 10.0)?;
        in_range("weight of the location loss", self.location_loss, 0.0, 1e3)?;
        in_range("weight decay", self.weight_decay, 0.0, 10.0)?;
        in_range("gradient norm", self.clip, f64::MIN_POSITIVE, 1e9)?;
        in_range("average's decay", self.average_decay, 0.0, 1.0)?;
        for (source, weight) in &self.source_weights {
            in_range(&format!("weight of source {source:?}"), *weight, 0.0, 1e6)?;
        }
        self.augmentation.check()?;
        for strength in self.augmentation_strength {
            in_range("strength of the augmentation", strength, 0.0, MOST_STRENGTH)?;
            self.augmentation.scaled(strength).check()?;
        }
        Ok(())
    }

    /// What keeps a training with these settings from being the continuation of one with `earlier` ones, if
    /// anything does. Data may have moved, and the budget may grow.
    pub fn conflict_with(&self, earlier: &Self) -> Option<String> {
        let movable = |config: &Self| Self {
            data: Vec::new(),
            dev: String::new(),
            budget: Budget::Steps(1),
            mixed_precision: true,
            ..config.clone()
        };
        let as_json = |config: &Self| serde_json::to_value(movable(config)).unwrap_or_default();
        let (new, old) = (as_json(self), as_json(earlier));
        let fields = new.as_object()?;
        fields.iter().find_map(|(name, value)| {
            let before = old.get(name)?;
            (before != value)
                .then(|| format!("was trained with {name} {before}, and now it is to be {value}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usable() -> TrainConfig {
        TrainConfig { data: vec!["data".into()], ..TrainConfig::default() }
    }

    #[test]
    fn settings_out_of_range_are_named() {
        assert!(usable().check().is_ok());
        let message = |config: TrainConfig| config.check().unwrap_err().to_string();
        assert!(message(TrainConfig::default()).contains("data folder"));
        assert!(message(TrainConfig { learning_rate: 0.0, ..usable() }).contains("learning rate: expected"));
        assert!(message(TrainConfig { clip: f64::NAN, ..usable() }).contains("found NaN"));
        assert!(message(TrainConfig { budget: Budget::Steps(0), ..usable() }).contains("found 0"));
        let mut halving = usable();
        halving.network.stem_stride = 2;
        assert!(message(halving).contains("multiples of 64×48, not 32×24"));
    }

    #[test]
    fn only_data_and_budget_may_change_between_parts() {
        let other = TrainConfig { budget: Budget::Steps(7), data: vec!["elsewhere".into()], ..usable() };
        assert_eq!(other.conflict_with(&usable()), None);
        let faster = TrainConfig { learning_rate: 0.5, ..usable() };
        let conflict = faster.conflict_with(&usable()).unwrap();
        assert_eq!(conflict, "was trained with learning_rate 0.0015, and now it is to be 0.5");
    }

    #[test]
    fn json_keeps_every_setting() {
        let text = serde_json::to_string(&usable()).unwrap();
        assert_eq!(serde_json::from_str::<TrainConfig>(&text).unwrap(), usable());
    }
}
