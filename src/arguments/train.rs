//! What can be said to `posescope train`.

use std::path::PathBuf;

use clap::value_parser;

use crate::network::{DeviceChoice, STAGES, Variant};
use crate::train::{InputShare, WeightsName};

/// Arguments of `posescope train`.
#[derive(clap::Args, Clone, Debug)]
pub struct TrainArgs {
    /// Folders with SPLIT.json or SPLIT-*.json (COCO keypoints) and the pictures in tar files or folders
    #[arg(long, value_name = "DIR", num_args = 1..)]
    pub(crate) data: Vec<PathBuf>,
    /// Folder for last.safetensors (checkpoint), log.csv and the weights
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Name of the weights' file [default: the network's, as in cmsa-s-ema]
    #[arg(long)]
    pub(crate) name: Option<WeightsName>,
    /// Go on from the checkpoint in --out; settings are those it was started with
    #[arg(long)]
    pub(crate) resume: bool,
    /// Where the network runs: auto, cpu or cuda
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    pub(crate) device: DeviceChoice,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) budget: BudgetArgs,
    #[command(flatten)]
    pub(crate) recipe: RecipeArgs,
}

/// How long to train.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Budget")]
pub struct BudgetArgs {
    /// Train for this many steps
    #[arg(long, value_name = "N", conflicts_with = "minutes", value_parser = value_parser!(u64).range(1..))]
    pub(crate) steps: Option<u64>,
    /// Train for this many minutes, over all parts of a resumed training [default: 24]
    #[arg(long, value_name = "M", value_parser = minutes)]
    pub(crate) minutes: Option<f64>,
    /// Pause after this many minutes, to be resumed later
    #[arg(long, value_name = "M", value_parser = minutes)]
    pub(crate) pause_after: Option<f64>,
    /// Pause at this step, to be resumed later
    #[arg(long, value_name = "N")]
    pub(crate) pause_at_step: Option<u64>,
}

