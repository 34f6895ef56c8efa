//! COCO results: a list with an entry for each person.

use serde::Serialize;

use super::JointsEntry;
use crate::pose::coco::PERSON_CATEGORY;

/// A line of a COCO results file. It holds no box: evaluations take results with boxes for another kind.
#[derive(Debug, Serialize)]
pub struct ResultEntry<'a> {
    image_id: u64,
    category_id: u64,
    keypoints: Vec<f64>,
    score: f64,
    file_name: &'a str,
    /// Of a video: the frame counted from 0, its time, and the person's number in all frames.
    #[serde(skip_serializing_if = "Option::is_none")]
    frame: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    track_id: Option<usize>,
}

impl<'a> From<&'a JointsEntry> for ResultEntry<'a> {
    fn from(person: &'a JointsEntry) -> Self {
        Self {
            image_id: person.image_id,
            category_id: PERSON_CATEGORY,
            keypoints: person.numbers().collect(),
            score: person.score,
            file_name: &person.file,
            frame: person.frame.map(|frame| frame.number),
            seconds: person.frame.map(|frame| frame.seconds),
            track_id: person.frame.map(|_| person.number),
        }
    }
}

/// The people as COCO results, each with the picture's name besides.
pub fn coco_results<'a>(people: impl IntoIterator<Item = &'a JointsEntry>) -> Vec<ResultEntry<'a>> {
    people.into_iter().map(ResultEntry::from).collect()
}
