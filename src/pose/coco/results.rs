//! Found people: COCO keypoint results files.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::super::keypoint::{Keypoint, Pose};
use super::super::skeleton::KEYPOINT_COUNT;
use super::annotations::MAX_FILE_BYTES;
use super::error::DatasetError;
use super::raw::{Entries, Entry, PERSON_CATEGORY};
use super::write::write_json;
use crate::input_file;

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

#[derive(Deserialize, Serialize)]
struct RawDetection {
    image_id: u64,
    category_id: u64,
    keypoints: Vec<f64>,
    score: f64,
}

impl Entry for RawDetection {
    const KIND: &'static str = "detection";
}

/// Reads a COCO keypoint results file of at most 1 GiB: a list of detections with `image_id`, `category_id`,
/// `keypoints` (51 numbers) and `score`. Detections of other categories than people are left out.
///
/// # Errors
/// When the file cannot be read or is no such list; the message names the file and the entry.
pub fn read_results(path: &Path) -> Result<Vec<Detection>, DatasetError> {
    let bytes = input_file::read(path, MAX_FILE_BYTES).map_err(|source| DatasetError::read(path, source))?;
    let raw: Entries<RawDetection> = serde_json::from_slice(&bytes).map_err(|source| DatasetError::Json {
        path: path.to_owned(),
        expected: "COCO results",
        source,
    })?;
    let people = raw.0.iter().enumerate().filter(|(_, detection)| detection.category_id == PERSON_CATEGORY);
    people.map(|(index, detection)| detection.checked(path, index)).collect()
}

/// Writes detections as a COCO keypoint results file; an existing one is replaced whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn write_results(path: &Path, detections: &[Detection]) -> Result<(), DatasetError> {
    let raw: Vec<RawDetection> = detections.iter().map(RawDetection::from).collect();
    write_json(path, &raw)
}

impl RawDetection {
    fn checked(&self, path: &Path, index: usize) -> Result<Detection, DatasetError> {
        if self.keypoints.len() != NUMBERS_PER_KEYPOINT * KEYPOINT_COUNT {
            return Err(DatasetError::Entry {
                path: path.to_owned(),
                entry: format!("{} entry {index} (image {})", Self::KIND, self.image_id),
                expected: "keypoints of 51 numbers".to_owned(),
                found: self.keypoints.len().to_string(),
            });
        }
        let mut pose = [Keypoint { x: 0.0, y: 0.0, confidence: 0.0 }; KEYPOINT_COUNT];
        for (keypoint, numbers) in pose.iter_mut().zip(self.keypoints.chunks_exact(NUMBERS_PER_KEYPOINT)) {
            if let [x, y, confidence] = *numbers {
                *keypoint = Keypoint { x, y, confidence };
            }
        }
        Ok(Detection { image_id: self.image_id, pose, score: self.score })
    }
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