/// What to train, and how.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Recipe")]
pub struct RecipeArgs {
    /// Begin with the weights of this file (safetensors or .pth), and train the network that they are of
    #[arg(long, value_name = "FILE", conflicts_with_all = ["resume", "variant", "channels", "heads", "depths", "ema", "stem_stride"])]
    pub(crate) init: Option<PathBuf>,
    /// Network: T, S, B or L [default: S]
    #[arg(long, value_name = "VARIANT")]
    pub(crate) variant: Option<Variant>,
    /// Channels of the three stages, in place of the variant's
    #[arg(long, value_name = "N,N,N", value_parser = by_stage)]
    pub(crate) channels: Option<[i64; STAGES]>,
    /// Heads of each scale of the three stages, as in 2,2,1/3,3/4,4, in place of the variant's
    #[arg(long, value_name = "N,N,N/N,N/N,N", value_parser = heads_by_stage)]
    pub(crate) heads: Option<[Vec<i64>; STAGES]>,
    /// Blocks of the three stages [default: 2,4,3]
    #[arg(long, value_name = "N,N,N", value_parser = by_stage)]
    pub(crate) depths: Option<[i64; STAGES]>,
    /// Channel groups of the EMA modules; 0 for a network without them [default: 8]
    #[arg(long, value_name = "GROUPS")]
    pub(crate) ema: Option<u32>,
    /// 2 to halve the map at the stem [default: 1]
    #[arg(long, value_name = "N")]
    pub(crate) stem_stride: Option<i64>,
    /// Input sizes, each as height×width, height×width:crops or height×width:crops:share
    /// [default: 32x24:512:0.4,64x48:256:0.33,96x72:128:0.17,128x96:96:0.1]
    #[arg(long, value_name = "SIZE", value_delimiter = ',', num_args = 1..)]
    pub(crate) sizes: Vec<InputShare>,
    /// Learning rate after the warm-up [default: 0.0015]
    #[arg(long, value_name = "RATE")]
    pub(crate) lr: Option<f64>,
    /// Train matrices by Muon, with this learning rate (0.02 is usual), and the rest by AdamW [default: AdamW alone]
    #[arg(long, value_name = "RATE")]
    pub(crate) muon: Option<f64>,
    /// Weight of a second loss, the likelihood of each joint's place; 1 speeds the beginning up [default: 0]
    #[arg(long, value_name = "WEIGHT")]
    pub(crate) location_loss: Option<f64>,
    /// Weight decay of matrices and kernels [default: 0.05]
    #[arg(long, value_name = "DECAY")]
    pub(crate) weight_decay: Option<f64>,
    /// Steps in which the learning rate rises [default: 500]
    #[arg(long, value_name = "N")]
    pub(crate) warm_up: Option<u64>,
    /// Largest norm of the gradient [default: 5]
    #[arg(long, value_name = "NORM")]
    pub(crate) clip: Option<f64>,
    /// Largest share of the old average weights that a step keeps [default: 0.9995]
    #[arg(long, value_name = "SHARE")]
    pub(crate) average_decay: Option<f64>,
    /// Seed of all random numbers [default: 0]
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// How strongly crops are varied: 1 is usual, 0 leaves mirrors alone, and 0.4:0.1 falls from one to the other
    /// [default: 1]
    #[arg(long, value_name = "STRENGTH", value_parser = strengths)]
    pub(crate) augment: Option<[f64; 2]>,
    /// Show every crop as it is
    #[arg(long, conflicts_with = "augment")]
    pub(crate) no_augment: bool,
    /// How often crops of a source are drawn, relative to others, as in coco=2
    #[arg(long, value_name = "SOURCE=WEIGHT", value_delimiter = ',', num_args = 1.., value_parser = source_weight)]
    pub(crate) source_weights: Vec<(String, f64)>,
    /// Stay with 32 bits on CUDA
    #[arg(long)]
    pub(crate) full_precision: bool,
    /// The split to learn from [default: train]
    #[arg(long, value_name = "SPLIT")]
    pub(crate) split: Option<String>,
    /// The split to measure on in the end, if it is there [default: dev]
    #[arg(long, value_name = "SPLIT")]
    pub(crate) dev: Option<String>,
    /// Take only this many people of each split
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Turn labels with pictures that are turned by their EXIF data, where they fit them turned or not
    #[arg(long)]
    pub(crate) turn_labels: bool,
}

/// Most minutes that can be named: nineteen years.
const MOST_MINUTES: f64 = 1e7;

fn minutes(text: &str) -> Result<f64, String> {
    let minutes = text.trim().parse().ok().filter(|minutes| (0.0..=MOST_MINUTES).contains(minutes));
    minutes.ok_or_else(|| format!("expected minutes from 0 to 10,000,000, found {text:?}"))
}

/// Strengths at the beginning and the end of a training.
fn strengths(text: &str) -> Result<[f64; 2], String> {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    let both: Result<Vec<f64>, _> = [from, to].into_iter().map(|text| text.trim().parse()).collect();
    let both = both.ok().and_then(|both| both.try_into().ok());
    both.ok_or_else(|| format!("{text:?}: expected a strength, as in 0.5, or two, as in 0.4:0.1"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strengths_are_one_number_or_two() {
        assert_eq!((strengths("0.5"), strengths("0.4:0.1")), (Ok([0.5, 0.5]), Ok([0.4, 0.1])));
        for text in ["", "strong", "0.4:", "1:2:3"] {
            assert!(strengths(text).is_err(), "{text}");
        }
    }

    #[test]
    fn minutes_are_numbers_from_0_up() {
        assert_eq!((minutes("0"), minutes("1.5"), minutes("1e7")), (Ok(0.0), Ok(1.5), Ok(1e7)));
        for text in ["nan", "inf", "-inf", "-1", "1e8", "", "soon"] {
            let message = minutes(text).unwrap_err();
            assert_eq!(message, format!("expected minutes from 0 to 10,000,000, found {text:?}"));
        }
    }
}
