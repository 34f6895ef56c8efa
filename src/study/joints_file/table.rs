//! A row for each person.

use super::JointsEntry;
use crate::pose::KEYPOINT_NAMES;
use crate::study::coco_name;

/// The people as CSV, one a row, after a row of titles: file, person, score, then x, y and confidence of every joint.
///
/// # Errors
/// When a row cannot be written.
pub fn joints_csv<'a>(people: impl IntoIterator<Item = &'a JointsEntry>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let titles = ["file", "person", "score"].map(str::to_owned).into_iter();
    let joints = KEYPOINT_NAMES
        .iter()
        .flat_map(|name| ["x", "y", "confidence"].map(|part| format!("{}_{part}", coco_name(name))));
    writer.write_record(titles.chain(joints))?;
    for person in people {
        let start = [person.file.clone(), person.number.to_string(), person.score.to_string()];
        let joints = person.numbers().map(|number| number.to_string());
        writer.write_record(start.into_iter().chain(joints))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
