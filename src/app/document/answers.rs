//! What the engine is asked about the people, and whom of them its answers are about.
//!
//! An answer is about boxes. A person has one as long as the box that was looked at is theirs; while a box is
//! dragged, or follows a camera, the newest answer about the same person stands in for it.

use super::{Document, PersonState};
use crate::engine::{Answer, Person, PersonAnswer};
use crate::pose::{BoundingBox, Pose};

/// Boxes that differ less, in picture pixels, are the same: clipping them to the picture rounds.
const SAME: f64 = 1e-3;

/// Joints at the reference resolution, by the box they were found in.
pub(super) struct Reference(Vec<(BoundingBox, Pose)>);

impl Document {
    /// What the engine is to be asked.
    pub fn asked_people(&self) -> Vec<Person> {
        self.people.iter().map(|p| Person { bounds: p.bounds, refine: p.refine }).collect()
    }

    /// Takes in an answer, unless it belongs to another picture or is about nobody here.
    /// Gives whether boxes were refined by it.
    pub fn take(&mut self, answer: Answer) -> bool {
        if answer.ticket < self.first_ticket {
            return false;
        }
        let Some((answer, mut places)) = self.with_places(answer) else { return false };
        self.recognise(&answer, &mut places);
        // An older question may have held another guess; its box would never be asked about again.
        let newest = answer.request.people == self.asked_people();
        let mut refined = false;
        for (person, place) in self.people.iter_mut().zip(places) {
            person.answered = place;
            if let Some(found) = place.and_then(|place| answer.people.get(place))
                && newest
                && person.refine
            {
                (person.bounds, person.refine) = (found.bounds, false);
                refined = true;
            }
        }
        let told_apart = |a: &Answer, b: &Answer| !a.request.settings.reads_alike(&b.request.settings);
        if self.answer.as_ref().is_some_and(|before| told_apart(before, &answer)) {
            self.reference = None;
        }
        self.answer = Some(answer);
        self.let_go();
        if refined {
            self.match_truth();
        }
        refined
    }

    /// Takes in the joints at the reference resolution of the answer at hand.
    pub fn take_reference(&mut self, ticket: u64, poses: Vec<Pose>) {
        if let Some(answer) = self.answer.as_ref().filter(|answer| answer.ticket == ticket) {
            let boxes = answer.people.iter().map(|person| person.bounds);
            self.reference = Some(Reference(boxes.zip(poses).collect()));
        }
    }

    /// Forgets what an earlier network found, but draws its answer until the next one comes.
    pub fn forget_reference(&mut self) {
        self.reference = None;
    }

    /// Whether agreement has to be asked for: somebody is not labelled, and nothing fitting is at hand.
    pub fn wants_reference(&self) -> bool {
        let unknown = |p: &PersonState| p.truth.is_none() && self.reference_of(&p.bounds).is_none();
        !self.live && self.people.iter().any(unknown)
    }

    /// Joints that the reference resolution gives for a box.
    pub(super) fn reference_of(&self, bounds: &BoundingBox) -> Option<&Pose> {
        let known = &self.reference.as_ref()?.0;
        known.iter().find(|(known, _)| same(known, bounds)).map(|(_, pose)| pose)
    }

