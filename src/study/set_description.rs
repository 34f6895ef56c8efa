//! Which data set to measure on.

use std::path::{Path, PathBuf};

use super::error::StudyError;

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
    /// Turn labels with pictures that are turned by their EXIF data, where they fit them turned or not.
    pub turn_labels: bool,
}

impl SetDescription {
    /// Annotations whose pictures are in these places; where none are named, in the folder of the annotations.
    pub fn of_annotations(annotations: &Path, pictures: &[PathBuf]) -> Self {
        let folder = annotations.parent().filter(|folder| !folder.as_os_str().is_empty());
        let pictures = match pictures.is_empty() {
            true => vec![folder.unwrap_or(Path::new(".")).to_owned()],
            false => pictures.to_vec(),
        };
        Self { annotations: annotations.to_owned(), pictures, ..Self::default() }
    }

    /// A split in a folder of splits: `SPLIT.json` beside `SPLIT-*.tar` or a folder `SPLIT`.
    ///
    /// # Errors
    /// When the folder cannot be listed or has no pictures of the split.
    pub fn of_split(folder: &Path, split: &str) -> Result<Self, StudyError> {
        let annotations = folder.join(format!("{split}.json"));
        Ok(Self { annotations, pictures: pictures_of_split(folder, split)?, ..Self::default() })
    }
}

/// The archives and the folder that hold a split's pictures.
fn pictures_of_split(folder: &Path, split: &str) -> Result<Vec<PathBuf>, StudyError> {
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
