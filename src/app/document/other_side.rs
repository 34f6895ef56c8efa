//! What another network, or the same with other settings, found of the people here, seen in the place of the document's
//! own answer.

use super::Document;
use crate::engine::{Answer, Settings};

/// An answer about the document's people that is not the document's own.
#[derive(Clone, Debug)]
pub struct OtherAnswer {
    /// What was found.
    pub answer: Answer,
    /// The number of each person it is about, in its order; none for people who were not here when it was asked for.
    pub numbers: Vec<Option<u32>>,
    /// The settings each of them was found with, where others were asked about alone since.
    pub found_with: Vec<Option<Settings>>,
}

impl OtherAnswer {
    /// The settings that a person was found with, where those are not the answer's.
    fn earlier_settings(&self, place: Option<usize>) -> Option<Settings> {
        self.found_with.get(place?)?.clone()
    }
}

impl Document {
    /// The numbers of the people whom the answer at hand is about, in its order.
    pub fn answered_numbers(&self) -> Vec<Option<u32>> {
        let count = self.answer().map_or(0, |answer| answer.people.len());
        let mut numbers = vec![None; count];
        for person in &self.people {
            if let Some(number) = person.answered.and_then(|place| numbers.get_mut(place)) {
                *number = Some(person.number);
            }
        }
        numbers
    }

    /// The place in the document's own answer of what was found about a person.
    pub fn place(&self, index: usize) -> Option<usize> {
        self.people.get(index)?.answered
    }

    /// The place of a person in another answer. Before a camera, where boxes move from frame to frame, their number
    /// tells.
    pub fn place_in_other(&self, other: &OtherAnswer, index: usize) -> Option<usize> {
        let number = self.people.get(index)?.number;
        let by_number = || other.numbers.iter().position(|known| *known == Some(number));
        let place = self.place_in(&other.answer, index).or_else(|| by_number().filter(|_| self.live));
        place.filter(|place| *place < other.answer.people.len())
    }

    /// Has `look` see the document as if another answer were its own; without one, as if there were none yet. What goes
    /// with its own answer alone is not there meanwhile: agreement, smoothed joints, those of the untouched network and what
    /// matters.
    pub fn with_other<R>(&mut self, other: &mut Option<OtherAnswer>, look: impl FnOnce(&Self) -> R) -> R {
        let place = |index| other.as_ref().and_then(|other| self.place_in_other(other, index));
        let places: Vec<Option<usize>> = (0..self.people.len()).map(place).collect();
        let swapped = self.people.iter_mut().zip(places);
        let own: Vec<_> = swapped
            .map(|(person, place)| {
                let answered = std::mem::replace(&mut person.answered, place);
                let earlier = other.as_ref().and_then(|other| other.earlier_settings(place));
                (answered, person.smooth.take(), std::mem::replace(&mut person.found_with, earlier))
            })
            .collect();
        let (answer, rest) =
            other.take().map(|other| (other.answer, (other.numbers, other.found_with))).unzip();
        let own_answer = std::mem::replace(&mut self.answer, answer);
        let (reference, untouched, matters) =
            (self.reference.take(), self.untouched.take(), self.matters.take());

        let seen = look(self);

        (self.reference, self.untouched, self.matters) = (reference, untouched, matters);
        let answer = std::mem::replace(&mut self.answer, own_answer);
        let whole = |(answer, (numbers, found_with))| OtherAnswer { answer, numbers, found_with };
        *other = answer.zip(rest).map(whole);
        for (person, (answered, smooth, found_with)) in self.people.iter_mut().zip(own) {
            (person.answered, person.smooth, person.found_with) = (answered, smooth, found_with);
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::fixtures::{answer, bounds, labelled};

    fn other(document: &Document, ticket: u64) -> OtherAnswer {
        let mut answer = answer(document, ticket);
        answer.people.iter_mut().for_each(|found| found.pose[0].x += 7.0);
        let numbers = document.people.iter().map(|person| Some(person.number)).collect();
        OtherAnswer { answer, numbers, found_with: Vec::new() }
    }

    #[test]
    fn another_answer_is_seen_in_the_place_of_the_own_and_leaves_no_trace() {
        let mut document = labelled();
        let own = answer(&document, 1);
        document.take(own);
        let mut earlier = document.answer().unwrap().request.settings.clone();
        earlier.flip_test ^= true;
        document.people[1].found_with = Some(earlier);
        let mut seen = Some(other(&document, 9));
        let x = document.selected_answer().unwrap().pose[0].x;
        let (moved, key) = document.with_other(&mut seen, |document| {
            (document.selected_answer().unwrap().pose[0].x, document.selected_key())
        });
        assert_eq!((moved, key), (x + 7.0, Some((9, 0))));
        assert!(document.is_left_behind(1));
        assert!(
            document.with_other(&mut seen, |document| !document.is_left_behind(1)),
            "B looked at everybody"
        );
        let mut of_before = seen.as_ref().unwrap().answer.request.settings.clone();
        of_before.flip_test ^= true;
        seen.as_mut().unwrap().found_with = vec![None, Some(of_before)];
        let behind = |document: &Document| [0, 1].map(|index| document.is_left_behind(index));
        assert_eq!(document.with_other(&mut seen, behind), [false, true], "B looked at the first alone");
        assert!(document.is_left_behind(1) && seen.as_ref().unwrap().found_with[1].is_some());
        assert_eq!(
            (document.selected_answer().unwrap().pose[0].x, document.selected_key()),
            (x, Some((1, 0)))
        );
        assert_eq!(seen.unwrap().answer.ticket, 9);
        assert!(document.with_other(&mut None, |document| document.selected_answer().is_none()));
        assert_eq!(document.answered_numbers(), [Some(1), Some(2)]);
    }

    #[test]
    fn people_are_known_by_their_boxes() {
        let mut document = labelled();
        let own = answer(&document, 1);
        document.take(own);
        let other = other(&document, 9);
        assert_eq!(document.place_in_other(&other, 1), Some(1));
        document.remove_selected();
        assert_eq!(document.place_in_other(&other, 0), Some(1), "the first is gone");
        document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
        assert_eq!(document.people[1].number, 1, "the number is that of the person who is gone");
        assert_eq!(document.place_in_other(&other, 1), None, "nobody looked there");
    }
}
