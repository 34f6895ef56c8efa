//! What EMA modules do at each setting, as a table that other programs read.

use super::ema_figure::EmaFigure;
use super::ema_tally::EmaTally;
use crate::network::STAGES;

/// A row for each setting and each stage that has an EMA module, after a row of titles. Stages are counted from 1, and
/// figures are 0 … 1, each with its standard deviation over people.
///
/// # Errors
/// When a row cannot be written.
pub(super) fn table(tally: &EmaTally) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let figures = EmaFigure::ALL.map(EmaFigure::column);
    let figures = figures.iter().flat_map(|name| [(*name).to_owned(), format!("{name}_deviation")]);
    writer.write_record(
        ["input", "capture", "stage", "people"].map(str::to_owned).into_iter().chain(figures),
    )?;
    for (setting, settings) in tally.settings().iter().enumerate() {
        for stage in 0..STAGES {
            let spreads: Vec<_> =
                EmaFigure::ALL.iter().filter_map(|figure| tally.spread(setting, stage, *figure)).collect();
            let Some(first) = spreads.first() else { continue };
            let start = [
                String::from(settings.input),
                settings.capture.height.to_string(),
                (stage + 1).to_string(),
                first.count.to_string(),
            ];
            let figures =
                spreads.iter().flat_map(|spread| [spread.mean, spread.deviation].map(|f| f.to_string()));
            writer.write_record(start.into_iter().chain(figures))?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
