//! What `posescope sweep` reports.

use anyhow::anyhow;
use serde::Serialize;

use super::by_joint::{ByJoint, coco_name};
use super::table::{Table, percent};
use crate::engine::NetworkInfo;
use crate::pose::{InputSize, KEYPOINT_NAMES};

/// What stands below the table, so that nobody takes one figure for the other.
fn legend(network: &NetworkInfo) -> String {
    format!(
        "OKS is the similarity with labelled joints: accuracy. Agreement is the similarity with what the same network \
         finds\nat {}: it does not say that either is right. Both with their standard deviation over people, in %.\n",
        network.reference_input()
    )
}

/// Mean and standard deviation over people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The standard deviation of the people at hand; 0 for a single one.
    pub deviation: f64,
}

impl Spread {
    /// The spread of these figures; none where there are none.
    pub fn of(figures: &[f64]) -> Option<Self> {
        if figures.is_empty() {
            return None;
        }
        let count = figures.len() as f64;
        let mean = figures.iter().sum::<f64>() / count;
        let variance = figures.iter().map(|figure| (figure - mean).powi(2)).sum::<f64>() / count;
        Some(Self { mean, deviation: variance.sqrt() })
    }
}

/// The figures of one pair of capture height and network input.
#[derive(Clone, Debug, Serialize)]
pub struct SweepRow {
    /// Pixels the network gets.
    pub input: InputSize,
    /// Rows the camera spends on a person's region.
    pub capture: u32,
    /// People seen.
    pub people: usize,
    /// Average precision, over a data set.
    pub ap: Option<f64>,
    /// Similarity with labelled joints: accuracy.
    pub oks: Option<Spread>,
    /// Pixels the network gets at the reference resolution.
    pub reference: InputSize,
    /// Similarity with the same network at the reference resolution: agreement.
    pub agreement: Option<Spread>,
    /// Milliseconds in the network.
    pub network_ms_per_person: f64,
    /// `oks` of each joint.
    pub joint_oks: ByJoint,
    /// `agreement` of each joint.
    pub joint_agreement: ByJoint,
}

/// The rows for people to read; columns that are empty throughout are left out.
pub fn table(rows: &[SweepRow], network: &NetworkInfo) -> String {
    let has_ap = rows.iter().any(|row| row.ap.is_some());
    let has_oks = rows.iter().any(|row| row.oks.is_some());
    let mut titles = vec!["network input", "capture, rows", "people"];
    titles.extend(has_ap.then_some("AP"));
    titles.extend(has_oks.then_some("OKS"));
    titles.extend(["agreement", "network, ms a person"]);
    let mut table = Table::new(titles);
    for row in rows {
        let mut cells = vec![row.input.to_string(), row.capture.to_string(), row.people.to_string()];
        cells.extend(has_ap.then(|| percent(row.ap)));
        cells.extend(has_oks.then(|| spread_text(row.oks)));
        cells.extend([spread_text(row.agreement), format!("{:.2}", row.network_ms_per_person)]);
        table.row(cells);
    }
    format!("{}\n{}", table.text(), legend(network))
}

fn spread_text(spread: Option<Spread>) -> String {
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
        let start = [String::from(row.input), row.capture.to_string(), row.people.to_string()];
        let field = |figure: Option<f64>| figure.map_or_else(String::new, |figure| figure.to_string());
        let (mean, deviation) = (|s: Spread| s.mean, |s: Spread| s.deviation);
        let accuracy = [row.ap, row.oks.map(mean), row.oks.map(deviation)];
        let agreement =
            [row.agreement.map(mean), row.agreement.map(deviation), Some(row.network_ms_per_person)];
        let joints = row.joint_oks.0.into_iter().chain(row.joint_agreement.0);
        writer.write_record(
            start
                .into_iter()
                .chain(accuracy.map(field))
                .chain([String::from(row.reference)])
                .chain(agreement.into_iter().chain(joints).map(field)),
        )?;
    }
    writer.into_inner().map_err(|error| anyhow!("CSV: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads_are_of_the_people_at_hand() {
        assert_eq!(Spread::of(&[]), None);
        assert_eq!(Spread::of(&[0.5]), Some(Spread { mean: 0.5, deviation: 0.0 }));
        assert_eq!(Spread::of(&[0.25, 0.75]), Some(Spread { mean: 0.5, deviation: 0.25 }));
    }
}
