//! What label files say of the pictures of a folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Gathering;
use crate::counted::counted;
use crate::pose::coco::{Beside, FrameFit, FrameTally, LabelCache, Person};
use crate::source::StoredPicture;

/// A picture, and what a file beside it says of it.
pub(super) struct Listed {
    pub path: PathBuf,
    pub beside: Option<Beside>,
}

impl Listed {
    /// How many people have labelled joints, and are no crowd.
    pub fn labelled(&self) -> usize {
        let people = self.beside.iter().flat_map(|beside| &beside.people);
        people.filter(|person| !person.iscrowd && person.num_keypoints > 0).count()
    }

    /// Everybody labelled, brought to the picture as it is shown: nobody where the labels are another picture's.
    ///
    /// # Errors
    /// The picture's path where it cannot be read.
    pub fn fitted(self, frames: &mut FrameTally) -> Result<(StoredPicture, Vec<Person>), PathBuf> {
        let picture = StoredPicture::File(self.path.clone());
        let Some(shown) = picture.shown() else { return Err(self.path) };
        let Some(Beside { image, mut people, .. }) = self.beside else { return Ok((picture, Vec::new())) };
        if frames.fit(&image, &mut people, &self.path, &shown) == FrameFit::None {
            people.clear();
        }
        Ok((picture, people))
    }
}

/// Looks the pictures up in the label files beside them; none where `go_on` ends it. Files that cannot be used are told
/// of, and their pictures count as unlabelled.
pub(super) fn look_up(
    paths: Vec<PathBuf>,
    left_out: &mut Vec<String>,
    go_on: &mut impl FnMut(Gathering) -> bool,
) -> Option<Vec<Listed>> {
    let (mut cache, of) = (LabelCache::default(), paths.len());
    let mut failures: BTreeMap<String, usize> = BTreeMap::new();
    let mut listed = Vec::with_capacity(of);
    for (done, path) in paths.into_iter().enumerate() {
        if !go_on(Gathering::Labels { done, of }) {
            return None;
        }
        let beside = cache.beside(&path).unwrap_or_else(|error| {
            *failures.entry(error.to_string()).or_default() += 1;
            None
        });
        listed.push(Listed { path, beside });
    }
    left_out.append(&mut cache.take_warnings());
    let told = |(why, count): (String, usize)| {
        format!("labels of {} were not used: {why}", counted(count, "picture", "pictures"))
    };
    left_out.extend(failures.into_iter().map(told));
    Some(listed)
}
