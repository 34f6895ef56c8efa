//! Files as input: what a path leads to is asked before it is opened, and its size before it is read.
//!
//! Opening a pipe waits for somebody at its other end, and a device such as `/dev/zero` never ends; both are refused
//! by name, as folders are. Knows nothing else of this program.

use std::fs::{File, FileType};
use std::io::{self, Read};
use std::path::Path;

use thiserror::Error;

/// Why a file was not read. The path is not named: whoever asks for the file does that.
#[derive(Debug, Error)]
pub enum InputError {
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A folder, pipe or device.
    #[error("expected a regular file, found {found}")]
    NotAFile {
        /// What the path leads to instead.
        found: &'static str,
    },
    /// More bytes than are read of a file of its kind.
    #[error("expected at most {limit} bytes, found {found}")]
    TooLarge {
        /// Most bytes that are read.
        limit: u64,
        /// Bytes of this file.
        found: u64,
    },
}

impl From<InputError> for io::Error {
    fn from(error: InputError) -> Self {
        match error {
            InputError::Io(error) => error,
            refused => Self::other(refused),
        }
    }
}

/// Opens a regular file.
///
/// # Errors
/// When there is none, it may not be read, or the path leads to a folder, pipe or device.
pub fn open(path: &Path) -> Result<File, InputError> {
    let kind = std::fs::metadata(path)?.file_type();
    match kind.is_file() {
        true => Ok(File::open(path)?),
        false => Err(InputError::NotAFile { found: name_of(kind) }),
    }
}

/// Reads a regular file of at most `limit` bytes; no more memory is taken than the file has bytes.
///
/// # Errors
/// As [`open`], and when the file is larger, or there is no memory for it.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, InputError> {
    let file = open(path)?;
    let length = file.metadata()?.len();
    if length > limit {
        return Err(InputError::TooLarge { limit, found: length });
    }
    let mut bytes = Vec::new();
    let room = usize::try_from(length).unwrap_or(usize::MAX);
    bytes.try_reserve_exact(room).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    // A file may grow while it is read.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    let found = bytes.len() as u64;
    if found > limit { Err(InputError::TooLarge { limit, found }) } else { Ok(bytes) }
}

#[cfg(unix)]
fn name_of(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;

    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn name_of(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "a device or pipe" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.json");
        std::fs::write(&path, "four").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"four");
        let error = read(&path, 3).unwrap_err();
        assert_eq!(error.to_string(), "expected at most 3 bytes, found 4");
        std::fs::write(&path, "").unwrap();
        assert!(read(&path, 0).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = read(folder.path(), 9).unwrap_err();
        assert_eq!(error.to_string(), "expected a regular file, found a folder");
        let absent = read(&folder.path().join("absent"), 9).unwrap_err();
        assert!(
            matches!(&absent, InputError::Io(error) if error.kind() == io::ErrorKind::NotFound),
            "{absent}"
        );
        assert_eq!(io::Error::from(absent).kind(), io::ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_refused_without_opening_them() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let refused = std::thread::spawn(move || read(&pipe, 9).unwrap_err().to_string());
        for _ in 0..1000 {
            if refused.is_finished() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert!(refused.is_finished(), "opening the pipe waits for its other end");
        assert_eq!(refused.join().unwrap(), "expected a regular file, found a pipe");
        let error = read(Path::new("/dev/zero"), 9).unwrap_err();
        assert_eq!(io::Error::from(error).to_string(), "expected a regular file, found a device");
    }
}
