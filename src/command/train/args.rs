//! What the user may say about a training.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::anyhow;
use clap::value_parser;

use crate::network::{DeviceChoice, NetworkConfig, STAGES};
use crate::train::{Augmentation, Budget, Checkpoint, InputShare, Outputs, Pace, TrainConfig, TrainError};

/// Arguments of `posescope train`.
#[derive(clap::Args, Clone, Debug)]
pub struct TrainArgs {
    /// Folders with SPLIT.json or SPLIT-*.json (COCO keypoints) and the pictures in tar files or folders
    #[arg(long, value_name = "DIR", num_args = 1..)]
    data: Vec<PathBuf>,
    /// Folder for last.safetensors (checkpoint), log.csv and the weights
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// Name of the weights' file [default: the network's, as in cmsa-s-ema]
    #[arg(long, value_parser = weights_name)]
    name: Option<String>,
    /// Go on from the checkpoint in --out; settings are those it was started with
    #[arg(long)]
    resume: bool,
    /// Where the network runs: auto, cpu or cuda
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    pub(super) device: DeviceChoice,
    /// Print the result as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    recipe: RecipeArgs,
}

/// How long to train.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Budget")]
struct BudgetArgs {
    /// Train for this many steps
    #[arg(long, value_name = "N", conflicts_with = "minutes", value_parser = value_parser!(u64).range(1..))]
    steps: Option<u64>,
    /// Train for this many minutes, over all parts of a resumed training [default: 24]
    #[arg(long, value_name = "M", value_parser = minutes)]
    minutes: Option<f64>,
    /// Pause after this many minutes, to be resumed later
    #[arg(long, value_name = "M", value_parser = minutes)]
    pause_after: Option<f64>,
    /// Pause at this step, to be resumed later
    #[arg(long, value_name = "N")]
    pause_at_step: Option<u64>,
}

/// What to train, and how.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Recipe")]
struct RecipeArgs {
    /// Network: T, S, B or L [default: S]
    #[arg(long, value_name = "VARIANT", value_parser = NetworkConfig::named)]
    variant: Option<NetworkConfig>,
    /// Channels of the three stages, in place of the variant's
    #[arg(long, value_name = "N,N,N", value_parser = by_stage)]
    channels: Option<[i64; STAGES]>,
    /// Heads of each scale of the three stages, as in 2,2,1/3,3/4,4, in place of the variant's
    #[arg(long, value_name = "N,N,N/N,N/N,N", value_parser = heads_by_stage)]
    heads: Option<[Vec<i64>; STAGES]>,
    /// Blocks of the three stages [default: 2,4,3]
    #[arg(long, value_name = "N,N,N", value_parser = by_stage)]
    depths: Option<[i64; STAGES]>,
    /// Channel groups of the EMA modules; 0 for a network without them [default: 8]
    #[arg(long, value_name = "GROUPS")]
    ema: Option<u32>,
    /// 2 to halve the map at the stem [default: 1]
    #[arg(long, value_name = "N")]
    stem_stride: Option<i64>,
    /// Input sizes, each as height×width, height×width:crops or height×width:crops:share
    /// [default: 32x24:512:0.4,64x48:256:0.33,96x72:128:0.17,128x96:96:0.1]
    #[arg(long, value_name = "SIZE", value_delimiter = ',', num_args = 1..)]
    sizes: Vec<InputShare>,
    /// Learning rate after the warm-up [default: 0.0015]
    #[arg(long, value_name = "RATE")]
    lr: Option<f64>,
    /// Train matrices by Muon, with this learning rate (0.02 is usual), and the rest by AdamW [default: AdamW alone]
    #[arg(long, value_name = "RATE")]
    muon: Option<f64>,
    /// Weight of a second loss, the likelihood of each joint's place; 1 speeds the beginning up [default: 0]
    #[arg(long, value_name = "WEIGHT")]
    location_loss: Option<f64>,
    /// Weight decay of matrices and kernels [default: 0.05]
    #[arg(long, value_name = "DECAY")]
    weight_decay: Option<f64>,
    /// Steps in which the learning rate rises [default: 500]
    #[arg(long, value_name = "N")]
    warm_up: Option<u64>,
    /// Largest norm of the gradient [default: 5]
    #[arg(long, value_name = "NORM")]
    clip: Option<f64>,
    /// Largest share of the old average weights that a step keeps [default: 0.9995]
    #[arg(long, value_name = "SHARE")]
    average_decay: Option<f64>,
    /// Seed of all random numbers [default: 0]
    #[arg(long)]
    seed: Option<u64>,
    /// Show every crop as it is
    #[arg(long)]
    no_augment: bool,
    /// How often crops of a source are drawn, relative to others, as in coco=2
    #[arg(long, value_name = "SOURCE=WEIGHT", value_delimiter = ',', num_args = 1.., value_parser = source_weight)]
    source_weights: Vec<(String, f64)>,
    /// Stay with 32 bits on CUDA
    #[arg(long)]
    full_precision: bool,
    /// The split to learn from [default: train]
    #[arg(long, value_name = "SPLIT")]
    split: Option<String>,
    /// The split to measure on in the end, if it is there [default: dev]
    #[arg(long, value_name = "SPLIT")]
    dev: Option<String>,
    /// Take only this many people of each split
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Turn labels with pictures that are turned by their EXIF data, where they fit them turned or not
    #[arg(long)]
    turn_labels: bool,
}

