//! Who is measured, and how they are looked at.

use std::path::PathBuf;
use std::sync::Arc;

use image::RgbImage;
use serde::{Deserialize, Serialize};

use super::cast::ENOUGH_FOR_AP;
use super::measure::Measure;
use crate::app::document::{Document, PersonState};
use crate::engine::Settings;
use crate::pose::coco;
use crate::pose::{BoundingBox, InputSize, MIN_HEIGHT};
use crate::source::Folder;
use crate::study::{LabelledSet, People, StoredPicture, Truth};

/// Whom a sweep looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SweepOver {
    /// The selected person.
    #[default]
    ThisPerson,
    /// Everybody in the picture.
    Everybody,
    /// Everybody in the pictures of the folder.
    Folder,
}

impl SweepOver {
    /// Every choice, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::ThisPerson, Self::Everybody, Self::Folder];

    /// What its button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::ThisPerson => "This person",
            Self::Everybody => "Everybody",
            Self::Folder => "Folder",
        }
    }

    /// What it means, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::ThisPerson => "Look at the selected person alone",
            Self::Everybody => "Look at everybody in the picture: their mean, and the middle half as a band",
            Self::Folder => {
                "Look at everybody labelled in the pictures of the folder; where nobody is, at the people of the boxes \
                 known there, or whom NanoDet finds"
            }
        }
    }
}

/// Who is measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Whom {
    /// People of the picture at hand.
    InPicture {
        /// The picture.
        version: u64,
        /// Where they are, and where their joints are labelled.
        people: Vec<(BoundingBox, Option<Truth>)>,
    },
    /// Everybody in the pictures of a folder.
    InFolder {
        /// The folder.
        root: PathBuf,
        /// How many pictures it holds.
        pictures: usize,
    },
}

/// Who was measured, and how they were looked at but for the resolution. Curves of another subject say nothing about
/// what is on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Who.
    pub whom: Whom,
    /// The settings, with the same capture height and input in all of them.
    pub view: Settings,
}

impl Subject {
    /// Who there is to be measured now; none where there is nobody, or no folder, or a box is still a guess.
    pub fn of(
        document: &Document,
        folder: Option<&Folder>,
        over: SweepOver,
        settings: &Settings,
    ) -> Option<Self> {
        let whom = match over {
            SweepOver::ThisPerson => in_picture(document, vec![document.people.get(document.selected?)?])?,
            SweepOver::Everybody => in_picture(document, document.people.iter().collect())?,
            SweepOver::Folder => {
                let folder = folder?;
                Whom::InFolder { root: folder.root().to_owned(), pictures: folder.paths().len() }
            }
        };
        let mut view = settings.clone();
        (view.capture.height, view.input) = (MIN_HEIGHT, InputSize::STANDARD[0]);
        Some(Self { whom, view })
    }

    /// What their joints can be compared with: labels where anybody has some. Not known of a folder before its labels
    /// are read.
    pub fn measure(&self) -> Option<Measure> {
        match &self.whom {
            Whom::InPicture { people, .. } if people.iter().any(|(_, truth)| truth.is_some()) => {
                Some(Measure::Accuracy)
            }
            Whom::InPicture { .. } => Some(Measure::Agreement),
            Whom::InFolder { .. } => None,
        }
    }

    /// The people in the picture at hand, as an experiment looks at them. Where enough of them are labelled, those are a
    /// data set of their own, with its average precision; people without labels would count as mistakes there.
    pub fn people_in(&self, picture: Arc<RgbImage>) -> People {
        let mut people = People::default();
        let Whom::InPicture { people: boxes, .. } = &self.whom else { return people };
        let picture = StoredPicture::Held(picture);
        let labelled: Vec<coco::Person> = boxes.iter().filter_map(labelled).collect();
        if labelled.len() >= ENOUGH_FOR_AP {
            let set = LabelledSet::of(picture.name(), vec![(picture, labelled)]);
            return People::labelled(Arc::new(set));
        }
        people.add(picture, boxes.iter().copied());
        people
    }
}

