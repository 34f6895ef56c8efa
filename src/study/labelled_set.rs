//! A data set to measure on: annotations, and the pictures they are of.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::error::StudyError;
use super::fitted_set::fit_labels;
use super::look::Look;
use super::set_description::SetDescription;
use crate::pose::coco::{Dataset, Reading};
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
}

impl LabelledSet {
    /// Reads the annotations and finds the pictures. `warn` is told what was left out of the annotations,
    /// and what was done to labels of another frame than their picture's.
    ///
    /// # Errors
    /// When the annotations cannot be read, nothing is left of them, or a picture is missing.
    pub fn open(description: &SetDescription, mut warn: impl FnMut(&str)) -> Result<Self, StudyError> {
        let path = description.annotations.clone();
        let reading = Reading::of(&path)?;
        if let Some(warning) = reading.warning(&path) {
            warn(&warning);
        }
        let mut dataset = reading.dataset;
        if let Some(source) = &description.source {
            keep_source(&mut dataset, source, &path)?;
        }
        if let Some(limit) = description.limit {
            dataset.images.truncate(limit);
        }
        let kept: HashSet<u64> = dataset.images.iter().map(|image| image.id).collect();
        dataset.people.retain(|person| kept.contains(&person.image_id));
        let store = PictureStore::open(&description.pictures)?;
        let names = dataset.images.iter().map(|image| image.file_name.as_str());
        let mut pictures = store.find_all(names).map_err(|source| {
            let annotations = path.clone();
            StudyError::MissingPictures { annotations, source }
        })?;
        for warning in fit_labels(&mut dataset, &mut pictures, description.turn_labels) {
            warn(&format!("{}: {warning}", path.display()));
        }
        let set = Self { path, dataset, pictures };
        match set.looks().is_empty() {
            true => Err(StudyError::Nobody { annotations: set.path }),
            false => Ok(set),
        }
    }

    /// Everybody to look for, with the index of each in the data set's people: those who are no crowd and have
    /// labelled joints, picture by picture.
    pub fn looks(&self) -> Vec<(usize, Look)> {
        let index: HashMap<u64, usize> =
            self.dataset.images.iter().enumerate().map(|(index, image)| (image.id, index)).collect();
        let people = self.dataset.people.iter().enumerate();
        let mut looks: Vec<(usize, Look)> = people
            .filter(|(_, person)| !person.iscrowd && person.num_keypoints > 0)
            .filter_map(|(i, person)| {
                Some((i, Look { picture: *index.get(&person.image_id)?, bounds: person.bbox }))
            })
            .collect();
        looks.sort_by_key(|(_, look)| look.picture);
        looks
    }
}

fn keep_source(dataset: &mut Dataset, source: &str, path: &Path) -> Result<(), StudyError> {
    let known: BTreeSet<String> = dataset.images.iter().filter_map(|image| image.source.clone()).collect();
    if !known.contains(source) {
        let known: Vec<String> = known.into_iter().collect();
        let found = if known.is_empty() { "none with a source".to_owned() } else { known.join(", ") };
        let (annotations, expected) = (path.to_owned(), source.to_owned());
        return Err(StudyError::NoSuchSource { annotations, expected, found });
    }
    dataset.images.retain(|image| image.source.as_deref() == Some(source));
    Ok(())
}
