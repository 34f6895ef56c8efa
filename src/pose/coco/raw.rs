//! COCO files as this program writes them.

use serde::Serialize;

use super::super::keypoint::LabelledKeypoint;
use super::super::skeleton::{KEYPOINT_NAMES, LIMBS};
use super::annotations::{Dataset, ImageEntry, Person};

/// The category of people in COCO files.
pub(crate) const PERSON_CATEGORY: u64 = 1;

/// A whole annotation file.
#[derive(Serialize)]
pub(super) struct RawFile {
    images: Vec<RawImage>,
    annotations: Vec<RawAnnotation>,
    categories: Vec<RawCategory>,
}

#[derive(Serialize)]
struct RawImage {
    id: u64,
    file_name: String,
    width: u32,
    height: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

#[derive(Serialize)]
struct RawAnnotation {
    id: u64,
    image_id: u64,
    category_id: u64,
    iscrowd: u8,
    num_keypoints: usize,
    keypoints: Vec<f64>,
    bbox: [f64; 4],
    area: f64,
}

#[derive(Serialize)]
struct RawCategory {
    id: u64,
    name: &'static str,
    keypoints: Vec<String>,
    skeleton: Vec<(usize, usize)>,
}

impl From<&ImageEntry> for RawImage {
    fn from(image: &ImageEntry) -> Self {
        Self {
            id: image.id,
            file_name: image.file_name.clone(),
            width: image.width,
            height: image.height,
            source: image.source.clone(),
        }
    }
}

impl From<&Person> for RawAnnotation {
    fn from(person: &Person) -> Self {
        let numbers = |label: &LabelledKeypoint| [label.x, label.y, f64::from(label.visibility)];
        Self {
            id: person.id,
            image_id: person.image_id,
            category_id: PERSON_CATEGORY,
            iscrowd: u8::from(person.iscrowd),
            num_keypoints: person.num_keypoints,
            keypoints: person.labels.iter().flat_map(numbers).collect(),
            bbox: [person.bbox.x, person.bbox.y, person.bbox.width, person.bbox.height],
            area: person.area,
        }
    }
}

impl From<&Dataset> for RawFile {
    fn from(dataset: &Dataset) -> Self {
        let person = RawCategory {
            id: PERSON_CATEGORY,
            name: "person",
            keypoints: KEYPOINT_NAMES.into_iter().map(|name| name.replace(' ', "_")).collect(),
            // COCO counts the ends of limbs from 1.
            skeleton: LIMBS.into_iter().map(|(a, b)| (a + 1, b + 1)).collect(),
        };
        Self {
            images: dataset.images.iter().map(RawImage::from).collect(),
            annotations: dataset.people.iter().map(RawAnnotation::from).collect(),
            categories: vec![person],
        }
    }
}
