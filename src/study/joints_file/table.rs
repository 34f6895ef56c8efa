//! A row for each person.

use super::JointsEntry;
use crate::pose::KEYPOINT_NAMES;
use crate::study::coco_name;

/// The people as CSV, one a row, after a row of titles: file, person, score, then x, y and confidence of every joint.
/// Where there are people of videos, frame and seconds stand behind the file.
///
/// # Errors
/// When a row cannot be written.
pub fn joints_csv<'a>(people: impl IntoIterator<Item = &'a JointsEntry>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let people: Vec<&JointsEntry> = people.into_iter().collect();
    let of_video = people.iter().any(|person| person.frame.is_some());
    let of_frame: &[&str] = if of_video { &["frame", "seconds"] } else { &[] };
    let titles = ["file"].iter().chain(of_frame).chain(&["person", "score"]).map(|title| (*title).to_owned());
    let joints = KEYPOINT_NAMES
        .iter()
        .flat_map(|name| ["x", "y", "confidence"].map(|part| format!("{}_{part}", coco_name(name))));
    writer.write_record(titles.chain(joints))?;
    for person in people {
        let time = person.frame.map(|frame| [frame.number.to_string(), frame.seconds.to_string()]);
        let time = of_video.then(|| time.unwrap_or_default()).into_iter().flatten();
        let start = std::iter::once(person.file.clone()).chain(time);
        let start = start.chain([person.number.to_string(), person.score.to_string()]);
        let joints = person.numbers().map(|number| number.to_string());
        writer.write_record(start.chain(joints))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
