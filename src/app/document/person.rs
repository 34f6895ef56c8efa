//! A person in the picture.

use super::Origin;
use crate::engine::Settings;
use crate::pose::following::PoseFilter;
use crate::pose::{BoundingBox, Pose};
use crate::study::Truth;

/// Boxes of earlier frames that are remembered: the network answers about one of those.
const TRAIL: usize = 4;

/// A person in the picture. Boxes change through the document, which keeps truth, answers and history with them.
#[derive(Clone, Debug)]
pub struct PersonState {
    /// What the person is called, from 1 on, and coloured by; stays while others come and go.
    pub number: u32,
    /// Where.
    pub bounds: BoundingBox,
    /// Whether `bounds` is a guess that the network may refine.
    pub refine: bool,
    /// Where the box came from.
    pub origin: Origin,
    /// Whether the person is left out of the drawing on the picture. They are looked at all the same.
    pub hidden: bool,
    /// Labelled joints, where there are any.
    pub truth: Option<Truth>,
    /// Place among the answer's people of what was found about this one.
    pub(super) answered: Option<usize>,
    /// With which settings that was found, where others were asked about alone since.
    pub(super) found_with: Option<Settings>,
    /// Boxes of a camera's frames before, newest first.
    pub(super) trail: Vec<BoundingBox>,
    /// Joints of a camera's frames, smoothed.
    pub(super) smooth: Option<Pose>,
    pub(super) filter: PoseFilter,
}

impl PersonState {
    /// Somebody in a box.
    pub(super) fn new(number: u32, bounds: BoundingBox, origin: Origin) -> Self {
        Self {
            number,
            bounds,
            refine: false,
            origin,
            hidden: false,
            truth: None,
            answered: None,
            found_with: None,
            trail: Vec::new(),
            smooth: None,
            filter: PoseFilter::default(),
        }
    }

    /// Somebody who may be anywhere in a picture of `size` (width, height), to be narrowed by the joints.
    pub(super) fn anywhere(number: u32, size: (u32, u32)) -> Self {
        let whole = BoundingBox::whole(size.0, size.1);
        Self { refine: true, ..Self::new(number, whole, Origin::WholePicture) }
    }

    /// Puts the box elsewhere for a camera's next frame.
    pub(super) fn move_to(&mut self, bounds: BoundingBox) {
        if bounds != self.bounds {
            self.trail.insert(0, self.bounds);
            self.trail.truncate(TRAIL);
        }
        (self.bounds, self.refine, self.truth) = (bounds, false, None);
    }

    /// Takes in joints of a camera's frame, found at a time in seconds.
    pub(super) fn take_smoothly(&mut self, pose: &Pose, at_secs: f64) {
        self.smooth = Some(self.filter.next(pose, at_secs));
    }
}
