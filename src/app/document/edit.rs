//! Changes of the people by hand. Each is one step of the history, a whole drag too; a camera's boxes move by
//! themselves, so there is none for them.

use std::path::PathBuf;

use super::history::Snapshot;
use super::{Document, PersonState, truth};
use crate::pose::{BoundingBox, coco};

/// A box that is being moved or resized.
pub(super) struct Held {
    index: usize,
    from: BoundingBox,
    before: Snapshot,
}

impl Document {
    /// Adds a person and selects them.
    pub fn add_person(&mut self, bounds: BoundingBox) {
        self.end_drag();
        self.record(self.snapshot());
        let index = self.people.len();
        self.people.push(PersonState::new(bounds, false));
        self.selected = Some(index);
        self.look_up(index);
        self.match_truth();
    }

    /// Removes the selected person; the one before is selected then.
    pub fn remove_selected(&mut self) {
        self.end_drag();
        let Some(index) = self.selected.filter(|index| *index < self.people.len()) else {
            return;
        };
        self.record(self.snapshot());
        self.people.remove(index);
        self.selected = if self.people.is_empty() { None } else { Some(index.saturating_sub(1)) };
        self.match_truth();
    }

    /// Takes up labelled people from a file the user opened: their boxes take the place of those at hand. A file
    /// without people leaves the boxes and only says that there is no truth.
    pub fn take_labels(&mut self, path: PathBuf, people: Vec<coco::Person>) {
        self.end_drag();
        self.record(self.snapshot());
        let (width, height) = self.frame.picture.dimensions();
        self.labelled = truth::inside(people, width, height);
        self.truth_path = Some(path);
        if !self.labelled.is_empty() {
            self.people = self.labelled.iter().map(|person| PersonState::new(person.bounds, false)).collect();
            self.selected = Some(0);
            for index in 0..self.people.len() {
                self.look_up(index);
            }
        }
        self.match_truth();
    }

    /// Takes hold of the selected person's box, until [`Document::end_drag`].
    pub fn begin_drag(&mut self) {
        self.end_drag();
        let held = self.selected.and_then(|index| Some((index, self.people.get(index)?.bounds)));
        self.held = held.map(|(index, from)| Held { index, from, before: self.snapshot() });
    }

    /// The box that is held. None as well when something else changed the boxes during a drag: that ends it.
    pub fn held_box(&self) -> Option<BoundingBox> {
        Some(self.people.get(self.held.as_ref()?.index)?.bounds)
    }

    /// Puts the box that is held elsewhere.
    pub fn drag_to(&mut self, bounds: BoundingBox) {
        let Some(index) = self.held.as_ref().map(|held| held.index) else {
            return;
        };
        if let Some(person) = self.people.get_mut(index) {
            (person.bounds, person.refine) = (bounds, false);
            self.match_truth();
        }
    }

    /// Lets go of the box that is held, if one is.
    pub fn end_drag(&mut self) {
        let Some(Held { index, from, before }) = self.held.take() else {
            return;
        };
        if self.people.get(index).is_some_and(|person| person.bounds != from) {
            self.record(before);
            self.look_up(index);
        }
    }

    /// Whether a person's box is being dragged.
    pub(super) fn is_held(&self, index: usize) -> bool {
        self.held.as_ref().is_some_and(|held| held.index == index)
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        self.history.has_past()
    }

    /// Whether there is a change to make again.
    pub fn can_redo(&self) -> bool {
        self.history.has_future()
    }

    /// Takes back the last change of the people.
    pub fn undo(&mut self) {
        self.end_drag();
        let present = self.snapshot();
        if let Some(past) = self.history.undo(present) {
            self.restore(past);
        }
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self) {
        self.end_drag();
        let present = self.snapshot();
        if let Some(future) = self.history.redo(present) {
            self.restore(future);
        }
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot { people: self.asked_people(), selected: self.selected }
    }

    fn record(&mut self, before: Snapshot) {
        if !self.live {
            self.history.record(before);
        }
    }

    fn restore(&mut self, snapshot: Snapshot) {
        let people = snapshot.people.into_iter();
        self.people = people.map(|person| PersonState::new(person.bounds, person.refine)).collect();
        self.selected = snapshot.selected;
        for index in 0..self.people.len() {
            self.look_up(index);
        }
        self.match_truth();
    }
}

#[cfg(test)]
mod tests {
    use crate::app::document::Document;
    use crate::app::document::fixtures::{answer, bounds, labelled, shifted, unlabelled};
    use crate::pose::BoundingBox;

    fn boxes(document: &Document) -> Vec<BoundingBox> {
        document.people.iter().map(|person| person.bounds).collect()
    }

    #[test]
    fn every_change_is_undone_and_done_again_with_its_selection() {
        let mut document = labelled();
        let at_first = boxes(&document);
        document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
        let drawn = boxes(&document);
        document.begin_drag();
        for step in 1..=5 {
            document.drag_to(bounds(150.0 - f64::from(step), 150.0, 30.0, 30.0));
        }
        document.end_drag();
        let moved = boxes(&document);
        document.selected = Some(0);
        document.remove_selected();
        let removed = boxes(&document);
        assert_eq!((removed.len(), document.selected), (2, Some(0)));

        for (expected, selected) in [(&moved, Some(0)), (&drawn, Some(2)), (&at_first, Some(0))] {
            document.undo();
            assert_eq!((&boxes(&document), document.selected), (expected, selected));
        }
        document.undo();
        assert_eq!(boxes(&document), at_first, "there is nothing before");
        for expected in [&drawn, &moved, &removed, &removed] {
            document.redo();
            assert_eq!(&boxes(&document), expected);
        }
        assert_eq!(document.selected, Some(0));
    }

    #[test]
    fn undo_brings_truth_and_joints_back() {
        let mut document = labelled();
        let found = answer(&document, 1);
        document.take(found);
        document.remove_selected();
        document.undo();
        assert!(document.people.iter().all(|person| person.truth.is_some()));
        for index in 0..2 {
            assert_eq!(document.person_answer(index).unwrap().bounds, document.people[index].bounds);
        }
    }

    #[test]
    fn a_drag_that_moves_nothing_is_no_step() {
        let mut document = labelled();
        let first = document.people[0].bounds;
        document.begin_drag();
        document.drag_to(shifted(&first, 9.0));
        document.drag_to(first);
        document.end_drag();
        document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
        document.undo();
        document.undo();
        assert_eq!(document.people.len(), 2, "only the new box was a step");
    }

    #[test]
    fn undo_during_a_drag_puts_the_box_back_and_ends_the_drag() {
        let mut document = labelled();
        let first = document.people[0].bounds;
        document.begin_drag();
        document.drag_to(shifted(&first, 30.0));
        document.undo();
        assert_eq!((document.people[0].bounds, document.held_box()), (first, None));
        document.drag_to(shifted(&first, 60.0));
        assert_eq!(document.people[0].bounds, first);
    }

    #[test]
    fn deleting_during_a_drag_leaves_the_others_alone() {
        let mut document = labelled();
        let second = document.people[1].bounds;
        document.begin_drag();
        document.remove_selected();
        document.drag_to(bounds(1.0, 1.0, 20.0, 20.0));
        assert_eq!(boxes(&document), [second]);
    }

    #[test]
    fn a_camera_has_no_history() {
        let mut document = unlabelled();
        document.live = true;
        document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
        document.undo();
        assert_eq!(document.people.len(), 2);
    }
}