    /// The newest answer, as long as there is anybody it could be about.
    pub fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref().filter(|_| !self.people.is_empty())
    }

    /// What was found about a person in the box they have now; while it is being dragged, in the one before.
    pub fn person_answer(&self, index: usize) -> Option<&PersonAnswer> {
        let place = self.people.get(index)?.answered?;
        self.answer.as_ref()?.people.get(place)
    }

    /// What was found about the selected person.
    pub fn selected_answer(&self) -> Option<&PersonAnswer> {
        self.person_answer(self.selected?)
    }

    /// Names what was found about the selected person; for textures made of it. The index of the person would not
    /// do: people before it come and go.
    pub fn selected_key(&self) -> Option<(u64, usize)> {
        Some((self.answer.as_ref()?.ticket, self.people.get(self.selected?)?.answered?))
    }

    /// Whether what was found about a person was found in another box than the one they have now, or with other
    /// settings, so that numbers drawn from it are not current. A camera's joints always are of an earlier frame, and
    /// never stale.
    pub fn is_stale(&self, index: usize) -> bool {
        let (Some(answer), Some(person)) = (&self.answer, self.people.get(index)) else {
            return false;
        };
        let moved = || person.answered.is_some_and(|place| !is_about(answer, place, &person.bounds));
        !self.live && (self.is_left_behind(index) || moved())
    }

    /// Looks in the answer at hand for the box that a person has now.
    pub(super) fn look_up(&mut self, index: usize) {
        let person = &mut self.people[index];
        person.answered = self.answer.as_ref().and_then(|answer| place_of(answer, index, &person.bounds));
    }

    /// Where in an answer a person is: by the box or, while that moves from answer to answer, by the order.
    pub(super) fn place_in(&self, answer: &Answer, index: usize) -> Option<usize> {
        let person = &self.people[index];
        let boxes = std::iter::once(&person.bounds).chain(&person.trail);
        let by_box = boxes.filter_map(|bounds| place_of(answer, index, bounds)).next();
        // Where people come and go by themselves, the order says nothing.
        let follows = self.live && self.following.is_none();
        let moves = self.is_held(index) || (follows && person.answered.is_some());
        let same_order = moves && answer.people.len() == self.people.len();
        by_box.or(same_order.then_some(index))
    }
}

/// The place in an answer that is about a box; `index` before others, for people with the same box.
fn place_of(answer: &Answer, index: usize, bounds: &BoundingBox) -> Option<usize> {
    std::iter::once(index).chain(0..answer.people.len()).find(|place| is_about(answer, *place, bounds))
}

/// Whether an answer's place is about a box: the one that was asked about, or what became of it.
pub(super) fn is_about(answer: &Answer, place: usize, bounds: &BoundingBox) -> bool {
    let asked = answer.request.people.get(place).map(|person| &person.bounds);
    let found = answer.people.get(place).map(|person| &person.bounds);
    asked.into_iter().chain(found).any(|known| same(known, bounds))
}

/// Whether two boxes are the same but for rounding.
pub(super) fn same(a: &BoundingBox, b: &BoundingBox) -> bool {
    let pairs = [(a.x, b.x), (a.y, b.y), (a.width, b.width), (a.height, b.height)];
    pairs.iter().all(|(a, b)| (a - b).abs() < SAME)
}

#[cfg(test)]
mod tests {
    use crate::app::document::Score;
    use crate::app::document::fixtures::{answer, bounds, frame, labelled, pose_in, shifted, unlabelled};

    #[test]
    fn a_new_box_has_no_joints_before_its_own_answer() {
        let mut document = labelled();
        let found = answer(&document, 1);
        document.take(found);
        assert!(document.person_answer(0).is_some() && document.person_answer(1).is_some());
        document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
        assert!(document.selected_answer().is_none());
        let found = answer(&document, 2);
        document.take(found);
        assert!(document.selected_answer().is_some() && !document.is_stale(2));
    }

    #[test]
    fn joints_go_with_their_person_when_another_is_removed() {
        let mut document = labelled();
        let found = answer(&document, 1);
        document.take(found);
        let second = document.person_answer(1).unwrap().bounds;
        document.remove_selected();
        assert_eq!(document.person_answer(0).unwrap().bounds, second);
        assert_eq!(document.selected_key(), Some((1, 1)));
        assert!(document.person_answer(1).is_none());
    }

