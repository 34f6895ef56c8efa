//! `posescope eval`: the accuracy of a network over a COCO keypoint data set, from ground-truth boxes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use super::apart::check_apart;
use super::eval_report::{NetworkReport, Report, SizeReport};
use super::eval_table::{results_table, table};
use super::network_args::sizes_to_measure;
use super::output::{check_writable, warn};
use super::progress::run_with_bar;
use crate::arguments::EvalArgs;
use crate::counted::counted;
use crate::engine::Settings;
use crate::pose::coco::write_results;
use crate::study::{Experiment, Figures, Found, Pass, People, ResultsScore, detections};

/// Measures and reports.
///
/// # Errors
/// When the network, the data set or an output cannot be used.
pub fn run(args: &EvalArgs) -> anyhow::Result<()> {
    args.output.check()?;
    let read: Vec<PathBuf> = args
        .data
        .files()
        .into_iter()
        .chain(args.results.clone())
        .chain(args.network.file().cloned())
        .collect();
    check_apart(&[args.output.out.as_deref(), args.detections.as_deref()], &read)?;
    if let Some(results) = &args.results {
        return score(args, results);
    }
    args.detections.as_deref().map_or(Ok(()), check_writable)?;
    let predictor = args.network.load()?;
    let mut sizes = sizes_to_measure(predictor.info(), &args.sizes)?;
    let square = predictor.info().square();
    if square.is_some() && args.capture.is_some() {
        // Sizes of one capture are one and the same to a network that always gets the same square.
        sizes.truncate(1);
    }
    let flip_test = args.flip || !(args.no_flip || square.is_some());
    if args.detections.is_some() && sizes.len() != 1 {
        bail!("--detections takes a single size, found {}; name one with --sizes 64x48", sizes.len());
    }
    let set = Arc::new(args.data.open()?);
    let settings: Vec<Settings> =
        sizes.iter().map(|size| args.view.settings(*size, args.capture, flip_test)).collect();
    let people = Arc::new(People::labelled(set.clone()));
    let mut experiment = Experiment::over(people.clone(), settings.clone());
    run_with_bar(&mut experiment, &predictor, people.len(), args.output.json)?;

    let passes: Vec<&Pass> = (0..settings.len()).filter_map(|index| experiment.pass(index)).collect();
    let found: Vec<Vec<Found>> = passes.iter().map(|pass| people.found(pass)).collect();
    if let (Some(path), [found]) = (&args.detections, found.as_slice()) {
        write_results(path, &detections(&set.dataset, found))?;
    }
    let unusable_boxes = people.len() - found.first().map_or(0, Vec::len);
    if unusable_boxes > 0 {
        warn(&format!(
            "{} outside the picture or without a size, counted as not found",
            counted(unusable_boxes, "box", "boxes")
        ));
    }
    let told = experiment.warnings();
    told.iter().for_each(|warning| warn(warning));
    let report = Report {
        network: NetworkReport::from(predictor.info().as_ref()),
        annotations: set.path.display().to_string(),
        pictures: set.dataset.images.len(),
        people: people.len(),
        unusable_boxes,
        warnings: set.warnings.iter().cloned().chain(told).collect(),
        sizes: settings
            .into_iter()
            .zip(found.iter().zip(&passes))
            .map(|(settings, (found, pass))| SizeReport {
                settings,
                figures: Figures::of(&set.dataset, found),
                network_ms_per_person: pass.ms_per_person(),
            })
            .collect(),
    };
    args.output.deliver(&report, || table(&report))
}

/// Compares another program's results with the labels.
fn score(args: &EvalArgs, results: &Path) -> anyhow::Result<()> {
    let score = ResultsScore::of(&args.data.description()?, results)?;
    score.warnings.iter().for_each(|warning| warn(warning));
    args.output.deliver(&score, || results_table(&score))
}
