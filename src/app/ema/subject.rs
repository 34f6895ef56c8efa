//! Whom EMA is looked at for, and how they are looked at.

use std::path::PathBuf;
use std::sync::Arc;

use image::RgbImage;

use super::view::EmaOver;
use crate::app::document::Document;
use crate::engine::Settings;
use crate::pose::{BoundingBox, InputSize, MIN_HEIGHT};
use crate::source::{Folder, StoredPicture};
use crate::study::People;

/// Whom a run is over, and how they are looked at but for the resolution. Figures of another subject say nothing about
/// what is on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    whom: Whom,
    /// The settings, with the same capture height and input in all of them.
    view: Settings,
}

#[derive(Clone, Debug, PartialEq)]
enum Whom {
    /// These people of the picture of this version.
    Picture { version: u64, people: Vec<BoundingBox> },
    /// Everybody in the pictures of a folder.
    Folder { root: PathBuf, pictures: usize },
}

impl Subject {
    /// Whom there is to be looked at now; none where there is nobody, a box is still a guess, or there is no folder.
    pub fn of(
        document: &Document,
        folder: Option<&Folder>,
        over: EmaOver,
        settings: &Settings,
    ) -> Option<Self> {
        let whom = match over {
            EmaOver::Picture => {
                let people = &document.people;
                if people.is_empty() || people.iter().any(|person| person.refine) {
                    return None;
                }
                let people = people.iter().map(|person| person.bounds).collect();
                Whom::Picture { version: document.version, people }
            }
            EmaOver::Folder => {
                let folder = folder?;
                Whom::Folder { root: folder.root().to_owned(), pictures: folder.paths().len() }
            }
        };
        let mut view = Settings { flip_test: false, ..settings.clone() };
        (view.capture.height, view.input) = (MIN_HEIGHT, InputSize::STANDARD[0]);
        Some(Self { whom, view })
    }

    /// The people in the picture at hand; nobody where they are those of a folder.
    pub fn people_in(&self, picture: Arc<RgbImage>) -> People {
        let mut people = People::default();
        if let Whom::Picture { people: boxes, .. } = &self.whom {
            people.add(StoredPicture::Held(picture), boxes.iter().map(|bounds| (*bounds, None)));
        }
        people
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preferences::Preferences;
    use crate::source::Frame;

    #[test]
    fn a_guess_is_not_looked_at_and_the_resolution_does_not_count() {
        let mut settings = Preferences::default().settings;
        let frame = Frame::still(RgbImage::new(200, 200), "black.png", None);
        let mut document = Document::new(frame, 1, 1, None);
        let of = |document: &Document, settings: &Settings| {
            Subject::of(document, None, EmaOver::Picture, settings)
        };
        assert_eq!(of(&document, &settings), None);
        document.remove_selected();
        document.add_person(BoundingBox { x: 10.0, y: 10.0, width: 50.0, height: 90.0 });
        let subject = of(&document, &settings).unwrap();
        assert_eq!(subject.people_in(document.frame.picture.clone()).len(), 1);
        (settings.input, settings.capture.height, settings.flip_test) = (InputSize::STANDARD[3], 20, true);
        assert_eq!(of(&document, &settings).as_ref(), Some(&subject));
        settings.capture.noise = 4.0;
        assert_ne!(of(&document, &settings).as_ref(), Some(&subject));
        assert_eq!(Subject::of(&document, None, EmaOver::Folder, &settings), None);
    }
}
