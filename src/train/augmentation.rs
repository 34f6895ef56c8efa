//! How crops are varied while the network learns: what is drawn for each crop, on the host and from the step's
//! own generator, so that a training can be repeated and continued.

use std::ops::Range;

use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::appearance::{Appearance, Patch};
use super::error::TrainError;
use super::random::{chance, normal, uniform};
use super::range::in_range;
use super::view::{Joints, View};
use crate::pose::{InputSize, KEYPOINT_COUNT};

/// Rows of the poorest camera that is simulated: below, hardly anything is left of a person.
const POOREST_CAPTURE: u32 = 24;
/// Rotations are cut to this many standard deviations.
const ROTATION_LIMIT: f64 = 2.0;
/// Joints of the head, the arms; those from here on are of the hips and legs.
const FIRST_LOWER_JOINT: usize = 11;
/// Half a body is only cut out where more joints than this are labelled.
const HALF_BODY_ABOVE: usize = 8;
/// A half must have more labelled joints than this.
const HALF_ABOVE: usize = 2;
/// Share of half bodies that are upper ones.
const UPPER_SHARE: f64 = 0.6;
/// A half body's box is grown around its joints by this factor.
const HALF_PADDING: f64 = 1.5;
/// A half body is never enlarged more than this many times.
const HALF_MIN_SCALE: f64 = 0.25;
/// Sides of a patch, relative to those of the input.
const PATCH_SIDES: Range<f64> = 0.1..0.35;

/// Strengths of the augmentation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Augmentation {
    /// Share of crops that are mirrored.
    pub mirror_share: f64,
    /// The view is scaled by 1 plus a normal number of this deviation, within one deviation.
    pub scale: f64,
    /// Share of crops that are turned.
    pub rotation_share: f64,
    /// Deviation of the turn in degrees, within two deviations.
    pub rotation_degrees: f64,
    /// Share of crops of well-labelled people that show half a body.
    pub half_body_share: f64,
    /// The view is shifted by up to this share of its sides.
    pub shift: f64,
    /// Contrast changes by up to this share.
    pub contrast: f64,
    /// Each colour's gain changes by up to this share.
    pub colour: f64,
    /// Brightness changes by up to this share of the full range.
    pub brightness: f64,
    /// Share of crops that lose their colour.
    pub grey_share: f64,
    /// Largest deviation of the sensor noise, as a share of the full range.
    pub noise: f64,
    /// Share of crops in which a rectangle is painted over.
    pub patch_share: f64,
    /// Share of steps, at inputs above the lowest capture resolution, that show what a poorer camera sees.
    pub capture_share: f64,
}

impl Default for Augmentation {
    fn default() -> Self {
        Self {
            mirror_share: 0.5,
            scale: 0.35,
            rotation_share: 0.6,
            rotation_degrees: 40.0,
            half_body_share: 0.3,
            shift: 0.05,
            contrast: 0.3,
            colour: 0.15,
            brightness: 0.15,
            grey_share: 0.08,
            noise: 0.03,
            patch_share: 0.33,
            capture_share: 0.35,
        }
    }
}

impl Augmentation {
    /// None at all: every crop is shown as it is.
    pub fn none() -> Self {
        Self {
            mirror_share: 0.0,
            scale: 0.0,
            rotation_share: 0.0,
            rotation_degrees: 0.0,
            half_body_share: 0.0,
            shift: 0.0,
            contrast: 0.0,
            colour: 0.0,
            brightness: 0.0,
            grey_share: 0.0,
            noise: 0.0,
            patch_share: 0.0,
            capture_share: 0.0,
        }
    }

    /// Everything that varies crops so many times as strongly, shares up to 1; as many of them are mirrored and turned.
    pub(super) fn scaled(&self, strength: f64) -> Self {
        let share = |share: f64| (strength * share).min(1.0);
        Self {
            mirror_share: self.mirror_share,
            scale: strength * self.scale,
            rotation_share: self.rotation_share,
            rotation_degrees: strength * self.rotation_degrees,
            half_body_share: share(self.half_body_share),
            shift: strength * self.shift,
            contrast: share(self.contrast),
            colour: share(self.colour),
            brightness: share(self.brightness),
            grey_share: share(self.grey_share),
            noise: share(self.noise),
            patch_share: share(self.patch_share),
            capture_share: share(self.capture_share),
        }
    }

