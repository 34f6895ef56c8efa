//! Found people as COCO results, as CSV and as a table.

use std::borrow::Cow;
use std::collections::BTreeSet;

use anyhow::anyhow;

use super::printable::printable;
use super::table::{Table, percent};
use crate::counted::counted;
use crate::pose::{BoundingBox, KEYPOINT_NAMES};
use crate::study::{JointsEntry, ResultEntry, coco_results, joints_csv};

/// Somebody who was found in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPerson {
    /// The picture, the person's place in it counted from 1, and the joints.
    pub entry: JointsEntry,
    /// Where the box is from.
    pub origin: String,
    /// The box, in picture pixels.
    pub bounds: BoundingBox,
    /// Similarity with the labelled joints, where there are some.
    pub oks: Option<f64>,
}

/// The people as COCO results, each with the picture's name besides.
pub fn results(people: &[FoundPerson]) -> Vec<ResultEntry<'_>> {
    coco_results(people.iter().map(|person| &person.entry))
}

/// The people as CSV, one a row, after a row of titles.
///
/// # Errors
/// When a row cannot be written.
pub fn csv(people: &[FoundPerson]) -> anyhow::Result<Vec<u8>> {
    joints_csv(people.iter().map(|person| &person.entry)).map_err(|error| anyhow!("CSV: {error}"))
}

/// The people for people to read; those of a video in one line, as there are too many.
pub fn table(people: &[FoundPerson]) -> String {
    let video = |person: &FoundPerson| person.entry.frame.map(|_| person.entry.file.clone());
    let tables =
        people.chunk_by(|a, b| video(a).is_some() && video(a) == video(b)).map(|people| match people {
            [FoundPerson { entry: JointsEntry { frame: None, .. }, .. }, ..] => {
                people.iter().map(person_table).collect()
            }
            of_video => video_line(of_video),
        });
    tables.collect::<Vec<_>>().join("\n")
}

fn video_line(people: &[FoundPerson]) -> String {
    let entries = || people.iter().map(|person| &person.entry);
    let frames: BTreeSet<u64> = entries().filter_map(|entry| Some(entry.frame?.number)).collect();
    let numbers: BTreeSet<usize> = entries().map(|entry| entry.number).collect();
    let score = entries().map(|entry| entry.score).sum::<f64>() / people.len().max(1) as f64;
    format!(
        "{}: {} in {}, seen {}, mean score {score:.2}; --csv and --json give the joints\n",
        people.first().map_or_else(Cow::default, |person| printable(&person.entry.file)),
        counted(numbers.len(), "person", "people"),
        counted(frames.len(), "frame", "frames"),
        counted(people.len(), "time", "times"),
    )
}

fn person_table(person: &FoundPerson) -> String {
    let (entry, bounds) = (&person.entry, person.bounds);
    let mut table = Table::new(["joint", "x", "y", "confidence"]);
    for (name, joint) in KEYPOINT_NAMES.iter().zip(&entry.pose) {
        let numbers =
            [format!("{:.1}", joint.x), format!("{:.1}", joint.y), format!("{:.2}", joint.confidence)];
        table.row([(*name).to_owned()].into_iter().chain(numbers));
    }
    let similarity = person.oks.map_or_else(String::new, |oks| format!(", OKS {} %", percent(Some(oks))));
    format!(
        "{}, person {}: score {:.2}{similarity}\nbox x {:.1}, y {:.1}, {:.1} × {:.1} ({})\n{}",
        printable(&entry.file),
        entry.number,
        entry.score,
        bounds.x,
        bounds.y,
        bounds.width,
        bounds.height,
        printable(&person.origin),
        table.text()
    )
}
