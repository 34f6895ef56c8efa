//! The ids of an annotation file as other files name them.

use std::collections::{HashMap, HashSet};

use super::raw::PERSON_CATEGORY;
use super::value::Id;

/// What results that belong to an annotation file go by.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Keys {
    /// The numbers of pictures whose ids were counted anew.
    pub counted_anew: HashMap<Id, u64>,
    /// The categories of people.
    pub people: HashSet<Id>,
}

impl Keys {
    /// The number of a picture; none where its id is neither a number nor one of the annotations'.
    pub(super) fn picture(&self, id: &Id) -> Option<u64> {
        self.counted_anew.get(id).copied().or_else(|| id.kept())
    }

    /// Which of these categories is people: that of the annotations or, where none of these is, COCO's own, under
    /// which this program writes people.
    pub(super) fn people_among<'a>(&self, mut used: impl Iterator<Item = &'a Id>) -> HashSet<Id> {
        match used.any(|id| self.people.contains(id)) {
            true => self.people.clone(),
            false => HashSet::from([Id::Number(i128::from(PERSON_CATEGORY))]),
        }
    }
}
