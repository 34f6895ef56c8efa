//! From the raw entries of an annotation file to checked ones, and back.

use std::collections::HashSet;
use std::fmt::Display;
use std::path::Path;

use super::super::bounding_box::BoundingBox;
use super::super::keypoint::{LabelledKeypoint, Labels};
use super::super::skeleton::{KEYPOINT_COUNT, KEYPOINT_NAMES, LIMBS};
use super::annotations::{Dataset, ImageEntry, Person};
use super::error::DatasetError;
use super::raw::{Entries, Entry, RawAnnotation, RawCategory, RawFile, RawImage};

/// The category of people in COCO files.
pub(super) const PERSON_CATEGORY: u64 = 1;

/// Numbers of a keypoint in a file: column, row and visibility.
const NUMBERS_PER_KEYPOINT: usize = 3;

/// Where an entry stands, for error messages.
struct Place<'a> {
    path: &'a Path,
    kind: &'static str,
    index: usize,
    id: u64,
}

impl Place<'_> {
    fn error(&self, expected: impl Display, found: impl Display) -> DatasetError {
        DatasetError::Entry {
            path: self.path.to_owned(),
            entry: format!("{} entry {} (id {})", self.kind, self.index, self.id),
            expected: expected.to_string(),
            found: found.to_string(),
        }
    }
}

impl RawFile {
    /// The content of the file at `path`.
    pub(super) fn checked(self, path: &Path) -> Result<Dataset, DatasetError> {
        let category = person_category(&self.categories.0, path)?;
        let mut ids = HashSet::new();
        for (index, image) in self.images.0.iter().enumerate() {
            if !ids.insert(image.id) {
                let place = Place { path, kind: RawImage::KIND, index, id: image.id };
                return Err(place.error("an id of its own", "the id of an earlier image"));
            }
        }
        let of_people = |annotation: &RawAnnotation| annotation.category_id.is_none_or(|id| id == category);
        let people = self
            .annotations
            .0
            .iter()
            .enumerate()
            .filter(|(_, annotation)| of_people(annotation))
            .map(|(index, annotation)| {
                let id = annotation.id.unwrap_or(index as u64 + 1);
                annotation.checked(&Place { path, kind: RawAnnotation::KIND, index, id }, &ids)
            })
            .collect::<Result<_, _>>()?;
        let images = self.images.0.into_iter().map(ImageEntry::from).collect();
        Ok(Dataset { images, people })
    }
}

/// The number of the category of people: the first with keypoints, else the one named person, else COCO's
/// own.
fn person_category(categories: &[RawCategory], path: &Path) -> Result<u64, DatasetError> {
    let with_keypoints = categories
        .iter()
        .enumerate()
        .find_map(|(index, category)| category.keypoints.as_ref().map(|names| (index, category, names)));
    if let Some((index, category, names)) = with_keypoints {
        let place = Place { path, kind: RawCategory::KIND, index, id: category.id };
        if names.len() != KEYPOINT_COUNT {
            return Err(place.error("the 17 COCO keypoints", format_args!("{} keypoints", names.len())));
        }
        for (number, (found, expected)) in names.iter().zip(KEYPOINT_NAMES).enumerate() {
            if found.to_lowercase().replace(['_', '-'], " ") != expected {
                let expected = format_args!("keypoint {number} to be \"{}\"", file_name_of(expected));
                return Err(place.error(expected, format_args!("{found:?}")));
            }
        }
        return Ok(category.id);
    }
    let person = categories.iter().find(|category| category.name == "person");
    Ok(person.map_or(PERSON_CATEGORY, |category| category.id))
}

/// A keypoint's name as COCO files spell it.
fn file_name_of(name: &str) -> String {
    name.replace(' ', "_")
}

impl RawAnnotation {
    fn checked(&self, place: &Place<'_>, images: &HashSet<u64>) -> Result<Person, DatasetError> {
        if !images.contains(&self.image_id) {
            return Err(place.error("the id of an image", format_args!("image_id {}", self.image_id)));
        }
        let [x, y, width, height] = self.bbox[..] else {
            return Err(place.error("bbox of 4 numbers", self.bbox.len()));
        };
        if width < 0.0 || height < 0.0 {
            return Err(place.error("bbox with sides of 0 or more", format_args!("{width} × {height}")));
        }
        let bbox = BoundingBox { x, y, width, height };
        let area = self.area.unwrap_or_else(|| bbox.area());
        if area < 0.0 {
            return Err(place.error("an area of 0 or more", area));
        }
        let labels = match &self.keypoints {
            Some(numbers) => labels(numbers, place)?,
            None => Labels::default(),
        };
        Ok(Person {
            image_id: self.image_id,
            id: place.id,
            bbox,
            area,
            iscrowd: self.iscrowd != 0,
            num_keypoints: self.num_keypoints.unwrap_or_else(|| labelled(&labels)),
            labels,
        })
    }
}

/// How many of the keypoints are labelled.
pub(super) fn labelled(labels: &Labels) -> usize {
    labels.iter().filter(|label| label.is_labelled()).count()
}

fn labels(numbers: &[f64], place: &Place<'_>) -> Result<Labels, DatasetError> {
    if numbers.len() != NUMBERS_PER_KEYPOINT * KEYPOINT_COUNT {
        return Err(place.error("keypoints of 51 numbers", numbers.len()));
    }
    let mut labels = Labels::default();
    let triples = numbers.chunks_exact(NUMBERS_PER_KEYPOINT);
    for ((label, triple), name) in labels.iter_mut().zip(triples).zip(KEYPOINT_NAMES) {
        let [x, y, flag] = *triple else { continue };
        let visibility = match flag {
            0.0 => 0,
            1.0 => 1,
            2.0 => 2,
            _ => return Err(place.error(format_args!("a visibility of 0, 1 or 2 for the {name}"), flag)),
        };
        *label = LabelledKeypoint { x, y, visibility };
    }
    Ok(labels)
}

impl From<RawImage> for ImageEntry {
    fn from(raw: RawImage) -> Self {
        Self {
            id: raw.id,
            file_name: raw.file_name,
            width: raw.width,
            height: raw.height,
            source: raw.source,
        }
    }
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
            id: Some(person.id),
            image_id: person.image_id,
            category_id: Some(PERSON_CATEGORY),
            iscrowd: u8::from(person.iscrowd),
            num_keypoints: Some(person.num_keypoints),
            keypoints: Some(person.labels.iter().flat_map(numbers).collect()),
            bbox: vec![person.bbox.x, person.bbox.y, person.bbox.width, person.bbox.height],
            area: Some(person.area),
        }
    }
}

impl From<&Dataset> for RawFile {
    fn from(dataset: &Dataset) -> Self {
        let person = RawCategory {
            id: PERSON_CATEGORY,
            name: "person".to_owned(),
            keypoints: Some(KEYPOINT_NAMES.into_iter().map(file_name_of).collect()),
            // COCO counts the ends of limbs from 1.
            skeleton: LIMBS.into_iter().map(|(a, b)| (a + 1, b + 1)).collect(),
        };
        Self {
            images: Entries(dataset.images.iter().map(RawImage::from).collect()),
            annotations: Entries(dataset.people.iter().map(RawAnnotation::from).collect()),
            categories: Entries(vec![person]),
        }
    }
}
