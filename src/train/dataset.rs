//! Finding a split in data folders: its annotation files and its pictures.

use std::path::{Path, PathBuf};

use super::error::TrainError;
use crate::pose::coco::{ANNOTATIONS, Dataset, IMAGES, ImageEntry, PERSON_KEYPOINTS, Reading};
use crate::source::{MissingPictures, PictureStore, StoredPicture};

/// Everything labelled under one name, such as `train`, over all data folders.
#[derive(Debug)]
pub struct Split {
    pub(super) name: String,
    pub(super) folders: Vec<PathBuf>,
    /// All annotation files as one, the ids of pictures counted anew.
    pub(super) labels: Dataset,
    /// One for each picture of `labels`.
    pub(super) pictures: Vec<StoredPicture>,
    /// What was left out of the annotations, a sentence for each file.
    pub(super) warnings: Vec<String>,
}

impl Split {
    /// Finds a split: in each folder, `SPLIT.json` and `SPLIT-*.json` or COCO's own
    /// `annotations/person_keypoints_SPLIT.json`, with pictures in `SPLIT.tar` and `SPLIT-*.tar`, or in the
    /// folders `SPLIT`, `images/SPLIT`, `images` or the data folder itself.
    ///
    /// # Errors
    /// When a folder has no annotations of the split, a file is damaged, or a picture is missing: names the file
    /// and the entry.
    pub fn find(folders: &[PathBuf], name: &str) -> Result<Self, TrainError> {
        let mut split = Self {
            name: name.to_owned(),
            folders: folders.to_vec(),
            labels: Dataset::default(),
            pictures: Vec::new(),
            warnings: Vec::new(),
        };
        for folder in folders {
            let files = annotation_files(folder, name)?;
            if files.is_empty() {
                return Err(TrainError::NoAnnotations {
                    folder: folder.clone(),
                    split: name.to_owned(),
                    expected: format!(
                        "{name}.json, {name}-*.json or annotations/person_keypoints_{name}.json"
                    ),
                });
            }
            let pictures = pictures_of(folder, name)?;
            for file in files {
                split.add(&file, &pictures)?;
            }
        }
        Ok(split)
    }

    /// As [`Self::find`], over those of the folders that have the split; `None` where none has.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn find_where_present(folders: &[PathBuf], name: &str) -> Result<Option<Self>, TrainError> {
        let mut present = Vec::new();
        for folder in folders {
            if !annotation_files(folder, name)?.is_empty() {
                present.push(folder.clone());
            }
        }
        if present.is_empty() { Ok(None) } else { Self::find(&present, name).map(Some) }
    }

    /// How many people are annotated.
    pub fn people(&self) -> usize {
        self.labels.people.len()
    }

    fn add(&mut self, file: &Path, pictures: &PictureStore) -> Result<(), TrainError> {
        let reading = Reading::of(file)?;
        self.warnings.extend(reading.warning(file));
        let labels = reading.dataset;
        let names = labels.images.iter().map(|image| image.file_name.as_str());
        let found = pictures.find_all(names).map_err(|source| not_found(file, &labels.images, source))?;
        self.pictures.extend(found);
        let first = self.labels.images.len() as u64;
        let mut new_ids = std::collections::HashMap::with_capacity(labels.images.len());
        for (entry, image) in labels.images.into_iter().enumerate() {
            let id = first + entry as u64;
            new_ids.insert(image.id, id);
            self.labels.images.push(ImageEntry { id, ..image });
        }
        for mut person in labels.people {
            // Reading has made sure that every person's picture is listed.
            let Some(id) = new_ids.get(&person.image_id) else {
                continue;
            };
            person.image_id = *id;
            self.labels.people.push(person);
        }
        Ok(())
    }
}

/// The annotation files of a split in a folder, by name.
fn annotation_files(folder: &Path, split: &str) -> Result<Vec<PathBuf>, TrainError> {
    let mut files = parts(folder, split, "json")?;
    let coco = format!("{PERSON_KEYPOINTS}{split}.json");
    let own = [folder.join(ANNOTATIONS).join(&coco), folder.join(&coco)];
    files.extend(own.into_iter().filter(|path| path.is_file()));
    Ok(files)
}

/// Why pictures of an annotation file were not found, with the entry of the first that is missing.
fn not_found(file: &Path, images: &[ImageEntry], source: MissingPictures) -> TrainError {
    let annotations = file.to_owned();
    if let MissingPictures::Missing { first, places, .. } = &source
        && let Some((entry, image)) = images.iter().enumerate().find(|(_, image)| image.file_name == *first)
    {
        let (file_name, searched) = (first.clone(), places.clone());
        return TrainError::MissingPicture { annotations, entry, id: image.id, file_name, searched };
    }
    TrainError::Pictures { annotations, source }
}

/// The archives of a split and the folders that its pictures may lie in.
fn pictures_of(folder: &Path, split: &str) -> Result<PictureStore, TrainError> {
    let mut places = parts(folder, split, "tar")?;
    let images = folder.join(IMAGES);
    let folders = [folder.join(split), images.join(split), images, folder.to_owned()];
    places.extend(folders.into_iter().filter(|folder| folder.is_dir()));
    Ok(PictureStore::open(&places)?)
}

/// The files `SPLIT.extension` and `SPLIT-*.extension`, by name.
fn parts(folder: &Path, split: &str, extension: &str) -> Result<Vec<PathBuf>, TrainError> {
    let read = |source| TrainError::read(folder, source);
    let numbered = format!("{split}-");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let fits = stem == split || stem.starts_with(&numbered);
        if fits && path.extension().is_some_and(|found| found == extension) && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
