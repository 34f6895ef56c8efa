//! A data set to measure on: annotations, and the pictures they are of.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::error::StudyError;
use super::fitted_set::fit_labels;
use super::look::Look;
use super::set_description::SetDescription;
use crate::pose::coco::{Dataset, ImageEntry, Person, Reading};
use crate::source::{PictureStore, StoredPicture};

/// A data set whose pictures are all there.
#[derive(Debug)]
pub struct LabelledSet {
    /// The annotation file.
    pub path: PathBuf,
    /// Pictures and people, those that were asked for.
    pub dataset: Dataset,
    /// Where the pictures are, in the order of the data set's images.
    pub pictures: Vec<StoredPicture>,
    /// What was left out of the annotations and of the pictures, and what was done to labels of another frame than
    /// their picture's: a sentence for each.
    pub warnings: Vec<String>,
}

impl LabelledSet {
    /// Reads the annotations and finds the pictures.
    ///
    /// # Errors
    /// When the annotations cannot be read, nothing is left of them, or a picture is missing where missing ones are not
    /// to be left out.
    pub fn open(description: &SetDescription) -> Result<Self, StudyError> {
        let path = description.annotations.clone();
        let reading = Reading::of(&path)?;
        let mut warnings = Vec::from_iter(reading.warning(&path));
        let mut dataset = reading.dataset;
        description.narrow(&mut dataset)?;
        let of_file = |warning: String| format!("{}: {warning}", path.display());
        let (mut pictures, absent) = find_pictures(&mut dataset, description)?;
        warnings.extend(absent.map(of_file));
        let fitted = fit_labels(&mut dataset, &mut pictures, description.turn_labels);
        warnings.extend(fitted.into_iter().map(of_file));
        let set = Self { path, dataset, pictures, warnings };
        match set.looks().is_empty() {
            true => Err(StudyError::Nobody { annotations: set.path }),
            false => Ok(set),
        }
    }

    /// A set of pictures with the people labelled in each, in picture pixels. Pictures and people are numbered anew;
    /// `path` is what the set is called.
    pub fn of(path: PathBuf, labelled: Vec<(StoredPicture, Vec<Person>)>) -> Self {
        let mut set = Self { path, dataset: Dataset::default(), pictures: Vec::new(), warnings: Vec::new() };
        for (image_id, (picture, people)) in (0..).zip(labelled) {
            let file_name = picture.name().display().to_string();
            set.dataset.images.push(ImageEntry {
                id: image_id,
                file_name,
                width: 0,
                height: 0,
                source: None,
            });
            set.pictures.push(picture);
            for person in people {
                let id = set.dataset.people.len() as u64;
                set.dataset.people.push(Person { image_id, id, ..person });
            }
        }
        set
    }

    /// Everybody to look for, with the index of each in the data set's people: those who are no crowd and have
    /// labelled joints, picture by picture.
    pub fn looks(&self) -> Vec<(usize, Look)> {
        let index: HashMap<u64, usize> =
            self.dataset.images.iter().enumerate().map(|(index, image)| (image.id, index)).collect();
        let people = self.dataset.people.iter().enumerate();
        let mut looks: Vec<(usize, Look)> = people
            .filter(|(_, person)| is_looked_for(person))
            .filter_map(|(i, person)| {
                Some((i, Look { picture: *index.get(&person.image_id)?, bounds: person.bbox }))
            })
            .collect();
        looks.sort_by_key(|(_, look)| look.picture);
        looks
    }
}

/// The pictures that are there, in the order of the images listed. Those that are not are taken out of the list, and a
/// sentence tells of them.
///
/// # Errors
/// When some are missing and are not to be left out, or none is there.
fn find_pictures(
    dataset: &mut Dataset,
    description: &SetDescription,
) -> Result<(Vec<StoredPicture>, Option<String>), StudyError> {
    let failed = |source| {
        let annotations = description.annotations.clone();
        StudyError::MissingPictures { annotations, source }
    };
    let store = PictureStore::open(&description.pictures)?;
    let names = dataset.images.iter().map(|image| image.file_name.as_str());
    let (found, absent) = store.find_present(names).map_err(failed)?;
    let Some(absent) = absent else { return Ok((found.into_iter().flatten().collect(), None)) };
    if !description.skip_missing || found.iter().all(Option::is_none) {
        return Err(failed(absent));
    }
    let mut there = found.iter().map(Option::is_some);
    let mut left_out = HashSet::new();
    dataset.images.retain(|image| {
        let is_there = there.next().unwrap_or(false);
        if !is_there {
            left_out.insert(image.id);
        }
        is_there
    });
    dataset.people.retain(|person| !left_out.contains(&person.image_id));
    Ok((found.into_iter().flatten().collect(), Some(format!("left out what is not there: {absent}"))))
}

/// Whether a person counts: no crowd, with labelled joints.
pub(super) fn is_looked_for(person: &Person) -> bool {
    !person.iscrowd && person.num_keypoints > 0
}
