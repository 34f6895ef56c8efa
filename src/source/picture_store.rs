//! The pictures of a data set by name, in folders and tar archives.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use super::error::SourceError;
use super::missing_pictures::MissingPictures;
use super::stored_picture::StoredPicture;
use super::tar_index::{End, TarIndex, ends};

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

impl PictureStore {
    /// Opens folders and tar archives; of an archive only the list of its files is read.
    ///
    /// # Errors
    /// When a path is neither, or an archive is damaged.
    pub fn open(paths: &[PathBuf]) -> Result<Self, SourceError> {
        let place = |path: &PathBuf| {
            if path.is_dir() {
                return Ok(Place::Folder(path.clone()));
            }
            let index = TarIndex::read(path);
            index
                .map(Place::Tar)
                .map_err(|error| SourceError::Place { path: path.clone(), reason: error.to_string() })
        };
        Ok(Self { places: paths.iter().map(place).collect::<Result<_, _>>()? })
    }

    /// Finds every picture.
    ///
    /// # Errors
    /// When some are missing: names the first, how many they are and where they were looked for. When two files of an
    /// archive end as a name does, or two names lead to one picture: names both.
    pub fn find_all<'a>(
        &self,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<StoredPicture>, MissingPictures> {
        match self.find_present(names)? {
            (_, Some(missing)) => Err(missing),
            (found, None) => Ok(found.into_iter().flatten().collect()),
        }
    }

    /// Finds the pictures that are there, in the order of their names; and what is to be said of those that are not.
    ///
    /// # Errors
    /// When two files of an archive end as a name does, or two names lead to one picture: names both.
    pub fn find_present<'a>(
        &self,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<(Vec<Option<StoredPicture>>, Option<MissingPictures>), MissingPictures> {
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        let mut taken: HashMap<(PathBuf, u64), &str> = HashMap::new();
        for name in names {
            let picture = self.find(name);
            match &picture {
                Some(picture) => {
                    // Found without its folders, a picture may be that of another entry.
                    if let Some(place) = picture.place()
                        && let Some(other) = taken.insert(place, name)
                        && plain_parts(other).ne(plain_parts(name))
                    {
                        return Err(MissingPictures::OneForTwo {
                            first: other.to_owned(),
                            second: name.to_owned(),
                            found: picture.name(),
                        });
                    }
                }
                None => match self.places.iter().find_map(|place| place.alike(name)) {
                    Some(alike) => return Err(alike),
                    None => missing.push(name),
                },
            }
            found.push(picture);
        }
        let absent = missing.first().map(|first| MissingPictures::Missing {
            missing: missing.len(),
            total: found.len(),
            first: (*first).to_owned(),
            places: self
                .places
                .iter()
                .map(|place| place.path().display().to_string())
                .collect::<Vec<_>>()
                .join(", "),
        });
        Ok((found, absent))
    }

    /// The first of these names whose picture is a file of its own: its place among them, and the file.
    pub fn first_file<'a>(&self, names: impl Iterator<Item = &'a str>) -> Option<(usize, PathBuf)> {
        names.enumerate().find_map(|(index, name)| match self.find(name)? {
            StoredPicture::File(path) => Some((index, path)),
            _ => None,
        })
    }

    /// The picture of this name, with all of the folders before it or as many of the last ones as are there in any of
    /// the places.
    fn find(&self, name: &str) -> Option<StoredPicture> {
        spellings(name).find_map(|end| self.places.iter().find_map(|place| place.find(&end)))
    }
}

impl Place {
    fn path(&self) -> &Path {
        match self {
            Self::Folder(path) => path,
            Self::Tar(index) => index.path(),
        }
    }

    /// The files that end as this name does, where there are several.
    fn alike(&self, name: &str) -> Option<MissingPictures> {
        let Self::Tar(index) = self else { return None };
        spellings(name).find_map(|end| match index.ending(&end) {
            Some(End::Several(first, second)) => Some(MissingPictures::EndAlike {
                name: name.to_owned(),
                archive: index.path().to_path_buf(),
                first: first.clone(),
                second: second.clone(),
            }),
            _ => None,
        })
    }

    /// The picture of this very name; in an archive also the only one that ends so.
    fn find(&self, name: &str) -> Option<StoredPicture> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                path.is_file().then_some(StoredPicture::File(path))
            }
            Self::Tar(index) => index.find(name),
        }
    }
}

