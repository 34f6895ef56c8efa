//! Which data set to measure on.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::error::StudyError;
use super::picture_places::{Archives, picture_places};
use crate::pose::coco::{ANNOTATIONS, Dataset, PERSON_KEYPOINTS};

/// A data set, and which part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetDescription {
    /// COCO keypoint annotations.
    pub annotations: PathBuf,
    /// Folders and tar archives that hold the pictures.
    pub pictures: Vec<PathBuf>,
    /// Only pictures that the annotations say are from this source.
    pub source: Option<String>,
    /// Only the first so many pictures.
    pub limit: Option<usize>,
    /// Leave out pictures that are not there, and the people in them; else one that is missing is an error.
    pub skip_missing: bool,
    /// Turn labels with pictures that are turned by their EXIF data, where they fit them turned or not.
    pub turn_labels: bool,
}

impl SetDescription {
    /// Annotations whose pictures are in these places; where none are named, in those where programs put them beside the
    /// annotations: in `SET-*.tar`, `SET`, `images/SET` or `images` beside `SET.json` or the folder `annotations` of
    /// `person_keypoints_SET.json`, or beside the file itself.
    pub fn of_annotations(annotations: &Path, pictures: &[PathBuf]) -> Self {
        match pictures.is_empty() {
            true => Self::found_by(annotations, &mut Archives::default()),
            false => {
                Self { annotations: annotations.to_owned(), pictures: pictures.to_vec(), ..Self::default() }
            }
        }
    }

    /// As [`Self::of_annotations`] where no places are named, for one of many files.
    pub(super) fn found_by(annotations: &Path, archives: &mut Archives) -> Self {
        let pictures = picture_places(annotations, archives);
        Self { annotations: annotations.to_owned(), pictures, ..Self::default() }
    }

    /// A split in a folder of splits: the annotations `SPLIT.json`, `person_keypoints_SPLIT.json` or, as COCO and CVAT
    /// lay them out, `annotations/person_keypoints_SPLIT.json`, with pictures as [`Self::of_annotations`] finds them.
    ///
    /// # Errors
    /// When the folder cannot be listed or has no annotations of the split.
    pub fn of_split(folder: &Path, split: &str) -> Result<Self, StudyError> {
        let unreadable = |source| StudyError::Folder { folder: folder.to_owned(), source };
        std::fs::read_dir(folder).map_err(unreadable)?;
        let coco = format!("{PERSON_KEYPOINTS}{split}.json");
        let files = [format!("{split}.json"), coco.clone(), format!("{ANNOTATIONS}/{coco}")];
        match files.iter().map(|file| folder.join(file)).find(|file| file.is_file()) {
            Some(annotations) => Ok(Self::of_annotations(&annotations, &[])),
            None => Err(StudyError::NoSplit { folder: folder.to_owned(), expected: files }),
        }
    }

    /// Leaves the pictures that are asked for, and the people in them.
    ///
    /// # Errors
    /// When none is from the source asked for.
    pub fn narrow(&self, dataset: &mut Dataset) -> Result<(), StudyError> {
        if let Some(source) = &self.source {
            keep_source(dataset, source, &self.annotations)?;
        }
        if let Some(limit) = self.limit {
            dataset.images.truncate(limit);
        }
        let kept: HashSet<u64> = dataset.images.iter().map(|image| image.id).collect();
        dataset.people.retain(|person| kept.contains(&person.image_id));
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_are_named_are_the_only_ones() {
        let named = [PathBuf::from("elsewhere")];
        let description = SetDescription::of_annotations(Path::new("labels.json"), &named);
        assert_eq!(description.pictures, named);
    }

    #[test]
    fn a_split_without_annotations_is_told_from_a_folder_that_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let message = SetDescription::of_split(folder.path(), "dev").unwrap_err().to_string();
        assert!(
            message.contains("expected dev.json, person_keypoints_dev.json or annotations/"),
            "{message}"
        );
        let absent = SetDescription::of_split(&folder.path().join("absent"), "dev").unwrap_err();
        assert!(matches!(absent, StudyError::Folder { .. }), "{absent}");
    }
}
