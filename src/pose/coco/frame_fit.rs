//! Labels of one frame on a picture of another: scaled copies, and pictures that were turned upright after or before
//! they were labelled.

use image::metadata::Orientation;

use super::super::bounding_box::BoundingBox;
use super::super::keypoint::Labels;
use super::super::skeleton::FLIP_INDEX;
use super::annotations::{ImageEntry, Person};

/// How far two frames of one shape may differ, in pixels of the smaller: sides of a scaled copy are whole numbers.
const ROUNDING: f64 = 1.0;
/// How far joints and boxes may stand out of their frame, as a share of its side; and at least a pixel.
const OVERHANG: f64 = 0.02;
/// A listed side below this is a placeholder, in pixels; programs that do not know the size write 1 × 1 and the like.
const MIN_LISTED_SIDE: u32 = 16;

/// A picture as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// How the stored pixels were turned to stand upright.
    pub orientation: Orientation,
}

/// Whether a turn makes the width the height.
pub(crate) fn swaps_sides(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// What was done to the labels of a picture so that they fit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameFit {
    /// Nothing: they are labels of this frame, or nobody can tell that they are not.
    Same,
    /// They were scaled by one factor.
    Scaled,
    /// They were turned upright, and scaled where need be: they fit only the picture as it is stored.
    Turned,
    /// They fit the picture as it is stored and upright, and the file does not give the upright size alone. They were
    /// left as they are, or turned where that was asked for.
    Either,
    /// They are labels of another picture, and were removed.
    None,
}

/// Two sides of a frame in pixels.
type Sides = (f64, f64);

impl ImageEntry {
    /// Width and height in pixels as the file gives them; none where it gives none or a placeholder.
    pub(super) fn listed_size(&self) -> Option<(u32, u32)> {
        (self.width.min(self.height) >= MIN_LISTED_SIDE).then_some((self.width, self.height))
    }

    /// Brings the labels of this entry to the picture that is shown, by the size that the file gives. Where they fit
    /// the picture both as it is stored and upright, they are turned only if `turn` says so.
    pub fn fit(&self, people: &mut Vec<Person>, shown: &Shown, turn: bool) -> FrameFit {
        let upright = (f64::from(shown.width), f64::from(shown.height));
        let stored = if swaps_sides(shown.orientation) { (upright.1, upright.0) } else { upright };
        let listed = self.listed_size().map(|(width, height)| (f64::from(width), f64::from(height)));
        let of_upright = listed.is_none_or(|listed| alike(listed, upright));
        let of_stored = listed.is_none_or(|listed| alike(listed, stored));
        if !of_upright && !of_stored {
            people.clear();
            return FrameFit::None;
        }
        let own = if of_upright { upright } else { stored };
        let factors = listed.map_or((1.0, 1.0), |listed| (own.0 / listed.0, own.1 / listed.1));
        let is_scaled = factors != (1.0, 1.0);
        if is_scaled {
            people.iter_mut().for_each(|person| scale(person, factors));
        }
        let plain = if is_scaled { FrameFit::Scaled } else { FrameFit::Same };
        // Where the file gives the upright size, labels that stand out of it are only inexact.
        if shown.orientation == Orientation::NoTransforms || !of_stored {
            return plain;
        }
        let is_open = !of_upright || (listed.is_none() && swaps_sides(shown.orientation));
        match (lie_in(people, upright), lie_in(people, stored)) {
            (false, true) if is_open => {
                people.iter_mut().for_each(|person| turn_upright(person, shown.orientation, stored));
                FrameFit::Turned
            }
            (false, false) if !of_upright => {
                people.clear();
                FrameFit::None
            }
            // Half a turn, a mirror and a square leave no trace in the size: only the user can tell.
            (true, true) if !people.is_empty() && (turn || is_open) => {
                if turn {
                    people.iter_mut().for_each(|person| turn_upright(person, shown.orientation, stored));
                }
                FrameFit::Either
            }
            _ => plain,
        }
    }
}

/// Whether one frame is the other one scaled by one factor.
fn alike(a: Sides, b: Sides) -> bool {
    let off = |small: Sides, large: Sides| {
        // By the longer side, whose rounding counts least.
        let factor = if large.0 >= large.1 { small.0 / large.0 } else { small.1 / large.1 };
        (small.0 - factor * large.0).abs().max((small.1 - factor * large.1).abs())
    };
    let off = if a.0 * a.1 <= b.0 * b.1 { off(a, b) } else { off(b, a) };
    off < ROUNDING
}

/// Whether all labelled joints and boxes lie in a frame.
fn lie_in(people: &[Person], frame: Sides) -> bool {
    let within = |value: f64, side: f64| {
        let overhang = (OVERHANG * side).max(1.0);
        value >= -overhang && value <= side + overhang
    };
    people.iter().all(|person| {
        let BoundingBox { x, y, width, height } = person.bbox;
        let joints = person.labels.iter().filter(|label| label.is_labelled()).map(|label| (label.x, label.y));
        joints.chain([(x, y), (x + width, y + height)]).all(|(x, y)| within(x, frame.0) && within(y, frame.1))
    })
}

fn scale(person: &mut Person, factors: Sides) {
    let BoundingBox { x, y, width, height } = &mut person.bbox;
    for (value, factor) in [(x, factors.0), (width, factors.0), (y, factors.1), (height, factors.1)] {
        *value *= factor;
    }
    person.area *= factors.0 * factors.1;
    for label in &mut person.labels {
        label.x *= factors.0;
        label.y *= factors.1;
    }
}

/// Turns a person with the picture, whose stored sides these are.
fn turn_upright(person: &mut Person, orientation: Orientation, stored: Sides) {
    let BoundingBox { x, y, width, height } = person.bbox;
    let (a, b) = (turned((x, y), orientation, stored), turned((x + width, y + height), orientation, stored));
    person.bbox =
        BoundingBox { x: a.0.min(b.0), y: a.1.min(b.1), width: (a.0 - b.0).abs(), height: (a.1 - b.1).abs() };
    let is_mirrored = matches!(
        orientation,
        Orientation::FlipHorizontal
            | Orientation::FlipVertical
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    // Joints count whole pixels: the last one of a side is the first one when it is mirrored.
    let last = (stored.0 - 1.0, stored.1 - 1.0);
    let mut labels: Labels = person.labels;
    for label in labels.iter_mut().filter(|label| label.is_labelled()) {
        (label.x, label.y) = turned((label.x, label.y), orientation, last);
    }
    if is_mirrored {
        // Left and right change places with the mirror.
        for (label, other) in person.labels.iter_mut().zip(FLIP_INDEX) {
            if let Some(mirrored) = labels.get(other) {
                *label = *mirrored;
            }
        }
    } else {
        person.labels = labels;
    }
}

/// A point of the stored picture in the upright one; `far` is the stored picture's far corner.
fn turned((x, y): Sides, orientation: Orientation, far: Sides) -> Sides {
    match orientation {
        Orientation::Rotate90 => (far.1 - y, x),
        Orientation::Rotate270 => (y, far.0 - x),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate270FlipH => (far.1 - y, far.0 - x),
        Orientation::Rotate180 => (far.0 - x, far.1 - y),
        Orientation::FlipHorizontal => (far.0 - x, y),
        Orientation::FlipVertical => (x, far.1 - y),
        Orientation::NoTransforms => (x, y),
    }
}