/// The ends of a name, longest first, each as it stands and with slashes for the backslashes of Windows; none that leads
/// out of the folder it is looked for in.
fn spellings(name: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let both = ends(name).flat_map(|end| {
        let slashed = end.contains('\\').then(|| Cow::Owned(end.replace('\\', "/")));
        std::iter::once(Cow::Borrowed(end)).chain(slashed)
    });
    both.filter(|end| leads_inside(end))
}

fn leads_inside(name: &str) -> bool {
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    Path::new(name).components().all(inside)
}

/// The folders and the name, however they are separated.
fn plain_parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".")
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
        let found = store.find_all(["a.png", "val/b.png", "set/c.png"].into_iter()).unwrap();
        assert_eq!(found, store.find_all(["val/a.png", "./b.png", "c.png"].into_iter()).unwrap());
        assert_eq!(found.iter().filter(|picture| matches!(picture, StoredPicture::Entry { .. })).count(), 2);
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
    fn pictures_of_one_name_in_two_folders_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let tar = folder.path().join("set.tar");
        archive(&tar, &["x/cam1/1.png", "x/cam2/1.png", "x/2.png"]);
        let store = PictureStore::open(&[tar]).unwrap();
        let found = store.find_all(["data/cam1/1.png", "data/cam2/1.png"].into_iter()).unwrap();
        assert_ne!(found[0].place(), found[1].place());
        let message = store.find_all(["1.png"].into_iter()).unwrap_err().to_string();
        assert!(message.starts_with("expected one picture 1.png in "), "{message}");
        assert!(message.ends_with("set.tar, found x/cam1/1.png and x/cam2/1.png"), "{message}");
        let message = store.find_all(["3.png"].into_iter()).unwrap_err().to_string();
        assert!(message.starts_with("1 of 1 picture is missing, the first is 3.png"), "{message}");
        let message = store.find_all(["cam1/2.png", "cam2/2.png"].into_iter()).unwrap_err().to_string();
        assert!(message.starts_with("expected two pictures for cam1/2.png and cam2/2.png"), "{message}");
        std::fs::write(folder.path().join("1.png"), picture()).unwrap();
        let store = PictureStore::open(&[folder.path().to_owned()]).unwrap();
        assert!(store.find_all(["cam1/1.png"].into_iter()).is_ok());
        assert!(store.find_all(["cam1/1.png", "cam2/1.png"].into_iter()).is_err());
    }

    #[test]
    fn of_several_places_the_one_that_fits_best_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let images = folder.path().join("images");
        std::fs::create_dir_all(images.join("cam2")).unwrap();
        std::fs::write(folder.path().join("1.png"), picture()).unwrap();
        std::fs::write(images.join("cam2/1.png"), picture()).unwrap();
        let store = PictureStore::open(&[folder.path().to_owned(), images.clone()]).unwrap();
        let found = store.find_all(["set/cam2/1.png", "1.png"].into_iter()).unwrap();
        assert_eq!(found[0], StoredPicture::File(images.join("cam2/1.png")));
        assert_eq!(found[1], StoredPicture::File(folder.path().join("1.png")));
        let (found, missing) = store.find_present(["a.png", "1.png"].into_iter()).unwrap();
        assert!(found[0].is_none() && found[1].is_some());
        assert!(
            matches!(missing, Some(MissingPictures::Missing { missing: 1, total: 2, .. })),
            "{missing:?}"
        );
    }

    #[test]
    fn names_of_windows_find_their_folders() {
        let folder = tempfile::tempdir().unwrap();
        let tar = folder.path().join("set.tar");
        archive(&tar, &["cam1/1.png", "cam2/1.png"]);
        for camera in ["cam1", "cam2"] {
            std::fs::create_dir(folder.path().join(camera)).unwrap();
            std::fs::write(folder.path().join(camera).join("1.png"), picture()).unwrap();
        }
        std::fs::write(folder.path().join("1.png"), picture()).unwrap();
        for place in [tar, folder.path().to_owned()] {
            let store = PictureStore::open(&[place]).unwrap();
            let plain = store.find_all(["cam1/1.png", "cam2/1.png"].into_iter()).unwrap();
            for names in [["cam1\\1.png", ".\\cam2\\1.png"], ["C:\\set\\cam1\\1.png", "..\\cam2\\1.png"]] {
                assert_eq!(store.find_all(names.into_iter()).unwrap(), plain, "{names:?}");
            }
        }
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
        assert!(store.find_all(["..\\c.png"].into_iter()).is_err());
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
