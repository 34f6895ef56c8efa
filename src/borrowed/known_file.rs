//! A file that comes with the program, known by its hash.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::BorrowedError;
use crate::input_file;
use crate::shipped::shipped;

/// Largest file that is read, in bytes; the largest that comes with the program has 12.5 million.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// A file that comes with the program.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownFile {
    /// Its path from the program's folder.
    pub name: &'static str,
    /// Its SHA-256 in lower-case hexadecimal.
    pub sha256: &'static str,
}

impl KnownFile {
    /// Finds the file beside the program and reads it.
    ///
    /// # Errors
    /// When it is not there, cannot be read, or is not the file that comes with the program.
    pub fn read(&self) -> Result<Vec<u8>, BorrowedError> {
        let path = shipped(self.name).ok_or(BorrowedError::Missing { file: self.name })?;
        self.read_at(&path)
    }

    /// Reads the file at a path, at most [`MAX_FILE_BYTES`], and compares its hash.
    fn read_at(&self, path: &Path) -> Result<Vec<u8>, BorrowedError> {
        let bytes = input_file::read(path, MAX_FILE_BYTES)
            .map_err(|source| BorrowedError::Read { path: path.to_owned(), source })?;
        let found = format!("{:x}", Sha256::digest(&bytes));
        if found != self.sha256 {
            return Err(BorrowedError::Foreign { path: path.to_owned(), expected: self.sha256, found });
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The SHA-256 of "abc", from FIPS 180-2.
    const ABC: KnownFile = KnownFile {
        name: "models/abc.pt",
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    };

    #[test]
    fn only_the_known_bytes_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc.pt");
        std::fs::write(&path, "abc").unwrap();
        assert_eq!(ABC.read_at(&path).unwrap(), b"abc");
        std::fs::write(&path, "abd").unwrap();
        let message = ABC.read_at(&path).unwrap_err().to_string();
        for part in
            [path.to_str().unwrap(), ABC.sha256, "found a52d159f262b2c6ddb724a61840befc36eb30c88877a40"]
        {
            assert!(message.contains(part), "{part} in {message}");
        }
    }

    #[test]
    fn another_torchscript_file_is_foreign() {
        let path = shipped("models/movenet-lightning.pt").unwrap();
        let error = ABC.read_at(&path).unwrap_err();
        assert!(matches!(error, BorrowedError::Foreign { .. }), "{error}");
    }

    #[test]
    fn what_is_not_there_or_too_large_is_told_by_name() {
        let message = ABC.read().unwrap_err().to_string();
        assert_eq!(
            message,
            "models/abc.pt: expected in the folder of the program or of its source, found no such file"
        );
        let folder = tempfile::tempdir().unwrap();
        let message = ABC.read_at(folder.path()).unwrap_err().to_string();
        assert!(message.ends_with("expected a regular file, found a folder"), "{message}");
        let path = folder.path().join("long.pt");
        std::fs::File::create(&path).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
        let message = ABC.read_at(&path).unwrap_err().to_string();
        assert!(message.ends_with("expected at most 16777216 bytes, found 16777217"), "{message}");
    }
}
