//! What `posescope sweep` reports.

use anyhow::anyhow;
use serde::Serialize;

use super::table::{Table, percent};
use crate::engine::{NetworkInfo, Settings};
use crate::pose::{InputSize, KEYPOINT_NAMES};
use crate::study::{ByJoint, Row, Spread, coco_name};

/// What stands below the table, so that nobody takes one figure for the other.
fn legend(network: &NetworkInfo) -> String {
    format!(
        "OKS is the similarity with labelled joints: accuracy. Agreement is the similarity with what the same network \
         finds\nat {}: it does not say that either is right. Both with their standard deviation over people, in %.\n",
        network.reference_name()
    )
}

/// Mean and standard deviation over people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SpreadReport {
    /// The mean.
    pub mean: f64,
    /// The standard deviation of the people at hand; 0 for a single one.
    pub deviation: f64,
}

impl From<Spread> for SpreadReport {
    fn from(spread: Spread) -> Self {
        Self { mean: spread.mean, deviation: spread.deviation }
    }
}

/// The figures of one pair of capture height and network input.
#[derive(Clone, Debug, Serialize)]
pub struct SweepRow {
    /// Pixels the network gets; none for one that always gets the same square.
    pub input: Option<InputSize>,
    /// Rows the camera spends on a person's region.
    pub capture: u32,
    /// People seen.
    pub people: usize,
    /// Average precision, over a data set.
    pub ap: Option<f64>,
    /// Similarity with labelled joints: accuracy.
    pub oks: Option<SpreadReport>,
    /// Pixels the network gets at the reference resolution; none for one that always gets the same square.
    pub reference: Option<InputSize>,
    /// Similarity with the same network at the reference resolution: agreement.
    pub agreement: Option<SpreadReport>,
    /// Milliseconds in the network.
    pub network_ms_per_person: f64,
    /// `oks` of each joint.
    pub joint_oks: ByJoint,
    /// `agreement` of each joint.
    pub joint_agreement: ByJoint,
}

impl SweepRow {
    /// What is reported of a row that was compared with `reference`.
    pub fn of(row: &Row, reference: &Settings) -> Self {
        Self {
            input: Some(row.settings.input),
            capture: row.settings.capture.height,
            people: row.people,
            ap: row.ap,
            oks: row.oks.map(SpreadReport::from),
            reference: Some(reference.input),
            agreement: row.agreement.map(SpreadReport::from),
            network_ms_per_person: row.network_ms_per_person,
            joint_oks: row.joint_oks,
            joint_agreement: row.joint_agreement,
        }
    }

    /// Takes back what does not count for a network that always gets the same square.
    pub fn forget_inputs(&mut self) {
        (self.input, self.reference) = (None, None);
    }
}

/// The rows for people to read; columns that are empty throughout are left out.
pub fn table(rows: &[SweepRow], network: &NetworkInfo) -> String {
    let has_ap = rows.iter().any(|row| row.ap.is_some());
    let has_oks = rows.iter().any(|row| row.oks.is_some());
    let square = network.square().map(|side| format!("{side}×{side}"));
    let mut titles = vec!["network input", "capture, rows", "people"];
    titles.extend(has_ap.then_some("AP"));
    titles.extend(has_oks.then_some("OKS"));
    titles.extend(["agreement", "network, ms a person"]);
    let mut table = Table::new(titles);
    for row in rows {
        let input = square.clone().or(row.input.map(|input| input.to_string())).unwrap_or_default();
        let mut cells = vec![input, row.capture.to_string(), row.people.to_string()];
        cells.extend(has_ap.then(|| percent(row.ap)));
        cells.extend(has_oks.then(|| spread_text(row.oks)));
        cells.extend([spread_text(row.agreement), format!("{:.2}", row.network_ms_per_person)]);
        table.row(cells);
    }
    format!("{}\n{}", table.text(), legend(network))
}

fn spread_text(spread: Option<SpreadReport>) -> String {
    spread.map_or_else(
        || percent(None),
        |spread| format!("{} ± {}", percent(Some(spread.mean)), percent(Some(spread.deviation))),
    )
}

/// The rows as CSV, after a row of titles; shares are 0 … 1, and a figure there is none of is an empty field.
///
/// # Errors
/// When a row cannot be written.
pub fn csv(rows: &[SweepRow]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let titles = [
        "input",
        "capture",
        "people",
        "ap",
        "oks",
        "oks_deviation",
        "reference",
        "agreement",
        "agreement_deviation",
    ];
    let titles = titles.into_iter().chain(["network_ms_per_person"]).map(str::to_owned);
    let joints = ["oks", "agreement"]
        .into_iter()
        .flat_map(|kind| KEYPOINT_NAMES.iter().map(move |name| format!("{}_{kind}", coco_name(name))));
    writer.write_record(titles.chain(joints))?;
    for row in rows {
        let size = |size: Option<InputSize>| size.map_or_else(String::new, String::from);
        let start = [size(row.input), row.capture.to_string(), row.people.to_string()];
        let field = |figure: Option<f64>| figure.map_or_else(String::new, |figure| figure.to_string());
        let (mean, deviation) = (|s: SpreadReport| s.mean, |s: SpreadReport| s.deviation);
        let accuracy = [row.ap, row.oks.map(mean), row.oks.map(deviation)];
        let agreement =
            [row.agreement.map(mean), row.agreement.map(deviation), Some(row.network_ms_per_person)];
        let joints = row.joint_oks.0.into_iter().chain(row.joint_agreement.0);
        writer.write_record(
            start
                .into_iter()
                .chain(accuracy.map(field))
                .chain([size(row.reference)])
                .chain(agreement.into_iter().chain(joints).map(field)),
        )?;
    }
    writer.into_inner().map_err(|error| anyhow!("CSV: {error}"))
}
