//! Which entry of a data set a picture is.

use std::path::Path;

use thiserror::Error;

use super::annotations::{Dataset, ImageEntry, Person};

/// Two entries may be the picture.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "expected one entry for the picture {picture}, found {first:?} (id {first_id}) and {second:?} (id {second_id}), \
     which fit equally"
)]
pub struct TwoEntries {
    /// The picture that was looked for.
    pub picture: String,
    /// Name of the first entry.
    pub first: String,
    /// Id of the first entry.
    pub first_id: u64,
    /// Name of the second entry.
    pub second: String,
    /// Id of the second entry.
    pub second_id: u64,
}

impl Dataset {
    /// The entry of a picture: of those with the name of its file, that whose folders agree with the picture's over
    /// the longest end of the path; then one that agrees as a whole. Of two that fit equally, one may fit the folder
    /// that a link on the path leads to.
    ///
    /// # Errors
    /// When two fit equally.
    pub fn image(&self, picture: &Path) -> Result<Option<&ImageEntry>, TwoEntries> {
        let whole = std::path::absolute(picture).unwrap_or_else(|_| picture.to_owned());
        let two_entries = match self.image_at(picture, &whole) {
            Ok(found) => return Ok(found),
            Err(two_entries) => two_entries,
        };
        let linked =
            std::fs::canonicalize(picture).ok().and_then(|place| self.image_at(picture, &place).ok()?);
        linked.map(Some).ok_or(two_entries)
    }

    /// The entry of a picture whose path is `whole`.
    fn image_at(&self, picture: &Path, whole: &Path) -> Result<Option<&ImageEntry>, TwoEntries> {
        let whole = whole.to_string_lossy();
        let folders: Vec<&str> = parts(&whole).collect();
        let Some(name) = folders.first() else { return Ok(None) };
        let mut best: Option<((usize, bool), &ImageEntry)> = None;
        let mut equal = None;
        for image in self.images.iter().filter(|image| image.file_name.ends_with(*name)) {
            let common = parts(&image.file_name).zip(&folders).take_while(|(a, b)| a == *b).count();
            let fit = (common, common == parts(&image.file_name).count());
            match best {
                _ if common == 0 => {}
                Some((known, _)) if known > fit => {}
                Some((known, first)) if known == fit => equal = equal.or(Some((first, image))),
                _ => (best, equal) = (Some((fit, image)), None),
            }
        }
        match equal {
            None => Ok(best.map(|(_, image)| image)),
            Some((first, second)) => Err(TwoEntries {
                picture: picture.display().to_string(),
                first: first.file_name.clone(),
                first_id: first.id,
                second: second.file_name.clone(),
                second_id: second.id,
            }),
        }
    }

    /// Everyone labelled in a picture of the data set, in the order of the file.
    pub fn people_of(&self, image: &ImageEntry) -> Vec<&Person> {
        self.people.iter().filter(|person| image.id == person.image_id).collect()
    }
}

/// The parts of a path, the file's name first; without the folders that it leaves again.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    let mut left_again = 0_usize;
    path.rsplit(['/', '\\']).filter(move |part| match *part {
        "" | "." => false,
        ".." => {
            left_again += 1;
            false
        }
        _ if left_again > 0 => {
            left_again -= 1;
            false
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(names: &[&str]) -> Dataset {
        let entry = |(id, name): (u64, &&str)| ImageEntry {
            id,
            file_name: (*name).to_owned(),
            width: 0,
            height: 0,
            source: None,
        };
        Dataset { images: (1..).zip(names).map(entry).collect(), people: Vec::new() }
    }

    #[test]
    fn folders_that_a_path_leaves_again_do_not_count() {
        let dataset = listing(&["cam1/1.png", "cam2/sub/../1.png", "../cam3/1.png"]);
        for (picture, id) in [
            ("cam1/x/../1.png", 1),
            ("/data/cam2/1.png", 2),
            ("cam1/../cam2/x/y/../../1.png", 2),
            ("cam1/../cam3/./1.png", 3),
        ] {
            assert_eq!(dataset.image(Path::new(picture)).unwrap().unwrap().id, id, "{picture}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_behind_a_link_tells_two_entries_apart() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("cam2")).unwrap();
        std::fs::write(folder.path().join("cam2/1.png"), "").unwrap();
        std::os::unix::fs::symlink("cam2", folder.path().join("newest")).unwrap();
        let picture = folder.path().join("newest/1.png");
        assert_eq!(listing(&["cam1/1.png", "cam2/1.png"]).image(&picture).unwrap().unwrap().id, 2);
        assert_eq!(listing(&["newest/1.png", "cam2/1.png"]).image(&picture).unwrap().unwrap().id, 1);
        assert!(listing(&["cam3/1.png", "cam4/1.png"]).image(&picture).is_err());
    }
}
