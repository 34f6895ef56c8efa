//! Found people: COCO keypoint results files.

use std::path::Path;

use serde::Serialize;
use serde::de::MapAccess;

use super::super::keypoint::{Keypoint, Pose};
use super::super::skeleton::KEYPOINT_COUNT;
use super::annotations::MAX_FILE_BYTES;
use super::error::DatasetError;
use super::keys::Keys;
use super::left_out::{LeftOut, LeftOutKind, Tally, line};
use super::raw::PERSON_CATEGORY;
use super::reading::Reading;
use super::tolerant::{self, Fields, List, Shape};
use super::value::{self, Id};
use super::write::write_json;

/// Numbers of a keypoint in a file: column, row and confidence.
const NUMBERS_PER_KEYPOINT: usize = 3;

/// A person found in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// The picture's id in the data set.
    pub image_id: u64,
    /// The joints in pixels of the original picture.
    pub pose: Pose,
    /// Score by which detections are ranked; higher is more certain.
    pub score: f64,
}

#[derive(Serialize)]
struct RawDetection {
    image_id: u64,
    category_id: u64,
    keypoints: Vec<f64>,
    score: f64,
}

/// A results file as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultsReading {
    /// The people found.
    pub detections: Vec<Detection>,
    /// What was left out or read otherwise than the file says, each kind once.
    pub left_out: Vec<LeftOut>,
    /// People that the file lists, those left out included.
    pub listed_people: usize,
}

impl ResultsReading {
    /// Reads a COCO keypoint results file of at most 1 GiB: a list of detections with `image_id`, `category_id`,
    /// `keypoints` (51 numbers) and `score`. Values are read in any spelling; detections that make no sense are left
    /// out. Detections of other categories than people are not looked at.
    ///
    /// # Errors
    /// When the file cannot be read, is no such list, or a person's joints are others than COCO's 17; the message
    /// names the file and the entry.
    pub fn of(path: &Path) -> Result<Self, DatasetError> {
        Self::by(&Keys::default(), path)
    }

    /// As [`ResultsReading::of`], for the results of an annotation file: pictures and people go by its own ids and
    /// category, whatever those are.
    ///
    /// # Errors
    /// As [`ResultsReading::of`].
    pub fn belonging_to(annotations: &Reading, path: &Path) -> Result<Self, DatasetError> {
        Self::by(&annotations.keys, path)
    }

    fn by(keys: &Keys, path: &Path) -> Result<Self, DatasetError> {
        let list: Option<List<ReadDetection>> = tolerant::read(path, MAX_FILE_BYTES, "COCO results")?;
        let List(entries) = list.ok_or_else(|| DatasetError::NotResults { path: path.to_owned() })?;
        let (mut tally, mut reading) = (Tally::default(), Self::default());
        let used = entries.iter().flatten().filter_map(|entry| entry.category_id.as_ref());
        let people = keys.people_among(used);
        for (index, entry) in entries.into_iter().enumerate() {
            let Some(entry) = entry else {
                reading.listed_people += 1;
                tally.add(LeftOutKind::NoDetection, || place(index));
                continue;
            };
            if entry.category_id.as_ref().is_some_and(|id| !people.contains(id)) {
                continue;
            }
            reading.listed_people += 1;
            reading.detections.extend(entry.checked(keys, path, index, &mut tally)?);
        }
        reading.left_out = tally.0;
        Ok(reading)
    }

    /// One line about all that was left out of the file at `path`; none where everything was read as it stands.
    pub fn warning(&self, path: &Path) -> Option<String> {
        let line = line(&self.left_out, 0, self.listed_people)?;
        Some(format!("{}: {line}", path.display()))
    }
}

/// Writes detections as a COCO keypoint results file; an existing one is replaced whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn write_results(path: &Path, detections: &[Detection]) -> Result<(), DatasetError> {
    let raw: Vec<RawDetection> = detections.iter().map(RawDetection::from).collect();
    write_json(path, &raw)
}

/// A detection as files of other programs have it; what is missing or makes no sense is none.
struct ReadDetection {
    image_id: Option<Id>,
    category_id: Option<Id>,
    /// Empty where the file gives none.
    keypoints: Vec<Option<f64>>,
    score: Option<f64>,
}

impl Shape for ReadDetection {
    fn of_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        let fields = Fields::of(object, &["image_id", "category_id", "keypoints", "score"])?;
        Ok(Some(Self {
            image_id: fields.get("image_id").and_then(value::id),
            category_id: fields.get("category_id").and_then(value::id),
            keypoints: fields.get("keypoints").map(value::numbers).unwrap_or_default(),
            score: fields.get("score").and_then(value::number),
        }))
    }
}

impl ReadDetection {
    fn checked(
        self,
        keys: &Keys,
        path: &Path,
        index: usize,
        tally: &mut Tally,
    ) -> Result<Option<Detection>, DatasetError> {
        let Some(image_id) = self.image_id.as_ref().and_then(|id| keys.picture(id)) else {
            tally.add(LeftOutKind::NoPicture, || place(index));
            return Ok(None);
        };
        if self.keypoints.is_empty() {
            tally.add(LeftOutKind::NoJoints, || place(index));
            return Ok(None);
        }
        if self.keypoints.len() != NUMBERS_PER_KEYPOINT * KEYPOINT_COUNT {
            return Err(DatasetError::Entry {
                path: path.to_owned(),
                entry: format!("detection entry {index} (image {image_id})"),
                expected: "keypoints of 51 numbers".to_owned(),
                found: self.keypoints.len().to_string(),
            });
        }
        let Some(score) = self.score else {
            tally.add(LeftOutKind::NoScore, || place(index));
            return Ok(None);
        };
        let mut pose = [Keypoint { x: 0.0, y: 0.0, confidence: 0.0 }; KEYPOINT_COUNT];
        for (keypoint, numbers) in pose.iter_mut().zip(self.keypoints.chunks_exact(NUMBERS_PER_KEYPOINT)) {
            let [Some(x), Some(y), confidence] = *numbers else {
                tally.add(LeftOutKind::DetectionWithoutPlace, || place(index));
                return Ok(None);
            };
            *keypoint = Keypoint { x, y, confidence: confidence.unwrap_or(0.0) };
        }
        Ok(Some(Detection { image_id, pose, score }))
    }
}

/// Where a detection stands, for people to read.
fn place(index: usize) -> String {
    format!("detection entry {index}")
}

impl From<&Detection> for RawDetection {
    fn from(detection: &Detection) -> Self {
        let numbers = |keypoint: &Keypoint| [keypoint.x, keypoint.y, keypoint.confidence];
        Self {
            image_id: detection.image_id,
            category_id: PERSON_CATEGORY,
            keypoints: detection.pose.iter().flat_map(numbers).collect(),
            score: detection.score,
        }
    }
}
