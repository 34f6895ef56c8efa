//! `posescope train`: makes the networks, and goes on with those that are half made.

mod args;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use serde::Serialize;
use tch::Device;

use super::output::{print, warn};
use super::printable::printable;
use crate::arguments::TrainArgs;
use crate::counted::counted;
use crate::network::keep_freed_memory;
use crate::pose::InputSize;
use crate::train::{
    CropSet, Outcome, Progress, SizeScore, Split, TrainConfig, TrainError, Trainer, evaluate,
    run as run_training,
};

/// Parts a progress bar is divided into.
const BAR_PARTS: u64 = 10_000;
/// The bar while a network is trained.
const TRAINING_BAR: &str = "{bar:20} {percent}% {msg}";
/// The bar while pictures are read.
const READING_BAR: &str = "{msg} {bar:20} {pos}/{len} {eta}";
/// Exit status of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

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
    let start = args.start()?;
    let earlier = checkpoint.as_ref().map(|c| c.config().clone()).unwrap_or_default();
    let config = args.applied(earlier, start.as_ref())?;
    let named = |error: TrainError| match &start {
        Some(weights) => anyhow::Error::new(error).context(weights.path.display().to_string()),
        None => error.into(),
    };
    config.check().map_err(named)?;
    let outputs = args.outputs(&config.network)?;
    if let Some(warning) = outputs.set_damaged_log_aside()? {
        warn(&warning);
    }
    let device = args.device.resolve()?;
    let stop = stop_on_interrupt()?;

    let split = Split::find(&config.data, &config.split)?;
    let crops = load(&split, &config, device)?;
    let train_people = crops.len();
    let mut trainer = match (&checkpoint, &start) {
        (Some(checkpoint), _) => Trainer::resumed(config, crops, checkpoint)?,
        (None, Some(weights)) => Trainer::begun_with(config, crops, weights)?,
        (None, None) => Trainer::new(config, crops)?,
    };
    let bar = bar(BAR_PARTS, TRAINING_BAR);
    let outcome = run_training(&mut trainer, &outputs, args.pace(&stop), |progress| show(&bar, progress))?;
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
        dev: if finished { measured(&mut trainer, device)? } else { BTreeMap::new() },
    };
    print(&if args.json { serde_json::to_string(&report)? + "\n" } else { told(&report) })
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
    let crops = CropSet::load(split, device, config.limit, config.turn_labels, |done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    })?;
    bar.finish_and_clear();
    for warning in crops.warnings() {
        warn(warning);
    }
    let passed_over = crops.passed_over();
    tracing::info!(people = crops.len(), passed_over, sources = ?crops.sources(), "read");
    Ok(crops)
}

/// The accuracy on the dev split, where the data has one.
fn measured(trainer: &mut Trainer, device: Device) -> anyhow::Result<BTreeMap<InputSize, SizeScore>> {
    let config = trainer.config().clone();
    let Some(split) = Split::find_where_present(&config.data, &config.dev)? else {
        return Ok(BTreeMap::new());
    };
    let crops = load(&split, &config, device)?;
    let bar = bar(config.sizes.len() as u64, READING_BAR).with_message("measuring");
    let mut scores = BTreeMap::new();
    for share in &config.sizes {
        scores.insert(share.size, evaluate(trainer.average_at(share.size), &crops, share.size)?);
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
    if let Some(size) = progress.measuring {
        bar.set_message(format!("measuring batch-norm statistics at {size}"));
        return;
    }
    let losses: Vec<String> =
        progress.losses.iter().map(|(size, loss)| format!("{size} {loss:.3}")).collect();
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
    let Report { steps, crops, minutes, weights, .. } = report;
    let mut text = format!(
        "{steps} steps, {crops} crops, {minutes:.1} minutes: {}\n",
        printable(&weights.display().to_string())
    );
    if !report.finished {
        text += &format!(
            "paused; --resume goes on from {}\n",
            printable(&report.checkpoint.display().to_string())
        );
    }
    for (size, score) in &report.dev {
        let ap = score.all.ap.map_or("no AP".to_owned(), |ap| format!("AP {:.1}", 100.0 * ap));
        let people = counted(score.all.people, "person", "people");
        text += &format!("{size}: {ap}, OKS {:.3} over {people}\n", score.all.oks);
    }
    text
}
