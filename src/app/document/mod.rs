//! The picture on the screen, the people in it, and what was found about them.

mod answers;
mod edit;
#[cfg(test)]
mod fixtures;
mod history;
mod score;
mod truth;

use std::path::PathBuf;

use crate::engine::{Answer, follow};
use crate::pose::{BoundingBox, coco};
use crate::source::Frame;
use answers::Reference;
use edit::Held;
use history::History;
use truth::{Labelled, Truth};

pub use score::{PCK_THRESHOLD, Score};

/// A person in the picture. Boxes change through the document, which keeps truth, answers and history with them.
#[derive(Clone, Debug)]
pub struct PersonState {
    /// Where.
    pub bounds: BoundingBox,
    /// Whether `bounds` is a guess that the network may refine.
    pub refine: bool,
    /// Labelled joints, where there are any.
    pub truth: Option<Truth>,
    /// Place among the answer's people of what was found about this one.
    answered: Option<usize>,
}

impl PersonState {
    fn new(bounds: BoundingBox, refine: bool) -> Self {
        Self { bounds, refine, truth: None, answered: None }
    }
}

/// One picture or the newest frame of a camera.
pub struct Document {
    /// The picture.
    pub frame: Frame,
    /// Changes with the picture; names its textures.
    pub version: u64,
    /// Everybody in it.
    pub people: Vec<PersonState>,
    /// Index of the person the panels show.
    pub selected: Option<usize>,
    /// The file the labelled joints came from.
    pub truth_path: Option<PathBuf>,
    /// Whether more frames will come by themselves.
    pub live: bool,
    /// Whether the answer at hand was found at the very resolution that agreement is measured against.
    pub at_reference: bool,
    /// Answers with lower tickets belong to what was shown before.
    first_ticket: u64,
    answer: Option<Answer>,
    reference: Option<Reference>,
    /// Whom the picture's file labels, whatever boxes there are.
    labelled: Vec<Labelled>,
    /// The box that the pointer has hold of.
    held: Option<Held>,
    history: History,
}

impl Document {
    /// A picture with the people labelled in it, or else one person who may be anywhere. `first_ticket` is
    /// the lowest that a question about it can have.
    pub fn new(
        frame: Frame,
        version: u64,
        first_ticket: u64,
        truth: Option<(PathBuf, Vec<coco::Person>)>,
    ) -> Self {
        let (width, height) = frame.picture.dimensions();
        let (truth_path, labelled) = match truth {
            Some((path, people)) => (Some(path), truth::inside(people, width, height)),
            None => (None, Vec::new()),
        };
        let mut people: Vec<PersonState> =
            labelled.iter().map(|person| PersonState::new(person.bounds, false)).collect();
        if people.is_empty() {
            people.push(PersonState::new(BoundingBox::whole(width, height), true));
        }
        let mut document = Self {
            frame,
            version,
            people,
            selected: Some(0),
            truth_path,
            live: false,
            at_reference: false,
            first_ticket,
            answer: None,
            reference: None,
            labelled,
            held: None,
            history: History::default(),
        };
        document.match_truth();
        document
    }

    /// The next frame of a camera: people stay, and are looked for where their joints were.
    pub fn advance(&mut self, frame: Frame, version: u64) {
        let size = frame.picture.dimensions();
        let same_size = self.frame.picture.dimensions() == size;
        let whole = BoundingBox::whole(size.0, size.1);
        for index in 0..self.people.len() {
            let bounds = match self.person_answer(index) {
                _ if !same_size => whole,
                // A lost person may be anywhere; following the joints then narrows the box from frame to frame.
                Some(found) if !self.is_held(index) => follow(&found.pose, size).unwrap_or(whole),
                // In the hand of the user, or not looked at since: the box stays where it was put.
                _ => self.people[index].bounds,
            };
            let answered = self.people[index].answered.filter(|_| same_size);
            self.people[index] = PersonState { answered, ..PersonState::new(bounds, false) };
        }
        (self.frame, self.version, self.live) = (frame, version, true);
        self.reference = None;
    }

    /// Selects the person `step` further on, around the end.
    pub fn select_next(&mut self, step: isize) {
        let count = self.people.len() as isize;
        if count > 0 {
            let from = self.selected.map_or(-1, |index| index as isize);
            self.selected = Some((from + step).rem_euclid(count) as usize);
        }
    }
}
