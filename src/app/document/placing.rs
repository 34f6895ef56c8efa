//! A box by one click: somebody is looked for at a place, and put into a box there in any case.

use super::{Document, Origin};
use crate::borrowed::FoundPerson;
use crate::engine::{largest_first, likely_box, person_at, windows_around};
use crate::pose::BoundingBox;

/// A place where a box is wanted.
pub(super) struct Placing {
    /// In picture pixels, x and y.
    place: (f64, f64),
    /// The box that is put there when nobody is found.
    likely: BoundingBox,
    /// Number of the question to the finder, once it was asked.
    ticket: Option<u64>,
}

impl Document {
    /// Wants a box at a place in picture pixels; beside the picture there is none. A box that is still being looked for
    /// elsewhere is put there as it likely is.
    pub fn place_box(&mut self, place: (f64, f64)) {
        let size = self.frame.picture.dimensions();
        let likely = likely_box(place, &self.neighbours(), size);
        let Some(likely) = likely.filter(|_| BoundingBox::whole(size.0, size.1).contains(place.0, place.1))
        else {
            return;
        };
        if let Some(before) = self.placing.take() {
            self.add(before.likely, Origin::Drawn);
        }
        self.end_drag();
        self.stop_looking();
        self.placing = Some(Placing { place, likely, ticket: None });
    }

    /// The place that the finder was not asked about yet, and where to look for somebody there.
    pub fn unasked_place(&self) -> Option<((f64, f64), Vec<BoundingBox>)> {
        let placing = self.placing.as_ref().filter(|placing| placing.ticket.is_none())?;
        let windows = windows_around(placing.place, &self.neighbours(), self.frame.picture.dimensions());
        Some((placing.place, windows))
    }

    /// Waits for the answer of this number before the box is put there.
    pub fn place_asked(&mut self, ticket: u64) {
        if let Some(placing) = &mut self.placing {
            placing.ticket = Some(ticket);
        }
    }

    /// Where the box will be if nobody is found, as long as that is not known.
    pub fn likely_box(&self) -> Option<BoundingBox> {
        self.placing.as_ref().map(|placing| placing.likely)
    }

    /// Puts the box where somebody was found at the place, else where it likely is, and selects it: one step of the
    /// history. Gives whether this answer was waited for.
    pub fn placed(&mut self, ticket: u64, found: &[FoundPerson]) -> bool {
        let Some(placing) = self.placing.take_if(|placing| placing.ticket == Some(ticket)) else {
            return false;
        };
        if self.held.is_none() {
            let boxed = largest_first(found, self.frame.picture.dimensions());
            match person_at(&boxed, placing.place, &self.neighbours()) {
                Some(FoundPerson { bounds, score }) => self.add(bounds, Origin::NanoDet { score }),
                None => self.add(placing.likely, Origin::Drawn),
            }
        }
        true
    }

    /// Boxes of people, without a first guess of the whole picture.
    fn neighbours(&self) -> Vec<BoundingBox> {
        let (width, height) = self.frame.picture.dimensions();
        let whole = BoundingBox::whole(width, height);
        self.people.iter().map(|person| person.bounds).filter(|bounds| *bounds != whole).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::fixtures::{bounds, labelled, shifted, unlabelled};

    fn found(bounds: BoundingBox) -> Vec<FoundPerson> {
        vec![FoundPerson { bounds, score: 0.4 }]
    }

    #[test]
    fn whoever_is_found_at_the_place_is_one_step_and_selected() {
        let mut document = labelled();
        document.place_box((150.0, 150.0));
        assert_eq!(document.likely_box(), Some(bounds(125.0, 100.0, 50.0, 100.0)), "as the neighbours are");
        let (place, windows) = document.unasked_place().unwrap();
        assert_eq!((place, windows.last()), ((150.0, 150.0), Some(&BoundingBox::whole(200, 200))));
        document.place_asked(5);
        assert!(document.unasked_place().is_none() && document.people.len() == 2);
        let there = bounds(140.0, 130.0, 30.0, 60.0);
        assert!(!document.placed(4, &found(there)), "that was about something else");
        assert!(document.placed(5, &found(there)) && document.likely_box().is_none());
        assert_eq!((document.people[2].bounds, document.selected), (there, Some(2)));
        assert_eq!(document.people[2].origin, Origin::NanoDet { score: 0.4 });
        document.undo();
        assert_eq!(document.people.len(), 2);
    }

    #[test]
    fn a_likely_box_stands_where_nobody_new_is_found() {
        let mut document = labelled();
        let known = document.people[0].bounds;
        document.place_box((20.0, 30.0));
        document.place_asked(5);
        assert!(document.placed(5, &found(shifted(&known, 1.0))));
        assert_eq!(document.people[2].bounds, bounds(0.0, 0.0, 45.0, 80.0), "cut to the picture");
        assert_eq!(document.people[2].origin, Origin::Drawn);
    }

    #[test]
    fn a_drawn_box_wins_and_an_earlier_place_is_not_lost() {
        let mut document = labelled();
        document.place_box((150.0, 150.0));
        document.place_asked(5);
        document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
        assert!(!document.placed(5, &[]) && document.people.len() == 3);
        document.place_box((150.0, 150.0));
        document.place_asked(6);
        document.place_box((50.0, 150.0));
        assert_eq!(document.people.len(), 4, "the first place has its likely box");
        document.place_asked(7);
        assert!(!document.placed(6, &[]) && document.placed(7, &[]));
        assert_eq!(document.people.len(), 5);
        document.place_box((250.0, 50.0));
        assert!(document.likely_box().is_none(), "beside the picture there is nobody");
    }

    #[test]
    fn a_place_takes_the_place_of_a_search_that_is_under_way() {
        let mut document = unlabelled();
        document.begin_with_found(3);
        document.place_box((100.0, 100.0));
        document.place_asked(4);
        assert!(!document.is_looking());
        assert!(document.placed(4, &[]));
        assert_eq!((document.people.len(), document.selected), (1, Some(0)));
    }
}
