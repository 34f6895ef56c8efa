//! `posescope sweep`: how accuracy or agreement, and time, change with capture height and network input.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use super::apart::check_apart;
use super::network_args::sizes_to_measure;
use super::output::{check_writable, warn, write_file};
use super::progress::run_with_bar;
use super::sweep_report::table;
use crate::arguments::SweepArgs;
use crate::engine::Settings;
use crate::pose::InputSize;
use crate::study::{Experiment, SweepRow, sweep_csv};

/// Measures every pair and reports.
///
/// # Errors
/// When the network, the pictures or an output cannot be used.
pub fn run(args: &SweepArgs) -> anyhow::Result<()> {
    args.output.check()?;
    args.csv.as_deref().map_or(Ok(()), check_writable)?;
    let read: Vec<PathBuf> = args.people.files().into_iter().chain(args.network.file().cloned()).collect();
    check_apart(&[args.output.out.as_deref(), args.csv.as_deref()], &read)?;
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
