//! Label files beside pictures, each read once for all pictures of its folder.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::annotations::Dataset;
use super::error::DatasetError;
use super::names::Names;
use super::reading::Reading;
use crate::counted::counted;
use crate::input_file::InputError;

/// Largest label file that is read because it lies beside a picture, in bytes.
pub(super) const MAX_FILE_BYTES: u64 = 256 << 20;

/// How many files are kept. COCO's own folders have two, and some have one of their own besides.
const KEPT: usize = 4;

/// What a file holds; none where there is no file, or one that is passed over.
type Outcome = Result<Option<Arc<Dataset>>, Arc<DatasetError>>;

/// The label files that were last looked into. A file is read anew when its length or the time of its last change
/// is another.
#[derive(Debug, Default)]
pub struct LabelCache {
    /// The one used last comes last.
    held: Vec<Held>,
    /// That of the picture alone that was looked at last; it does not displace those of the folder.
    own: Option<Held>,
    told: HashSet<String>,
    warnings: Vec<String>,
    /// Pictures that a file does not list: how many, and the first.
    unlisted: Vec<(PathBuf, usize, PathBuf)>,
    largest_id: u64,
}

#[derive(Debug)]
struct Held {
    path: PathBuf,
    stamp: Stamp,
    outcome: Outcome,
    /// The names in a file that is broken.
    names: Names,
}

/// What changes when a file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        Some(Self { modified: metadata.modified().ok(), length: metadata.len() })
    }
}

impl LabelCache {
    /// A sentence for each file that was passed over, of which something was left out, or which lists other
    /// pictures than one beside it, since this was asked last. Each is said once.
    pub fn take_warnings(&mut self) -> Vec<String> {
        let mut warnings = std::mem::take(&mut self.warnings);
        for (path, count, first) in std::mem::take(&mut self.unlisted) {
            let path = path.display();
            if self.told.insert(format!("{path} unlisted")) {
                let first = first.display();
                let pictures = counted(count, "picture", "pictures");
                warnings.push(format!("{path} does not list {pictures} beside it (first: {first})"));
            }
        }
        warnings
    }

    /// The largest id of a picture in any file read so far; 0 where there is none.
    pub fn largest_id(&self) -> u64 {
        self.largest_id
    }

    /// Says something, unless it was said before.
    pub(super) fn tell(&mut self, warning: String) {
        if self.told.insert(warning.clone()) {
            self.warnings.push(warning);
        }
    }

    /// Notes that a file does not list a picture.
    pub(super) fn note_unlisted(&mut self, path: &Path, picture: &Path) {
        match self.unlisted.iter_mut().find(|(known, ..)| known == path) {
            Some((_, count, _)) => *count += 1,
            None => self.unlisted.push((path.to_owned(), 1, picture.to_owned())),
        }
    }

    /// The content of a file, from memory where it has not changed.
    ///
    /// # Errors
    /// As [`LabelCache::read`].
    pub(super) fn dataset(&mut self, path: &Path) -> Outcome {
        let place = self.held.iter().position(|held| held.path == path);
        let known = place.map(|place| self.held.remove(place));
        let (held, outcome) = self.looked_into(path, known);
        if let Some(held) = held {
            if self.held.len() >= KEPT {
                self.held.remove(0);
            }
            self.held.push(held);
        }
        outcome
    }

    /// The content of a picture's own file, from memory where it is that of the last picture and has not changed.
    ///
    /// # Errors
    /// As [`LabelCache::read`].
    pub(super) fn own_dataset(&mut self, path: &Path) -> Outcome {
        let known = self.own.take().filter(|held| held.path == path);
        let (held, outcome) = self.looked_into(path, known);
        self.own = held;
        outcome
    }

    /// Whether a file that was refused is about a picture: it holds the picture's name, or cannot be looked into. Not
    /// one that labels anything but people. The file is read once, whatever pictures are asked for.
    pub(super) fn names(&mut self, error: &DatasetError, path: &Path, picture: &str) -> bool {
        match error {
            DatasetError::NotCoco { .. } | DatasetError::NoPeople { .. } => false,
            DatasetError::Read { .. } => true,
            _ => match self.held.iter_mut().find(|held| held.path == path) {
                Some(held) => held.names.contain(path, picture),
                None => Names::default().contain(path, picture),
            },
        }
    }

