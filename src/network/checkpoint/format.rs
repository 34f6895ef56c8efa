//! Which format a file has, by its first bytes.

use super::error::Fault;
use super::legacy_file;
use crate::counted::counted;

/// How many bytes of an unknown file its error message shows.
const SHOWN_BYTES: usize = 16;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// PyTorch 1.6 and later: a zip archive of one pickle and one record for each storage.
    Zip,
    /// PyTorch before 1.6: five pickles in a row, then the storages.
    Legacy,
    /// A JSON header and one block of values.
    Safetensors,
}

impl Format {
    /// The format of a file with this content.
    ///
    /// # Errors
    /// [`Fault::UnknownFormat`] tells how the file begins.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, Fault> {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Ok(Self::Zip);
        }
        // A safetensors header may have a length whose first byte is 0x80, the first byte of a pickle too, so
        // PyTorch's own number decides.
        if legacy_file::begins_with_magic(bytes) {
            return Ok(Self::Legacy);
        }
        if bytes.get(8) == Some(&b'{') {
            return Ok(Self::Safetensors);
        }
        Err(Fault::UnknownFormat { found: describe(bytes) })
    }
}

fn describe(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "an empty file".to_owned();
    }
    if let [0x80, 2..=5, ..] = bytes {
        return "a Python pickle without PyTorch's magic number".to_owned();
    }
    let start = bytes.get(..SHOWN_BYTES).unwrap_or(bytes);
    format!("{} that begin with \"{}\"", counted(bytes.len(), "byte", "bytes"), start.escape_ascii())
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn a_safetensors_header_of_128_bytes_is_not_taken_for_a_pickle() {
        let mut bytes = 0x80_u64.to_le_bytes().to_vec();
        bytes.extend(b"{\"weight\"");
        assert_eq!(Format::of(&bytes).unwrap(), Format::Safetensors);
    }

    #[test]
    fn an_unknown_file_is_told_by_how_it_begins() {
        let message = Format::of(b"version https://git-lfs.github.com").unwrap_err().to_string();
        assert!(message.ends_with("found 34 bytes that begin with \"version https://\""), "{message}");
        let message = Format::of(b"\x80\x04]\x94.").unwrap_err().to_string();
        assert!(message.ends_with("a Python pickle without PyTorch's magic number"), "{message}");
        assert!(Format::of(b"").unwrap_err().to_string().ends_with("an empty file"));
    }
}
