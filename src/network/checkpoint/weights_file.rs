//! A weight file as it was found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::contents::Contents;
use super::error::{CheckpointError, Fault};
use super::format::Format;
use super::host_tensor::HostTensor;
use super::{legacy_file, names, safetensors_file, zip_file};
use crate::input_file;

/// Largest file that is read, in bytes; networks of this family stay below 100 MB.
const MAX_FILE_BYTES: u64 = 2 << 30;

/// What a weight file holds: its tensors by name, and what goes with them.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightsFile {
    /// Where it was read from; used in messages.
    pub path: PathBuf,
    /// The free text a safetensors file carries; empty for PyTorch files.
    pub metadata: BTreeMap<String, String>,
    /// Every floating-point tensor by its name without wrapping prefixes, as float32; all values are finite.
    pub tensors: BTreeMap<String, HostTensor>,
    /// Names of the integer and boolean tensors, which are counters and index tables and are not converted; sorted.
    pub skipped: Vec<String>,
}

impl WeightsFile {
    /// Reads a weight file of at most 2 GiB, recognising its format by its content.
    ///
    /// # Errors
    /// [`CheckpointError`] names the file and the tensor, record or offset at fault: a file that cannot be read or
    /// is none of the formats, is damaged or cut short, asks for anything but tensors, or has NaN or infinite
    /// values.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, CheckpointError> {
        let path = path.as_ref();
        let bytes = input_file::read(path, MAX_FILE_BYTES).map_err(|error| {
            let fault = Fault::Unreadable(error);
            CheckpointError { path: path.to_owned(), fault }
        })?;
        Self::from_bytes(path, &bytes)
    }

    /// Reads a weight file that is already in memory, as [`WeightsFile::read`] does; `path` is what messages call it.
    ///
    /// # Errors
    /// As [`WeightsFile::read`], except for those of the file system.
    pub fn from_bytes(path: impl AsRef<Path>, bytes: &[u8]) -> Result<Self, CheckpointError> {
        let path = path.as_ref();
        let contents =
            read_contents(bytes).map_err(|fault| CheckpointError { path: path.to_owned(), fault })?;
        let Contents { metadata, tensors, skipped } = contents;
        let file = Self { path: path.to_owned(), metadata, tensors, skipped };
        file.check_finite()?;
        Ok(file)
    }

    /// Checks that every value is a finite number.
    ///
    /// # Errors
    /// [`Fault::NotFinite`] names the first tensor with other values and counts them.
    pub fn check_finite(&self) -> Result<(), CheckpointError> {
        for (name, tensor) in &self.tensors {
            let nan = tensor.values.iter().filter(|value| value.is_nan()).count();
            let infinite = tensor.values.iter().filter(|value| value.is_infinite()).count();
            if nan + infinite > 0 {
                let total = tensor.values.len();
                let fault = Fault::NotFinite { name: name.clone(), nan, infinite, total };
                return Err(CheckpointError { path: self.path.clone(), fault });
            }
        }
        Ok(())
    }
}

fn read_contents(bytes: &[u8]) -> Result<Contents, Fault> {
    let mut contents = match Format::of(bytes)? {
        Format::Zip => zip_file::read(bytes)?,
        Format::Legacy => legacy_file::read(bytes)?,
        Format::Safetensors => safetensors_file::read(bytes)?,
    };
    if contents.tensors.is_empty() {
        let found = match contents.skipped.len() {
            0 => "none".to_owned(),
            count => format!("only tensors of integers ({count})"),
        };
        return Err(Fault::malformed("weights", "floating-point tensors", found));
    }
    names::strip_wrappers(&mut contents);
    contents.skipped.sort_unstable();
    Ok(contents)
}
