//! What each part of the network is worth: the same people once seen with all of it, and once without each part.

use std::cmp::Ordering;
use std::iter::once;
use std::sync::Arc;

use super::ablation_row::AblationRow;
use super::experiment::Experiment;
use super::people::People;
use super::row::Row;
use super::spread::Spread;
use crate::engine::Settings;
use crate::network::Ablation;

/// The titles of [`AblationTable::csv`].
const TITLES: [&str; 10] = [
    "input",
    "capture",
    "ablation",
    "people",
    "ap",
    "oks",
    "oks_change",
    "agreement",
    "harm",
    "network_ms_per_person",
];

/// The untouched network and every ablation of it that was measured so far, the most harmful first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AblationTable {
    rows: Vec<AblationRow>,
}

impl AblationTable {
    /// The experiment whose rows fill a table: these people at these settings with the untouched network, which is
    /// measured first, and with each ablation alone.
    pub fn experiment(people: Arc<People>, settings: &Settings, ablations: &[Ablation]) -> Experiment {
        let with = |ablations: Vec<Ablation>| Settings { ablations, ..settings.clone() };
        let untouched = with(Vec::new());
        let changed = ablations.iter().map(|ablation| with(vec![ablation.clone()]));
        let all = once(untouched.clone()).chain(changed).collect();
        Experiment::over(people, all).against(untouched)
    }

    /// Takes in a row of that experiment.
    pub fn take(&mut self, row: Row) {
        self.rows.push(AblationRow::of(row));
        let untouched = self.untouched().map(|untouched| untouched.row.clone());
        if let Some(untouched) = untouched {
            self.rows.iter_mut().for_each(|row| row.compare(&untouched));
        }
        self.rows.sort_by(by_harm);
    }

    /// The untouched network's row, where it is complete, and then those of the ablations: the most harmful first.
    pub fn rows(&self) -> &[AblationRow] {
        &self.rows
    }

    /// The row of the untouched network.
    pub fn untouched(&self) -> Option<&AblationRow> {
        self.rows.iter().find(|row| row.ablation.is_none())
    }

    /// The rows of tables as CSV, after a row of titles: shares are 0 … 1, a figure there is none of is an empty
    /// field, and so is the ablation of the untouched network.
    ///
    /// # Errors
    /// When a row cannot be written.
    pub fn csv(tables: &[Self]) -> Result<Vec<u8>, csv::Error> {
        let mut bytes = Vec::new();
        {
            let mut writer = csv::Writer::from_writer(&mut bytes);
            writer.write_record(TITLES)?;
            for row in tables.iter().flat_map(Self::rows) {
                writer.write_record(record(row))?;
            }
            writer.flush()?;
        }
        Ok(bytes)
    }
}

/// The untouched network before all others, and what could not be compared after them.
fn by_harm(a: &AblationRow, b: &AblationRow) -> Ordering {
    let harm = |row: &AblationRow| row.harm.unwrap_or(f64::NEG_INFINITY);
    let ablated = |row: &AblationRow| row.ablation.is_some();
    ablated(a).cmp(&ablated(b)).then_with(|| harm(b).total_cmp(&harm(a)))
}

fn record(row: &AblationRow) -> [String; 10] {
    let AblationRow { ablation, row, oks_change, harm } = row;
    let field = |figure: Option<f64>| figure.map_or_else(String::new, |figure| figure.to_string());
    let mean = |spread: Option<Spread>| field(spread.map(|spread| spread.mean));
    [
        String::from(row.settings.input),
        row.settings.capture.height.to_string(),
        ablation.as_ref().map_or_else(String::new, Ablation::id),
        row.people.to_string(),
        field(row.ap),
        mean(row.oks),
        field(*oks_change),
        mean(row.agreement),
        field(*harm),
        field(Some(row.network_ms_per_person)),
    ]
}
