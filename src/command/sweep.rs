//! `posescope sweep`: how accuracy or agreement, and time, change with capture height and network input.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use super::network_args::{AnyNetworkArgs, sizes_to_measure};
use super::output::{JsonArgs, check_writable, warn, write_file};
use super::people_args::PeopleArgs;
use super::progress::run_with_bar;
use super::sweep_report::table;
use super::view_args::{ViewArgs, capture_height};
use crate::engine::Settings;
use crate::pose::InputSize;
use crate::study::{Experiment, SweepRow, sweep_csv};

/// Capture heights of a sweep when none are named.
const CAPTURES: [u32; 7] = [16, 24, 32, 48, 64, 96, 128];

/// Arguments of `posescope sweep`.
#[derive(clap::Args, Clone, Debug)]
pub struct SweepArgs {
    #[command(flatten)]
    people: PeopleArgs,
    #[command(flatten)]
    network: AnyNetworkArgs,
    /// Rows the camera spends on a person's region
    #[arg(long, value_name = "ROWS", value_delimiter = ',', value_parser = capture_height,
        default_values_t = CAPTURES)]
    captures: Vec<u32>,
    /// Network inputs, height×width; of no use to MoveNet, but with --linked, where their heights are those captured
    /// [default: 32x24,64x48,96x72,128x96]
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
    let boxes = args.people.boxes()?;
    let predictor = args.network.load()?;
    let mut sizes = sizes_to_measure(predictor.info(), &args.sizes)?;
    let square = predictor.info().square();
    if square.is_some() && !args.linked {
        // A network that always gets the same square sees one and the same at every size.
        sizes.truncate(1);
    }
    let settings = pairs(args, &sizes);
    let Some(reference) = settings.first().map(|settings| predictor.info().reference_settings(settings))
    else {
        bail!("no network input to look at");
    };
    let people = args.people.people(boxes, &predictor, &reference)?;
    let (people, asked) = (Arc::new(people), settings.len());
    let mut experiment = Experiment::over(people.clone(), settings).against(reference.clone());
    run_with_bar(&mut experiment, &predictor, people.len(), args.output.json)?;

    experiment.warnings().iter().for_each(|warning| warn(warning));
    let rows = (0..asked).filter_map(|index| experiment.row(index));
    let mut rows: Vec<SweepRow> = rows.map(|row| SweepRow::of(&row, &reference)).collect();
    if square.is_some() {
        rows.iter_mut().for_each(SweepRow::forget_inputs);
    }
    if let Some(path) = &args.csv {
        write_file(path, &sweep_csv(&rows)?)?;
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
