use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::destination::{Destination, folder_of};
use super::system;

/// What the names of files that are not whole yet begin with.
const UNFINISHED: &str = ".posescope-";

/// A regular file that lies in its folder under another name until it is whole. Dropping it leaves nothing behind, and
/// what stood in its place before untouched.
#[derive(Debug)]
pub struct Unfinished {
    file: NamedTempFile,
    place: PathBuf,
    standing: Option<Metadata>,
}

impl Unfinished {
    /// Begins a file that another program writes, by the path it has until then.
    ///
    /// # Errors
    /// When the folder is missing or read-only, or the path is that of a folder, a device or a pipe. Callers name the
    /// path.
    pub fn begin(path: &Path) -> io::Result<Self> {
        match Destination::of(path)? {
            Destination::File(place) => Self::at(place),
            Destination::Descriptor(_) | Destination::Device => {
                Err(io::Error::other("it is no regular file, which this has to be"))
            }
        }
    }

    /// Begins a file in a place where another may stand.
    pub(super) fn at(place: PathBuf) -> io::Result<Self> {
        let standing = fs::metadata(&place).ok();
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED);
        if let Some(permissions) = system::permissions(standing.as_ref()) {
            builder.permissions(permissions);
        }
        let file = builder.tempfile_in(folder_of(&place))?;
        Ok(Self { file, place, standing })
    }

    /// Where it lies until it is whole.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// What is to be written to.
    pub(super) fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Puts it into its place.
    ///
    /// # Errors
    /// When it cannot be; nothing of it is left then.
    pub fn finish(self) -> io::Result<()> {
        if let Some(standing) = &self.standing {
            system::keep_owner_and_permissions(self.file.as_file(), standing)?;
        }
        self.file.as_file().sync_all()?;
        self.file.persist(self.place)?;
        Ok(())
    }
}
