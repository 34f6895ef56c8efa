//! A picture that is on a disk, by itself or inside a tar archive, and is read when it is needed; or one at hand.

use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::RgbImage;
use image::metadata::Orientation;

use super::error::StudyError;
use crate::input_file;
use crate::pose::coco::Shown;
use crate::source::picture;

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
    pub fn read(&self) -> Result<Arc<RgbImage>, StudyError> {
        match self {
            Self::File(path) => Ok(picture::open(path)?.picture),
            Self::Entry { tar, name, offset, length } => {
                let (offset, length) = (*offset, *length);
                let name = format!("{}:{name}", tar.display());
                match read_part(tar, offset, length) {
                    Ok(bytes) => Ok(picture::decode(&name, &bytes)?.picture),
                    Err(source) => Err(StudyError::ArchivedPicture { name, length, offset, source }),
                }
            }
            Self::Held(picture) => Ok(picture.clone()),
        }
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
