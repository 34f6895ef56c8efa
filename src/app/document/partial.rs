//! Answers about one person alone. While a slider or a box is dragged, only the selected person is asked about, so that
//! the answer comes in time; what was found about the others before stays on the screen, and is told to be of before.

use super::Document;
use super::answers::is_about;
use crate::engine::{Answer, PersonAnswer, Request};

/// A question about one person alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct PartialQuestion {
    ticket: u64,
    /// Whom it is about.
    number: u32,
}

impl Document {
    /// Whom to ask about alone, by their place, while something is dragged: the selected of several people. Nobody
    /// where boxes are still to be refined, or before a camera, in whose frames everybody moves.
    pub fn alone_while_dragging(&self) -> Option<usize> {
        let several = self.people.len() > 1 && !self.live;
        let settled = self.people.iter().all(|person| !person.refine);
        self.selected.filter(|index| several && settled && *index < self.people.len())
    }

    /// Notes that the question of this ticket is about the person at a place alone.
    pub fn asked_alone(&mut self, ticket: u64, index: usize) {
        if let Some(person) = self.people.get(index) {
            self.partial.push(PartialQuestion { ticket, number: person.number });
        }
    }

    /// Whether what was found about a person is of other settings than the answer at hand: others were asked about alone
    /// since.
    pub fn is_left_behind(&self, index: usize) -> bool {
        let found_with = self.people.get(index).and_then(|person| person.found_with.as_ref());
        let present = self.answer.as_ref().map(|answer| &answer.request.settings);
        found_with.is_some_and(|settings| Some(settings) != present)
    }

    /// An answer about everybody, with each person's place in it; `None` where it is about nobody here.
    pub(super) fn with_places(&mut self, answer: Answer) -> Option<(Answer, Vec<Option<usize>>)> {
        let question = self.partial.iter().find(|question| question.ticket == answer.ticket).copied();
        // Older ones were passed over for this.
        self.partial.retain(|question| question.ticket > answer.ticket);
        if let Some(PartialQuestion { number, .. }) = question {
            let only = self.people.iter().position(|person| person.number == number)?;
            let is_theirs = self.is_held(only) || is_about(&answer, 0, &self.people[only].bounds);
            return is_theirs.then(|| self.completed(answer, only));
        }
        let places: Vec<Option<usize>> =
            (0..self.people.len()).map(|index| self.place_in(&answer, index)).collect();
        // With no box left it is kept all the same: the undo that brings the boxes back asks nothing anew.
        if !places.is_empty() && places.iter().all(Option::is_none) {
            return None;
        }
        self.people.iter_mut().for_each(|person| person.found_with = None);
        Some((answer, places))
    }