fn in_picture(document: &Document, people: Vec<&PersonState>) -> Option<Whom> {
    if people.is_empty() || people.iter().any(|person| person.refine) {
        return None;
    }
    let people = people.into_iter().map(|person| (person.bounds, person.truth)).collect();
    Some(Whom::InPicture { version: document.version, people })
}

fn labelled((bbox, truth): &(BoundingBox, Option<Truth>)) -> Option<coco::Person> {
    let Truth { labels, area } = (*truth)?;
    let num_keypoints = labels.iter().filter(|label| label.is_labelled()).count();
    Some(coco::Person { image_id: 0, id: 0, bbox: *bbox, area, labels, iscrowd: false, num_keypoints })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::fixtures::{bounds, labelled_at, unlabelled};
    use crate::app::preferences::Preferences;

    fn picture_subject(document: &Document, over: SweepOver, settings: &Settings) -> Option<Subject> {
        Subject::of(document, None, over, settings)
    }

    #[test]
    fn a_guess_is_not_measured_and_a_drawn_box_is() {
        let settings = Preferences::default().settings;
        let mut document = unlabelled();
        assert_eq!(picture_subject(&document, SweepOver::Everybody, &settings), None);
        document.remove_selected();
        assert_eq!(picture_subject(&document, SweepOver::ThisPerson, &settings), None);
        document.add_person(bounds(10.0, 10.0, 50.0, 90.0));
        let subject = picture_subject(&document, SweepOver::ThisPerson, &settings).unwrap();
        assert_eq!(subject.measure(), Some(Measure::Agreement));
        assert_eq!(subject.people_in(document.frame.picture.clone()).len(), 1);
    }

    #[test]
    fn the_resolution_does_not_count_and_everything_else_does() {
        let mut settings = Preferences::default().settings;
        let mut document = unlabelled();
        document.remove_selected();
        document.add_person(bounds(10.0, 10.0, 50.0, 90.0));
        let subject = |document: &Document, settings: &Settings| {
            picture_subject(document, SweepOver::Everybody, settings)
        };
        let before = subject(&document, &settings);
        (settings.input, settings.capture.height) = (InputSize::STANDARD[3], 20);
        assert_eq!(subject(&document, &settings), before);
        settings.flip_test = true;
        assert_ne!(subject(&document, &settings), before);
        settings.flip_test = false;
        document.add_person(bounds(100.0, 10.0, 50.0, 90.0));
        assert_ne!(subject(&document, &settings), before);
    }

    #[test]
    fn a_folder_is_a_subject_whatever_picture_is_shown() {
        let settings = Preferences::default().settings;
        let place = tempfile::tempdir().unwrap();
        for name in ["a.png", "b.png"] {
            RgbImage::new(4, 4).save(place.path().join(name)).unwrap();
        }
        let folder = Folder::open(place.path()).unwrap();
        let over = |folder: Option<&Folder>| Subject::of(&unlabelled(), folder, SweepOver::Folder, &settings);
        let subject = over(Some(&folder)).unwrap();
        assert_eq!(subject.whom, Whom::InFolder { root: place.path().to_owned(), pictures: 2 });
        assert_eq!((subject.measure(), over(None)), (None, None));
    }

    #[test]
    fn ten_labelled_people_in_a_picture_have_an_average_precision() {
        let settings = Preferences::default().settings;
        let people = |labelled: usize| {
            let one = |index: usize| (bounds(15.0 * index as f64, 10.0, 12.0, 60.0), index < labelled);
            let document = labelled_at(&(0..12).map(one).collect::<Vec<_>>());
            let subject = picture_subject(&document, SweepOver::Everybody, &settings).unwrap();
            subject.people_in(document.frame.picture.clone())
        };
        let (few, enough) = (people(ENOUGH_FOR_AP - 1), people(ENOUGH_FOR_AP));
        assert!(few.set().is_none() && few.len() == 12 && few.labelled_count() == 9);
        assert!(enough.set().is_some() && enough.len() == 10 && enough.labelled_count() == 10);
    }
}
