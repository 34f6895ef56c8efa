//! The pictures of a data set by name, in folders and tar archives.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::stored_picture::StoredPicture;
use crate::input_file;

/// Places to look for pictures in, in order.
#[derive(Debug)]
pub struct PictureStore {
    places: Vec<Place>,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Tar(TarIndex),
}

/// Where every file of an archive begins and how long it is.
#[derive(Debug)]
struct TarIndex {
    path: Arc<Path>,
    entries: HashMap<String, (u64, u64)>,
}

impl PictureStore {
    /// Opens folders and tar archives; of an archive only the list of its files is read.
    ///
    /// # Errors
    /// When a path is neither, or an archive is damaged.
    pub fn open(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let place = |path: &PathBuf| {
            if path.is_dir() {
                return Ok(Place::Folder(path.clone()));
            }
            TarIndex::read(path).map(Place::Tar).map_err(|error| {
                anyhow!("{}: expected a folder or a tar archive of pictures: {error}", path.display())
            })
        };
        Ok(Self { places: paths.iter().map(place).collect::<anyhow::Result<_>>()? })
    }

    /// Finds every picture.
    ///
    /// # Errors
    /// When some are missing: names the first, how many they are and where they were looked for.
    pub fn find_all<'a>(&self, names: impl Iterator<Item = &'a str>) -> anyhow::Result<Vec<StoredPicture>> {
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for name in names {
            match self.places.iter().find_map(|place| place.find(name)) {
                Some(picture) => found.push(picture),
                None => missing.push(name),
            }
        }
        if let Some(first) = missing.first() {
            let places: Vec<String> =
                self.places.iter().map(|place| place.path().display().to_string()).collect();
            let total = found.len() + missing.len();
            bail!(
                "{} of {total} pictures are missing, the first is {first}; looked in {}",
                missing.len(),
                places.join(", ")
            );
        }
        Ok(found)
    }
}

impl Place {
    fn path(&self) -> &Path {
        match self {
            Self::Folder(path) => path,
            Self::Tar(index) => &index.path,
        }
    }

    /// The picture of this name, with or without the folders before it.
    fn find(&self, name: &str) -> Option<StoredPicture> {
        [plain_path(name), base_name(name)].into_iter().flatten().find_map(|name| match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                path.is_file().then_some(StoredPicture::File(path))
            }
            Self::Tar(index) => index.find(name),
        })
    }
}

/// The name, unless it leads out of the folder it is looked for in.
fn plain_path(name: &str) -> Option<&str> {
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    Path::new(name).components().all(inside).then_some(name)
}

fn base_name(name: &str) -> Option<&str> {
    name.rsplit(['/', '\\']).next().filter(|name| !name.is_empty() && *name != "..")
}

impl TarIndex {
    fn read(path: &Path) -> std::io::Result<Self> {
        let mut archive = tar::Archive::new(input_file::open(path)?);
        let mut entries = HashMap::new();
        for entry in archive.entries_with_seek()? {
            let entry = entry?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let name = entry.path()?.to_string_lossy().trim_start_matches("./").to_owned();
            let place = (entry.raw_file_position(), entry.size());
            if let Some(base) = base_name(&name) {
                entries.entry(base.to_owned()).or_insert(place);
            }
            entries.insert(name, place);
        }
        match entries.is_empty() {
            true => Err(std::io::Error::other("it holds no files")),
            false => Ok(Self { path: path.into(), entries }),
        }
    }

    fn find(&self, name: &str) -> Option<StoredPicture> {
        let &(offset, length) = self.entries.get(name.trim_start_matches("./"))?;
        Some(StoredPicture::Entry { tar: self.path.clone(), name: name.to_owned(), offset, length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(3, 2).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn archive(path: &Path, names: &[&str]) {
        let mut builder = tar::Builder::new(std::fs::File::create(path).unwrap());
        for name in names {
            let bytes = picture();
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            builder.append_data(&mut header, name, bytes.as_slice()).unwrap();
        }
        builder.finish().unwrap();
    }

    #[test]
    fn pictures_are_found_in_archives_and_folders_with_and_without_their_folders() {
        let folder = tempfile::tempdir().unwrap();
        let tar = folder.path().join("val.tar");
        archive(&tar, &["val/a.png", "b.png"]);
        std::fs::write(folder.path().join("c.png"), picture()).unwrap();
        let store = PictureStore::open(&[tar, folder.path().to_owned()]).unwrap();
        let found = store.find_all(["a.png", "val/a.png", "val/b.png", "set/c.png"].into_iter()).unwrap();
        assert_eq!(found.iter().filter(|picture| matches!(picture, StoredPicture::Entry { .. })).count(), 3);
        for stored in found {
            assert_eq!(stored.read().unwrap().picture.dimensions(), (3, 2));
        }
        let message = store.find_all(["a.png", "d.png", "e.png"].into_iter()).unwrap_err().to_string();
        assert!(
            message.starts_with("2 of 3 pictures are missing, the first is d.png; looked in "),
            "{message}"
        );
    }

    #[test]
    fn names_do_not_lead_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(folder.path().join("c.png"), picture()).unwrap();
        let store = PictureStore::open(&[inner]).unwrap();
        let absolute = folder.path().join("c.png").display().to_string();
        assert!(store.find_all(["../c.png"].into_iter()).is_err());
        assert!(store.find_all([absolute.as_str()].into_iter()).is_err());
    }

    #[test]
    fn what_is_no_archive_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pictures.tar");
        std::fs::write(&path, "no archive at all, only some text".repeat(40)).unwrap();
        let message = PictureStore::open(std::slice::from_ref(&path)).unwrap_err().to_string();
        assert!(message.contains("pictures.tar: expected a folder or a tar archive"), "{message}");
        assert!(PictureStore::open(&[folder.path().join("absent.tar")]).is_err());
    }
}
