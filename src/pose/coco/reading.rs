//! Reading an annotation file, with what was left out of it.

use std::path::Path;

use super::annotations::{Dataset, MAX_FILE_BYTES};
use super::entries::ReadFile;
use super::error::DatasetError;
use super::keys::Keys;
use super::left_out::{LeftOut, line};
use super::tolerant;

/// An annotation file as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What it holds.
    pub dataset: Dataset,
    /// What was left out or read otherwise than the file says, each kind once.
    pub left_out: Vec<LeftOut>,
    /// Pictures that the file lists, those left out included.
    pub listed_pictures: usize,
    /// People that the file lists, those left out included.
    pub listed_people: usize,
    /// What results that belong to the file go by.
    pub(super) keys: Keys,
}

impl Reading {
    /// Reads a COCO keypoint file of at most 1 GiB. A value that other programs spell otherwise is read as it is
    /// meant, an entry that makes no sense is left out, and [`Reading::left_out`] says so. Annotations of other
    /// categories than people are not looked at.
    ///
    /// # Errors
    /// When the file cannot be read, is no JSON or has none of COCO's lists, no category is people, or a person's
    /// joints are others than COCO's 17. The message names the file and the entry.
    pub fn of(path: &Path) -> Result<Self, DatasetError> {
        Self::within(path, MAX_FILE_BYTES)
    }

    /// As [`Reading::of`], with another limit to the file's bytes.
    pub(super) fn within(path: &Path, limit: u64) -> Result<Self, DatasetError> {
        let file: Option<ReadFile> = tolerant::read(path, limit, "COCO annotations")?;
        file.ok_or_else(|| DatasetError::NotCoco { path: path.to_owned() })?.checked(path)
    }

    /// One line about all that was left out of the file at `path`; none where everything was read as it stands.
    pub fn warning(&self, path: &Path) -> Option<String> {
        let line = line(&self.left_out, self.listed_pictures, self.listed_people)?;
        Some(format!("{}: {line}", path.display()))
    }
}
