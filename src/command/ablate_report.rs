//! What `posescope ablate` reports.

use serde::Serialize;

use super::table::{Table, percent};
use crate::network::Ablation;
use crate::pose::InputSize;
use crate::study::{AblationRow, SpreadReport};

/// What stands below the table, so that nobody takes one figure for the other.
const LEGEND: &str = "Each part is left out alone. OKS is the similarity with labelled joints: accuracy; its change is \
                      against the untouched\nnetwork at the same input. Agreement is the similarity with what the \
                      untouched network finds there: it does not say that\neither is right. All in %, means over \
                      people. The most harmful first: by the drop of OKS, or of agreement where nobody is labelled.\n";

/// The figures without one part of the network.
#[derive(Clone, Debug, Serialize)]
pub struct AblateRow {
    /// Pixels the network gets.
    pub input: InputSize,
    /// Rows the camera spends on a person's region.
    pub capture: u32,
    /// The part; none for the untouched network.
    pub ablation: Option<Ablation>,
    /// People seen.
    pub people: usize,
    /// Average precision, over a data set.
    pub ap: Option<f64>,
    /// Similarity with labelled joints: accuracy.
    pub oks: Option<SpreadReport>,
    /// Mean OKS less that of the untouched network.
    pub oks_change: Option<f64>,
    /// Similarity with the untouched network at the same setting: agreement.
    pub agreement: Option<SpreadReport>,
    /// The drop of OKS, or what the agreement lacks to 1 where nobody is labelled.
    pub harm: Option<f64>,
    /// Milliseconds in the network.
    pub network_ms_per_person: f64,
}

impl From<&AblationRow> for AblateRow {
    fn from(found: &AblationRow) -> Self {
        let row = &found.row;
        Self {
            input: row.settings.input,
            capture: row.settings.capture.height,
            ablation: found.ablation.clone(),
            people: row.people,
            ap: row.ap,
            oks: row.oks.map(SpreadReport::from),
            oks_change: found.oks_change,
            agreement: row.agreement.map(SpreadReport::from),
            harm: found.harm,
            network_ms_per_person: row.network_ms_per_person,
        }
    }
}

/// The rows for people to read; columns that are empty throughout are left out.
pub fn table(rows: &[AblateRow]) -> String {
    let has_ap = rows.iter().any(|row| row.ap.is_some());
    let has_oks = rows.iter().any(|row| row.oks.is_some());
    let mut titles = vec!["left out", "network input", "people"];
    titles.extend(has_ap.then_some("AP"));
    titles.extend(has_oks.then_some(["OKS", "change"]).into_iter().flatten());
    titles.push("agreement");
    let mut table = Table::new(titles);
    let mean = |spread: Option<SpreadReport>| percent(spread.map(|spread| spread.mean));
    for row in rows {
        let part = row.ablation.as_ref().map_or_else(|| "nothing".to_owned(), Ablation::to_string);
        let mut cells = vec![part, row.input.to_string(), row.people.to_string()];
        cells.extend(has_ap.then(|| percent(row.ap)));
        cells.extend(has_oks.then(|| [mean(row.oks), change(row.oks_change)]).into_iter().flatten());
        cells.push(mean(row.agreement));
        table.row(cells);
    }
    format!("{}\n{LEGEND}", table.text())
}

/// A change of a share in percent, always with its sign.
fn change(share: Option<f64>) -> String {
    share.map_or_else(|| percent(None), |share| format!("{:+.1}", 100.0 * share))
}