    /// Completes an answer about the person at place `only` with what is known about the others. Gives each person's
    /// place in it too.
    fn completed(&mut self, part: Answer, only: usize) -> (Answer, Vec<Option<usize>>) {
        let Answer { ticket, request: asked, people: found, times } = part;
        let before = self.answer.take();
        let earlier = before.as_ref().map(|answer| answer.request.clone());
        let mut known: Vec<Option<PersonAnswer>> =
            before.map_or_else(Vec::new, |answer| answer.people.into_iter().map(Some).collect());
        let mut found = found.into_iter().zip(asked.people.iter().cloned());
        let mut request = Request { people: Vec::new(), trace: None, ..Request::clone(&asked) };
        let (mut people, mut places) = (Vec::new(), Vec::new());
        for (index, person) in self.people.iter_mut().enumerate() {
            let (found, bounds) = if index == only {
                person.found_with = None;
                found.next().unzip()
            } else {
                let kept = person.answered.and_then(|place| {
                    let bounds = earlier.as_ref()?.people.get(place)?.clone();
                    Some((known.get_mut(place)?.take()?, bounds))
                });
                if kept.is_some() && person.found_with.is_none() {
                    person.found_with = earlier.as_ref().map(|request| request.settings.clone());
                }
                kept.unzip()
            };
            places.push(found.is_some().then_some(people.len()));
            if index == only {
                request.trace = asked.trace.map(|_| people.len());
            }
            people.extend(found);
            request.people.extend(bounds);
        }
        (Answer { ticket, request: request.into(), people, times }, places)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::app::document::Document;
    use crate::app::document::fixtures::{answer, labelled, shifted, unlabelled};
    use crate::engine::{Answer, Request};
    use crate::pose::InputSize;

    /// What the engine might answer about the selected person alone, at another input.
    fn alone(document: &mut Document, ticket: u64, input: InputSize) -> Answer {
        let only = document.alone_while_dragging().unwrap();
        document.asked_alone(ticket, only);
        let all = answer(document, ticket);
        let mut request = Request::clone(&all.request);
        request.people = vec![request.people[only].clone()];
        (request.settings.input, request.trace) = (input, Some(0));
        Answer { request: Arc::new(request), people: vec![all.people[only].clone()], ..all }
    }

    fn at_first() -> Document {
        let mut document = labelled();
        let found = answer(&document, 1);
        document.take(found);
        document
    }

    #[test]
    fn the_others_keep_their_joints_and_are_told_to_be_of_before() {
        let mut document = at_first();
        document.selected = Some(1);
        let [before, own] = [0, 1].map(|index| document.person_answer(index).unwrap().pose);
        let mut part = alone(&mut document, 2, InputSize::STANDARD[0]);
        part.people[0].pose[3].x += 5.0;
        document.take(part);
        assert_eq!(document.person_answer(0).unwrap().pose, before);
        assert_eq!(document.person_answer(1).unwrap().pose[3].x, own[3].x + 5.0);
        let request = &document.answer().unwrap().request;
        assert_eq!((request.people.len(), request.trace), (2, Some(1)));
        assert!(document.is_left_behind(0) && document.is_stale(0));
        assert!(!document.is_left_behind(1) && !document.is_stale(1));
        let back = InputSize::STANDARD[1];
        assert_eq!(answer(&document, 3).request.settings.input, back, "where the first answer was found");
        let part = alone(&mut document, 3, back);
        document.take(part);
        assert!(!document.is_left_behind(0), "the settings are those again that they were found with");
    }

    #[test]
    fn an_answer_about_everybody_leaves_nobody_behind() {
        let mut document = at_first();
        let part = alone(&mut document, 2, InputSize::STANDARD[0]);
        document.take(part);
        assert!(document.is_left_behind(1));
        let found = answer(&document, 3);
        document.take(found);
        assert!(!document.is_left_behind(1) && document.person_answer(1).is_some());
        assert!(document.partial.is_empty());
    }

    #[test]
    fn the_joints_of_a_dragged_box_follow_among_several_people() {
        let mut document = at_first();
        let first = document.people[0].bounds;
        document.begin_drag();
        document.drag_to(shifted(&first, 30.0));
        let input = answer(&document, 1).request.settings.input;
        let underway = alone(&mut document, 2, input);
        document.drag_to(shifted(&first, 60.0));
        document.take(underway);
        assert_eq!(document.person_answer(0).unwrap().bounds, shifted(&first, 30.0));
        assert!(document.is_stale(0) && !document.is_stale(1), "the other is where and as it was");
    }

    #[test]
    fn an_answer_about_a_box_that_is_gone_is_not_taken() {
        let mut document = at_first();
        let late = alone(&mut document, 2, InputSize::STANDARD[0]);
        document.remove_selected();
        document.take(late);
        assert_eq!(document.answer().unwrap().ticket, 1);
        assert!(document.person_answer(0).is_some() && !document.is_left_behind(0));
    }

    #[test]
    fn one_person_guesses_and_cameras_are_asked_about_as_a_whole() {
        assert_eq!(unlabelled().alone_while_dragging(), None);
        let mut document = labelled();
        assert_eq!(document.alone_while_dragging(), Some(0));
        document.people[1].refine = true;
        assert_eq!(document.alone_while_dragging(), None);
        document.people[1].refine = false;
        document.live = true;
        assert_eq!(document.alone_while_dragging(), None);
        document.live = false;
        document.selected = None;
        assert_eq!(document.alone_while_dragging(), None);
    }
}
