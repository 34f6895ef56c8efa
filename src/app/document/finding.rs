//! People who are looked for in a picture: where they come from when nobody labelled them.

use super::{Document, Origin, PersonState};
use crate::borrowed::FoundPerson;
use crate::engine::largest_first;
use crate::pose::BoundingBox;

/// Why the whole picture stands for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyWhole {
    /// Nobody was looked for.
    NotLooked,
    /// Nobody was found.
    Nobody,
    /// People could not be looked for.
    Failed,
}

impl WhyWhole {
    fn notice(self) -> &'static str {
        match self {
            Self::NotLooked => "This is the whole picture. Draw a box around a person to look closer.",
            Self::Nobody => {
                "Nobody found; this is the whole picture. Draw a box around a person to look closer."
            }
            Self::Failed => {
                "People could not be looked for; this is the whole picture. Draw a box around a person to look closer."
            }
        }
    }
}

/// What became of an answer of the finder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It was about something else, or the boxes were changed meanwhile.
    NotWanted,
    /// The people found are in the boxes now.
    Taken,
    /// Nobody was found, and the whole picture stands for a person as at the start.
    Whole,
    /// Nobody was found, and the boxes at hand stay.
    BoxesStay,
}

impl Document {
    /// Whether the people of a picture that has just been opened are for the finder to find: it came without boxes.
    pub fn is_unlabelled(&self) -> bool {
        let (width, height) = self.frame.picture.dimensions();
        let whole = BoundingBox::whole(width, height);
        self.labelled.is_empty() && matches!(self.people.as_slice(), [only] if only.bounds == whole)
    }

    /// Waits for what is found in the picture, before it is shown with anybody in it.
    pub fn begin_with_found(&mut self, ticket: u64) {
        (self.people, self.selected) = (Vec::new(), None);
        (self.whole, self.looking) = (None, Some(ticket));
    }

    /// Waits for what is found in the picture; the boxes at hand stay until then.
    pub fn look_again(&mut self, ticket: u64) {
        self.looking = Some(ticket);
    }

    /// Whether people are being looked for.
    pub fn is_looking(&self) -> bool {
        self.looking.is_some()
    }

    /// Forgets what is being looked for, in the picture or at a place: the user knows better.
    pub(super) fn stop_looking(&mut self) {
        (self.looking, self.placing) = (None, None);
    }

    /// Puts the people found into boxes, the largest first and selected: as the start of the document or, where there
    /// are boxes already, as one step of the history.
    pub fn found(&mut self, ticket: u64, found: &[FoundPerson]) -> Finding {
        if !self.ends_looking(ticket) {
            return Finding::NotWanted;
        }
        let found = largest_first(found, self.frame.picture.dimensions());
        if self.streamed && !self.people.is_empty() {
            return self.settle(&found);
        }
        // Those in the frames before are gone, and numbers begin anew.
        self.forget_followed();
        match (found.is_empty(), self.people.is_empty() && !self.can_undo()) {
            (true, true) => {
                self.stand_whole(WhyWhole::Nobody);
                Finding::Whole
            }
            (true, false) => {
                self.whole = self.whole.map(|_| WhyWhole::Nobody);
                Finding::BoxesStay
            }
            (false, at_start) => {
                if !at_start {
                    self.record(self.snapshot());
                }
                let origin = |score| Origin::NanoDet { score };
                self.put_in(found.iter().map(|person| (person.bounds, origin(person.score))).collect());
                self.match_truth();
                Finding::Taken
            }
        }
    }

    /// Does without the finder, which failed.
    pub fn not_found(&mut self, ticket: u64) -> Finding {
        if !self.ends_looking(ticket) {
            return Finding::NotWanted;
        }
        self.forget_followed();
        if !self.people.is_empty() || self.can_undo() {
            return Finding::BoxesStay;
        }
        self.stand_whole(WhyWhole::Failed);
        Finding::Whole
    }