    pub(super) fn check(&self) -> Result<(), TrainError> {
        for (what, share) in [
            ("share of mirrored crops", self.mirror_share),
            ("share of turned crops", self.rotation_share),
            ("share of half bodies", self.half_body_share),
            ("share of grey crops", self.grey_share),
            ("share of painted-over crops", self.patch_share),
            ("share of poorer cameras", self.capture_share),
            ("change of contrast", self.contrast),
            ("change of colour", self.colour),
            ("change of brightness", self.brightness),
            ("noise", self.noise),
        ] {
            in_range(what, share, 0.0, 1.0)?;
        }
        // Beyond these the view leaves the canvas.
        in_range("change of scale", self.scale, 0.0, 0.9)?;
        in_range("shift", self.shift, 0.0, 0.5)?;
        in_range("rotation in degrees", self.rotation_degrees, 0.0, 180.0)
    }

    /// The part of the canvas that a crop with these joints is shown as.
    pub(super) fn view(&self, joints: &Joints, generator: &mut ChaCha8Rng) -> View {
        let mut view = View::REGION;
        if self.half_body_share > 0.0
            && let Some((centre, scale)) = half_body(joints, generator)
            && chance(generator, self.half_body_share)
        {
            (view.centre, view.scale) = (centre, scale);
        }
        view.scale *= (1.0 + self.scale * normal(generator)).clamp(1.0 - self.scale, 1.0 + self.scale);
        if chance(generator, self.rotation_share) {
            let turn = normal(generator).clamp(-ROTATION_LIMIT, ROTATION_LIMIT) * self.rotation_degrees;
            view.angle = turn.to_radians();
        }
        view.mirrored = chance(generator, self.mirror_share);
        view.centre.0 += uniform(generator, -self.shift, self.shift) * View::EXTENT.0;
        view.centre.1 += uniform(generator, -self.shift, self.shift) * View::EXTENT.1;
        view
    }

    /// How the pixels of a crop are changed.
    pub(super) fn appearance(&self, generator: &mut ChaCha8Rng) -> Appearance {
        let mut around = |middle: f64, reach: f64| uniform(generator, middle - reach, middle + reach) as f32;
        let contrast = around(1.0, self.contrast);
        let gains = std::array::from_fn(|_| around(1.0, self.colour));
        let brightness = around(0.0, self.brightness);
        Appearance {
            contrast,
            gains,
            brightness,
            grey: chance(generator, self.grey_share),
            noise: uniform(generator, 0.0, self.noise) as f32,
            patch: chance(generator, self.patch_share).then(|| patch(generator)),
        }
    }

    /// Rows of the camera's picture of the person, for a whole step; `None` where the camera is as sharp as the
    /// input.
    pub(super) fn capture(&self, size: InputSize, generator: &mut ChaCha8Rng) -> Option<u32> {
        let poorer = size.height() > InputSize::ROWS && chance(generator, self.capture_share);
        let rows = uniform(generator, f64::from(POOREST_CAPTURE), f64::from(size.height()));
        poorer.then_some(rows as u32)
    }
}

