//! `posescope ablate`: what is lost with each part of the network.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use super::ablate_report::{AblateRow, table};
use super::network_args::{AnyNetworkArgs, sizes_to_measure};
use super::output::{JsonArgs, check_writable, warn, write_file};
use super::people_args::PeopleArgs;
use super::progress::run_with_bar;
use super::view_args::{ViewArgs, capture_height};
use crate::network::Ablation;
use crate::pose::InputSize;
use crate::study::AblationTable;

/// Arguments of `posescope ablate`.
#[derive(clap::Args, Clone, Debug)]
pub struct AblateArgs {
    #[command(flatten)]
    people: PeopleArgs,
    #[command(flatten)]
    network: AnyNetworkArgs,
    /// Network inputs, height×width; each is a table of its own
    #[arg(long, visible_alias = "size", value_name = "SIZE", value_delimiter = ',', default_value = "64x48")]
    sizes: Vec<InputSize>,
    /// Rows the camera spends on a person's region [default: those of the network input]
    #[arg(long, value_name = "ROWS", value_parser = capture_height)]
    capture: Option<u32>,
    /// Average with the mirrored pass
    #[arg(long)]
    flip: bool,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: JsonArgs,
    /// Write a row for each part and network input
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// Measures the network without each of its parts and reports.
///
/// # Errors
/// When the network has no such parts, or it, the pictures or an output cannot be used.
pub fn run(args: &AblateArgs) -> anyhow::Result<()> {
    args.output.check()?;
    args.csv.as_deref().map_or(Ok(()), check_writable)?;
    let boxes = args.people.boxes()?;
    let predictor = args.network.load()?;
    let info = predictor.info();
    let Some(config) = &info.config else {
        bail!("{} has no parts that can be left out; ablate measures CMSA networks alone", info.name);
    };
    let sizes = sizes_to_measure(info, &args.sizes)?;
    let settings = sizes.iter().map(|&size| args.view.settings(size, args.capture, args.flip));
    let settings: Vec<_> = settings.collect();
    let Some(reference) = settings.first().map(|settings| info.reference_settings(settings)) else {
        bail!("no network input to look at");
    };
    let people = Arc::new(args.people.people(boxes, &predictor, &reference)?);
    let ablations = Ablation::all(config);
    let mut tables = Vec::new();
    for settings in &settings {
        let mut experiment = AblationTable::experiment(people.clone(), settings, &ablations);
        run_with_bar(&mut experiment, &predictor, people.len(), args.output.json)?;
        if tables.is_empty() {
            // The pictures are the same at every input.
            experiment.warnings().iter().for_each(|warning| warn(warning));
        }
        let mut table = AblationTable::default();
        for row in (0..=ablations.len()).filter_map(|index| experiment.row(index)) {
            table.take(row);
        }
        tables.push(table);
    }
    if let Some(path) = &args.csv {
        write_file(path, &AblationTable::csv(&tables)?)?;
    }
    let rows: Vec<AblateRow> = tables.iter().flat_map(AblationTable::rows).map(AblateRow::from).collect();
    args.output.deliver(&rows, || table(&rows))
}
