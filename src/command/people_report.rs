//! Found people as COCO results, as CSV and as a table.

use anyhow::anyhow;
use serde::Serialize;

use super::printable::printable;
use super::table::{Table, percent};
use crate::pose::{BoundingBox, KEYPOINT_NAMES, Pose};
use crate::study::coco_name;

/// The category of people in COCO files.
const PERSON_CATEGORY: u64 = 1;

/// Somebody who was found in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPerson {
    /// The picture, as it was named.
    pub file: String,
    /// The picture's number.
    pub image_id: u64,
    /// The person's place in the picture, counted from 1.
    pub number: usize,
    /// Where the box is from.
    pub origin: String,
    /// The box, in picture pixels.
    pub bounds: BoundingBox,
    /// The joints, in picture pixels.
    pub pose: Pose,
    /// Mean confidence of the joints that are confident at all.
    pub score: f64,
    /// Similarity with the labelled joints, where there are some.
    pub oks: Option<f64>,
}

/// A line of a COCO results file. It holds no box: evaluations take results with boxes for another kind.
#[derive(Debug, Serialize)]
pub struct ResultEntry<'a> {
    image_id: u64,
    category_id: u64,
    keypoints: Vec<f64>,
    score: f64,
    file_name: &'a str,
}

impl<'a> From<&'a FoundPerson> for ResultEntry<'a> {
    fn from(person: &'a FoundPerson) -> Self {
        Self {
            image_id: person.image_id,
            category_id: PERSON_CATEGORY,
            keypoints: person.pose.iter().flat_map(|joint| [joint.x, joint.y, joint.confidence]).collect(),
            score: person.score,
            file_name: &person.file,
        }
    }
}

/// The people as COCO results, each with the picture's name besides.
pub fn results(people: &[FoundPerson]) -> Vec<ResultEntry<'_>> {
    people.iter().map(ResultEntry::from).collect()
}

/// The people as CSV, one a row, after a row of titles.
///
/// # Errors
/// When a row cannot be written.
pub fn csv(people: &[FoundPerson]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let titles = ["file", "person", "score"].map(str::to_owned).into_iter();
    let joints = KEYPOINT_NAMES
        .iter()
        .flat_map(|name| ["x", "y", "confidence"].map(|part| format!("{}_{part}", coco_name(name))));
    writer.write_record(titles.chain(joints))?;
    for person in people {
        let start = [person.file.clone(), person.number.to_string(), person.score.to_string()];
        let joints = person.pose.iter().flat_map(|joint| [joint.x, joint.y, joint.confidence]);
        writer.write_record(start.into_iter().chain(joints.map(|number| number.to_string())))?;
    }
    writer.into_inner().map_err(|error| anyhow!("CSV: {error}"))
}

/// The people for people to read.
pub fn table(people: &[FoundPerson]) -> String {
    people.iter().map(person_table).collect::<Vec<_>>().join("\n")
}

fn person_table(person: &FoundPerson) -> String {
    let bounds = person.bounds;
    let mut table = Table::new(["joint", "x", "y", "confidence"]);
    for (name, joint) in KEYPOINT_NAMES.iter().zip(&person.pose) {
        let numbers =
            [format!("{:.1}", joint.x), format!("{:.1}", joint.y), format!("{:.2}", joint.confidence)];
        table.row([(*name).to_owned()].into_iter().chain(numbers));
    }
    let similarity = person.oks.map_or_else(String::new, |oks| format!(", OKS {} %", percent(Some(oks))));
    format!(
        "{}, person {}: score {:.2}{similarity}\nbox x {:.1}, y {:.1}, {:.1} × {:.1} ({})\n{}",
        printable(&person.file),
        person.number,
        person.score,
        bounds.x,
        bounds.y,
        bounds.width,
        bounds.height,
        printable(&person.origin),
        table.text()
    )
}