/// Middle and scale of a view of the upper or the lower half of a body.
fn half_body(joints: &Joints, generator: &mut ChaCha8Rng) -> Option<((f64, f64), f64)> {
    if joints.iter().filter(|joint| joint.2).count() <= HALF_BODY_ABOVE {
        return None;
    }
    let upper = chance(generator, UPPER_SHARE);
    let range = if upper { 0..FIRST_LOWER_JOINT } else { FIRST_LOWER_JOINT..KEYPOINT_COUNT };
    let half: Vec<(f64, f64)> = joints[range]
        .iter()
        .filter(|(_, _, labelled)| *labelled)
        .map(|(x, y, _)| (f64::from(*x), f64::from(*y)))
        .collect();
    if half.len() <= HALF_ABOVE {
        return None;
    }
    let span = |axis: fn(&(f64, f64)) -> f64| {
        let numbers = half.iter().map(axis);
        numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let (left, right) = span(|point| point.0);
    let (top, bottom) = span(|point| point.1);
    let (width, height) = ((right - left + 1.0) * HALF_PADDING, (bottom - top + 1.0) * HALF_PADDING);
    let scale = (width / View::EXTENT.0).max(height / View::EXTENT.1).clamp(HALF_MIN_SCALE, 1.0);
    Some((((left + right + 1.0) / 2.0, (top + bottom + 1.0) / 2.0), scale))
}

fn patch(generator: &mut ChaCha8Rng) -> Patch {
    let mut uniform = |low, high| uniform(generator, low, high) as f32;
    Patch {
        centre: (uniform(0.0, 1.0), uniform(0.0, 1.0)),
        sides: (uniform(PATCH_SIDES.start, PATCH_SIDES.end), uniform(PATCH_SIDES.start, PATCH_SIDES.end)),
        colour: std::array::from_fn(|_| uniform(0.0, 1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::random;
    use super::*;

    fn standing() -> Joints {
        std::array::from_fn(|joint| (60.0 + (joint % 2) as f32 * 20.0, 40.0 + joint as f32 * 7.0, true))
    }

    #[test]
    fn without_augmentation_every_crop_is_itself() {
        let mut generator = random::generator(0, 0);
        let none = Augmentation::none();
        assert_eq!(none.view(&standing(), &mut generator), View::REGION);
        let plain = Appearance {
            contrast: 1.0,
            gains: [1.0; 3],
            brightness: 0.0,
            grey: false,
            noise: 0.0,
            patch: None,
        };
        assert_eq!(none.appearance(&mut generator), plain);
        assert_eq!(none.capture(InputSize::STANDARD[3], &mut generator), None);
    }

    #[test]
    fn views_stay_within_their_strengths() {
        let mut generator = random::generator(0, 0);
        let augmentation = Augmentation { half_body_share: 0.0, ..Augmentation::default() };
        let views: Vec<View> = (0..2000).map(|_| augmentation.view(&standing(), &mut generator)).collect();
        assert!(views.iter().all(|view| (0.65..=1.35).contains(&view.scale)));
        assert!(views.iter().all(|view| view.angle.to_degrees().abs() <= 80.0 + 1e-9));
        assert!(views.iter().all(|view| (view.centre.0 - 72.0).abs() <= 0.05 * 96.0));
        let turned = views.iter().filter(|view| view.angle != 0.0).count() as f64 / 2000.0;
        approx::assert_abs_diff_eq!(turned, 0.6, epsilon = 0.04);
    }

    #[test]
    fn a_strength_of_nothing_leaves_mirrors_alone() {
        let full = Augmentation::default();
        assert_eq!(full.scaled(1.0), full);
        let nothing = Augmentation { mirror_share: 0.5, rotation_share: 0.6, ..Augmentation::none() };
        assert_eq!(full.scaled(0.0), nothing);
        assert_eq!((full.scaled(0.5).scale, full.scaled(4.0).capture_share), (0.175, 1.0));
        assert!(full.scaled(2.0).check().is_ok());
        let mut generator = random::generator(0, 0);
        let view = full.scaled(0.0).view(&standing(), &mut generator);
        assert_eq!(View { mirrored: false, ..view }, View::REGION);
    }

    #[test]
    fn half_bodies_are_centred_on_their_joints() {
        let mut generator = random::generator(0, 3);
        let halves: Vec<_> = (0..200).filter_map(|_| half_body(&standing(), &mut generator)).collect();
        let upper = (40.0 + 110.0 + 1.0) / 2.0;
        let lower = (117.0 + 152.0 + 1.0) / 2.0;
        assert!(halves.iter().all(|((_, y), _)| *y == upper || *y == lower));
        assert!(halves.iter().any(|((_, y), _)| *y == upper) && halves.iter().any(|((_, y), _)| *y == lower));
        let mut sparse = standing();
        sparse[8..].iter_mut().for_each(|joint| joint.2 = false);
        assert_eq!(half_body(&sparse, &mut generator), None);
    }

    #[test]
    fn poorer_cameras_are_drawn_above_the_smallest_input_only() {
        let mut generator = random::generator(0, 0);
        let always = Augmentation { capture_share: 1.0, ..Augmentation::none() };
        assert_eq!(always.capture(InputSize::STANDARD[0], &mut generator), None);
        let rows: Vec<u32> =
            (0..100).filter_map(|_| always.capture(InputSize::STANDARD[1], &mut generator)).collect();
        assert!(rows.len() == 100 && rows.iter().all(|rows| (24..64).contains(rows)));
    }
}
