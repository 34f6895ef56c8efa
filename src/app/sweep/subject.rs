//! Who is measured, and how they are looked at.

use serde::{Deserialize, Serialize};

use super::measure::Measure;
use crate::app::document::{Document, PersonState};
use crate::engine::Settings;
use crate::pose::{BoundingBox, InputSize, MIN_HEIGHT};
use crate::study::Truth;

/// Whom a sweep looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SweepOver {
    /// The selected person.
    #[default]
    ThisPerson,
    /// Everybody in the picture.
    Everybody,
}

impl SweepOver {
    /// Every choice, in the order of the buttons.
    pub const ALL: [Self; 2] = [Self::ThisPerson, Self::Everybody];

    /// What its button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::ThisPerson => "This person",
            Self::Everybody => "Everybody",
        }
    }

    /// What it means, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::ThisPerson => "Look at the selected person alone",
            Self::Everybody => "Look at everybody in the picture: their mean, and the middle half as a band",
        }
    }
}

/// Who was measured in which picture, and how they were looked at but for the resolution. Curves of another subject say
/// nothing about what is on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The picture.
    pub version: u64,
    /// Where the people are, and where their joints are labelled.
    pub people: Vec<(BoundingBox, Option<Truth>)>,
    /// The settings, with the same capture height and input in all of them.
    pub view: Settings,
}

impl Subject {
    /// Who there is to be measured now; none where there is nobody, or a box is still a guess.
    pub fn of(document: &Document, over: SweepOver, settings: &Settings) -> Option<Self> {
        let people: Vec<&PersonState> = match over {
            SweepOver::ThisPerson => vec![document.people.get(document.selected?)?],
            SweepOver::Everybody => document.people.iter().collect(),
        };
        if people.is_empty() || people.iter().any(|person| person.refine) {
            return None;
        }
        let people = people.into_iter().map(|person| (person.bounds, person.truth)).collect();
        let mut view = settings.clone();
        (view.capture.height, view.input) = (MIN_HEIGHT, InputSize::STANDARD[0]);
        Some(Self { version: document.version, people, view })
    }

    /// What their joints can be compared with: labels where anybody has some.
    pub fn measure(&self) -> Measure {
        match self.people.iter().any(|(_, truth)| truth.is_some()) {
            true => Measure::Accuracy,
            false => Measure::Agreement,
        }
    }

    /// How many of them can be.
    pub fn comparable(&self) -> usize {
        match self.measure() {
            Measure::Accuracy => self.people.iter().filter(|(_, truth)| truth.is_some()).count(),
            Measure::Agreement => self.people.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preferences::Preferences;
    use crate::source::Frame;

    fn unlabelled() -> Document {
        Document::new(Frame::still(image::RgbImage::new(200, 200), "black.png", None), 1, 1, None)
    }

    #[test]
    fn a_guess_is_not_measured_and_a_drawn_box_is() {
        let settings = Preferences::default().settings;
        let mut document = unlabelled();
        assert_eq!(Subject::of(&document, SweepOver::Everybody, &settings), None);
        document.remove_selected();
        assert_eq!(Subject::of(&document, SweepOver::ThisPerson, &settings), None);
        document.add_person(BoundingBox { x: 10.0, y: 10.0, width: 50.0, height: 90.0 });
        let subject = Subject::of(&document, SweepOver::ThisPerson, &settings).unwrap();
        assert_eq!((subject.people.len(), subject.measure()), (1, Measure::Agreement));
    }

    #[test]
    fn the_resolution_does_not_count_and_everything_else_does() {
        let mut settings = Preferences::default().settings;
        let mut document = unlabelled();
        document.remove_selected();
        document.add_person(BoundingBox { x: 10.0, y: 10.0, width: 50.0, height: 90.0 });
        let subject =
            |document: &Document, settings: &Settings| Subject::of(document, SweepOver::Everybody, settings);
        let before = subject(&document, &settings);
        (settings.input, settings.capture.height) = (InputSize::STANDARD[3], 20);
        assert_eq!(subject(&document, &settings), before);
        settings.flip_test = true;
        assert_ne!(subject(&document, &settings), before);
        settings.flip_test = false;
        document.add_person(BoundingBox { x: 100.0, y: 10.0, width: 50.0, height: 90.0 });
        assert_ne!(subject(&document, &settings), before);
    }
}
