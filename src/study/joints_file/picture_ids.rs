//! The ids of the pictures of one output, all different.

use std::collections::HashSet;

use super::JointsEntry;
use crate::pose::coco::FreeIds;

/// The pictures of an output in order: the id that labels give, and how many people were found.
#[derive(Debug, Default)]
pub struct PictureIds {
    pictures: Vec<(Option<u64>, usize)>,
}

impl PictureIds {
    /// Adds the next picture.
    pub fn add(&mut self, id: Option<u64>, people: usize) {
        self.pictures.push((id, people));
    }

    /// Writes the ids into the people of these pictures: a listed picture keeps its own, unless labels of another file
    /// gave it to an earlier one; the others get free ones above the largest, and above `largest` in the labels.
    pub fn number<'a>(&self, people: impl IntoIterator<Item = &'a mut JointsEntry>, largest: u64) {
        let own: HashSet<u64> = self.pictures.iter().filter_map(|(id, _)| *id).collect();
        let largest = own.iter().copied().max().unwrap_or(0).max(largest);
        let mut free = FreeIds::above(largest, own);
        let mut used = HashSet::new();
        let mut people = people.into_iter();
        for (id, count) in &self.pictures {
            let id = id.filter(|id| used.insert(*id)).unwrap_or_else(|| free.take());
            people.by_ref().take(*count).for_each(|person| person.image_id = id);
        }
    }
}
