//! `posescope train`: makes the networks, and goes on with those that are half made.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, anyhow};
use clap::value_parser;
use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use serde::Serialize;
use tch::Device;

use super::output::print;
use crate::network::{DeviceChoice, NetworkConfig, STAGES, keep_freed_memory};
use crate::pose::InputSize;
use crate::train::{
    Augmentation, Budget, Checkpoint, CropSet, InputShare, Outcome, Outputs, Pace, Progress, SizeScore,
    Split, TrainConfig, Trainer, evaluate, run as run_training,
};

/// Parts a progress bar is divided into.
const BAR_PARTS: u64 = 10_000;
/// The bar while a network is trained.
const TRAINING_BAR: &str = "{bar:20} {percent}% {msg}";
/// The bar while pictures are read.
const READING_BAR: &str = "{msg} {bar:20} {pos}/{len} {eta}";
/// Exit status of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Arguments of `posescope train`.
#[derive(clap::Args, Clone, Debug)]
pub struct TrainArgs {
    /// Folders with SPLIT.json or SPLIT-*.json (COCO keypoints) and the pictures in tar files or folders
    #[arg(long, value_name = "DIR", num_args = 1..)]
    data: Vec<PathBuf>,
    /// Folder for last.safetensors (checkpoint), log.csv and the weights
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Name of the weights' file [default: the network's, as in cmsa-s-ema]
    #[arg(long)]
    name: Option<String>,
    /// Go on from the checkpoint in --out; settings are those it was started with
    #[arg(long)]
    resume: bool,
    /// Where the network runs: auto, cpu or cuda
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    device: DeviceChoice,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
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
    #[arg(long, value_name = "M")]
    minutes: Option<f64>,
    /// Pause after this many minutes, to be resumed later
    #[arg(long, value_name = "M")]
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
}

fn by_stage(text: &str) -> Result<[i64; STAGES], String> {
    let numbers: Result<Vec<i64>, _> = text.split(',').map(str::parse).collect();
    let numbers = numbers.ok().and_then(|numbers| numbers.try_into().ok());
    numbers.ok_or_else(|| format!("{text:?}: expected {STAGES} numbers, as in 2,4,3"))
}

fn source_weight(text: &str) -> Result<(String, f64), String> {
    let (source, weight) = text
        .split_once('=')
        .ok_or_else(|| format!("{text:?}: expected source=weight"))?;
    let weight = weight
        .parse()
        .map_err(|_| format!("{weight:?} is no weight in {text:?}"))?;
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
            *network = NetworkConfig {
                ema_groups: network.ema_groups,
                stem_stride: network.stem_stride,
                ..variant
            };
        }
        set(&mut network.channels, this.channels);
        set(&mut network.depths, this.depths);
        set(
            &mut network.ema_groups,
            this.ema.map(|groups| (groups > 0).then_some(i64::from(groups))),
        );
        set(&mut network.stem_stride, this.stem_stride);
        set(&mut config.sizes, (!this.sizes.is_empty()).then_some(this.sizes));
        set(&mut config.learning_rate, this.lr);
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
        config
    }
}

impl TrainArgs {
    /// The settings with those that the user named in place.
    fn applied(&self, config: TrainConfig) -> TrainConfig {
        let mut config = self.recipe.applied(config);
        set(
            &mut config.data,
            (!self.data.is_empty()).then(|| self.data.clone()),
        );
        set(&mut config.budget, self.budget.steps.map(Budget::Steps));
        set(&mut config.budget, self.budget.minutes.map(Budget::Minutes));
        config
    }

    /// The checkpoint to go on from, if it is to be gone on from one.
    fn checkpoint(&self) -> anyhow::Result<Option<Checkpoint>> {
        let path = Outputs::checkpoint_in(&self.out);
        match (self.resume, path.exists()) {
            (true, true) => Ok(Some(Checkpoint::read(&path)?)),
            (false, false) => Ok(None),
            (true, false) => Err(anyhow!(
                "--resume: expected the checkpoint {}, found no such file",
                path.display()
            )),
            (false, true) => Err(anyhow!(
                "{} is the checkpoint of an earlier training; go on with --resume, or choose another --out",
                path.display()
            )),
        }
    }

    fn outputs(&self, network: &NetworkConfig) -> Outputs {
        let usual = || {
            network
                .name()
                .to_lowercase()
                .replace(" + ", "-")
                .replace(' ', "-")
        };
        Outputs::new(&self.out, &self.name.clone().unwrap_or_else(usual))
    }
}

/// What a training came to.
#[derive(Debug, Serialize)]
struct Report {
    finished: bool,
    steps: u64,
    crops: u64,
    minutes: f64,
    device: &'static str,
    parameters: usize,
    train_people: usize,
    weights: PathBuf,
    checkpoint: PathBuf,
    log: PathBuf,
    /// Accuracy of the averaged weights on the dev split; empty where there is none or training was paused.
    dev: BTreeMap<InputSize, SizeScore>,
}

