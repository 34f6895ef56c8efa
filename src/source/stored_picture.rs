//! A picture that is on a disk, by itself or inside a tar archive, and is read when it is needed; or one at hand.

use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::RgbImage;
use image::metadata::Orientation;

use super::error::SourceError;
use super::{Frame, picture};
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

impl StoredPicture {
    /// Reads and decodes the picture.
    ///
    /// # Errors
    /// When it cannot be read or is no proper picture; the message names the file, and the archive it is in.
    pub fn read(&self) -> Result<Arc<RgbImage>, SourceError> {
        self.read_shown().map(|(picture, _)| picture)
    }

    /// As [`Self::read`], with how the picture is shown.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_shown(&self) -> Result<(Arc<RgbImage>, Shown), SourceError> {
        let (picture, orientation) = match self {
            Self::File(path) => turned(picture::open(path)?),
            Self::Entry { tar, name, offset, length } => {
                let (offset, length) = (*offset, *length);
                let name = format!("{}:{name}", tar.display());
                match read_part(tar, offset, length) {
                    Ok(bytes) => turned(picture::decode(&name, &bytes)?),
                    Err(error) => {
                        let reason = error.to_string();
                        return Err(SourceError::ArchivedPicture { name, length, offset, reason });
                    }
                }
            }
            Self::Held(picture) => (picture.clone(), Orientation::NoTransforms),
        };
        let (width, height) = picture.dimensions();
        Ok((picture, Shown { width, height, orientation }))
    }

    /// How the picture is shown, without decoding its pixels; none where it cannot be read.
    pub fn shown(&self) -> Option<Shown> {
        let bytes = match self {
            Self::File(path) => input_file::read(path, picture::MAX_FILE_BYTES).ok()?,
            Self::Entry { tar, offset, length, .. } => read_part(tar, *offset, *length).ok()?,
            Self::Held(picture) => {
                let (width, height) = picture.dimensions();
                return Some(Shown { width, height, orientation: Orientation::NoTransforms });
            }
        };
        let (width, height, orientation) = picture::shape(&bytes)?;
        Some(Shown { width, height, orientation })
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

fn turned(frame: Frame) -> (Arc<RgbImage>, Orientation) {
    (frame.picture, frame.orientation)
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
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = vec![0; length as usize];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
