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
    /// the longest end of the path; then one that agrees as a whole.
    ///
    /// # Errors
    /// When two fit equally.
    pub fn image(&self, picture: &Path) -> Result<Option<&ImageEntry>, TwoEntries> {
        let whole = std::path::absolute(picture).unwrap_or_else(|_| picture.to_owned());
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

/// The parts of a path, the file's name first.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.rsplit(['/', '\\']).filter(|part| !part.is_empty() && *part != ".")
}
