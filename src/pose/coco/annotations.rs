//! Pictures and the people labelled in them: COCO annotation files.

use std::path::Path;

use super::super::bounding_box::BoundingBox;
use super::super::keypoint::Labels;
use super::error::DatasetError;
use super::raw::RawFile;
use super::reading::Reading;
use super::write::{json_bytes, write_json};

/// Largest file that is read, in bytes; COCO's own have 400 MB at most.
pub(super) const MAX_FILE_BYTES: u64 = 1 << 30;

/// The content of a COCO keypoint file, as far as people's keypoints go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// The pictures; their ids are all different.
    pub images: Vec<ImageEntry>,
    /// The people in them, in the order of the file; every `image_id` is that of an image.
    pub people: Vec<Person>,
}

/// A picture of a COCO file.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageEntry {
    /// Number by which annotations name the picture.
    pub id: u64,
    /// Name of the picture's file, possibly with folders before it.
    pub file_name: String,
    /// Width in pixels; 0 where the file does not say.
    pub width: u32,
    /// Height in pixels; 0 where the file does not say.
    pub height: u32,
    /// The collection the picture was taken from, where the file says.
    pub source: Option<String>,
}

/// A labelled person of a COCO file.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The picture's [`ImageEntry::id`].
    pub image_id: u64,
    /// Number of the annotation; one more than its index where the file gives none.
    pub id: u64,
    /// The box; annotation files hold some with sides under a pixel, which [`BoundingBox::clipped`] refuses.
    pub bbox: BoundingBox,
    /// Area of the person's outline in square pixels; that of the box where the file gives none.
    pub area: f64,
    /// The keypoints; all unlabelled where the file gives none.
    pub labels: Labels,
    /// Whether this is a crowd of people too dense to label one by one.
    pub iscrowd: bool,
    /// How many keypoints the file says are labelled, or how many are where it does not say. The reference
    /// evaluation goes by it: at 0 the person neither counts nor costs anything, whatever `labels` holds. Set
    /// it anew when labels are added or removed.
    pub num_keypoints: usize,
}

impl Dataset {
    /// Reads a COCO keypoint file of at most 1 GiB, as [`Reading::of`] does, for those who need no word about what
    /// was left out.
    ///
    /// # Errors
    /// As [`Reading::of`].
    pub fn read(path: &Path) -> Result<Self, DatasetError> {
        Reading::of(path).map(|reading| reading.dataset)
    }

    /// The data as the bytes of a COCO keypoint file.
    ///
    /// # Errors
    /// When they cannot be put in that form.
    pub fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        json_bytes(&RawFile::from(self))
    }

    /// Writes the data as a COCO keypoint file; an existing one is replaced whole or not at all.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), DatasetError> {
        write_json(path, &RawFile::from(self))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::{Value, json};

    use super::*;

    fn keypoints() -> Vec<f64> {
        let mut numbers = vec![0.0; 51];
        numbers[..3].copy_from_slice(&[4.0, 5.0, 2.0]);
        numbers
    }

    fn minimal() -> Value {
        json!({
            "images": [{"id": 7, "file_name": "val/a.jpg"}],
            "annotations": [{"image_id": 7, "bbox": [1, 2, 3, 4], "keypoints": keypoints()}],
        })
    }

    fn read(content: &str) -> Result<Dataset, DatasetError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.json");
        fs::write(&path, content).unwrap();
        Dataset::read(&path)
    }

    /// The message for the minimal file with the value at `pointer` replaced.
    fn refusal(pointer: &str, value: Value) -> String {
        let mut content = minimal();
        *content.pointer_mut(pointer).unwrap() = value;
        let message = read(&content.to_string()).unwrap_err().to_string();
        assert!(message.contains("labels.json"), "{message}");
        message
    }

    #[test]
    fn optional_fields_may_be_missing() {
        let dataset = read(&minimal().to_string()).unwrap();
        let person = &dataset.people[0];
        assert_eq!((person.id, person.area, person.iscrowd, person.num_keypoints), (1, 12.0, false, 1));
        assert_eq!((person.labels[0].x, person.labels[0].visibility), (4.0, 2));
        assert_eq!((dataset.images[0].width, dataset.images[0].source.as_ref()), (0, None));
    }

    #[test]
    fn pictures_are_found_with_and_without_their_folders() {
        let dataset = read(&minimal().to_string()).unwrap();
        for found in ["a.jpg", "val/a.jpg", "/elsewhere/a.jpg"] {
            let image = dataset.image(Path::new(found)).unwrap().unwrap();
            assert_eq!(dataset.people_of(image).len(), 1);
        }
        assert_eq!(dataset.image(Path::new("b.jpg")).unwrap(), None);
        assert_eq!(dataset.image(Path::new("val/ba.jpg")).unwrap(), None);
    }

    #[test]
    fn other_categories_are_left_out() {
        let mut content = minimal();
        content["categories"] = json!([{"id": 3, "name": "dog"}, {"id": 5, "name": "person"}]);
        content["annotations"] = json!([
            {"image_id": 7, "bbox": [0, 0, 1, 1], "category_id": 3},
            {"image_id": 7, "bbox": [0, 0, 2, 2], "category_id": 5},
        ]);
        let people = read(&content.to_string()).unwrap().people;
        assert_eq!((people.len(), people[0].area, people[0].num_keypoints), (1, 4.0, 0));
    }

    #[test]
    fn faults_are_reported_with_their_entry() {
        let message = refusal("/annotations/0/keypoints", json!([1, 2, 3]));
        assert!(
            message.ends_with("annotation entry 0: expected keypoints of 51 numbers, found 3"),
            "{message}"
        );
    }

    #[test]
    fn skeletons_of_other_kinds_are_refused() {
        let with = |keypoints: Value| {
            let mut content = minimal();
            content["categories"] = json!([{"id": 1, "name": "person", "keypoints": keypoints}]);
            read(&content.to_string()).unwrap_err().to_string()
        };
        assert!(with(json!(["nose"])).ends_with("expected the 17 COCO keypoints, found 1 keypoints"));
        let message = with(json!(vec!["nose"; 17]));
        assert!(message.ends_with("expected the 17 COCO keypoints, found a keypoint twice"), "{message}");
    }

    #[test]
    fn other_files_are_told_from_broken_ones() {
        for other in ["[1, 2]", "{\"shapes\": []}", "{\"images\": 3, \"annotations\": []}"] {
            assert!(matches!(read(other), Err(DatasetError::NotCoco { .. })), "{other}");
        }
        let whole = minimal().to_string();
        let truncated = read(&whole[..whole.len() / 2]).unwrap_err();
        assert!(matches!(truncated, DatasetError::Json { .. }), "{truncated}");
        let absent = Dataset::read(Path::new("no/such/file.json")).unwrap_err().to_string();
        assert!(absent.starts_with("cannot read no/such/file.json: "), "{absent}");
    }

    #[test]
    fn an_unwritable_place_is_named() {
        let absent = Dataset::default().write(Path::new("no/such/folder/file.json")).unwrap_err().to_string();
        assert!(absent.starts_with("cannot write no/such/folder/file.json: "), "{absent}");
    }
}
