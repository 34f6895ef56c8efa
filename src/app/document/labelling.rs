//! Labels placed by hand: the joints of the selected person, dragged to where they really are.

use std::path::PathBuf;

use super::Document;
use super::history::Snapshot;
use super::truth::Labelled;
use crate::pose::{LabelledKeypoint, Labels, Pose};
use crate::study::Truth;

/// The share of a box that the person in it covers, where nobody drew an outline: the one that data sets of joints
/// without outlines are given for OKS.
const COVERED: f64 = 0.53;
/// Of a person labelled by hand in a picture without a file of labels.
const IMAGE_ID: u64 = 1;

/// Whose joints are being placed, and which of them is held.
#[derive(Default)]
pub(super) struct Labelling {
    /// The person's number.
    person: Option<u32>,
    held: Option<HeldJoint>,
}

/// A joint that the pointer has hold of.
struct HeldJoint {
    joint: usize,
    before: Snapshot,
    moved: bool,
}

/// The people of a picture with labels placed by hand, kept while other pictures are shown.
#[derive(Clone)]
pub struct Draft(Snapshot);

impl Document {
    /// Begins to place the joints of the selected person or, where that is being done, ends it. Those who are not
    /// labelled begin with the joints that were found, all of them visible; they count as labels once one of them was
    /// moved or turned.
    pub fn toggle_labelling(&mut self) {
        let Some(index) = self.selected.filter(|_| self.labelled_by_hand().is_none() && self.can_label())
        else {
            self.end_labelling();
            return;
        };
        let known = self.place_of_label(index).and_then(|place| self.labelled[place].truth);
        if known.is_none() {
            let Some(labels) = self.person_answer(index).map(|found| self.begin_with(&found.pose)) else {
                return;
            };
            self.record(self.snapshot());
            self.label(index, labels, false);
        }
        self.labelling.person = Some(self.people[index].number);
    }

    /// Ends to place joints.
    pub fn end_labelling(&mut self) {
        self.let_go_of_joint();
        self.labelling = Labelling::default();
    }

    /// Whether the joints of the selected person could be placed.
    pub fn can_label(&self) -> bool {
        let index =
            self.selected.filter(|index| self.people.get(*index).is_some_and(|person| !person.hidden));
        let known = |index: usize| self.people[index].truth.is_some() || self.person_answer(index).is_some();
        !self.live && index.is_some_and(known)
    }

    /// The labels of the selected person, while they are placed by hand.
    pub fn labelled_by_hand(&self) -> Option<&Labels> {
        let index = self.selected?;
        let person = self.people.get(index).filter(|person| !person.hidden && !self.live)?;
        let place = (self.labelling.person == Some(person.number)).then(|| self.place_of_label(index))??;
        self.labelled[place].truth.as_ref().map(|truth| &truth.labels)
    }

    /// Takes hold of a joint, until [`Document::let_go_of_joint`].
    pub fn hold_joint(&mut self, joint: usize) {
        self.end_drag();
        self.labelling.held = Some(HeldJoint { joint, before: self.snapshot(), moved: false });
    }

    /// Puts the joint that is held elsewhere, in picture pixels; one that was not labelled is there, hidden.
    pub fn joint_to(&mut self, x: f64, y: f64) {
        let Some(held) = &mut self.labelling.held else { return };
        held.moved = true;
        let joint = held.joint;
        self.change_joint(joint, |label| LabelledKeypoint { x, y, visibility: label.visibility.max(1) });
    }

    /// Lets go of the joint that is held, if one is. Its whole way is one step of the history.
    pub fn let_go_of_joint(&mut self) {
        if let Some(HeldJoint { before, moved: true, .. }) = self.labelling.held.take() {
            self.record(before);
        }
    }

    /// Makes a visible joint a hidden one, a hidden one unlabelled, and that visible again.
    pub fn turn_joint(&mut self, joint: usize) {
        if self.labelled_by_hand().is_none() {
            return;
        }
        self.end_drag();
        self.record(self.snapshot());
        self.change_joint(joint, |label| {
            let visibility = label.visibility.checked_sub(1).unwrap_or(2);
            LabelledKeypoint { visibility, ..label }
        });
    }

    /// What was placed by hand in this picture, where anything was that is not in a file.
    pub fn draft(&self) -> Option<Draft> {
        self.hand_labelled.then(|| Draft(self.snapshot()))
    }

    /// Takes people and labels up again that were in this picture before.
    pub fn take_draft(&mut self, Draft(snapshot): Draft) {
        self.restore(snapshot);
    }

    /// Takes the labels for those of a file, where they are still the same as in the draft that was written to it.
    pub fn saved_as(&mut self, path: PathBuf, Draft(written): &Draft) {
        if self.labelled == written.labelled {
            (self.truth_path, self.hand_labelled) = (Some(path), false);
        }
    }

    fn change_joint(&mut self, joint: usize, change: impl FnOnce(LabelledKeypoint) -> LabelledKeypoint) {
        let Some(mut labels) = self.labelled_by_hand().copied() else { return };
        if let (Some(label), Some(index)) = (labels.get_mut(joint), self.selected) {
            *label = change(*label);
            self.label(index, labels, true);
        }
    }

