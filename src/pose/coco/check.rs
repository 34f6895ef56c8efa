//! From the entries of an annotation file to people, and what is left out on the way.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::super::bounding_box::BoundingBox;
use super::super::keypoint::{LabelledKeypoint, Labels};
use super::super::skeleton::KEYPOINT_COUNT;
use super::annotations::{Dataset, Person};
use super::category::People;
use super::entries::{ReadAnnotation, ReadFile};
use super::error::DatasetError;
use super::keys::Keys;
use super::left_out::{LeftOutKind, Tally};
use super::listed::listed;
use super::reading::Reading;
use super::value::Id;

/// People of one picture among whom equal ones are looked for.
const MOST_COMPARED: usize = 1000;
/// Numbers of a keypoint in a file: column, row and visibility.
const NUMBERS_PER_KEYPOINT: usize = 3;

/// An area under this share of the box is no area of a person's outline.
const SMALLEST_SHARE: f64 = 0.01;

impl ReadFile {
    /// The content of the file at `path`.
    pub(super) fn checked(self, path: &Path) -> Result<Reading, DatasetError> {
        let (Some(images), Some(annotations)) = (self.images, self.annotations) else {
            return Err(DatasetError::NotCoco { path: path.to_owned() });
        };
        let mut tally = Tally::default();
        let listed_pictures = images.len();
        let (images, numbers) = listed(images, &mut tally);
        let (mut seen, mut used) = (HashSet::new(), Vec::new());
        for id in annotations.iter().flatten().filter_map(|annotation| annotation.category_id.as_ref()) {
            if seen.insert(id) {
                used.push(id.clone());
            }
        }
        let categories = self.categories.unwrap_or_default();
        let people = People::among(&categories, &used, path, &mut tally)?;
        let mut check = Check { path, people, numbers, tally, earlier: HashMap::new() };
        let (mut kept, mut listed_people, mut first_other) = (Vec::new(), 0, None);
        for (index, annotation) in annotations.iter().enumerate() {
            let Some(annotation) = annotation else {
                listed_people += 1;
                check.tally.add(LeftOutKind::NoEntry, || format!("annotation entry {index}"));
                continue;
            };
            if annotation.category_id.as_ref().is_some_and(|id| check.people.others.contains(id)) {
                listed_people += 1;
                check.tally.add(LeftOutKind::OtherCategory, || place(annotation, index));
                continue;
            }
            if !check.people.include(annotation.category_id.as_ref()) {
                first_other.get_or_insert((index, annotation));
                continue;
            }
            listed_people += 1;
            kept.extend(check.person(annotation, index)?);
        }
        if let (Some((index, annotation)), true) = (first_other, listed_people == 0) {
            for _ in &annotations {
                check.tally.add(LeftOutKind::OtherCategory, || place(annotation, index));
            }
            listed_people = annotations.len();
        }
        let Check { people: People { categories, .. }, numbers, tally, .. } = check;
        let counted_anew = numbers.into_iter().filter(|(id, number)| id.kept() != Some(*number)).collect();
        let keys = Keys { counted_anew, people: categories };
        Ok(Reading {
            dataset: Dataset { images, people: kept },
            left_out: tally.0,
            listed_pictures,
            listed_people,
            keys,
        })
    }
}

/// Where an annotation stands, for people to read.
fn place(annotation: &ReadAnnotation, index: usize) -> String {
    annotation.id.as_ref().map_or_else(|| format!("annotation entry {index}"), |id| format!("id {id}"))
}

/// What is known of a file while its people are read.
struct Check<'a> {
    path: &'a Path,
    people: People,
    /// The pictures' numbers by their ids in the file.
    numbers: HashMap<Id, u64>,
    tally: Tally,
    /// The annotations read so far by their picture's number.
    earlier: HashMap<u64, Vec<&'a ReadAnnotation>>,
}

