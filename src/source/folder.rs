use std::path::{Path, PathBuf};

use super::natural::NaturalKey;
use super::unread_files::UnreadFiles;
use super::{SourceError, picture};

/// The pictures of a folder, in the order people count: `2.jpg` before `10.jpg`.
///
/// The list is taken once; files that come or go later show in a folder opened anew. Pictures are
/// told by the endings of [`picture::EXTENSIONS`]; subfolders and hidden files are left out.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    paths: Vec<PathBuf>,
    unread: UnreadFiles,
}

impl Folder {
    /// Lists the pictures of a folder.
    ///
    /// # Errors
    /// When the folder cannot be read, is a file, or holds no pictures.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, SourceError> {
        let root = path.as_ref().to_owned();
        let unreadable =
            |error: std::io::Error| SourceError::Unreadable { path: root.clone(), reason: error.to_string() };
        if !std::fs::metadata(&root).map_err(unreadable)?.is_dir() {
            return Err(SourceError::NotAFolder { path: root });
        }
        let (mut paths, mut unread) = (Vec::new(), UnreadFiles::default());
        for entry in std::fs::read_dir(&root).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if !path.is_file() {
                continue;
            }
            match is_picture_name(&path) {
                true => paths.push(path),
                false => unread.add(&file_name(&path)),
            }
        }
        if paths.is_empty() {
            return Err(SourceError::NoPictures { path: root, found: unread.list() });
        }
        paths.sort_by_cached_key(|path| (NaturalKey::new(&file_name(path)), path.clone()));
        Ok(Self { root, paths, unread })
    }

    /// The folder itself, as it was given.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The pictures, at least one, each below [`Folder::root`].
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// A sentence about the pictures of the folder that are of kinds that are not read, and its videos; none where there
    /// are none.
    #[must_use]
    pub fn not_opened(&self) -> Option<String> {
        let list = self.unread.list()?;
        let words = match self.unread.count() {
            1 => "1 file was not opened, as it is no picture that is read".to_owned(),
            count => format!("{count} files were not opened, as they are no pictures that are read"),
        };
        Some(format!("{}: {words}: {list}", self.root.display()))
    }

    /// Where a picture is in the list, however its path is spelled.
    #[must_use]
    pub fn position_of(&self, path: impl AsRef<Path>) -> Option<usize> {
        let path = path.as_ref();
        if let Some(position) = self.paths.iter().position(|own| own == path) {
            return Some(position);
        }
        let name = path.file_name()?;
        let position = self.paths.iter().position(|own| own.file_name() == Some(name))?;
        let same_folder = parent(path).canonicalize().ok()? == self.root.canonicalize().ok()?;
        same_folder.then_some(position)
    }

    /// The picture after this one; none after the last.
    #[must_use]
    pub fn next(&self, index: usize) -> Option<usize> {
        index.checked_add(1).filter(|&next| next < self.paths.len())
    }

    /// The picture before this one; none before the first.
    #[must_use]
    pub fn previous(&self, index: usize) -> Option<usize> {
        index.checked_sub(1).filter(|&previous| previous < self.paths.len())
    }
}

fn is_picture_name(path: &Path) -> bool {
    let hidden = file_name(path).starts_with('.');
    let extension = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    !hidden && extension.is_some_and(|ending| picture::EXTENSIONS.contains(&ending.as_str()))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The folder a path names a file in; for a bare file name the current one.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