    /// What to tell about where the people come from, as long as nobody touched the boxes.
    pub fn notice(&self) -> Option<&'static str> {
        match (self.looking, self.whole) {
            _ if self.live => None,
            // It is looked for anew in each frame.
            (Some(_), _) if self.streamed && !self.people.is_empty() => None,
            (Some(_), _) => Some("Looking for people…"),
            (None, Some(why)) if !self.can_undo() && self.people.len() == 1 => Some(why.notice()),
            _ => None,
        }
    }

    /// Whether an answer is the one that is waited for. A box in the hand of the user is worth more than it.
    fn ends_looking(&mut self, ticket: u64) -> bool {
        let ends = self.looking == Some(ticket);
        if ends {
            self.looking = None;
        }
        ends && self.held.is_none()
    }

    fn stand_whole(&mut self, why: WhyWhole) {
        self.whole = Some(why);
        self.people = vec![PersonState::anywhere(1, self.frame.picture.dimensions())];
        self.selected = Some(0);
        self.look_up(0);
        self.match_truth();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::fixtures::{answer, bounds, labelled, shifted, unlabelled};

    fn people(boxes: &[BoundingBox]) -> Vec<FoundPerson> {
        boxes.iter().map(|bounds| FoundPerson { bounds: *bounds, score: 0.8 }).collect()
    }

    fn two() -> Vec<FoundPerson> {
        people(&[bounds(10.0, 10.0, 20.0, 40.0), bounds(100.0, 10.0, 50.0, 90.0)])
    }

    #[test]
    fn an_unlabelled_picture_starts_with_those_found_the_largest_first() {
        let mut document = unlabelled();
        document.begin_with_found(7);
        assert!(document.people.is_empty() && document.notice() == Some("Looking for people…"));
        assert_eq!(document.found(7, &two()), Finding::Taken);
        let heights: Vec<f64> = document.people.iter().map(|person| person.bounds.height).collect();
        assert!(heights.len() == 2 && heights[0] > heights[1], "{heights:?}");
        assert_eq!((document.selected, document.notice()), (Some(0), None));
        assert!(!document.can_undo(), "this is the start");
        assert!(document.people.iter().all(|person| !person.refine));
    }

    #[test]
    fn with_nobody_found_the_whole_picture_is_looked_at_and_told() {
        let mut document = unlabelled();
        document.begin_with_found(7);
        assert_eq!(document.found(7, &[]), Finding::Whole);
        assert_eq!(document.people[0].bounds, BoundingBox::whole(200, 200));
        assert!(document.people[0].refine);
        let told = |document: &Document| document.notice().is_some_and(|text| text.contains("Nobody found"));
        assert!(told(&document));
        document.add_person(bounds(20.0, 20.0, 30.0, 60.0));
        assert!(!told(&document));
        document.undo();
        assert!(told(&document));
    }

    #[test]
    fn a_finder_that_fails_leaves_the_whole_picture() {
        let mut document = unlabelled();
        document.begin_with_found(7);
        assert_eq!(document.not_found(7), Finding::Whole);
        assert!(document.people[0].refine && document.notice().unwrap().contains("could not be looked for"));
    }

    #[test]
    fn a_box_drawn_meanwhile_wins_over_a_late_answer() {
        let mut document = unlabelled();
        document.begin_with_found(7);
        let drawn = bounds(20.0, 20.0, 30.0, 60.0);
        document.add_person(drawn);
        assert_eq!(document.found(7, &two()), Finding::NotWanted);
        assert_eq!((document.people.len(), document.people[0].bounds), (1, drawn));
        document.look_again(8);
        document.begin_drag();
        document.drag_to(shifted(&drawn, 10.0));
        assert_eq!(document.found(8, &two()), Finding::NotWanted);
        document.end_drag();
        assert_eq!(document.people[0].bounds, shifted(&drawn, 10.0));
    }

    #[test]
    fn an_answer_about_another_picture_is_not_taken() {
        let mut document = unlabelled();
        document.begin_with_found(7);
        assert_eq!(document.found(6, &two()), Finding::NotWanted);
        assert!(document.is_looking() && document.people.is_empty());
    }

    #[test]
    fn people_found_on_request_are_a_step_that_undo_takes_back() {
        let mut document = labelled();
        let before: Vec<BoundingBox> = document.people.iter().map(|person| person.bounds).collect();
        document.look_again(3);
        assert_eq!(document.people.len(), 2, "the boxes stay until then");
        assert_eq!(document.found(3, &people(&[shifted(&before[1], 2.0)])), Finding::Taken);
        assert!(document.people.len() == 1 && document.people[0].truth.is_some());
        document.undo();
        let after: Vec<BoundingBox> = document.people.iter().map(|person| person.bounds).collect();
        assert_eq!(after, before);
        document.look_again(4);
        assert_eq!(document.found(4, &[]), Finding::BoxesStay);
        assert_eq!(document.people.len(), 2);
    }

    #[test]
    fn a_refined_whole_picture_is_still_told() {
        let mut document = unlabelled();
        document.begin_with_found(7);
        document.found(7, &[]);
        let mut refining = answer(&document, 1);
        refining.people[0].bounds = bounds(20.0, 20.0, 50.0, 90.0);
        assert!(document.take(refining));
        assert!(document.notice().is_some());
    }
}
