//! Finding the annotations that belong to a picture.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::annotations::{Dataset, Person};
use super::error::DatasetError;
use super::label_cache::LabelCache;

/// Names under which annotations of a whole folder are looked for, in this order.
const FOLDER_FILES: [&str; 2] = ["keypoints.json", "annotations.json"];

/// Annotation files of COCO's own naming, looked for last.
const COCO_PREFIX: &str = "person_keypoints";

/// The people labelled in a picture, as [`LabelCache::beside`] finds them, with every file read anew.
///
/// # Errors
/// As [`LabelCache::beside`].
pub fn beside(picture: &Path) -> Result<Option<(PathBuf, Vec<Person>)>, Arc<DatasetError>> {
    LabelCache::default().beside(picture)
}

impl LabelCache {
    /// The people labelled in a picture, from the first COCO file in its folder that lists the picture, and that
    /// file.
    ///
    /// Looked for are `<stem>.json`, `keypoints.json`, `annotations.json`, then every `person_keypoints*.json` by
    /// name. `None` when none of them lists the picture. Pipes, devices and files of more than 256 MiB are passed
    /// over; [`LabelCache::take_warnings`] tells of them.
    ///
    /// # Errors
    /// When the folder or one of these files cannot be read, or the file holds no proper annotations. Only
    /// `<stem>.json` may be something else altogether, as many programs write a file of that name: it is passed
    /// over unless it has COCO's lists.
    pub fn beside(&mut self, picture: &Path) -> Result<Option<(PathBuf, Vec<Person>)>, Arc<DatasetError>> {
        let Some(file_name) = picture.file_name().and_then(|name| name.to_str()) else {
            return Ok(None);
        };
        let own = picture.with_extension("json");
        if let Some(dataset) = own_annotations(self.read(&own))?
            && let Some(people) = people_in(&dataset, file_name)
        {
            return Ok(Some((own, people)));
        }
        for path in folder_files(picture)? {
            if path == own {
                continue;
            }
            if let Some(dataset) = self.dataset(&path)?
                && let Some(people) = people_in(&dataset, file_name)
            {
                return Ok(Some((path, people)));
            }
        }
        Ok(None)
    }
}

/// What the picture's own file holds, if that is COCO annotations.
fn own_annotations(read: Result<Option<Dataset>, DatasetError>) -> Result<Option<Dataset>, DatasetError> {
    match read {
        Err(DatasetError::NotCoco { .. }) => Ok(None),
        other => other,
    }
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

fn people_in(dataset: &Dataset, file_name: &str) -> Option<Vec<Person>> {
    dataset.image(file_name)?;
    Some(dataset.people_of(file_name).into_iter().cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::super::annotations::ImageEntry;
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
        let (path, people) = beside(&folder.join("a.jpg")).unwrap()?;
        Some((path.file_name().unwrap().to_string_lossy().into_owned(), people.len()))
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
    fn only_the_pictures_own_file_may_be_something_else() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.json"), "{\"shapes\": []}").unwrap();
        assert_eq!(found(folder.path()), None);
        fs::write(folder.path().join("annotations.json"), "{\"shapes\": []}").unwrap();
        let error = beside(&folder.path().join("a.jpg")).unwrap_err();
        assert!(error.to_string().contains("annotations.json is no COCO file"), "{error}");
        fs::write(folder.path().join("annotations.json"), "{").unwrap();
        let error = beside(&folder.path().join("a.jpg")).unwrap_err();
        assert!(matches!(*error, DatasetError::Json { .. }), "{error}");
    }

    #[test]
    fn a_broken_own_file_with_cocos_lists_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.json"), "{\"images\": [{}], \"annotations\": []}").unwrap();
        let error = beside(&folder.path().join("a.jpg")).unwrap_err();
        assert!(matches!(*error, DatasetError::Json { .. }), "{error}");
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