/// Trains.
///
/// # Errors
/// When a setting, the data or a file is at fault, or a step fails.
pub fn run(args: TrainArgs) -> anyhow::Result<()> {
    keep_freed_memory();
    std::fs::create_dir_all(&args.out).with_context(|| format!("cannot write {}", args.out.display()))?;
    let checkpoint = args.checkpoint()?;
    let config = args.applied(
        checkpoint
            .as_ref()
            .map(|c| c.config().clone())
            .unwrap_or_default(),
    );
    config.check()?;
    let outputs = args.outputs(&config.network);
    let device = args.device.resolve()?;
    let stop = stop_on_interrupt()?;

    let split = Split::find(&config.data, &config.split)?;
    let crops = load(&split, &config, device)?;
    let train_people = crops.len();
    let mut trainer = match &checkpoint {
        Some(checkpoint) => Trainer::resumed(config, crops, checkpoint)?,
        None => Trainer::new(config, crops)?,
    };
    let pace = Pace {
        stop: Some(&stop),
        pause_at_step: args.budget.pause_at_step,
        pause_after: args
            .budget
            .pause_after
            .map(|minutes| Duration::from_secs_f64(minutes.clamp(0.0, 1e7) * 60.0)),
    };
    let bar = bar(BAR_PARTS, TRAINING_BAR);
    let outcome = run_training(&mut trainer, &outputs, pace, |progress| show(&bar, progress))?;
    bar.finish_and_clear();

    let finished = outcome == Outcome::Finished;
    let report = Report {
        finished,
        steps: trainer.steps(),
        crops: trainer.crops_seen(),
        minutes: trainer.minutes(),
        device: if device == Device::Cpu { "CPU" } else { "CUDA" },
        parameters: trainer.parameter_count(),
        train_people,
        weights: outputs.weights(),
        checkpoint: outputs.checkpoint(),
        log: outputs.log(),
        dev: if finished {
            measured(&trainer, device)?
        } else {
            BTreeMap::new()
        },
    };
    print(&if args.json {
        serde_json::to_string(&report)? + "\n"
    } else {
        told(&report)
    })
}

/// Ctrl-C asks the training to save and stop; a second one ends the program.
fn stop_on_interrupt() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = stop.clone();
    ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
    })
    .context("cannot watch for Ctrl-C")?;
    Ok(stop)
}

fn load(split: &Split, config: &TrainConfig, device: Device) -> anyhow::Result<CropSet> {
    let bar = bar(0, READING_BAR).with_message("reading pictures");
    let crops = CropSet::load(split, device, config.limit, |done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    })?;
    bar.finish_and_clear();
    let passed_over = crops.passed_over();
    tracing::info!(people = crops.len(), passed_over, sources = ?crops.sources(), "read");
    Ok(crops)
}

/// The accuracy on the dev split, where the data has one.
fn measured(trainer: &Trainer, device: Device) -> anyhow::Result<BTreeMap<InputSize, SizeScore>> {
    let config = trainer.config();
    let Some(split) = Split::find_where_present(&config.data, &config.dev)? else {
        return Ok(BTreeMap::new());
    };
    let crops = load(&split, config, device)?;
    let bar = bar(config.sizes.len() as u64, READING_BAR).with_message("measuring");
    let mut scores = BTreeMap::new();
    for share in &config.sizes {
        scores.insert(share.size, evaluate(trainer.average(), &crops, share.size)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(scores)
}

fn bar(length: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}

fn show(bar: &ProgressBar, progress: &Progress) {
    bar.set_position((progress.share * BAR_PARTS as f64) as u64);
    let losses: Vec<String> = progress
        .losses
        .iter()
        .map(|(size, loss)| format!("{size} {loss:.3}"))
        .collect();
    bar.set_message(format!(
        "step {}, loss {}, {:.0} crops/s, {} left",
        progress.step,
        losses.join(", "),
        progress.crops_per_second,
        HumanDuration(progress.time_left)
    ));
}

/// The report for people to read.
fn told(report: &Report) -> String {
    let Report {
        steps,
        crops,
        minutes,
        weights,
        ..
    } = report;
    let mut text = format!(
        "{steps} steps, {crops} crops, {minutes:.1} minutes: {}\n",
        weights.display()
    );
    if !report.finished {
        text += &format!("paused; --resume goes on from {}\n", report.checkpoint.display());
    }
    for (size, score) in &report.dev {
        let ap = score
            .all
            .ap
            .map_or("no AP".to_owned(), |ap| format!("AP {:.1}", 100.0 * ap));
        text += &format!(
            "{size}: {ap}, OKS {:.3} over {} people\n",
            score.all.oks, score.all.people
        );
    }
    text
}
