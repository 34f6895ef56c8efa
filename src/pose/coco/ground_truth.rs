//! Finding the annotations that belong to a picture.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::annotations::{Dataset, ImageEntry, Person};
use super::error::DatasetError;
use super::label_cache::LabelCache;
use super::layouts::files_for;

/// Names under which annotations of a whole folder are looked for, in this order.
const FOLDER_FILES: [&str; 2] = ["keypoints.json", "annotations.json"];

/// Annotation files of COCO's own naming, looked for last.
const COCO_PREFIX: &str = "person_keypoints";

/// The labels of a picture, in a file beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// The file.
    pub path: PathBuf,
    /// The picture's entry.
    pub image: ImageEntry,
    /// The people labelled in it.
    pub people: Vec<Person>,
}

/// The people labelled in a picture, as [`LabelCache::beside`] finds them, with every file read anew.
///
/// # Errors
/// As [`LabelCache::beside`].
pub fn beside(picture: &Path) -> Result<Option<Beside>, Arc<DatasetError>> {
    LabelCache::default().beside(picture)
}

impl LabelCache {
    /// The people labelled in a picture, from the first COCO file beside it that lists the picture.
    ///
    /// Looked for are `<stem>.json`, `keypoints.json`, `annotations.json`, then every `person_keypoints*.json` by
    /// name, and at last those that COCO and CVAT put into a folder `annotations` beside that of the pictures. `None`
    /// when none of them lists the picture. Passed over are pipes, devices, files of more than 256 MiB, what is no COCO
    /// file or labels nobody, and broken ones that do not name the picture; [`LabelCache::take_warnings`] tells of them,
    /// but for a `<stem>.json` of another kind, as many programs write.
    ///
    /// # Errors
    /// When the folder or one of these files cannot be read, two entries may be the picture, a broken file names it, or
    /// its own `<stem>.json` breaks off.
    pub fn beside(&mut self, picture: &Path) -> Result<Option<Beside>, Arc<DatasetError>> {
        let Some(file_name) = picture.file_name().and_then(|name| name.to_str()) else {
            return Ok(None);
        };
        let own = picture.with_extension("json");
        let read = self.own_dataset(&own);
        let files = folder_files(picture)?;
        let mut others = Vec::new();
        let mut outcome = match read {
            Err(error) if matches!(*error, DatasetError::NotCoco { .. }) => Ok(None),
            other => other,
        };
        let paths = std::iter::once(own.clone()).chain(files.into_iter().filter(|path| *path != own));
        for (index, path) in paths.enumerate() {
            if index > 0 {
                outcome = self.dataset(&path);
            }
            match &outcome {
                Ok(None) => {}
                Ok(Some(dataset)) => match found_in(dataset, &path, picture)? {
                    Some(found) => return Ok(Some(found)),
                    None => others.push(path),
                },
                Err(error) if (index > 0 || !is_cut_off(error)) && !self.names(error, &path, file_name) => {
                    self.tell(format!("labels passed over: {error}"));
                }
                Err(error) => return Err(Arc::clone(error)),
            }
        }
        for path in others {
            self.note_unlisted(&path, picture);
        }
        Ok(None)
    }
}

/// Whether a file breaks off: nobody can tell any more what it lists. One that is empty never listed anything.
fn is_cut_off(error: &DatasetError) -> bool {
    matches!(error, DatasetError::Json { source, .. } if source.is_eof() && source.column() > 0)
}

/// The picture's entry and people in the file at `path`.
fn found_in(dataset: &Dataset, path: &Path, picture: &Path) -> Result<Option<Beside>, DatasetError> {
    let image = dataset
        .image(picture)
        .map_err(|source| DatasetError::TwoEntries { path: path.to_owned(), source })?;
    Ok(image.map(|image| Beside {
        path: path.to_owned(),
        image: image.clone(),
        people: dataset.people_of(image).into_iter().cloned().collect(),
    }))
}

/// The files for a whole folder that may be there.
fn folder_files(picture: &Path) -> Result<Vec<PathBuf>, DatasetError> {
    let folder = match picture.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut files: Vec<PathBuf> = FOLDER_FILES.iter().map(|name| folder.join(name)).collect();
    let mut named = coco_named(folder).map_err(|source| DatasetError::read(folder, source))?;
    named.sort();
    files.append(&mut named);
    files.append(&mut files_for(folder));
    Ok(files)
}

