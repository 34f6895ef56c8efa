//! The rows of a sweep as a table that other programs read.

use super::by_joint::coco_name;
use super::sweep_row::{SpreadReport, SweepRow};
use crate::pose::{InputSize, KEYPOINT_NAMES};

/// The rows of a sweep as CSV, after a row of titles; shares are 0 … 1, and a figure there is none of is an empty field.
///
/// # Errors
/// When a row cannot be written.
pub fn sweep_csv(rows: &[SweepRow]) -> Result<Vec<u8>, csv::Error> {
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
    writer.into_inner().map_err(|error| error.into_error().into())
}
