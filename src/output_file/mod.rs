//! Writing what the program puts out: the one place where files are made.
//!
//! A regular file is written under another name in its folder and then renamed, so that no reader ever sees half of
//! it. Links stay links, and what they point to is replaced, with its owner and permissions. Anything else that has
//! a name, such as a device, a pipe or `/dev/stdout`, is written to as it stands.

mod destination;
#[cfg(not(unix))]
mod elsewhere;
mod unfinished;
#[cfg(unix)]
mod unix;

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use destination::{Destination, folder_of};
#[cfg(not(unix))]
use elsewhere as system;
#[cfg(unix)]
use unix as system;

pub use unfinished::Unfinished;

/// Writes all bytes of an output.
///
/// # Errors
/// When it cannot be written; a regular file that stood there before is then untouched. Callers name the path.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match Destination::of(path)? {
        Destination::File(place) => {
            let mut file = Unfinished::at(place)?;
            file.file().write_all(bytes)?;
            file.finish()
        }
        Destination::Descriptor(mut file) => file.write_all(bytes),
        Destination::Device => OpenOptions::new().write(true).open(path)?.write_all(bytes),
    }
}

/// Checks that an output could be written, without touching what stands there or leaving anything behind.
///
/// # Errors
/// When the folder is missing or read-only, the device may not be written to, or the path is a folder's. Callers
/// name the path.
pub fn check(path: &Path) -> io::Result<()> {
    match Destination::of(path)? {
        Destination::File(place) => tempfile::tempfile_in(folder_of(&place)).map(drop),
        Destination::Descriptor(_) => Ok(()),
        Destination::Device => system::check_access(path),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn count(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn files_are_made_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("results.json");
        for content in ["first and longer", "second"] {
            write(&path, content.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        assert_eq!(count(folder.path()), 1);
    }

    #[test]
    fn a_place_is_tried_without_leaving_anything_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("results.json");
        check(&path).unwrap();
        assert_eq!(count(folder.path()), 0);
        fs::write(&path, "kept").unwrap();
        check(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
    }

    #[test]
    fn folders_and_places_in_none_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().to_owned(), folder.path().join("new/"), "..".into()] {
            for error in [check(&path).unwrap_err(), write(&path, b"1").unwrap_err()] {
                assert!(error.to_string().contains("is a folder"), "{error}");
            }
        }
        let nowhere = folder.path().join("no/results.json");
        assert!(check(&nowhere).is_err() && write(&nowhere, b"1").is_err());
        assert_eq!(count(folder.path()), 0);
    }
}
