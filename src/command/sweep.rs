//! `posescope sweep`: how accuracy or agreement, and time, change with capture height and network input.

use std::path::PathBuf;

use anyhow::bail;

use super::labelled_set::DataArgs;
use super::measure::measure;
use super::network_args::{NetworkArgs, sizes_to_measure};
use super::output::{JsonArgs, check_writable, write_file};
use super::progress::progress_bar;
use super::subject::{BoxFile, Labelling};
use super::sweep_report::{SweepRow, csv, table};
use super::swept::Swept;
use super::view_args::{ViewArgs, capture_height};
use crate::engine::Settings;
use crate::pose::InputSize;

/// Capture heights of a sweep when none are named.
const CAPTURES: [u32; 7] = [16, 24, 32, 48, 64, 96, 128];

/// Arguments of `posescope sweep`.
#[derive(clap::Args, Clone, Debug)]
pub struct SweepArgs {
    /// Pictures, and folders of pictures, instead of a data set
    #[arg(value_name = "PICTURE", conflicts_with_all = ["annotations", "data"])]
    paths: Vec<PathBuf>,
    /// Boxes of the pictures in a COCO file [default: ground truth beside the picture, else the whole picture, refined]
    #[arg(long, value_name = "FILE", requires = "paths")]
    boxes: Option<PathBuf>,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    network: NetworkArgs,
    /// Rows the camera spends on a person's region
    #[arg(long, value_name = "ROWS", value_delimiter = ',', value_parser = capture_height,
        default_values_t = CAPTURES)]
    captures: Vec<u32>,
    /// Network inputs, height×width [default: 32x24,64x48,96x72,128x96]
    #[arg(long, value_name = "SIZE", value_delimiter = ',')]
    sizes: Vec<InputSize>,
    /// Capture height equal to the network input, as the papers have it, instead of every pair
    #[arg(long, conflicts_with = "captures")]
    linked: bool,
    /// Average with the mirrored pass
    #[arg(long)]
    flip: bool,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: JsonArgs,
    /// Write a row for each pair of capture height and network input
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// Measures every pair and reports.
///
/// # Errors
/// When the network, the pictures or an output cannot be used.
pub fn run(args: &SweepArgs) -> anyhow::Result<()> {
    args.output.check()?;
    args.csv.as_deref().map_or(Ok(()), check_writable)?;
    if args.paths.is_empty() && !args.data.given() {
        bail!("nothing to look at; name pictures, or a data set with --annotations FILE or --data FOLDER");
    }
    let boxes = args.boxes.as_deref().map(BoxFile::read).transpose()?;
    let predictor = args.network.load()?;
    let sizes = sizes_to_measure(predictor.info(), &args.sizes)?;
    let mut settings = pairs(args, &sizes);
    let Some(reference) = settings.first().map(|settings| predictor.info().reference_settings(settings))
    else {
        bail!("no network input to look at");
    };
    let swept = match args.paths.is_empty() {
        true => Swept::data_set(&args.data)?,
        false => {
            let labels = Labelling::new(boxes, args.data.turn_labels);
            Swept::pictures(&args.paths, labels, &predictor, &reference)?
        }
    };
    // The reference goes along as the last setting.
    settings.push(reference);

    let progress = progress_bar(swept.looks.len(), "people", args.output.json);
    let mut passes =
        measure(&predictor, &swept.pictures, &swept.looks, &settings, |step| progress.inc(step as u64))?;
    progress.finish_and_clear();
    let (Some(reference), Some(reference_settings)) = (passes.pop(), settings.pop()) else {
        return Ok(());
    };

    let rows: Vec<SweepRow> = settings
        .iter()
        .zip(&passes)
        .map(|(settings, pass)| swept.row(settings, pass, (&reference_settings, &reference)))
        .collect();
    if let Some(path) = &args.csv {
        write_file(path, &csv(&rows)?)?;
    }
    args.output.deliver(&rows, || table(&rows, predictor.info()))
}

/// The settings of every row: input by input, and within one the capture heights as named.
fn pairs(args: &SweepArgs, sizes: &[InputSize]) -> Vec<Settings> {
    let mut settings = Vec::new();
    for &size in sizes {
        if args.linked {
            settings.push(args.view.settings(size, None, args.flip));
            continue;
        }
        settings.extend(args.captures.iter().map(|&rows| args.view.settings(size, Some(rows), args.flip)));
    }
    settings
}
