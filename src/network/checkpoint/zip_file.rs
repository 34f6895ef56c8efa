//! PyTorch's zip archives (`torch.save` of version 1.6 and later).
//!
//! An archive holds `<name>/data.pkl`, the pickle; `<name>/data/<key>`, the bytes of each storage; and
//! `<name>/byteorder`, since version 2.1. Records are stored without compression.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::read::{ArchiveOffset, Config};
use zip::{CompressionMethod, ZipArchive};

use super::assemble::assemble;
use super::contents::Contents;
use super::error::Fault;
use super::pickle::Pickle;

/// End of the name of the record that holds the pickle.
const PICKLE_SUFFIX: &str = "/data.pkl";

/// Reads a zip archive of PyTorch.
///
/// # Errors
/// [`Fault::Malformed`] names the record that is missing, compressed, damaged (by its checksum) or big-endian;
/// [`Fault::Pickle`] for a pickle about anything but tensors.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    let mut archive = Archive::open(bytes)?;
    archive.check_byte_order()?;
    let place = format!("record `{}{PICKLE_SUFFIX}`", archive.name);
    let description = archive.record("data.pkl")?;
    let pickle = Pickle::load(&description, 0).map_err(|error| Fault::Pickle { place, error })?;
    assemble(&pickle, bytes.len(), |storage| archive.record(&format!("data/{}", storage.key)).map(Cow::Owned))
}

/// An archive and the name of the folder everything in it lies in.
#[derive(Debug)]
struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    name: String,
    file_bytes: u64,
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let zip = ZipArchive::with_config(config, Cursor::new(bytes)).map_err(|error| {
            let expected = "a zip directory at the end (the file may be cut short)";
            Fault::malformed("zip archive", expected, error.to_string())
        })?;
        if zip.has_duplicate_names() {
            return Err(Fault::malformed("zip archive", "each record once", "two records of one name"));
        }
        let name = zip.file_names_raw().find_map(|raw| {
            let folder = std::str::from_utf8(raw).ok()?.strip_suffix(PICKLE_SUFFIX)?;
            (!folder.contains('/')).then(|| folder.to_owned())
        });
        let name = name.ok_or_else(|| {
            let found = format!("an archive of {} other records", zip.len());
            Fault::malformed("zip archive", "a record `<name>/data.pkl` as torch.save writes it", found)
        })?;
        Ok(Self { zip, name, file_bytes: bytes.len() as u64 })
    }

    fn check_byte_order(&mut self) -> Result<(), Fault> {
        // Versions before 2.1 wrote no such record, and ran on little-endian machines for all practical purposes.
        if self.zip.index_for_name(&self.path("byteorder")).is_none() {
            return Ok(());
        }
        match self.record("byteorder")?.as_slice() {
            b"little" => Ok(()),
            other => {
                let found = format!("\"{}\"", other.escape_ascii());
                Err(Fault::malformed(format!("record `{}`", self.path("byteorder")), "\"little\"", found))
            }
        }
    }

    fn path(&self, record: &str) -> String {
        format!("{}/{record}", self.name)
    }

    /// All bytes of the record `<name>/<record>`, whose checksum is compared.
    fn record(&mut self, record: &str) -> Result<Vec<u8>, Fault> {
        let path = self.path(record);
        let fault =
            |expected: &str, found: String| Fault::malformed(format!("record `{path}`"), expected, found);
        let damaged = |found: String| fault("an intact record", found);
        let index = self.zip.index_for_name(&path);
        let index = index.ok_or_else(|| fault("it in the archive", "no such record".to_owned()))?;
        let entry = self.zip.by_index_data(index).map_err(|error| damaged(error.to_string()))?;
        if entry.encrypted() || entry.compression() != CompressionMethod::Stored {
            let found =
                if entry.encrypted() { "encryption".to_owned() } else { entry.compression().to_string() };
            return Err(fault("a record stored as it is, the way torch.save writes it", found));
        }
        if entry.size() > self.file_bytes {
            return Err(damaged(format!("{} bytes, more than the whole file", entry.size())));
        }
        let size = entry.size() as usize;
        let mut bytes = Vec::with_capacity(size);
        let mut reader = self.zip.by_index(index).map_err(|error| damaged(error.to_string()))?;
        reader.read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        if bytes.len() != size {
            return Err(damaged(format!("{} of {size} bytes", bytes.len())));
        }
        Ok(bytes)
    }
}
