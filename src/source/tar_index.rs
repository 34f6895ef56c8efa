//! The files of a tar archive by name, and by the ends of their names.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::sync::Arc;

use super::frugal_file::FrugalFile;
use super::stored_picture::StoredPicture;
use crate::input_file;

/// Longest name of a picture, in bytes, its folders included; file systems allow no longer ones.
const MAX_NAME_BYTES: usize = 4096;
/// How many ends of a name are looked for: its own and those with the last folders.
const MAX_ENDS: usize = 16;
/// How many characters of a name that is too long its message shows.
const SHOWN_CHARS: usize = 100;

/// How archives begin that are compressed with gzip, bzip2, xz and Zstandard, or are zip archives.
const COMPRESSED: [&[u8]; 5] = [b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"];

/// Where every file of an archive begins and how long it is.
#[derive(Debug)]
pub(super) struct TarIndex {
    path: Arc<Path>,
    entries: HashMap<String, (u64, u64)>,
    /// Their names by the ends of them, the first folders left out.
    by_end: HashMap<String, End>,
}

/// Who ends so, of the files of an archive.
#[derive(Clone, Debug)]
pub(super) enum End {
    One(String),
    /// The first two by name.
    Several(String, String),
}

impl TarIndex {
    /// Reads the list of an archive's files.
    ///
    /// # Errors
    /// When it is damaged, cut short or empty, or a name is too long: names the entry.
    pub(super) fn read(path: &Path) -> std::io::Result<Self> {
        let mut file = input_file::open(path)?;
        let size = file.metadata()?.len();
        check_plain(&mut file)?;
        let mut archive = tar::Archive::new(FrugalFile::new(file));
        let mut entries = HashMap::new();
        let mut last: Option<String> = None;
        for entry in archive.entries_with_seek()? {
            let entry = entry.map_err(|error| after(last.as_deref(), &error))?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let name = plain_start(&entry.path()?.to_string_lossy()).to_owned();
            if name.len() > MAX_NAME_BYTES {
                let start: String = name.chars().take(SHOWN_CHARS).collect();
                return Err(std::io::Error::other(format!(
                    "entry \"{}…\": expected a name of at most {MAX_NAME_BYTES} bytes, found {}",
                    start.escape_debug(),
                    name.len()
                )));
            }
            let (offset, length) = (entry.raw_file_position(), entry.size());
            if offset.checked_add(length).is_none_or(|end| end > size) {
                return Err(std::io::Error::other(format!(
                    "entry {name:?} ends beyond the archive's {size} bytes: it was cut short"
                )));
            }
            last = Some(name.clone());
            entries.insert(name, (offset, length));
        }
        match entries.is_empty() {
            true => Err(std::io::Error::other("it holds no files")),
            false => Ok(Self { path: path.into(), by_end: by_end(&entries), entries }),
        }
    }

    /// The archive.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Who ends so.
    pub(super) fn ending(&self, end: &str) -> Option<&End> {
        self.by_end.get(plain_start(end))
    }

    /// The file of this name, or the only one that ends so.
    pub(super) fn find(&self, name: &str) -> Option<StoredPicture> {
        let name = plain_start(name);
        let whole = match self.by_end.get(name) {
            _ if self.entries.contains_key(name) => name,
            Some(End::One(whole)) => whole,
            Some(End::Several(..)) | None => return None,
        };
        let (offset, length) = self.entries.get(whole).copied()?;
        Some(StoredPicture::Entry { tar: self.path.clone(), name: whole.to_owned(), offset, length })
    }
}

/// Checks that an archive is not compressed, and leaves it at its start.
fn check_plain(file: &mut File) -> std::io::Result<()> {
    let mut start = Vec::new();
    file.by_ref().take(8).read_to_end(&mut start)?;
    file.rewind()?;
    match COMPRESSED.iter().any(|magic| start.starts_with(magic)) {
        true => Err(std::io::Error::other("it is compressed: unpack it first")),
        false => Ok(()),
    }
}

/// An error of reading an archive, with the last file before it.
fn after(last: Option<&str>, error: &std::io::Error) -> std::io::Error {
    match last {
        Some(name) => std::io::Error::other(format!("after entry {name:?}: {error}")),
        None => std::io::Error::other(error.to_string()),
    }
}

/// The files of an archive by the ends of their names.
fn by_end(entries: &HashMap<String, (u64, u64)>) -> HashMap<String, End> {
    let mut names: Vec<&String> = entries.keys().collect();
    names.sort();
    let mut by_end: HashMap<String, End> = HashMap::new();
    for name in names {
        for end in ends(name).skip(1) {
            match by_end.get_mut(end) {
                None => {
                    by_end.insert(end.to_owned(), End::One(name.clone()));
                }
                Some(known) => {
                    if let End::One(first) = known {
                        *known = End::Several(std::mem::take(first), name.clone());
                    }
                }
            }
        }
    }
    by_end
}

/// The name without the folder that it is in anyway.
fn plain_start(name: &str) -> &str {
    name.trim_start_matches("./")
}

/// The name, then without its first folder, and so on down to the file's own name; of many folders only the last ones.
/// None of a name that is too long.
pub(super) fn ends(name: &str) -> impl Iterator<Item = &str> {
    let name = if name.len() > MAX_NAME_BYTES { "" } else { name };
    let separators = name.match_indices(['/', '\\']).filter_map(move |(at, _)| name.get(at + 1..));
    let ends = std::iter::once(name).chain(separators).filter(|end| !end.is_empty());
    // The name itself is always one of them.
    let passed_over = ends.clone().count().saturating_sub(MAX_ENDS);
    ends.enumerate().filter(move |(number, _)| *number == 0 || *number > passed_over).map(|(_, end)| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_name_are_few() {
        assert_eq!(ends("a/b\\c.png").collect::<Vec<_>>(), ["a/b\\c.png", "b\\c.png", "c.png"]);
        let deep = "a/".repeat(100) + "b.png";
        let ends: Vec<&str> = ends(&deep).collect();
        assert_eq!((ends.len(), ends[0], ends[15]), (MAX_ENDS, deep.as_str(), "b.png"));
        assert_eq!(ends[1].len(), 14 * 2 + 5);
        assert_eq!(super::ends(&"a/".repeat(MAX_NAME_BYTES)).count(), 0);
    }

    #[test]
    fn notes_of_any_length_are_never_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("holes.tar");
        for kind in [tar::EntryType::GNULongName, tar::EntryType::XHeader] {
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(kind);
            header.set_size(1 << 30);
            header.set_cksum();
            std::fs::write(&path, header.as_bytes()).unwrap();
            // A hole: it takes no room on the disk.
            File::options().write(true).open(&path).unwrap().set_len(2 << 30).unwrap();
            let message = TarIndex::read(&path).unwrap_err().to_string();
            assert!(message.ends_with("a name, or notes about a file, of more than 1 MiB"), "{message}");
        }
    }

    #[test]
    fn a_compressed_archive_is_called_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("set.tar.gz");
        std::fs::write(&path, b"\x1f\x8b\x08\0\0").unwrap();
        assert_eq!(TarIndex::read(&path).unwrap_err().to_string(), "it is compressed: unpack it first");
    }

    #[test]
    fn names_beyond_every_bound_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long.tar");
        let mut builder = tar::Builder::new(File::create(&path).unwrap());
        let mut header = tar::Header::new_gnu();
        header.set_size(1);
        header.set_mode(0o644);
        let name = "a/".repeat(MAX_NAME_BYTES / 2) + "b.png";
        builder.append_data(&mut header, &name, &b"x"[..]).unwrap();
        builder.finish().unwrap();
        let message = TarIndex::read(&path).unwrap_err().to_string();
        let expected =
            format!("entry \"{}…\": expected a name of at most 4096 bytes, found 4101", "a/".repeat(50));
        assert_eq!(message, expected);
    }
}
