//! Who an experiment looks at.

use std::sync::Arc;

use super::figures::Found;
use super::labelled_set::LabelledSet;
use super::look::Look;
use super::pass::Pass;
use crate::pose::{BoundingBox, Labels};
use crate::source::StoredPicture;

/// Where a person's joints are, as somebody labelled them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truth {
    /// The joints, in picture pixels.
    pub labels: Labels,
    /// The person's area in square pixels.
    pub area: f64,
}

/// The people of an experiment, picture by picture.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The pictures they are in.
    pub(super) pictures: Vec<StoredPicture>,
    /// Where they are, in the order of the pictures.
    pub(super) looks: Vec<Look>,
    /// The labelled joints of each, where there are some.
    pub(super) truths: Vec<Option<Truth>>,
    /// The data set, with the index in its people of each of them.
    set: Option<(Arc<LabelledSet>, Vec<usize>)>,
}

impl People {
    /// Everybody labelled in a data set.
    pub fn labelled(set: Arc<LabelledSet>) -> Self {
        let (indexes, looks): (Vec<usize>, Vec<Look>) = set.looks().into_iter().unzip();
        let truth = |index: &usize| {
            let person = set.dataset.people.get(*index)?;
            Some(Truth { labels: person.labels, area: person.area })
        };
        Self {
            truths: indexes.iter().map(truth).collect(),
            pictures: set.pictures.clone(),
            looks,
            set: Some((set, indexes)),
        }
    }

    /// Adds a picture with the boxes of people in it, and where their joints are labelled. It belongs to no data set,
    /// so there is no average precision over people some of whom were added.
    pub fn add(
        &mut self,
        picture: StoredPicture,
        people: impl IntoIterator<Item = (BoundingBox, Option<Truth>)>,
    ) {
        let index = self.pictures.len();
        self.pictures.push(picture);
        self.set = None;
        for (bounds, truth) in people {
            self.looks.push(Look { picture: index, bounds });
            self.truths.push(truth);
        }
    }

    /// How many of them have labelled joints.
    pub fn labelled_count(&self) -> usize {
        self.truths.iter().flatten().count()
    }

    /// In how many pictures they are.
    pub fn picture_count(&self) -> usize {
        self.looks.chunk_by(|a, b| a.picture == b.picture).count()
    }

    /// Where everybody is, picture by picture.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.looks.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.looks.is_empty()
    }

    /// The data set they are of, if they are of one.
    pub fn set(&self) -> Option<&LabelledSet> {
        self.set.as_ref().map(|(set, _)| set.as_ref())
    }

    /// The index of each of them in the data set's people; nothing for people of no data set.
    pub(super) fn indexes(&self) -> &[usize] {
        self.set.as_ref().map_or(&[][..], |(_, indexes)| indexes)
    }

    /// What was found of the people of a data set; nothing for people of none.
    pub fn found(&self, pass: &Pass) -> Vec<Found> {
        let found = self.indexes().iter().zip(&pass.poses);
        found.filter_map(|(&person, pose)| Some(Found { person, pose: (*pose)? })).collect()
    }
}
