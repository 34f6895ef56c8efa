//! A picture that is on a disk, by itself or inside a tar archive, and is read when it is needed; or one at hand.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::RgbImage;
use image::metadata::Orientation;

use super::error::SourceError;
use super::picture_warning::PictureWarning;
use super::{Frame, picture, start_of_file};
use crate::input_file;
use crate::pose::coco::Shown;

/// Where a picture is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredPicture {
    /// A file of its own.
    File(PathBuf),
    /// A part of a tar archive.
    Entry {
        /// The archive.
        tar: Arc<Path>,
        /// Name inside it.
        name: String,
        /// Where its bytes begin in the archive.
        offset: u64,
        /// How many there are.
        length: u64,
    },
    /// Pixels that are in memory anyway.
    Held(Arc<RgbImage>),
}

/// A picture in memory.
#[derive(Clone, Debug)]
pub struct ReadPicture {
    /// Its pixels, upright.
    pub picture: Arc<RgbImage>,
    /// How they are shown.
    pub shown: Shown,
    /// What is to be said of the file they are from; mostly nothing.
    pub warnings: Vec<PictureWarning>,
}

impl StoredPicture {
    /// Reads and decodes the picture.
    ///
    /// # Errors
    /// When it cannot be read or is no proper picture; the message names the file, and the archive it is in.
    pub fn read(&self) -> Result<ReadPicture, SourceError> {
        match self {
            Self::File(path) => Ok(picture::open(path)?.into()),
            Self::Entry { tar, name, offset, length } => {
                let (offset, length) = (*offset, *length);
                let name = format!("{}:{name}", tar.display());
                match read_part(tar, offset, length) {
                    Ok(bytes) => Ok(picture::decode(&name, &bytes)?.into()),
                    Err(error) => {
                        let reason = error.to_string();
                        Err(SourceError::ArchivedPicture { name, length, offset, reason })
                    }
                }
            }
            Self::Held(picture) => Ok(Self::held(picture)),
        }
    }

    /// How the picture is shown, by as little of its file as tells it; none where it cannot be read.
    pub fn shown(&self) -> Option<Shown> {
        let (path, offset, length) = match self {
            Self::File(path) => (path.as_path(), 0, None),
            Self::Entry { tar, offset, length, .. } => (&**tar, *offset, Some(*length)),
            Self::Held(picture) => return Some(Self::held(picture).shown),
        };
        let mut file = input_file::open(path).ok()?;
        let length = length.or_else(|| file.metadata().ok().map(|about| about.len()))?;
        (length <= picture::MAX_FILE_BYTES).then(|| start_of_file::shown(&mut file, offset, length))?
    }

    fn held(picture: &Arc<RgbImage>) -> ReadPicture {
        let (width, height) = picture.dimensions();
        let shown = Shown { width, height, orientation: Orientation::NoTransforms };
        ReadPicture { picture: picture.clone(), shown, warnings: Vec::new() }
    }

    /// The file, and where the picture begins in it; none of a picture in memory.
    pub fn place(&self) -> Option<(PathBuf, u64)> {
        match self {
            Self::File(path) => Some((path.clone(), 0)),
            Self::Entry { tar, offset, .. } => Some((tar.to_path_buf(), *offset)),
            Self::Held(_) => None,
        }
    }

    /// What it is called, for people to read.
    pub fn name(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Entry { tar, name, .. } => PathBuf::from(format!("{}:{name}", tar.display())),
            Self::Held(_) => PathBuf::from("the picture at hand"),
        }
    }
}

impl From<Frame> for ReadPicture {
    fn from(frame: Frame) -> Self {
        let Frame { picture, orientation, warnings, .. } = frame;
        let (width, height) = picture.dimensions();
        Self { picture, shown: Shown { width, height, orientation }, warnings }
    }
}

fn read_part(path: &Path, offset: u64, length: u64) -> std::io::Result<Vec<u8>> {
    if length > picture::MAX_FILE_BYTES {
        return Err(std::io::Error::other(format!(
            "a picture has at most {} bytes",
            picture::MAX_FILE_BYTES
        )));
    }
    let mut file = input_file::open(path)?;
    let there = file.metadata()?.len().saturating_sub(offset);
    if length > there {
        return Err(std::io::Error::other(format!("the archive ends {there} bytes from there")));
    }
    start_of_file::part(&mut file, offset, length)
}
