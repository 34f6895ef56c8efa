//! Labelled joints belong to the picture; the boxes over them take them up.

use super::{Document, PersonState};
use crate::pose::{BoundingBox, Labels, coco};
use crate::study::Truth;

/// Shared area over joint area from which on a box is that of a labelled person.
const SMALLEST_OVERLAP: f64 = 0.5;

/// A person in the picture's annotation file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Labelled {
    /// The picture's id in that file.
    pub image_id: u64,
    /// The box in the file, as far as it lies in the picture.
    pub bounds: BoundingBox,
    /// None for a box without joints; it still is this person's, and must not pass for a neighbour's.
    pub truth: Option<Truth>,
    /// Whether somebody said that the joints are there: those that were found tell nothing about the network.
    pub placed: bool,
}

/// Everybody labelled in a picture of `width` × `height` pixels, but for crowds.
pub(super) fn inside(people: Vec<coco::Person>, width: u32, height: u32) -> Vec<Labelled> {
    let inside = |person: coco::Person| {
        let bounds = person.bbox.clipped(width, height).ok()?;
        let truth = (person.num_keypoints > 0).then_some(Truth { labels: person.labels, area: person.area });
        Some(Labelled { image_id: person.image_id, bounds, truth, placed: true })
    };
    people.into_iter().filter(|person| !person.iscrowd).filter_map(inside).collect()
}

impl Document {
    /// The picture's id in the file that labels people in it.
    pub fn labelled_image_id(&self) -> Option<u64> {
        self.labelled.first().map(|person| person.image_id)
    }

    /// Gives each box the labelled joints that it is over; to be called whenever boxes changed.
    pub(super) fn match_truth(&mut self) {
        let boxes: Vec<BoundingBox> = self.people.iter().map(|person| person.bounds).collect();
        let matches = matches(&boxes, &self.labelled);
        for (person, label) in self.people.iter_mut().zip(matches) {
            let label = label.map(|label| &self.labelled[label]).filter(|label| label.placed);
            person.truth = label.and_then(|label| label.truth);
        }
    }

    /// Selects whoever has these labelled joints or, where they were changed by hand, is in their box; where nobody is,
    /// the selection stays.
    pub fn select_labelled(&mut self, labels: &Labels, bounds: &BoundingBox) {
        let has = |person: &PersonState| person.truth.is_some_and(|truth| truth.labels == *labels);
        let there = |person: &PersonState| person.bounds.overlap(bounds) >= SMALLEST_OVERLAP;
        let index = self.people.iter().position(has).or_else(|| self.people.iter().position(there));
        self.selected = index.or(self.selected);
    }

    /// The place among those labelled of the person at `index`.
    pub(super) fn place_of_label(&self, index: usize) -> Option<usize> {
        let boxes: Vec<BoundingBox> = self.people.iter().map(|person| person.bounds).collect();
        matches(&boxes, &self.labelled).get(index).copied().flatten()
    }
}

/// Which labelled person each box is over: the one it overlaps most, and of several boxes over one person
/// the nearest.
fn matches(boxes: &[BoundingBox], labelled: &[Labelled]) -> Vec<Option<usize>> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (person, bounds) in boxes.iter().enumerate() {
        let overlaps: Vec<f64> = labelled.iter().map(|label| bounds.overlap(&label.bounds)).collect();
        let best = overlaps.iter().copied().fold(SMALLEST_OVERLAP, f64::max);
        // More than one only where several people are labelled with the same box.
        let nearest = overlaps.iter().enumerate().filter(|(_, overlap)| **overlap >= best);
        pairs.extend(nearest.map(|(label, overlap)| (*overlap, person, label)));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut found = vec![None; boxes.len()];
    let mut taken = vec![false; labelled.len()];
    for (_, person, label) in pairs {
        if found[person].is_none() && !taken[label] {
            (found[person], taken[label]) = (Some(label), true);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::app::document::Score;
    use crate::app::document::fixtures::{answer, bounds, labelled, labelled_at, shifted};

    #[test]
    fn a_box_drawn_again_over_a_labelled_person_takes_the_truth_up() {
        let mut document = labelled();
        let first = document.people[0].bounds;
        document.remove_selected();
        assert_eq!(document.people.len(), 1);
        document.add_person(bounds(150.0, 150.0, 40.0, 40.0));
        assert!(document.people[1].truth.is_none(), "nobody is labelled there");
        document.add_person(shifted(&first, 4.0));
        let truth = document.people[2].truth.as_ref().unwrap();
        assert_eq!((truth.area, truth.labels[0].x), (first.area(), first.x));
    }

    #[test]
    fn a_labelled_person_has_one_box_at_most() {
        let mut document = labelled();
        let first = document.people[0].bounds;
        document.add_person(shifted(&first, 4.0));
        assert!(document.people[0].truth.is_some() && document.people[2].truth.is_none());
        document.selected = Some(0);
        document.remove_selected();
        assert!(document.people[1].truth.is_some(), "the box that is left takes the truth up");
    }

    #[test]
    fn a_box_keeps_its_truth_until_it_is_moved_away() {
        let mut document = labelled();
        let first = document.people[0].bounds;
        document.begin_drag();
        document.drag_to(shifted(&first, 6.0));
        assert!(document.people[0].truth.is_some());
        document.drag_to(bounds(150.0, 10.0, 40.0, 80.0));
        assert!(document.people[0].truth.is_none());
        document.drag_to(first);
        document.end_drag();
        assert!(document.people[0].truth.is_some());
    }

    #[test]
    fn a_box_without_labels_does_not_take_up_those_of_its_neighbour() {
        let near = [(bounds(10.0, 10.0, 40.0, 80.0), true), (bounds(16.0, 10.0, 40.0, 80.0), false)];
        let mut document = labelled_at(&near);
        assert!(document.people[0].truth.is_some() && document.people[1].truth.is_none());
        document.remove_selected();
        assert!(document.people[0].truth.is_none());
    }

    #[test]
    fn people_labelled_with_the_same_box_keep_their_own_joints() {
        let same = [(bounds(10.0, 10.0, 40.0, 80.0), true), (bounds(10.0, 10.0, 40.0, 80.0), true)];
        let document = labelled_at(&same);
        assert!(document.people.iter().all(|person| person.truth.is_some()));
    }

    #[test]
    fn truth_is_what_accuracy_is_measured_with() {
        let mut document = labelled();
        let found = answer(&document, 1);
        document.take(found);
        assert!(matches!(document.score(0), Some(Score::Accuracy { .. })));
        document.remove_selected();
        document.undo();
        assert!(matches!(document.score(0), Some(Score::Accuracy { .. })));
    }
}
