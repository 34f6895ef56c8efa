//! `posescope ablate`: what is lost with each part of the network.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use super::ablate_report::{AblateRow, table};
use super::apart::check_apart;
use super::network_args::sizes_to_measure;
use super::output::{check_writable, warn, write_file};
use super::progress::run_with_bar;
use crate::arguments::AblateArgs;
use crate::network::Ablation;
use crate::study::AblationTable;

/// Measures the network without each of its parts and reports.
///
/// # Errors
/// When the network has no such parts, or it, the pictures or an output cannot be used.
pub fn run(args: &AblateArgs) -> anyhow::Result<()> {
    args.output.check()?;
    args.csv.as_deref().map_or(Ok(()), check_writable)?;
    let read: Vec<PathBuf> = args.people.files().into_iter().chain(args.network.file().cloned()).collect();
    check_apart(&[args.output.out.as_deref(), args.csv.as_deref()], &read)?;
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