fn weights_name(text: &str) -> Result<String, TrainError> {
    Outputs::check_name(text)?;
    Ok(text.to_owned())
}

/// Most minutes that can be named: nineteen years.
const MOST_MINUTES: f64 = 1e7;

fn minutes(text: &str) -> Result<f64, String> {
    let minutes = text.trim().parse().ok().filter(|minutes| (0.0..=MOST_MINUTES).contains(minutes));
    minutes.ok_or_else(|| format!("expected minutes from 0 to 10,000,000, found {text:?}"))
}

fn by_stage(text: &str) -> Result<[i64; STAGES], String> {
    let numbers: Result<Vec<i64>, _> = text.split(',').map(str::parse).collect();
    let numbers = numbers.ok().and_then(|numbers| numbers.try_into().ok());
    numbers.ok_or_else(|| format!("{text:?}: expected {STAGES} numbers, as in 2,4,3"))
}

fn heads_by_stage(text: &str) -> Result<[Vec<i64>; STAGES], String> {
    let stages: Result<Vec<Vec<i64>>, _> =
        text.split('/').map(|stage| stage.split(',').map(str::parse).collect()).collect();
    let stages = stages.ok().and_then(|stages| stages.try_into().ok());
    stages.ok_or_else(|| format!("{text:?}: expected heads of {STAGES} stages, as in 2,2,1/3,3/4,4"))
}

fn source_weight(text: &str) -> Result<(String, f64), String> {
    let (source, weight) = text.split_once('=').ok_or_else(|| format!("{text:?}: expected source=weight"))?;
    let weight = weight.parse().map_err(|_| format!("{weight:?} is no weight in {text:?}"))?;
    Ok((source.to_owned(), weight))
}

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
            *network =
                NetworkConfig { ema_groups: network.ema_groups, stem_stride: network.stem_stride, ..variant };
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
    /// The settings with those that the user named in place.
    pub(super) fn applied(&self, config: TrainConfig) -> TrainConfig {
        let mut config = self.recipe.applied(config);
        set(&mut config.data, (!self.data.is_empty()).then(|| self.data.clone()));
        set(&mut config.budget, self.budget.steps.map(Budget::Steps));
        set(&mut config.budget, self.budget.minutes.map(Budget::Minutes));
        config
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
        Outputs::new(&self.out, &self.name.clone().unwrap_or_else(usual))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_numbers_from_0_up() {
        assert_eq!((minutes("0"), minutes("1.5"), minutes("1e7")), (Ok(0.0), Ok(1.5), Ok(1e7)));
        for text in ["nan", "inf", "-inf", "-1", "1e8", "", "soon"] {
            let message = minutes(text).unwrap_err();
            assert_eq!(message, format!("expected minutes from 0 to 10,000,000, found {text:?}"));
        }
    }
}