impl<'a> Check<'a> {
    /// The person of an annotation; none where it is left out.
    fn person(
        &mut self,
        annotation: &'a ReadAnnotation,
        index: usize,
    ) -> Result<Option<Person>, DatasetError> {
        let first = || place(annotation, index);
        let Some(picture) = &annotation.image_id else {
            self.tally.add(LeftOutKind::NoPicture, first);
            return Ok(None);
        };
        let Some(&image_id) = self.numbers.get(picture) else {
            let first = || format!("{}, picture {picture}", place(annotation, index));
            self.tally.add(LeftOutKind::UnlistedPicture, first);
            return Ok(None);
        };
        let earlier = self.earlier.entry(image_id).or_default();
        // Nobody labels so many in one picture; comparing each with each would take for ever.
        if earlier.len() < MOST_COMPARED && earlier.contains(&annotation) {
            self.tally.add(LeftOutKind::RepeatedPerson, first);
            return Ok(None);
        }
        earlier.push(annotation);
        let labels = self.labels(annotation, index)?;
        let Some(bbox) = self.bbox(annotation, &labels, index) else { return Ok(None) };
        let given = annotation.area.flatten().filter(|area| *area >= 0.0);
        if annotation.area.is_some() && given.is_none() {
            self.tally.add(LeftOutKind::AreaOfBox, first);
        }
        let area = given.unwrap_or_else(|| bbox.area());
        if labelled(&labels) > 0 && !annotation.iscrowd && area < SMALLEST_SHARE * bbox.area() {
            self.tally.add(LeftOutKind::TinyArea, first);
        }
        let id = annotation.id.as_ref().and_then(Id::kept).unwrap_or(index as u64 + 1);
        let num_keypoints = annotation.num_keypoints.unwrap_or_else(|| labelled(&labels));
        Ok(Some(Person { image_id, id, bbox, area, labels, iscrowd: annotation.iscrowd, num_keypoints }))
    }

    /// The box of the file, or for want of a usable one that of the joints.
    fn bbox(&mut self, annotation: &ReadAnnotation, labels: &Labels, index: usize) -> Option<BoundingBox> {
        let given = match annotation.bbox.get(..4) {
            Some(&[Some(x), Some(y), Some(width), Some(height)]) => Some(BoundingBox { x, y, width, height }),
            _ => None,
        };
        let first = || place(annotation, index);
        let joints = labels.iter().filter(|label| label.is_labelled()).map(|label| (label.x, label.y));
        let of_joints = BoundingBox::around(joints, 0.0);
        match (given, of_joints) {
            (Some(bbox), _) if bbox.width > 0.0 && bbox.height > 0.0 => Some(bbox),
            (_, Some(of_joints)) => {
                self.tally.add(LeftOutKind::BoxOfJoints, first);
                Some(of_joints)
            }
            // Without a size nobody can be looked for in it, but the reference evaluation counts it.
            (Some(bbox), None) if bbox.width >= 0.0 && bbox.height >= 0.0 => Some(bbox),
            (Some(_), None) => {
                self.tally.add(LeftOutKind::NegativeBox, first);
                None
            }
            (None, None) => {
                self.tally.add(LeftOutKind::NoBox, first);
                None
            }
        }
    }

    /// The joints in COCO's order; those without a position are unlabelled.
    fn labels(&mut self, annotation: &ReadAnnotation, index: usize) -> Result<Labels, DatasetError> {
        let numbers = &annotation.keypoints;
        let mut labels = Labels::default();
        if numbers.is_empty() {
            return Ok(labels);
        }
        if numbers.len() != NUMBERS_PER_KEYPOINT * KEYPOINT_COUNT {
            let id = annotation.id.as_ref().map_or_else(String::new, |id| format!(" (id {id})"));
            return Err(DatasetError::Entry {
                path: self.path.to_owned(),
                entry: format!("annotation entry {index}{id}"),
                expected: "keypoints of 51 numbers".to_owned(),
                found: numbers.len().to_string(),
            });
        }
        for (joint, label) in labels.iter_mut().enumerate() {
            let start = NUMBERS_PER_KEYPOINT * self.people.order.map_or(joint, |order| order[joint]);
            let Some(&[x, y, flag]) = numbers.get(start..start + NUMBERS_PER_KEYPOINT) else { continue };
            let visibility = match flag {
                Some(1.0) => 1,
                Some(flag) if flag > 0.0 => 2,
                _ => 0,
            };
            *label = match (x, y) {
                (Some(x), Some(y)) => LabelledKeypoint { x, y, visibility },
                _ => LabelledKeypoint { x: x.unwrap_or(0.0), y: y.unwrap_or(0.0), visibility: 0 },
            };
            if visibility > label.visibility {
                self.tally.add(LeftOutKind::JointWithoutPlace, || place(annotation, index));
            }
        }
        Ok(labels)
    }
}

/// How many of the keypoints are labelled.
pub(super) fn labelled(labels: &Labels) -> usize {
    labels.iter().filter(|label| label.is_labelled()).count()
}