fn coco_named(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(COCO_PREFIX) && name.ends_with(".json") {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::{BoundingBox, Labels};

    fn dataset(file_name: &str, people: u64) -> Dataset {
        let image = ImageEntry { id: 1, file_name: file_name.to_owned(), width: 8, height: 8, source: None };
        let person = |id| Person {
            image_id: 1,
            id,
            bbox: BoundingBox::whole(8, 8),
            area: 64.0,
            labels: Labels::default(),
            iscrowd: false,
            num_keypoints: 0,
        };
        Dataset { images: vec![image], people: (1..=people).map(person).collect() }
    }

    /// The file found for `a.jpg` and how many people it lists.
    fn found(folder: &Path) -> Option<(String, usize)> {
        let found = beside(&folder.join("a.jpg")).unwrap()?;
        Some((found.path.file_name().unwrap().to_string_lossy().into_owned(), found.people.len()))
    }

    #[test]
    fn labels_are_found_where_cvat_puts_them() {
        let root = tempfile::tempdir().unwrap();
        let folders = ["images", "annotations"].map(|name| root.path().join(name));
        folders.iter().for_each(|folder| fs::create_dir(folder).unwrap());
        let [images, annotations] = folders;
        dataset("a.jpg", 3).write(&annotations.join("person_keypoints_default.json")).unwrap();
        assert_eq!(found(&images), Some(("person_keypoints_default.json".to_owned(), 3)));
        dataset("a.jpg", 1).write(&images.join("keypoints.json")).unwrap();
        assert_eq!(found(&images), Some(("keypoints.json".to_owned(), 1)), "what is beside comes first");
    }

    #[test]
    fn the_first_file_that_lists_the_picture_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, listed: &str, people| {
            dataset(listed, people).write(&folder.path().join(name)).unwrap();
        };
        let expect = |name: &str, people| assert_eq!(found(folder.path()), Some((name.to_owned(), people)));
        assert_eq!(found(folder.path()), None);
        write("person_keypoints_val.json", "a.jpg", 1);
        expect("person_keypoints_val.json", 1);
        write("person_keypoints_minival.json", "set/a.jpg", 2);
        expect("person_keypoints_minival.json", 2);
        write("annotations.json", "b.jpg", 3);
        expect("person_keypoints_minival.json", 2);
        write("keypoints.json", "a.jpg", 0);
        expect("keypoints.json", 0);
        write("a.json", "a.jpg", 5);
        expect("a.json", 5);
        write("a.json", "b.jpg", 5);
        expect("keypoints.json", 0);
    }

    #[test]
    fn what_is_no_coco_file_is_passed_over_and_broken_files_only_fail_their_pictures() {
        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join("a.jpg");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let mut labels = LabelCache::default();
        write("a.json", "{\"shapes\": []}");
        assert_eq!(labels.beside(&picture).unwrap(), None);
        assert!(labels.take_warnings().is_empty());
        write("annotations.json", "[{\"image_id\": 1}]");
        write("keypoints.json", "{\"images\": [{\"file_name\": \"b.jpg\"");
        for _ in 0..2 {
            assert_eq!(labels.beside(&picture).unwrap(), None);
        }
        let warnings = labels.take_warnings();
        assert_eq!(warnings.len(), 2, "{warnings:?}");
        assert!(warnings[1].contains("annotations.json is no COCO file"), "{warnings:?}");
        let error = labels.beside(&folder.path().join("b.jpg")).unwrap_err();
        assert!(matches!(*error, DatasetError::Json { .. }), "{error}");
        write("a.json", "{");
        let error = labels.beside(&picture).unwrap_err();
        assert!(matches!(*error, DatasetError::Json { .. }), "{error}");
    }

    #[test]
    fn a_file_of_the_pictures_name_that_labels_nobody_is_passed_over_with_a_word() {
        let folder = tempfile::tempdir().unwrap();
        dataset("a.jpg", 2).write(&folder.path().join("keypoints.json")).unwrap();
        let picture = folder.path().join("a.jpg");
        let captions = r#"{"images": [{"id": 4, "file_name": "a.jpg"}], "annotations": [{"image_id": 4, "caption": "a cat"}]}"#;
        let things = r#"{"images": [{"id": 4, "file_name": "a.jpg"}],
            "annotations": [{"image_id": 4, "category_id": 3}, {"image_id": 4, "category_id": 4}],
            "categories": [{"id": 3, "name": "car"}, {"id": 4, "name": "dog"}]}"#;
        for (text, said) in [
            (captions, "1 without box and joints"),
            (things, "expected a category of people"),
            ("{\"a\": 1}\n{\"a\": 2}", "trailing characters"),
            ("made by hand", "does not hold COCO annotations"),
            ("", "does not hold COCO annotations"),
        ] {
            fs::write(folder.path().join("a.json"), text).unwrap();
            let mut labels = LabelCache::default();
            let beside = labels.beside(&picture).unwrap().unwrap();
            assert!(beside.path.ends_with("keypoints.json") && beside.people.len() == 2, "{text}");
            let warnings = labels.take_warnings();
            assert!(warnings.len() == 1 && warnings[0].contains(said), "{warnings:?}");
        }
        for broken in [r#"{"images": [{"id": 4, "file_name": "a.jpg",}]}"#, r#"{"images": ["#] {
            fs::write(folder.path().join("a.json"), broken).unwrap();
            let error = LabelCache::default().beside(&picture).unwrap_err();
            assert!(matches!(*error, DatasetError::Json { .. }), "{broken}: {error}");
        }
    }

    #[test]
    fn a_file_that_lists_other_pictures_says_so_once() {
        let folder = tempfile::tempdir().unwrap();
        dataset("b.jpg", 1).write(&folder.path().join("annotations.json")).unwrap();
        let mut labels = LabelCache::default();
        for name in ["a.jpg", "c.jpg"] {
            assert_eq!(labels.beside(&folder.path().join(name)).unwrap(), None);
        }
        let warnings = labels.take_warnings();
        assert!(warnings.len() == 1 && warnings[0].contains("does not list 2 pictures"), "{warnings:?}");
        assert_eq!(labels.largest_id(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_of_these_names_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.json", "keypoints.json", "person_keypoints_val.json"] {
            let pipe = folder.path().join(name);
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        }
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("annotations.json")).unwrap();
        let picture = folder.path().join("a.jpg");
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut labels = LabelCache::default();
            let found = labels.beside(&picture).map(|labels| labels.is_some());
            sender.send((found.unwrap(), labels.take_warnings())).unwrap();
        });
        let (found, warnings) = receiver.recv_timeout(std::time::Duration::from_secs(10)).unwrap();
        assert!(!found);
        let said = ["a.json: ", "keypoints.json: ", "annotations.json: ", "person_keypoints_val.json: "];
        let kinds = ["a pipe", "a pipe", "a device", "a pipe"];
        assert_eq!(warnings.len(), said.len(), "{warnings:?}");
        for ((warning, said), kind) in warnings.iter().zip(said).zip(kinds) {
            assert!(warning.contains(&format!("{said}expected a regular file, found {kind}")), "{warning}");
        }
    }
}