    /// Writes labels into the person's entry among those labelled, or a new one.
    fn label(&mut self, index: usize, labels: Labels, placed: bool) {
        self.stop_looking();
        let bounds = self.people[index].bounds;
        let place = self.place_of_label(index).unwrap_or(self.labelled.len());
        if place == self.labelled.len() {
            let image_id = self.labelled_image_id().unwrap_or(IMAGE_ID);
            self.labelled.push(Labelled { image_id, bounds, truth: None, placed });
        }
        let labelled = &mut self.labelled[place];
        let area = labelled.truth.map_or(COVERED * bounds.area(), |truth| truth.area);
        (labelled.truth, labelled.placed) = (Some(Truth { labels, area }), placed);
        self.hand_labelled |= placed;
        self.match_truth();
    }

    /// Joints as labels: those inside the picture, taken for visible.
    fn begin_with(&self, pose: &Pose) -> Labels {
        let (width, height) = self.frame.picture.dimensions();
        let inside = |at: f64, side: u32| at >= -0.5 && at <= f64::from(side) - 0.5;
        pose.map(|joint| LabelledKeypoint {
            x: joint.x,
            y: joint.y,
            visibility: if inside(joint.x, width) && inside(joint.y, height) { 2 } else { 0 },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::Score;
    use crate::app::document::fixtures::{answer, bounds, frame, labelled, unlabelled};

    /// A document with somebody whose joints were found.
    fn found() -> Document {
        let mut document = unlabelled();
        document.add_person(bounds(20.0, 20.0, 100.0, 150.0));
        let answer = answer(&document, 1);
        document.take(answer);
        document
    }

    fn oks(document: &Document) -> f64 {
        let Some(Score::Accuracy { oks, .. }) = document.score(document.selected.unwrap()) else { panic!() };
        oks
    }

    #[test]
    fn labels_begin_with_the_joints_found_and_follow_the_pointer() {
        let mut document = found();
        assert!(document.can_label() && document.labelled_by_hand().is_none());
        document.toggle_labelling();
        assert!(document.people[1].truth.is_none(), "joints that were found are no truth about the network");
        let before = document.labelled_by_hand().unwrap()[5];
        document.hold_joint(5);
        document.joint_to(90.0, 30.0);
        document.joint_to(110.0, 31.0);
        document.let_go_of_joint();
        let label = document.labelled_by_hand().unwrap()[5];
        assert_eq!((label.x, label.y, label.visibility), (110.0, 31.0, 2));
        assert!(oks(&document) < 1.0);
        document.undo();
        assert_eq!(document.labelled_by_hand().unwrap()[5], before, "the whole way is one step");
        assert!(document.people[1].truth.is_none() && document.draft().is_none());
        document.redo();
        assert_eq!(document.labelled_by_hand().unwrap()[5], label);
        document.toggle_labelling();
        assert!(document.labelled_by_hand().is_none() && document.people[1].truth.is_some());
        document.undo();
        document.undo();
        assert!(document.labelled.is_empty(), "to begin is a step as well");
    }

    #[test]
    fn a_joint_in_hand_is_let_go_of_by_what_else_is_done() {
        let mut document = found();
        document.toggle_labelling();
        document.hold_joint(5);
        document.joint_to(90.0, 30.0);
        document.undo();
        assert!(document.people[1].truth.is_none() && document.can_redo());
        document.joint_to(1.0, 1.0);
        assert!(document.people[1].truth.is_none(), "nothing is held any more");
    }

    #[test]
    fn a_joint_is_visible_hidden_or_not_labelled() {
        let mut document = found();
        document.toggle_labelling();
        let seen = |document: &Document| document.labelled_by_hand().unwrap()[9].visibility;
        let mut turns = Vec::new();
        for _ in 0..4 {
            turns.push(seen(&document));
            document.turn_joint(9);
        }
        assert_eq!(turns, [2, 1, 0, 2]);
        document.turn_joint(9);
        assert_eq!(seen(&document), 0);
        document.hold_joint(9);
        document.joint_to(40.0, 40.0);
        document.let_go_of_joint();
        assert_eq!(seen(&document), 1, "what is put somewhere is there");
    }

    #[test]
    fn labels_of_a_file_are_changed_in_place_with_their_area() {
        let mut document = labelled();
        let area = document.people[0].truth.unwrap().area;
        document.toggle_labelling();
        document.hold_joint(0);
        document.joint_to(1.0, 2.0);
        document.let_go_of_joint();
        assert_eq!(document.people[0].truth.unwrap().area, area);
        assert_eq!(document.people[0].truth.unwrap().labels[0].x, 1.0);
        assert_eq!(document.people[1].truth.unwrap().labels[0].x, 80.0, "the other's stay");
        document.select_next(1);
        assert!(document.labelled_by_hand().is_none(), "one person at a time");
    }

    #[test]
    fn what_was_placed_comes_back_with_everybody_until_it_is_in_a_file() {
        let mut document = found();
        document.toggle_labelling();
        assert!(document.draft().is_none(), "nothing was placed yet");
        document.turn_joint(3);
        let draft = document.draft().unwrap();
        let mut again = Document::new(frame(), 9, 9, None);
        again.take_draft(draft.clone());
        assert_eq!(again.people.len(), 2);
        assert_eq!(again.people[1].truth, document.people[1].truth);
        again.saved_as("black.json".into(), &draft);
        assert!(again.draft().is_none() && again.truth_path.is_some());
        document.turn_joint(4);
        document.saved_as("black.json".into(), &draft);
        assert!(document.draft().is_some(), "changed since it was written");
    }

    #[test]
    fn frames_that_run_are_not_labelled() {
        let mut document = found();
        document.toggle_labelling();
        document.live = true;
        assert!(!document.can_label() && document.labelled_by_hand().is_none());
    }
}
