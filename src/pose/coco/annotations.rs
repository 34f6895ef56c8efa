//! Pictures and the people labelled in them: COCO annotation files.

use std::path::Path;

use super::super::bounding_box::BoundingBox;
use super::super::keypoint::Labels;
use super::error::DatasetError;
use super::raw::{Outline, RawFile};
use super::write::write_json;
use crate::input_file;

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
    /// Reads a COCO keypoint file of at most 1 GiB. Annotations of other categories than people are left out.
    /// `iscrowd`, `area`, `id`, `num_keypoints`, `keypoints` and the picture's size may be missing.
    ///
    /// # Errors
    /// When the file cannot be read, is no COCO file, or an entry makes no sense: repeated or unknown image
    /// ids, a category with other keypoints than COCO's 17, lists of the wrong length, negative sides. The
    /// message names the file and the entry.
    pub fn read(path: &Path) -> Result<Self, DatasetError> {
        Self::read_within(path, MAX_FILE_BYTES)
    }

    /// As [`Dataset::read`], with another limit to the file's bytes.
    pub(super) fn read_within(path: &Path, limit: u64) -> Result<Self, DatasetError> {
        let bytes = input_file::read(path, limit).map_err(|source| DatasetError::read(path, source))?;
        let file: RawFile =
            serde_json::from_slice(&bytes).map_err(|source| unparsed(path, &bytes, source))?;
        file.checked(path)
    }

    /// Writes the data as a COCO keypoint file; an existing one is replaced whole or not at all.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), DatasetError> {
        write_json(path, &RawFile::from(self))
    }

    /// The picture with this file name, with or without the folders that the data set puts before it.
    pub fn image(&self, file_name: &str) -> Option<&ImageEntry> {
        let exact = self.images.iter().find(|image| image.file_name == file_name);
        exact.or_else(|| {
            let ending = |image: &&ImageEntry| image.file_name.rsplit(['/', '\\']).next() == Some(file_name);
            self.images.iter().find(ending)
        })
    }

    /// Everyone labelled in the picture with this file name (see [`Dataset::image`]), in the order of the
    /// file; empty when the picture is not in the data set.
    pub fn people_of(&self, file_name: &str) -> Vec<&Person> {
        let image = self.image(file_name);
        self.people.iter().filter(|person| image.is_some_and(|image| image.id == person.image_id)).collect()
    }
}

/// The error for bytes that are no annotation file: of another kind, or with a fault inside.
fn unparsed(path: &Path, bytes: &[u8], source: serde_json::Error) -> DatasetError {
    match serde_json::from_slice::<Outline>(bytes) {
        Err(outline) if outline.is_data() => DatasetError::NotCoco { path: path.to_owned() },
        _ => DatasetError::Json { path: path.to_owned(), expected: "COCO annotations", source },
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
        assert_eq!(dataset.people_of("a.jpg").len(), 1);
        assert_eq!(dataset.people_of("val/a.jpg").len(), 1);
        assert!(dataset.people_of("b.jpg").is_empty());
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
            message.ends_with("annotation entry 0 (id 1): expected keypoints of 51 numbers, found 3"),
            "{message}"
        );
        let message = refusal("/annotations/0/keypoints/2", json!(3));
        assert!(message.ends_with("expected a visibility of 0, 1 or 2 for the nose, found 3"), "{message}");
        let message = refusal("/annotations/0/bbox", json!([0, 0, 5]));
        assert!(message.ends_with("expected bbox of 4 numbers, found 3"), "{message}");
        let message = refusal("/annotations/0/bbox/2", json!(-5));
        assert!(message.ends_with("found -5 × 4"), "{message}");
        let message = refusal("/annotations/0/image_id", json!(8));
        assert!(message.ends_with("expected the id of an image, found image_id 8"), "{message}");
        let message = refusal("/annotations/0/bbox/0", json!("left"));
        assert!(message.contains("annotation entry 0: invalid type: string \"left\""), "{message}");
        let image = json!({"id": 7, "file_name": "a.jpg"});
        let message = refusal("/images", json!([image, image]));
        assert!(message.contains("image entry 1 (id 7)"), "{message}");
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
        assert!(message.ends_with("expected keypoint 1 to be \"left_eye\", found \"nose\""), "{message}");
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
