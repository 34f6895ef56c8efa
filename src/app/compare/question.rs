//! What B is asked: to look at the very people that A has looked at.

use std::sync::Arc;

use image::RgbImage;

use crate::app::document::Document;
use crate::engine::{Answer, Person, PersonAnswer, Request, Settings};
use crate::pose::Pose;

/// What A found, as far as B's answer is compared with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// The joints of A's people, in the order of its answer.
    pub poses: Vec<Pose>,
    /// How A looked at them.
    pub settings: Settings,
    /// Milliseconds of A's answer; none where it came from memory.
    pub milliseconds: Option<f64>,
}

/// A question to B, and what A found about the same people.
#[derive(Clone, Debug)]
pub struct Question {
    picture: Arc<RgbImage>,
    /// The boxes that A looked at; what A refined is refined for B too.
    people: Vec<Person>,
    settings: Settings,
    /// The person whose attention is wanted, if any.
    trace: Option<usize>,
    /// The place of the only person who is asked about, if it is not everybody.
    alone: Option<usize>,
    /// The settings that each of the people was found with, where those are of an earlier question.
    pub found_with: Vec<Option<Settings>>,
    /// The numbers of the people, in their order.
    pub numbers: Vec<Option<u32>>,
    /// What A found.
    pub against: Against,
}

impl Question {
    /// The question that goes with the document's answer; none before there is one. `traced` says whether attention of
    /// the selected person is wanted.
    pub fn of(document: &Document, settings: &Settings, traced: bool) -> Option<Self> {
        let answer = document.answer()?;
        let asked = answer.request.people.iter().zip(&answer.people);
        let people = asked.map(|(asked, found)| {
            let bounds = if asked.refine { found.bounds } else { asked.bounds };
            Person { bounds, refine: false }
        });
        let people: Vec<Person> = people.collect();
        Some(Self {
            picture: answer.request.picture.clone(),
            alone: None,
            found_with: vec![None; people.len()],
            people,
            settings: settings.clone(),
            trace: document.selected.filter(|_| traced).and_then(|index| document.place(index)),
            numbers: document.answered_numbers(),
            against: Against {
                poses: answer.people.iter().map(|found| found.pose).collect(),
                settings: answer.request.settings.clone(),
                milliseconds: milliseconds(answer),
            },
        })
    }

    /// The same about the person at one place alone and without the mirrored pass, for while something is dragged.
    /// The others stay as an `earlier` question found them; none where that was not about all of them.
    pub fn about_alone(&self, place: usize, earlier: &Self) -> Option<Self> {
        let settings = Settings { flip_test: false, ..self.settings.clone() };
        let others = |(index, person): (usize, &Person)| {
            if index == place {
                return Some(None);
            }
            let before = earlier.place_of(index, person)?;
            let with = earlier.found_with.get(before)?.as_ref().unwrap_or(&earlier.settings);
            Some((*with != settings).then(|| with.clone()))
        };
        let found_with = self.people.iter().enumerate().map(others).collect::<Option<_>>()?;
        let trace = self.trace.filter(|traced| *traced == place);
        Some(Self { settings, trace, alone: Some(place), found_with, ..self.clone() })
    }

    /// The place of a person of another question, who is at `index` there.
    fn place_of(&self, index: usize, person: &Person) -> Option<usize> {
        let mut places = std::iter::once(index).chain(0..self.people.len());
        places.find(|place| self.people.get(*place) == Some(person))
    }

    /// Whether both are about the same people of the same picture.
    pub fn is_about_those_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.picture, &other.picture) && self.people == other.people
    }

    /// Whether the answer to an earlier question answers this one too. How A found its joints does not matter.
    pub fn is_answered_by(&self, earlier: &Self) -> bool {
        let has_trace = self.trace.is_none() || self.trace == earlier.trace;
        let is_current = |(place, with): (usize, &Option<Settings>)| {
            with.is_none() || self.alone.is_some_and(|alone| alone != place)
        };
        let are_current = earlier.found_with.iter().enumerate().all(is_current);
        self.is_about_those_of(earlier) && self.settings == earlier.settings && has_trace && are_current
    }

    /// Whether it is about the picture that a document shows.
    pub fn is_about(&self, document: &Document) -> bool {
        Arc::ptr_eq(&self.picture, &document.frame.picture)
    }

    /// As it is sent.
    pub fn request(&self) -> Request {
        let all = self.about_all();
        match self.alone {
            Some(place) => Request {
                people: all.people.get(place).cloned().into_iter().collect(),
                trace: self.trace.map(|_| 0),
                ..all
            },
            None => all,
        }
    }

    /// As if everybody were asked about.
    fn about_all(&self) -> Request {
        Request {
            picture: self.picture.clone(),
            people: self.people.clone(),
            settings: self.settings.clone(),
            trace: self.trace,
            reference: false,
        }
    }

    /// Makes an answer one about everybody: those not asked about are taken from what was found `before`. None where
    /// they are not all in that.
    pub fn completed(&self, answer: Answer, before: Option<(Self, Answer)>) -> Option<Answer> {
        let Some(alone) = self.alone else { return Some(answer) };
        let (earlier, known) = before?;
        let mut known: Vec<Option<PersonAnswer>> = known.people.into_iter().map(Some).collect();
        let mut own = answer.people.into_iter();
        let person = |(index, person): (usize, &Person)| match index == alone {
            true => own.next(),
            false => known.get_mut(earlier.place_of(index, person)?)?.take(),
        };
        let people = self.people.iter().enumerate().map(person).collect::<Option<_>>()?;
        Some(Answer { request: Arc::new(self.about_all()), people, ..answer })
    }
}

