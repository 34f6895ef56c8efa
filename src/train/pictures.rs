//! Where pictures lie: in a folder, or in a tar file that is read in place.

use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::RgbImage;

use super::error::TrainError;
use crate::input_file;

/// Largest picture file that is read, in bytes.
const MAX_PICTURE_BYTES: u64 = 512 << 20;

/// A picture that can be read.
#[derive(Clone, Debug)]
pub(super) enum PictureFile {
    /// A file of its own.
    Plain(PathBuf),
    /// An entry of a tar file.
    Entry {
        /// The tar file.
        archive: Arc<PathBuf>,
        /// The entry's name.
        name: String,
        /// Where its bytes begin.
        offset: u64,
        /// How many there are.
        length: u64,
    },
}

impl PictureFile {
    /// Reads and decodes the picture.
    ///
    /// # Errors
    /// When it cannot be read, or is no picture of a format this program knows: names the file and the entry.
    pub fn decode(&self) -> Result<RgbImage, TrainError> {
        let bytes = self.bytes()?;
        let picture = image::load_from_memory(&bytes);
        Ok(picture.map_err(|source| TrainError::Picture { place: self.place(), source })?.into_rgb8())
    }

    fn bytes(&self) -> Result<Vec<u8>, TrainError> {
        match self {
            Self::Plain(path) => input_file::read(path, MAX_PICTURE_BYTES)
                .map_err(|error| TrainError::read(path, error.into())),
            Self::Entry { archive, offset, length, .. } => {
                read_part(archive, *offset, *length).map_err(|source| TrainError::read(archive, source))
            }
        }
    }

    /// The file, and the entry where it is a tar file; for messages.
    pub fn place(&self) -> String {
        match self {
            Self::Plain(path) => path.display().to_string(),
            Self::Entry { archive, name, .. } => format!("{}, entry {name}", archive.display()),
        }
    }
}

fn read_part(path: &Path, offset: u64, length: u64) -> std::io::Result<Vec<u8>> {
    if length > MAX_PICTURE_BYTES {
        let problem =
            format!("expected a picture of at most {MAX_PICTURE_BYTES} bytes at {offset}, found {length}");
        return Err(std::io::Error::other(problem));
    }
    let mut file = input_file::open(path)?;
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The places where a split's pictures may lie.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    folders: Vec<PathBuf>,
    archives: Vec<PathBuf>,
    entries: HashMap<String, PictureFile>,
}

impl Pictures {
    /// Looks for pictures in this folder, if it exists.
    pub fn add_folder(&mut self, folder: PathBuf) {
        if folder.is_dir() {
            self.folders.push(folder);
        }
    }

    /// Lists the entries of a tar file; their bytes stay where they are.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged: names it and the last good entry.
    pub fn add_archive(&mut self, path: PathBuf) -> Result<(), TrainError> {
        let file = input_file::open(&path).map_err(|error| TrainError::read(&path, error.into()))?;
        let size = file.metadata().map_err(|source| TrainError::read(&path, source))?.len();
        let mut archive = tar::Archive::new(file);
        let shared = Arc::new(path.clone());
        let mut after = "none".to_owned();
        let fail =
            |after: &str, source| TrainError::Tar { path: path.clone(), after: after.to_owned(), source };
        for entry in archive.entries_with_seek().map_err(|source| fail(&after, source))? {
            let entry = entry.map_err(|source| fail(&after, source))?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let name = String::from_utf8_lossy(&entry.path_bytes()).trim_start_matches("./").to_owned();
            let (offset, length) = (entry.raw_file_position(), entry.size());
            if offset.checked_add(length).is_none_or(|end| end > size) {
                let problem = format!("entry {name:?} ends beyond the file's {size} bytes: it was cut short");
                return Err(fail(&after, std::io::Error::other(problem)));
            }
            let found = PictureFile::Entry { archive: shared.clone(), name: name.clone(), offset, length };
            self.entries.insert(name.clone(), found);
            after = name;
        }
        self.archives.push(path);
        Ok(())
    }

    /// The picture of this name, with or without the folders before it.
    pub fn find(&self, file_name: &str) -> Option<PictureFile> {
        let name = file_name.trim_start_matches("./");
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let entry = self.entries.get(name).or_else(|| self.entries.get(base));
        entry.cloned().or_else(|| {
            let candidates = self.folders.iter().flat_map(|folder| [folder.join(name), folder.join(base)]);
            candidates.into_iter().find(|path| path.is_file()).map(PictureFile::Plain)
        })
    }

    /// The places, for messages.
    pub fn places(&self) -> String {
        let places: Vec<String> =
            self.archives.iter().chain(&self.folders).map(|path| path.display().to_string()).collect();
        places.join(", ")
    }
}
