//! What a network of another make sees in the boxes: no accuracy, but not our own word either.

use super::Document;
use super::answers::same;
use crate::pose::{BoundingBox, KEYPOINT_COUNT, Pose, agreement};

/// Height of a box in picture pixels above which a second opinion is worth having: below it MoveNet is not good.
const TALL: f64 = 128.0;
/// Mean confidence over its joints below which MoveNet does not know the person itself.
const SURE: f64 = 0.3;

/// Opinions about the people of a picture.
#[derive(Default)]
pub(super) struct Opinions {
    /// By the box; without joints where there was an error.
    known: Vec<(BoundingBox, Option<Pose>)>,
    /// The question that is not answered yet.
    asked: Option<(u64, BoundingBox)>,
}

/// A second opinion about a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SecondOpinion {
    /// It was not given yet, or the person was not looked at by the network in use.
    Waiting,
    /// MoveNet is not sure of this person, or could not be asked.
    Unsure,
    /// How alike the joints are to those of MoveNet, measured as OKS is, 0 … 1.
    Agreement(f64),
}

impl Document {
    /// What MoveNet at full sharpness makes of what was found about a person. None where it is not asked: about people
    /// who are labelled or not tall in the picture, and before a camera.
    pub fn second_opinion(&self, index: usize) -> Option<SecondOpinion> {
        let bounds = self.person_to_judge(index)?;
        let Some(found) = self.person_answer(index).filter(|_| !self.is_stale(index)) else {
            return Some(SecondOpinion::Waiting);
        };
        let Some((_, pose)) = self.opinions.known.iter().find(|(known, _)| same(known, &bounds)) else {
            return Some(SecondOpinion::Waiting);
        };
        let pose = pose.filter(|pose| mean_confidence(pose) >= SURE);
        Some(pose.map_or(SecondOpinion::Unsure, |pose| {
            SecondOpinion::Agreement(agreement(&found.pose, &pose, found.bounds.area()))
        }))
    }

    /// The box of the selected person that a second opinion is to be asked about now.
    pub fn wants_opinion(&self) -> Option<BoundingBox> {
        let index = self.selected?;
        let at_rest = self.held.is_none() && !self.people.get(index)?.refine;
        let bounds = self.person_to_judge(index).filter(|_| at_rest)?;
        let known = self.opinions.known.iter().map(|(known, _)| known);
        let asked = self.opinions.asked.iter().map(|(_, asked)| asked);
        known.chain(asked).all(|other| !same(other, &bounds)).then_some(bounds)
    }

    /// Waits for the answer of this number, about a box.
    pub fn opinion_asked(&mut self, ticket: u64, bounds: BoundingBox) {
        self.opinions.asked = Some((ticket, bounds));
    }

    /// Takes in joints of MoveNet, or none where it failed. Gives whether this answer was waited for.
    pub fn take_opinion(&mut self, ticket: u64, pose: Option<Pose>) -> bool {
        let Some((_, bounds)) = self.opinions.asked.take_if(|(asked, _)| *asked == ticket) else {
            return false;
        };
        self.opinions.known.push((bounds, pose));
        true
    }

    /// The box of a person about whom a second opinion says something.
    fn person_to_judge(&self, index: usize) -> Option<BoundingBox> {
        let person = self.people.get(index)?;
        (!self.live && person.truth.is_none() && person.bounds.height > TALL).then_some(person.bounds)
    }
}

fn mean_confidence(pose: &Pose) -> f64 {
    pose.iter().map(|joint| joint.confidence).sum::<f64>() / KEYPOINT_COUNT as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::fixtures::{answer, bounds, labelled_at, pose_in, shifted, unlabelled};

    /// A document with somebody 150 pixels high, whom the network has looked at.
    fn tall() -> (Document, BoundingBox) {
        let (mut document, tall) = (unlabelled(), bounds(20.0, 20.0, 80.0, 150.0));
        document.add_person(tall);
        let found = answer(&document, 1);
        document.take(found);
        (document, tall)
    }

    #[test]
    fn it_is_asked_once_for_a_box_and_compared_with_the_joints() {
        let (mut document, tall) = tall();
        assert_eq!(document.second_opinion(1), Some(SecondOpinion::Waiting));
        assert_eq!(document.wants_opinion(), Some(tall));
        document.opinion_asked(7, tall);
        assert_eq!(document.wants_opinion(), None);
        assert!(!document.take_opinion(6, None), "that was about something else");
        assert!(document.take_opinion(7, Some(pose_in(&tall))));
        assert_eq!(document.second_opinion(1), Some(SecondOpinion::Agreement(1.0)));
        assert_eq!(document.wants_opinion(), None);
        document.begin_drag();
        document.drag_to(shifted(&tall, 30.0));
        assert_eq!(document.second_opinion(1), Some(SecondOpinion::Waiting), "the joints are of another box");
        assert_eq!(document.wants_opinion(), None, "not before it is let go");
        document.end_drag();
        assert_eq!(document.wants_opinion(), Some(shifted(&tall, 30.0)));
        document.undo();
        assert_eq!(document.second_opinion(1), Some(SecondOpinion::Agreement(1.0)), "it was kept");
    }

    #[test]
    fn an_unsure_opinion_and_a_failure_are_none() {
        for confidence in [Some(0.29), None] {
            let (mut document, tall) = tall();
            document.opinion_asked(7, tall);
            let pose = confidence
                .map(|confidence| pose_in(&tall).map(|joint| crate::pose::Keypoint { confidence, ..joint }));
            document.take_opinion(7, pose);
            assert_eq!(document.second_opinion(1), Some(SecondOpinion::Unsure));
            assert_eq!(document.wants_opinion(), None);
        }
    }

    #[test]
    fn nobody_is_judged_who_is_small_labelled_or_before_a_camera() {
        let (mut document, _) = tall();
        document.live = true;
        assert_eq!((document.second_opinion(1), document.wants_opinion()), (None, None));
        document.live = false;
        document.add_person(bounds(20.0, 20.0, 80.0, 128.0));
        assert_eq!((document.second_opinion(2), document.wants_opinion()), (None, None));
        let known = labelled_at(&[(bounds(20.0, 20.0, 80.0, 150.0), true)]);
        assert_eq!((known.second_opinion(0), known.wants_opinion()), (None, None));
    }
}
