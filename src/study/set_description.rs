//! Which data set to measure on.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::error::StudyError;
use crate::pose::coco::{ANNOTATIONS, Dataset, IMAGES, PERSON_KEYPOINTS};

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
    /// annotations.
    pub fn of_annotations(annotations: &Path, pictures: &[PathBuf]) -> Self {
        let pictures = match pictures.is_empty() {
            true => places_beside(annotations),
            false => pictures.to_vec(),
        };
        Self { annotations: annotations.to_owned(), pictures, ..Self::default() }
    }

    /// A split in a folder of splits: `SPLIT.json` beside `SPLIT-*.tar` or a folder `SPLIT`; or as COCO and CVAT lay
    /// them out, `annotations/person_keypoints_SPLIT.json` beside folders `SPLIT`, `images/SPLIT` or `images`.
    ///
    /// # Errors
    /// When the folder cannot be listed or has no pictures of the split.
    pub fn of_split(folder: &Path, split: &str) -> Result<Self, StudyError> {
        let own = folder.join(format!("{split}.json"));
        let coco = folder.join(ANNOTATIONS).join(format!("{PERSON_KEYPOINTS}{split}.json"));
        if !own.is_file() && coco.is_file() {
            return Ok(Self::of_annotations(&coco, &[]));
        }
        Ok(Self { annotations: own, pictures: pictures_of_split(folder, split)?, ..Self::default() })
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

/// Where the pictures of an annotation file may be: in its folder, in `images` there, and where its folder is called
/// `annotations`, in the same places beside that: in folders of the split's name, in `images`, or in the folder itself.
fn places_beside(annotations: &Path) -> Vec<PathBuf> {
    let here = |path: Option<&Path>| match path {
        Some(path) if !path.as_os_str().is_empty() => path.to_owned(),
        _ => PathBuf::from("."),
    };
    let folder = here(annotations.parent());
    let mut places = vec![folder.clone(), folder.join(IMAGES)];
    // The working directory has a name too.
    let named = match folder.file_name() {
        Some(_) => folder,
        None => std::path::absolute(&folder).unwrap_or(folder),
    };
    if named.file_name().is_some_and(|name| name == ANNOTATIONS) {
        let root = here(named.parent());
        let stem = annotations.file_stem().unwrap_or_default().to_string_lossy();
        let split = stem.strip_prefix(PERSON_KEYPOINTS).unwrap_or(&stem);
        let images = root.join(IMAGES);
        places.extend([root.join(split), images.join(split), images, root]);
    }
    let (first, rest) = places.split_at(1);
    first.iter().chain(rest.iter().filter(|place| place.is_dir())).cloned().collect()
}

/// The archives and the folder that hold a split's pictures.
///
/// # Errors
/// When the folder cannot be listed or has no pictures of the split.
pub(super) fn pictures_of_split(folder: &Path, split: &str) -> Result<Vec<PathBuf>, StudyError> {
    let unreadable = |source| StudyError::Folder { folder: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let rest = name.strip_prefix(split);
        let is_tar = rest
            .and_then(|rest| rest.strip_suffix(".tar"))
            .is_some_and(|n| n.is_empty() || n.starts_with('-'));
        if is_tar || (name == split && path.is_dir()) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(StudyError::NoPictures { folder: folder.to_owned(), split: split.to_owned() });
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(folders: &[&str], file: &str) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for folder in folders {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        std::fs::write(root.path().join(file), "{}").unwrap();
        root
    }

    #[test]
    fn pictures_are_looked_for_where_coco_and_cvat_put_them() {
        let file = "annotations/person_keypoints_val2017.json";
        let root = made(&["annotations", "val2017", "images/val2017"], file);
        let places = |description: SetDescription| -> Vec<String> {
            let relative = |place: &PathBuf| {
                place.strip_prefix(root.path()).unwrap().to_string_lossy().replace('\\', "/")
            };
            description.pictures.iter().map(relative).collect()
        };
        let expected = ["annotations", "val2017", "images/val2017", "images", ""];
        let by_file = SetDescription::of_annotations(&root.path().join(file), &[]);
        assert_eq!(places(by_file.clone()), expected);
        assert_eq!(SetDescription::of_split(root.path(), "val2017").unwrap(), by_file);
        let named = SetDescription::of_annotations(&root.path().join(file), &[root.path().join("val2017")]);
        assert_eq!(places(named), ["val2017"]);
    }

    #[test]
    fn a_file_in_another_folder_is_beside_its_pictures() {
        let root = made(&["images"], "labels.json");
        let description = SetDescription::of_annotations(&root.path().join("labels.json"), &[]);
        assert_eq!(description.pictures, [root.path().to_owned(), root.path().join("images")]);
        let bare = SetDescription::of_annotations(Path::new("no_such_labels.json"), &[]);
        assert_eq!(bare.pictures.first(), Some(&PathBuf::from(".")));
    }
}
