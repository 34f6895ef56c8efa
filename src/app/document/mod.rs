//! The picture on the screen, the people in it, and what was found about them.

mod answers;
mod clock;
mod edit;
mod finding;
#[cfg(test)]
pub mod fixtures;
mod history;
mod labelling;
mod live;
mod origin;
mod other_side;
mod partial;
mod person;
mod placing;
mod score;
mod second_opinion;
mod truth;

use std::path::PathBuf;

use crate::app::what_matters::MattersMap;
use crate::engine::Answer;
use crate::pose::Pose;
use crate::pose::coco;
use crate::pose::following::Tracker;
use crate::source::Frame;
use answers::Reference;
use clock::Clock;
use edit::Held;
use finding::WhyWhole;
use history::History;
use labelling::Labelling;
use live::LostSelection;
use partial::PartialQuestion;
use placing::Placing;
use second_opinion::Opinions;
use truth::Labelled;

pub use finding::Finding;
pub use labelling::Draft;
pub use origin::Origin;
pub use other_side::OtherAnswer;
pub use person::PersonState;
pub use score::{PCK_THRESHOLD, Score};
pub use second_opinion::SecondOpinion;

/// One picture, or the newest frame of a camera or a clip.
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
    /// Whether more frames come by themselves.
    pub live: bool,
    /// Whether it is of a camera or a clip, and another frame may come.
    pub streamed: bool,
    /// Whether the answer at hand was found at the very resolution that agreement is measured against.
    pub at_reference: bool,
    /// What the network finds of the selected person with all its parts, while the answer is of one without some.
    pub untouched: Option<Pose>,
    /// What the layer of what matters draws, while it is shown and something is known.
    pub matters: Option<MattersMap>,
    /// Answers with lower tickets belong to what was shown before.
    first_ticket: u64,
    answer: Option<Answer>,
    reference: Option<Reference>,
    /// Questions about one person alone that are not answered yet.
    partial: Vec<PartialQuestion>,
    /// Whom the picture's file labels, whatever boxes there are.
    labelled: Vec<Labelled>,
    /// Ticket of the finder's answer that is waited for.
    looking: Option<u64>,
    /// Why the document began with the whole picture, if it did.
    whole: Option<WhyWhole>,
    /// The box that the pointer has hold of.
    held: Option<Held>,
    history: History,
    /// When the newest frames of a camera were taken.
    clock: Clock,
    /// Who is who in a camera's frames, once a search of whole frames has found people.
    following: Option<Tracker>,
    /// People of a camera who were lost and may come back.
    away: Vec<PersonState>,
    /// The selected person, while they are among those.
    lost_selection: Option<LostSelection>,
    /// The place where a click wants a box.
    placing: Option<Placing>,
    opinions: Opinions,
    /// Whose joints are placed by hand.
    labelling: Labelling,
    /// Whether any were, and are in no file.
    pub hand_labelled: bool,
    /// What labels placed by hand are kept under while other pictures are shown; none of what never comes again.
    pub kept_as: Option<String>,
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
        let mut people: Vec<PersonState> = (1..)
            .zip(&labelled)
            .map(|(number, person)| PersonState::new(number, person.bounds, Origin::Labelled))
            .collect();
        let whole = people.is_empty().then_some(WhyWhole::NotLooked);
        if whole.is_some() {
            people.push(PersonState::anywhere(1, (width, height)));
        }
        let clock = Clock::starting_with(&frame);
        let mut document = Self {
            frame,
            version,
            people,
            selected: Some(0),
            truth_path,
            live: false,
            streamed: false,
            at_reference: false,
            untouched: None,
            matters: None,
            first_ticket,
            answer: None,
            reference: None,
            partial: Vec::new(),
            labelled,
            looking: None,
            whole,
            held: None,
            history: History::default(),
            clock,
            following: None,
            away: Vec::new(),
            lost_selection: None,
            placing: None,
            opinions: Opinions::default(),
            labelling: Labelling::default(),
            hand_labelled: false,
            kept_as: None,
        };
        document.match_truth();
        document
    }

    /// Selects the person `step` further on, around the end.
    pub fn select_next(&mut self, step: isize) {
        let count = self.people.len() as isize;
        if count > 0 {
            let none = if step > 0 { -1 } else { 0 };
            let from = self.selected.map_or(none, |index| index as isize);
            self.selected = Some((from + step).rem_euclid(count) as usize);
        }
    }

    /// Whether nobody was found, labelled or drawn: the only box is a guess that began with the whole picture.
    pub fn is_guess(&self) -> bool {
        matches!(self.people.as_slice(), [person] if person.origin == Origin::WholePicture)
    }

    /// The smallest number from 1 on that nobody has.
    fn free_number(&self) -> u32 {
        let free = |number: &u32| {
            !self.people.iter().any(|person| person.number == *number)
                && !self.following.as_ref().is_some_and(|tracker| tracker.remembers(*number))
        };
        (1..).find(free).unwrap_or(u32::MAX)
    }
}