    /// What a file holds, from memory where it has not changed, and what is to be kept of it.
    fn looked_into(&mut self, path: &Path, known: Option<Held>) -> (Option<Held>, Outcome) {
        // Before reading: a file that changes meanwhile is read again next time.
        let stamp = Stamp::of(path);
        if let Some(held) = known
            && Some(held.stamp) == stamp
        {
            let outcome = held.outcome.clone();
            return (Some(held), outcome);
        }
        let outcome = self.read(path).map(|dataset| dataset.map(Arc::new)).map_err(Arc::new);
        // Whether a file can be read at all is quickly tried again, and changes without a trace in the file.
        let lasting = match &outcome {
            Ok(_) => true,
            Err(error) => !matches!(**error, DatasetError::Read { .. }),
        };
        let kept = stamp.filter(|_| lasting).map(|stamp| Held {
            path: path.to_owned(),
            stamp,
            outcome: outcome.clone(),
            names: Names::default(),
        });
        (kept, outcome)
    }

    /// Reads a file without keeping it; none where there is no file, or one that is passed over with a warning: a
    /// pipe, a device, more than 256 MiB, or annotations of which not one is a person's.
    ///
    /// # Errors
    /// As [`Dataset::read`].
    pub(super) fn read(&mut self, path: &Path) -> Result<Option<Dataset>, DatasetError> {
        match Reading::within(path, MAX_FILE_BYTES) {
            Ok(reading) => {
                let largest = reading.dataset.images.iter().map(|image| image.id).max();
                self.largest_id = self.largest_id.max(largest.unwrap_or(0));
                reading.warning(path).into_iter().for_each(|warning| self.tell(warning));
                // Captions, say, do not mean that nobody is in the picture.
                let is_of_others = reading.listed_people > 0 && reading.dataset.people.is_empty();
                Ok((!is_of_others).then_some(reading.dataset))
            }
            Err(DatasetError::Read { source: InputError::Io(error), .. })
                if error.kind() == ErrorKind::NotFound =>
            {
                Ok(None)
            }
            Err(
                error @ DatasetError::Read {
                    source: InputError::NotAFile { .. } | InputError::TooLarge { .. },
                    ..
                },
            ) => {
                self.tell(format!("labels passed over: {error}"));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const NOBODY: &str = r#"{"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": []}"#;

    #[test]
    fn a_file_is_read_once_until_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keypoints.json");
        let mut cache = LabelCache::default();
        assert!(cache.dataset(&path).unwrap().is_none());
        fs::write(&path, NOBODY).unwrap();
        let first = cache.dataset(&path).unwrap().unwrap();
        assert!(Arc::ptr_eq(&first, &cache.dataset(&path).unwrap().unwrap()));
        fs::write(&path, NOBODY.replace("a.jpg", "other.jpg")).unwrap();
        let second = cache.dataset(&path).unwrap().unwrap();
        assert_eq!(second.images[0].file_name, "other.jpg");
        fs::write(&path, "{").unwrap();
        let broken = cache.dataset(&path).unwrap_err();
        assert!(Arc::ptr_eq(&broken, &cache.dataset(&path).unwrap_err()));
        let broken = cache.own_dataset(&path).unwrap_err();
        assert!(Arc::ptr_eq(&broken, &cache.own_dataset(&path).unwrap_err()));
        fs::remove_file(&path).unwrap();
        assert!(cache.dataset(&path).unwrap().is_none());
        assert!(cache.own_dataset(&path).unwrap().is_none() && cache.own.is_none());
        assert!(cache.held.is_empty() && cache.take_warnings().is_empty());
    }

    #[test]
    fn the_files_used_last_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = (0..=KEPT).map(|i| folder.path().join(format!("{i}.json"))).collect();
        let mut cache = LabelCache::default();
        for path in &paths {
            fs::write(path, NOBODY).unwrap();
            cache.dataset(path).unwrap();
            cache.dataset(&paths[0]).unwrap();
        }
        let kept: Vec<&PathBuf> = cache.held.iter().map(|held| &held.path).collect();
        assert_eq!(kept, [&paths[2], &paths[3], &paths[4], &paths[0]]);
    }

    #[test]
    fn a_file_that_is_too_large_is_passed_over_and_told_of_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keypoints.json");
        // A hole: it takes no room on the disk.
        fs::File::create(&path).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
        let mut cache = LabelCache::default();
        for _ in 0..2 {
            assert!(cache.dataset(&path).unwrap().is_none());
        }
        let warnings = cache.take_warnings();
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].contains("keypoints.json: expected at most 268435456 bytes, found 268435457"));
        assert!(cache.take_warnings().is_empty());
    }
}
