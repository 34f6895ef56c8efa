//! What B is asked: to look at the very people that A has looked at.

use std::sync::Arc;

use image::RgbImage;

use crate::app::document::Document;
use crate::engine::{Answer, Person, Request, Settings};
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
        Some(Self {
            picture: answer.request.picture.clone(),
            people: people.collect(),
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

    /// Whether both are about the same people of the same picture.
    pub fn is_about_those_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.picture, &other.picture) && self.people == other.people
    }

    /// Whether the answer to an earlier question answers this one too. How A found its joints does not matter.
    pub fn is_answered_by(&self, earlier: &Self) -> bool {
        let has_trace = self.trace.is_none() || self.trace == earlier.trace;
        self.is_about_those_of(earlier) && self.settings == earlier.settings && has_trace
    }

    /// Whether it is about the picture that a document shows.
    pub fn is_about(&self, document: &Document) -> bool {
        Arc::ptr_eq(&self.picture, &document.frame.picture)
    }

    /// As it is sent.
    pub fn request(&self) -> Request {
        Request {
            picture: self.picture.clone(),
            people: self.people.clone(),
            settings: self.settings.clone(),
            trace: self.trace,
            reference: false,
        }
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
}
