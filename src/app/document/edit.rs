//! Changes of the people by hand. Each is one step of the history, a whole drag too; a camera's boxes move by
//! themselves, so there is none for them.

use std::path::PathBuf;

use super::history::{Kept, Snapshot};
use super::labelling::Labelling;
use super::{Document, Origin, PersonState, truth};
use crate::pose::{BoundingBox, coco};

/// A box that is being moved or resized.
pub(super) struct Held {
    index: usize,
    from: BoundingBox,
    before: Snapshot,
}

impl Document {
    /// Adds a person whom the user drew, and selects them.
    pub fn add_person(&mut self, bounds: BoundingBox) {
        self.add(bounds, Origin::Drawn);
    }

    /// Adds a person and selects them.
    pub(super) fn add(&mut self, bounds: BoundingBox, origin: Origin) {
        self.end_drag();
        self.stop_looking();
        self.record(self.snapshot());
        let (index, number) = (self.people.len(), self.free_number());
        self.people.push(PersonState::new(number, bounds, origin));
        self.follow_from(index);
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
        self.stop_looking();
        self.record(self.snapshot());
        let removed = self.people.remove(index);
        if let Some(tracker) = &mut self.following {
            tracker.remove(removed.number);
        }
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
        (self.hand_labelled, self.labelling) = (false, Labelling::default());
        if !self.labelled.is_empty() {
            self.stop_looking();
            self.put_in(self.labelled.iter().map(|person| (person.bounds, Origin::Labelled)).collect());
        }
        self.match_truth();
    }

    /// Takes boxes along from the picture before, as far as they lie in this one. Gives whether any does.
    pub fn take_copied(&mut self, boxes: &[BoundingBox]) -> bool {
        let (width, height) = self.frame.picture.dimensions();
        let inside = boxes.iter().filter_map(|bounds| bounds.clipped(width, height).ok());
        let inside: Vec<_> = inside.map(|bounds| (bounds, Origin::Copied)).collect();
        let any = !inside.is_empty();
        if any {
            self.replace(inside);
        }
        any
    }

    /// Shows a person on the picture or hides them there.
    pub fn toggle_hidden(&mut self, index: usize) {
        if let Some(person) = self.people.get_mut(index) {
            person.hidden = !person.hidden;
        }
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
            (person.bounds, person.refine, person.origin) = (bounds, false, Origin::Drawn);
            person.trail.clear();
            self.follow_from(index);
            self.match_truth();
        }
    }

    /// Lets go of the box or the joint that is held, if one is.
    pub fn end_drag(&mut self) {
        self.let_go_of_joint();
        let Some(Held { index, from, before }) = self.held.take() else {
            return;
        };
        if self.people.get(index).is_some_and(|person| person.bounds != from) {
            self.stop_looking();
            self.record(before);
            self.look_up(index);
        }
    }

    /// Whether a person's box is being dragged.
    pub(super) fn is_held(&self, index: usize) -> bool {
        self.held.as_ref().is_some_and(|held| held.index == index)
    }

    /// The number of the person whose box is being dragged.
    pub(super) fn held_number(&self) -> Option<u32> {
        Some(self.people.get(self.held.as_ref()?.index)?.number)
    }

    /// Keeps hold of the person of this number after places have changed; without one the drag is over.
    pub(super) fn hold_on(&mut self, number: Option<u32>) {
        let place = self.people.iter().position(|person| Some(person.number) == number);
        self.held = self.held.take().zip(place).map(|(held, index)| Held { index, ..held });
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

    pub(super) fn snapshot(&self) -> Snapshot {
        let kept = |person: &PersonState| Kept {
            number: person.number,
            bounds: person.bounds,
            refine: person.refine,
            origin: person.origin,
            hidden: person.hidden,
        };
        Snapshot {
            people: self.people.iter().map(kept).collect(),
            selected: self.selected,
            labelled: self.labelled.clone(),
            truth_path: self.truth_path.clone(),
            hand_labelled: self.hand_labelled,
        }
    }

    /// Puts people into these boxes in the place of those at hand, and selects the first. Recorded where the user has
    /// changed boxes before.
    fn replace(&mut self, boxes: Vec<(BoundingBox, Origin)>) {
        self.end_drag();
        if self.can_undo() {
            self.record(self.snapshot());
        }
        self.put_in(boxes);
        self.match_truth();
    }

    pub(super) fn put_in(&mut self, boxes: Vec<(BoundingBox, Origin)>) {
        // Numbers mean others from here on.
        self.labelling = Labelling::default();
        let numbered = (1..).zip(boxes);
        self.people =
            numbered.map(|(number, (bounds, origin))| PersonState::new(number, bounds, origin)).collect();
        self.selected = Some(0);
        for index in 0..self.people.len() {
            self.look_up(index);
        }
    }

    /// Tells the tracker of a camera's people where the user put one.
    fn follow_from(&mut self, index: usize) {
        let (now_secs, person) = (self.clock.now_secs(), self.people.get(index));
        if let (Some(tracker), Some(person)) = (&mut self.following, person) {
            tracker.put(person.number, person.bounds, now_secs);
        }
    }

    pub(super) fn record(&mut self, before: Snapshot) {
        if !self.live {
            self.history.record(before);
        }
    }

    pub(super) fn restore(&mut self, snapshot: Snapshot) {
        self.stop_looking();
        let hidden = |kept: &Kept| {
            // Hiding is no step: who is there stays as they are.
            let present = self.people.iter().find(|person| person.number == kept.number);
            present.map_or(kept.hidden, |person| person.hidden)
        };
        let person = |kept: Kept| PersonState {
            refine: kept.refine,
            hidden: hidden(&kept),
            ..PersonState::new(kept.number, kept.bounds, kept.origin)
        };
        self.people = snapshot.people.into_iter().map(person).collect();
        (self.selected, self.labelled) = (snapshot.selected, snapshot.labelled);
        (self.truth_path, self.hand_labelled) = (snapshot.truth_path, snapshot.hand_labelled);
        for index in 0..self.people.len() {
            self.look_up(index);
        }
        self.match_truth();
    }
}

#[cfg(test)]
mod tests;