/// How long an answer took; none where nothing had to be computed for it.
pub fn milliseconds(answer: &Answer) -> Option<f64> {
    (!answer.times.is_empty()).then(|| answer.milliseconds())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::fixtures::{answer, labelled, shifted};
    use crate::app::preferences::Preferences;
    use crate::pose::InputSize;

    #[test]
    fn b_looks_at_those_a_has_looked_at() {
        let mut document = labelled();
        let settings = Preferences::default().settings;
        assert!(Question::of(&document, &settings, false).is_none(), "A has not answered");
        let found = answer(&document, 1);
        document.take(found);
        let question = Question::of(&document, &settings, true).unwrap();
        let request = question.request();
        assert_eq!(request.people, document.asked_people());
        assert_eq!((request.trace, question.numbers.clone()), (Some(0), vec![Some(1), Some(2)]));
        assert_eq!(question.against.poses[1], document.person_answer(1).unwrap().pose);
        assert!(question.is_about(&document));
    }

    #[test]
    fn it_is_asked_anew_when_people_settings_or_what_is_wanted_change() {
        let mut document = labelled();
        let mut settings = Preferences::default().settings;
        let found = answer(&document, 1);
        document.take(found);
        let plain = Question::of(&document, &settings, false).unwrap();
        let traced = Question::of(&document, &settings, true).unwrap();
        assert!(plain.is_answered_by(&traced) && !traced.is_answered_by(&plain));
        settings.input = InputSize::STANDARD[0];
        let smaller = Question::of(&document, &settings, false).unwrap();
        assert!(!smaller.is_answered_by(&plain) && smaller.is_about_those_of(&plain));
        document.begin_drag();
        document.drag_to(shifted(&document.people[0].bounds.clone(), 20.0));
        document.end_drag();
        let moved = answer(&document, 2);
        document.take(moved);
        let moved = Question::of(&document, &settings, false).unwrap();
        assert!(!moved.is_about_those_of(&smaller));
    }
    #[test]
    fn while_something_is_dragged_the_selected_person_is_asked_about_alone() {
        let mut document = labelled();
        let mut settings = Preferences::default().settings;
        let found = answer(&document, 1);
        document.take(found);
        let before = Question::of(&document, &settings, true).unwrap();
        let known = answer(&document, 5);
        settings.input = InputSize::STANDARD[0];
        settings.flip_test = true;
        let whole = Question::of(&document, &settings, true).unwrap();
        let alone = whole.about_alone(0, &before).unwrap();
        let request = alone.request();
        assert_eq!(request.people, document.asked_people()[..1]);
        assert_eq!((request.trace, request.settings.flip_test), (Some(0), false));
        assert_eq!(alone.found_with, [None, Some(before.settings.clone())]);

        let mut part = answer(&document, 6);
        part.people.truncate(1);
        part.people[0].pose[3].x += 5.0;
        let own = part.people[0].pose;
        assert!(alone.completed(part.clone(), None).is_none(), "nothing is known about the other");
        let all = alone.completed(part, Some((before.clone(), known.clone()))).unwrap();
        assert_eq!((all.ticket, all.people.len(), all.request.trace), (6, 2, Some(0)));
        assert_eq!((all.people[0].pose, all.people[1].pose), (own, known.people[1].pose));
        assert_eq!(all.request.people, document.asked_people());
        assert_eq!(whole.completed(known, None).unwrap().people.len(), 2, "about everybody as it is");

        assert!(alone.is_answered_by(&alone) && !alone.is_answered_by(&before));
        let straight = Settings { flip_test: false, ..settings.clone() };
        let at_rest = Question::of(&document, &straight, true).unwrap();
        assert!(!at_rest.is_answered_by(&alone), "the other was left behind");
        let back = at_rest.about_alone(0, &at_rest).unwrap();
        assert!(at_rest.is_answered_by(&back), "nobody is left behind where nothing has changed");
    }

    #[test]
    fn nobody_is_asked_about_alone_before_everybody_else_was_found() {
        let mut document = labelled();
        let settings = Preferences::default().settings;
        let found = answer(&document, 1);
        document.take(found);
        let before = Question::of(&document, &settings, false).unwrap();
        document.begin_drag();
        document.drag_to(shifted(&document.people[0].bounds.clone(), 20.0));
        let dragged = answer(&document, 2);
        document.take(dragged);
        let moved = Question::of(&document, &settings, false).unwrap();
        assert!(moved.about_alone(0, &before).is_some(), "the other is where they were");
        assert!(moved.about_alone(1, &before).is_none());
    }
}
