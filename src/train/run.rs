//! The loop around the steps: log, checkpoints, and a way to stop in between.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::error::TrainError;
use super::log::{self, TrainLog};
use super::trainer::Trainer;
use super::weights_name::{CHECKPOINT, WeightsName};
use crate::pose::InputSize;

/// Time between two checkpoints.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(5 * 60);
/// Share of the newest loss in the loss that is shown.
const SHOWN_SHARE: f64 = 0.05;

/// Where a training leaves its files.
#[derive(Clone, Debug, PartialEq)]
pub struct Outputs {
    folder: PathBuf,
    name: WeightsName,
}

impl Outputs {
    /// Files in `folder`, the weights under `name`.
    pub fn new(folder: &Path, name: WeightsName) -> Self {
        Self { folder: folder.to_owned(), name }
    }

    /// The checkpoint that the training in a folder goes on from.
    pub fn checkpoint_in(folder: &Path) -> PathBuf {
        folder.join(format!("{CHECKPOINT}.safetensors"))
    }

    /// The checkpoint that the training goes on from.
    pub fn checkpoint(&self) -> PathBuf {
        Self::checkpoint_in(&self.folder)
    }

    /// The averaged weights.
    pub fn weights(&self) -> PathBuf {
        self.folder.join(format!("{}.safetensors", self.name))
    }

    /// The record of losses.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log.csv")
    }

    /// Moves a damaged record of losses out of the way, so that a training can go on; gives a sentence about it.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub fn set_damaged_log_aside(&self) -> Result<Option<String>, TrainError> {
        log::set_damaged_aside(&self.log())
    }
}

/// When a run ends before the budget is spent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace<'a> {
    /// Set from outside, for instance by Ctrl-C.
    pub stop: Option<&'a AtomicBool>,
    /// Pause at this step.
    pub pause_at_step: Option<u64>,
    /// Pause after this much time.
    pub pause_after: Option<Duration>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The budget is spent.
    Finished,
    /// It can go on from the checkpoint.
    Paused,
}

/// Where a run is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Steps taken, over all parts of the training.
    pub step: u64,
    /// How much of the budget is spent, 0 … 1.
    pub share: f64,
    /// Running mean of the loss at each input size.
    pub losses: BTreeMap<InputSize, f64>,
    /// Crops a second, over this run.
    pub crops_per_second: f64,
    /// Time that the rest of the budget will take.
    pub time_left: Duration,
    /// The size whose batch-norm statistics are being measured, when all steps are taken.
    pub measuring: Option<InputSize>,
}

/// Steps until the budget is spent or the run is told to stop, then writes checkpoint and weights. A checkpoint is
/// written every five minutes as well. When the budget is spent, the weights' batch-norm statistics are measured anew
/// over crops as they are, and written again; the checkpoint keeps those of the varied ones, with which it could go on.
///
/// # Errors
/// When a step fails or a file cannot be written. The last checkpoint is then still there.
pub fn run(
    trainer: &mut Trainer,
    outputs: &Outputs,
    pace: Pace<'_>,
    mut observe: impl FnMut(&Progress),
) -> Result<Outcome, TrainError> {
    let clock = RunClock::start(trainer);
    let mut log = TrainLog::open(
        &outputs.log(),
        trainer.config(),
        trainer.steps(),
        (trainer.crops_seen(), trainer.minutes()),
    )?;
    let mut losses = BTreeMap::new();
    let mut saved = Instant::now();
    while trainer.progress() < 1.0 && !pace.over(trainer.steps(), clock.started) {
        let report = trainer.step()?;
        let shown = losses.entry(report.size).or_insert(report.loss);
        *shown += SHOWN_SHARE * (report.loss - *shown);
        let last = trainer.progress() >= 1.0 || pace.over(trainer.steps(), clock.started);
        log.add(&report, trainer.crops_seen(), trainer.minutes(), last)?;
        observe(&clock.progress(trainer, &losses));
        if saved.elapsed() >= CHECKPOINT_EVERY {
            trainer.save(&outputs.checkpoint())?;
            saved = Instant::now();
        }
    }
    trainer.save(&outputs.checkpoint())?;
    trainer.export(&outputs.weights())?;
    if trainer.progress() < 1.0 {
        return Ok(Outcome::Paused);
    }
    let observe_size = |trainer: &Trainer, size| {
        observe(&Progress { measuring: Some(size), ..clock.progress(trainer, &losses) });
    };
    if !trainer.measure_statistics(|| pace.is_stopped(), observe_size)? {
        return Ok(Outcome::Paused);
    }
    trainer.export(&outputs.weights())?;
    Ok(Outcome::Finished)
}

impl Pace<'_> {
    fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    fn over(&self, steps: u64, started: Instant) -> bool {
        self.is_stopped()
            || self.pause_at_step.is_some_and(|step| steps >= step)
            || self.pause_after.is_some_and(|time| started.elapsed() >= time)
    }
}

/// What a run started from, to tell its own pace.
struct RunClock {
    started: Instant,
    crops: u64,
    minutes: f64,
    share: f64,
}

impl RunClock {
    fn start(trainer: &Trainer) -> Self {
        let (crops, minutes, share) = (trainer.crops_seen(), trainer.minutes(), trainer.progress());
        Self { started: Instant::now(), crops, minutes, share }
    }

    fn progress(&self, trainer: &Trainer, losses: &BTreeMap<InputSize, f64>) -> Progress {
        let seconds = (trainer.minutes() - self.minutes) * 60.0;
        let share = trainer.progress();
        let left = seconds * (1.0 - share) / (share - self.share).max(f64::MIN_POSITIVE);
        Progress {
            step: trainer.steps(),
            share,
            losses: losses.clone(),
            crops_per_second: (trainer.crops_seen() - self.crops) as f64 / seconds.max(f64::MIN_POSITIVE),
            time_left: Duration::try_from_secs_f64(left).unwrap_or(Duration::MAX),
            measuring: None,
        }
    }
}
