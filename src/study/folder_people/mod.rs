//! Everybody in the pictures of a folder: those labelled there or, where nobody is, those in known boxes and those who
//! are found.

mod boxed;
mod even;
mod labelled;
mod lookup;

use std::path::PathBuf;
use std::sync::Arc;

use image::RgbImage;

use super::error::StudyError;
use super::people::People;
use crate::counted::counted;
use crate::engine::FinderError;
use crate::pose::BoundingBox;
use crate::source::Folder;
use even::evenly;

/// Pictures of a folder whose labels are looked up.
const MOST_LOOKED_UP: usize = 2000;
/// Pictures that are looked at where nobody is labelled.
const MOST_SEARCHED: usize = 40;
/// People who are measured, or those of one picture where they are more.
const MOST_PEOPLE: usize = 300;

/// Everybody in the pictures of a folder, as far as they are measured.
#[derive(Clone, Debug)]
pub struct FolderPeople {
    /// The people; those of a data set, with its average precision, where their joints are labelled.
    pub people: Arc<People>,
    /// A sentence for each thing that was left out.
    pub left_out: Vec<String>,
}

/// How far it is to know who is in the pictures of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gathering {
    /// Labels are looked up for pictures.
    Labels {
        /// How many.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// Pictures are looked at.
    Pictures {
        /// How many.
        done: usize,
        /// Of how many.
        of: usize,
    },
}

/// The most that is looked at.
#[derive(Clone, Copy, Debug)]
struct Limits {
    looked_up: usize,
    searched: usize,
    people: usize,
}

impl FolderPeople {
    /// Looks up everybody in the pictures of a folder. Where joints are labelled in any picture, only those labelled
    /// count; else the boxes that label files know, and in pictures without any those whom `find` finds. Of a large
    /// folder evenly spread pictures are taken. `go_on` is told how far it is, and ends it with a false: then there is
    /// no outcome. Nothing of a picture stays in memory.
    ///
    /// # Errors
    /// When nobody is left to measure, or `find` fails.
    pub fn gather(
        folder: &Folder,
        find: impl FnMut(&RgbImage) -> Result<Vec<BoundingBox>, FinderError>,
        go_on: impl FnMut(Gathering) -> bool,
    ) -> Result<Option<Self>, StudyError> {
        let limits = Limits { looked_up: MOST_LOOKED_UP, searched: MOST_SEARCHED, people: MOST_PEOPLE };
        Self::within(limits, folder, find, go_on)
    }

    fn within(
        limits: Limits,
        folder: &Folder,
        find: impl FnMut(&RgbImage) -> Result<Vec<BoundingBox>, FinderError>,
        mut go_on: impl FnMut(Gathering) -> bool,
    ) -> Result<Option<Self>, StudyError> {
        let mut left_out: Vec<String> = folder.not_opened().into_iter().collect();
        let paths: Vec<PathBuf> =
            evenly(folder.paths().len(), limits.looked_up).map(|i| folder.paths()[i].clone()).collect();
        let beyond = folder.paths().len() - paths.len();
        if beyond > 0 {
            let pictures = counted(beyond, "picture was", "pictures were");
            left_out.push(format!("{pictures} not looked at: labels are looked up for {}", paths.len()));
        }
        let Some(listed) = lookup::look_up(paths, &mut left_out, &mut go_on) else { return Ok(None) };
        let looked_at = listed.len();
        let people = match listed.iter().any(|listed| listed.labelled() > 0) {
            true => labelled::people(folder.root(), listed, limits.people, &mut left_out, &mut go_on),
            false => boxed::people(listed, limits, &mut left_out, find, &mut go_on)?,
        };
        let Some(people) = people else { return Ok(None) };
        if people.is_empty() {
            let left_out = left_out.iter().map(|told| format!("; {told}")).collect();
            let folder = folder.root().to_owned();
            return Err(StudyError::NobodyInFolder { folder, pictures: looked_at, left_out });
        }
        Ok(Some(Self { people: Arc::new(people), left_out }))
    }
}

/// Notes that pictures could not be read.
fn note_unreadable(unreadable: &[PathBuf], left_out: &mut Vec<String>) {
    if let Some(first) = unreadable.first() {
        let pictures = counted(unreadable.len(), "picture", "pictures");
        left_out.push(format!("{pictures} could not be read (first: {})", first.display()));
    }
}

#[cfg(test)]
mod tests;
