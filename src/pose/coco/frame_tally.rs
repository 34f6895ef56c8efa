//! What is said of labels that were made on other frames than the pictures at hand.

use std::path::Path;

use super::annotations::{ImageEntry, Person};
use super::frame_fit::{FrameFit, Shown};
use crate::counted::counted;

/// Brings labels to their pictures, and counts what was done.
#[derive(Clone, Debug, Default)]
pub struct FrameTally {
    /// Whether labels that fit a picture both as it is stored and upright are turned.
    turn: bool,
    counts: Vec<(FrameFit, usize, String)>,
}

impl FrameTally {
    /// Where labels fit a picture both as it is stored and upright, `turn` turns them.
    pub fn new(turn: bool) -> Self {
        Self { turn, counts: Vec::new() }
    }

    /// Brings the people labelled in a picture to the picture as it is shown; see [`ImageEntry::fit`].
    pub fn fit(
        &mut self,
        image: &ImageEntry,
        people: &mut Vec<Person>,
        picture: &Path,
        shown: &Shown,
    ) -> FrameFit {
        let fit = image.fit(people, shown, self.turn);
        self.count(fit, image, picture, shown);
        fit
    }

    /// Counts what was done to the labels of a picture elsewhere.
    pub fn count(&mut self, fit: FrameFit, image: &ImageEntry, picture: &Path, shown: &Shown) {
        if fit == FrameFit::Same {
            return;
        }
        match self.counts.iter_mut().find(|(known, ..)| *known == fit) {
            Some((_, count, _)) => *count += 1,
            None => {
                let listed = match image.listed_size() {
                    Some((width, height)) => format!("{width} × {height} to"),
                    None => "no size given, shown as".to_owned(),
                };
                let first = format!("{}, {listed} {} × {}", picture.display(), shown.width, shown.height);
                self.counts.push((fit, 1, first));
            }
        }
    }

    /// A sentence for each thing that was done, with the number of pictures and the first; then counts anew.
    pub fn take_warnings(&mut self) -> Vec<String> {
        let counts = std::mem::take(&mut self.counts);
        counts.into_iter().map(|(fit, count, first)| self.sentence(fit, count, &first)).collect()
    }

    fn sentence(&self, fit: FrameFit, count: usize, first: &str) -> String {
        let pictures = counted(count, "picture", "pictures");
        let done = match fit {
            FrameFit::Same => "used as they are",
            FrameFit::Scaled => "scaled to its size",
            FrameFit::Turned => "turned upright with it: they fit only the stored picture",
            FrameFit::Either if self.turn => "turned upright with it, as was asked for",
            FrameFit::Either => {
                "not turned upright with it: they fit both the stored and the upright picture, check where they lie \
                 (commands turn them with --turn-labels)"
            }
            FrameFit::None => "not used: the size in the label file is that of another picture",
        };
        format!("labels of {pictures} {done} (first: {first})")
    }
}
