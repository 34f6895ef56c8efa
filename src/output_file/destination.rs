//! What the name of an output stands for.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf, is_separator};

use super::system;

/// Links that may lead to one another, as Linux has it.
const MOST_LINKS: usize = 40;

/// What the name of an output stands for.
#[derive(Debug)]
pub(super) enum Destination {
    /// A regular file: where it lies, or is to lie, when all links are followed.
    File(PathBuf),
    /// A file that this process has open, as `/dev/stdout` names one. Replacing it would leave what else is printed
    /// without a name, so it is continued where it is.
    Descriptor(File),
    /// A device, a pipe or a socket.
    Device,
}

impl Destination {
    /// Looks a name up.
    ///
    /// # Errors
    /// When it is a folder's, or cannot be looked up.
    pub fn of(path: &Path) -> io::Result<Self> {
        let place = behind_links(path);
        if let Some(number) = system::descriptor(&place) {
            return Ok(Self::Descriptor(system::copy_of(number)?));
        }
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(is_a_folder()),
            Ok(found) if found.is_file() => Ok(Self::File(place)),
            Ok(_) => Ok(Self::Device),
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Err(_) if is_name_of_folder(&place) => Err(is_a_folder()),
            Err(_) => Ok(Self::File(place)),
        }
    }
}

/// The folder that a path lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where a path leads, whether or not anything is there. Stops at the name of an open file, which is a link to
/// something that need not have another name.
fn behind_links(path: &Path) -> PathBuf {
    let mut place = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&place) {
            Ok(next) if system::descriptor(&place).is_none() => place = folder_of(&place).join(next),
            _ => break,
        }
    }
    place
}

/// Whether only a folder can have this name.
fn is_name_of_folder(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    path.file_name().is_none() || last.is_some_and(|byte| is_separator(char::from(*byte)))
}

fn is_a_folder() -> io::Error {
    io::Error::new(ErrorKind::IsADirectory, "it is a folder; expected the name of a file")
}