    #[test]
    fn while_a_box_is_dragged_the_joints_before_stand_in_for_it() {
        let mut document = labelled();
        let first = document.people[0].bounds;
        let found = answer(&document, 1);
        document.take(found);
        document.begin_drag();
        document.drag_to(shifted(&first, 30.0));
        assert!(document.person_answer(0).is_some() && document.is_stale(0));
        assert!(!document.is_stale(1));
        let underway = answer(&document, 2);
        document.drag_to(shifted(&first, 60.0));
        document.take(underway);
        assert_eq!(document.person_answer(0).unwrap().bounds, shifted(&first, 30.0));
        document.end_drag();
        assert!(document.person_answer(0).is_none(), "the box that was let go was not looked at");
        let found = answer(&document, 3);
        document.take(found);
        assert!(document.person_answer(0).is_some() && !document.is_stale(0));
    }

    #[test]
    fn an_answer_about_boxes_of_before_is_not_taken() {
        let mut document = unlabelled();
        let refined = answer(&document, 1);
        document.take(refined);
        let late = answer(&document, 2);
        document.begin_drag();
        document.drag_to(bounds(1.0, 1.0, 20.0, 30.0));
        document.end_drag();
        assert!(!document.take(late));
        assert!(document.answer().is_some_and(|answer| answer.ticket == 1));
        assert!(document.person_answer(0).is_none());
    }

    #[test]
    fn with_nobody_left_there_is_no_answer() {
        let mut document = unlabelled();
        let found = answer(&document, 1);
        document.take(found);
        let late = answer(&document, 2);
        document.remove_selected();
        assert!(document.answer().is_none() && document.selected_answer().is_none());
        document.take(late);
        assert!(document.answer().is_none());
        document.undo();
        assert!(document.answer().is_some_and(|answer| answer.ticket == 2));
        assert!(document.selected_answer().is_some(), "what came meanwhile is not asked for again");
    }

    #[test]
    fn a_refined_box_counts_as_answered() {
        let mut document = unlabelled();
        let mut refining = answer(&document, 1);
        refining.people[0].bounds = bounds(20.0, 20.0, 50.0, 90.0);
        assert!(document.take(refining), "the guess is refined");
        assert_eq!(document.people[0].bounds, bounds(20.0, 20.0, 50.0, 90.0));
        assert!(!document.people[0].refine && !document.is_stale(0));
        assert!(document.person_answer(0).is_some());
    }

    #[test]
    fn only_the_newest_question_refines() {
        let mut document = unlabelled();
        let mut older = answer(&document, 1);
        older.people[0].bounds = bounds(20.0, 20.0, 50.0, 90.0);
        document.add_person(bounds(100.0, 100.0, 40.0, 40.0));
        assert!(!document.take(older));
        assert!(document.people[0].refine);
        let newest = answer(&document, 2);
        assert!(document.take(newest));
    }

    #[test]
    fn agreement_is_measured_with_the_same_box_alone() {
        let mut document = unlabelled();
        assert!(document.wants_reference());
        let found = answer(&document, 1);
        document.take(found);
        let whole = document.people[0].bounds;
        document.take_reference(1, vec![pose_in(&whole)]);
        assert!(matches!(document.score(0), Some(Score::Agreement { .. })) && !document.wants_reference());
        document.begin_drag();
        document.drag_to(bounds(10.0, 10.0, 40.0, 40.0));
        document.end_drag();
        assert!(document.wants_reference());
        let found = answer(&document, 2);
        document.take(found);
        assert!(document.person_answer(0).is_some() && document.score(0).is_none());
    }

    #[test]
    fn a_camera_keeps_its_joints_from_frame_to_frame_and_a_drawn_box_where_it_is() {
        let mut document = unlabelled();
        document.live = true;
        let found = answer(&document, 1);
        document.take(found);
        document.advance(frame(), 2);
        let followed = document.people[0].bounds;
        assert!(document.person_answer(0).is_some() && !document.is_stale(0));
        let drawn = bounds(100.0, 100.0, 40.0, 60.0);
        document.add_person(drawn);
        document.advance(frame(), 3);
        assert_eq!((document.people[0].bounds, document.people[1].bounds), (followed, drawn));
        let found = answer(&document, 2);
        document.advance(frame(), 4);
        document.take(found);
        assert!(document.person_answer(0).is_some() && document.person_answer(1).is_some());
    }
}
