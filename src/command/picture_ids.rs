//! The ids of the pictures of one output, all different.

use std::collections::HashSet;

use super::people_report::FoundPerson;

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
    /// gave it to an earlier one; the others get those above the largest, and above `largest` in the labels.
    pub fn number(&self, people: &mut [FoundPerson], largest: u64) {
        let own = self.pictures.iter().filter_map(|(id, _)| *id).max().unwrap_or(0);
        let mut next = own.max(largest);
        let mut used = HashSet::new();
        let mut people = people.iter_mut();
        for (id, count) in &self.pictures {
            let id = id.filter(|id| used.insert(*id)).unwrap_or_else(|| {
                next = next.saturating_add(1);
                next
            });
            people.by_ref().take(*count).for_each(|person| person.image_id = id);
        }
    }
}
