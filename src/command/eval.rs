//! `posescope eval`: the accuracy of a network over a COCO keypoint data set, from ground-truth boxes.

use std::path::PathBuf;

use anyhow::bail;
use serde::Serialize;

use super::eval_table::table;
use super::figures::{Figures, Found, detections};
use super::labelled_set::{DataArgs, LabelledSet};
use super::measure::{Look, Pass, measure};
use super::network_args::{NetworkArgs, sizes_to_measure};
use super::output::{JsonArgs, check_writable, warn};
use super::progress::progress_bar;
use super::view_args::{ViewArgs, capture_height};
use crate::engine::{NetworkInfo, Settings};
use crate::pose::InputSize;
use crate::pose::coco::write_results;

/// Arguments of `posescope eval`.
#[derive(clap::Args, Clone, Debug)]
pub struct EvalArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    network: NetworkArgs,
    /// Network inputs, height×width [default: 32x24,64x48,96x72,128x96]
    #[arg(long, value_name = "SIZE", value_delimiter = ',')]
    sizes: Vec<InputSize>,
    /// Rows the camera spends on a person's region [default: those of the network input]
    #[arg(long, value_name = "ROWS", value_parser = capture_height)]
    capture: Option<u32>,
    /// Average with the mirrored pass, as published figures do; this is the default
    #[arg(long, conflicts_with = "no_flip")]
    flip: bool,
    /// Leave the mirrored pass out
    #[arg(long)]
    no_flip: bool,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: JsonArgs,
    /// Write the joints found as COCO results; takes a single size
    #[arg(long, value_name = "FILE")]
    detections: Option<PathBuf>,
}

/// Everything `posescope eval` reports.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub network: NetworkReport,
    pub annotations: String,
    pub pictures: usize,
    pub people: usize,
    /// People whose box nobody can be cut out of; they count as not found.
    pub unusable_boxes: usize,
    pub sizes: Vec<SizeReport>,
}

/// Which network was measured.
#[derive(Debug, Serialize)]
pub(super) struct NetworkReport {
    pub name: String,
    pub weights: Option<String>,
    pub parameters: usize,
    pub trained: bool,
    /// Input sizes it was trained at; empty where nobody knows.
    pub trained_sizes: Vec<InputSize>,
    pub device: String,
}

/// The figures at one network input.
#[derive(Debug, Serialize)]
pub(super) struct SizeReport {
    pub settings: Settings,
    #[serde(flatten)]
    pub figures: Figures,
    /// Milliseconds in the network, mirrored pass included.
    pub network_ms_per_person: f64,
}

impl From<&NetworkInfo> for NetworkReport {
    fn from(info: &NetworkInfo) -> Self {
        Self {
            name: info.name.clone(),
            weights: info.path.as_ref().map(|path| path.display().to_string()),
            parameters: info.parameters,
            trained: info.trained,
            trained_sizes: info.trained_sizes.clone(),
            device: info.device.clone(),
        }
    }
}

/// Measures and reports.
///
/// # Errors
/// When the network, the data set or an output cannot be used.
pub fn run(args: &EvalArgs) -> anyhow::Result<()> {
    args.output.check()?;
    args.detections.as_deref().map_or(Ok(()), check_writable)?;
    let predictor = args.network.load()?;
    let sizes = sizes_to_measure(predictor.info(), &args.sizes)?;
    if args.detections.is_some() && sizes.len() != 1 {
        bail!("--detections takes a single size, found {}; name one with --sizes 64x48", sizes.len());
    }
    let set = LabelledSet::open(&args.data)?;
    let settings: Vec<Settings> =
        sizes.iter().map(|size| args.view.settings(*size, args.capture, !args.no_flip)).collect();
    let (people, looks): (Vec<usize>, Vec<Look>) = set.looks().into_iter().unzip();

    let progress = progress_bar(looks.len(), "people", args.output.json);
    let passes = measure(&predictor, &set.pictures, &looks, &settings, |step| progress.inc(step as u64))?;
    progress.finish_and_clear();

    let found: Vec<Vec<Found>> = passes.iter().map(|pass| found(&people, pass)).collect();
    if let (Some(path), [found]) = (&args.detections, found.as_slice()) {
        write_results(path, &detections(&set.dataset, found))?;
    }
    let unusable_boxes = looks.len() - found.first().map_or(0, Vec::len);
    if unusable_boxes > 0 {
        warn(&format!(
            "{unusable_boxes} boxes lie outside their pictures or have no size; they count as not found"
        ));
    }
    let report = Report {
        network: NetworkReport::from(predictor.info().as_ref()),
        annotations: set.path.display().to_string(),
        pictures: set.dataset.images.len(),
        people: looks.len(),
        unusable_boxes,
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

fn found(people: &[usize], pass: &Pass) -> Vec<Found> {
    let people = people.iter().zip(&pass.poses);
    people.filter_map(|(&person, pose)| Some(Found { person, pose: (*pose)? })).collect()
}
