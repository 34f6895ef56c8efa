//! The borrowed networks agree with their originals: `tests/borrowed/` holds inputs as 8-bit pixels and what an
//! independent implementation in Python, compared with the published graphs, makes of them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use image::RgbImage;
use posescope::borrowed::{Finder, FoundPerson, MoveNet, MoveNetVariant, Search};
use posescope::pose::{KEYPOINT_COUNT, Pose};
use safetensors::SafeTensors;
use tch::Device;

/// Largest difference of a position in input pixels, and of a score, where the input is the same to the bit.
const EXACT: f64 = 2e-3;
/// The same for a detector's box in picture pixels where the picture is brought to the input's size in another way.
const NEARLY: f64 = 3.0;
/// The same for a score.
const NEARLY_SCORE: f64 = 0.02;

fn here(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

struct Golden(Vec<u8>);

impl Golden {
    fn of(network: &str) -> Self {
        Self(std::fs::read(here("tests/borrowed").join(network).with_extension("safetensors")).unwrap())
    }

    /// Pixels stored as `[height, width, 3]`.
    fn picture(&self, name: &str) -> RgbImage {
        let file = SafeTensors::deserialize(&self.0).unwrap();
        let tensor = file.tensor(name).unwrap();
        let [height, width, 3] = *tensor.shape() else { panic!("{name}: {:?}", tensor.shape()) };
        RgbImage::from_raw(width as u32, height as u32, tensor.data().to_vec()).unwrap()
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        let file = SafeTensors::deserialize(&self.0).unwrap();
        let numbers = file.tensor(name).unwrap().data().to_vec();
        numbers.as_chunks().0.iter().map(|four| f64::from(f32::from_le_bytes(*four))).collect()
    }

    /// Score, left, top, right, bottom of the one person in picture pixels.
    fn person(&self, name: &str) -> [f64; 5] {
        self.numbers(name).try_into().unwrap()
    }
}

fn only(found: &[FoundPerson]) -> [f64; 5] {
    let [person] = found else { panic!("{found:?}") };
    let bounds = person.bounds;
    [person.score, bounds.x, bounds.y, bounds.x + bounds.width, bounds.y + bounds.height]
}

fn check_person(found: [f64; 5], expected: [f64; 5], pixels: f64, score: f64) {
    assert!((found[0] - expected[0]).abs() < score, "{found:?}, expected {expected:?}");
    for (found_side, side) in found[1..].iter().zip(&expected[1..]) {
        assert!((found_side - side).abs() < pixels, "{found:?}, expected {expected:?}");
    }
}

/// Compares with rows of x, y, score, where the square's edges are 0 and 1.
fn check_pose(pose: &Pose, expected: &[f64], side: u32) {
    assert_eq!(expected.len(), 3 * KEYPOINT_COUNT);
    for (joint, (found, row)) in pose.iter().zip(expected.chunks_exact(3)).enumerate() {
        let (x, y) = (row[0] * f64::from(side) - 0.5, row[1] * f64::from(side) - 0.5);
        let close = (found.x - x).abs().max((found.y - y).abs()).max((found.confidence - row[2]).abs());
        assert!(close < EXACT, "joint {joint}: {found:?}, expected {x} {y} {}", row[2]);
    }
}

#[test]
fn the_finder_gives_the_boxes_of_the_original() {
    let (golden, finder) = (Golden::of("nanodet"), Finder::load(Device::Cpu).unwrap());
    // As large as the input, so it reaches the network as it is.
    let input = golden.picture("B_input");
    let found = only(&finder.find(&input, Search::Live).unwrap());
    let size = golden.numbers("B_picture_size");
    let scale = size[0] / f64::from(input.height());
    // The input is a little wider than the picture it was made from.
    let margin = (f64::from(input.width()) * scale - size[1]) / 2.0;
    let left = found[1] * scale - margin;
    let right = (found[3] * scale - margin).min(size[1]);
    let in_picture = [found[0], left, found[2] * scale, right, found[4] * scale];
    check_person(in_picture, golden.person("B_people"), 2.0 * EXACT, EXACT);
    for (picture, name) in [("astronaut.png", "A_people"), ("grace_hopper.jpg", "B_people")] {
        let picture = image::open(here("assets/examples").join(picture)).unwrap().into_rgb8();
        let found = finder.find(&picture, Search::Live).unwrap();
        check_person(only(&found), golden.person(name), NEARLY, NEARLY_SCORE);
    }
}

#[test]
fn more_people_are_found_by_looking_longer() {
    let finder = Finder::load(Device::Cpu).unwrap();
    let picture = image::open(here("assets/examples/ice_rink_small_people_1913.jpg")).unwrap().into_rgb8();
    let [still, more] = [Search::Still, Search::More].map(|search| finder.find(&picture, search).unwrap());
    assert!(still.len() > 3 && still.len() < more.len(), "{} and {}", still.len(), more.len());
    assert!(more.is_sorted_by(|a, b| a.score >= b.score));
    // The threshold is the only difference, and the better person always wins.
    assert_eq!(more[..still.len()], still);
    let whole = (f64::from(picture.width()) + 1e-9, f64::from(picture.height()) + 1e-9);
    assert!(more.iter().map(|person| person.bounds).all(|bounds| bounds.x >= 0.0
        && bounds.y >= 0.0
        && bounds.x + bounds.width <= whole.0
        && bounds.y + bounds.height <= whole.1));
}

#[test]
fn nobody_is_found_where_there_is_nothing() {
    let finder = Finder::load(Device::Cpu).unwrap();
    for (width, height) in [(0, 0), (1, 1), (1, 500), (3000, 2)] {
        let found = finder.find(&RgbImage::new(width, height), Search::Still).unwrap();
        assert!(found.is_empty(), "{width} × {height}: {found:?}");
    }
}

#[test]
fn movenet_gives_the_joints_of_the_original_in_one_batch_or_alone() {
    for (variant, parameters, names) in
        [(MoveNetVariant::Lightning, 2_317_974, "AB"), (MoveNetVariant::Thunder, 6_226_046, "A")]
    {
        let (golden, movenet) = (Golden::of(variant.id()), MoveNet::load(variant, Device::Cpu).unwrap());
        assert_eq!((movenet.variant(), movenet.parameters()), (variant, parameters));
        let squares: Vec<RgbImage> =
            names.chars().map(|name| golden.picture(&format!("{name}_input"))).collect();
        let poses = movenet.joints(&squares).unwrap();
        assert_eq!(poses.len(), squares.len());
        for (pose, name) in poses.iter().zip(names.chars()) {
            check_pose(pose, &golden.numbers(&format!("{name}_joints")), variant.side());
        }
        let alone = movenet.joints(&squares[..1]).unwrap();
        check_pose(&alone[0], &golden.numbers("A_joints"), variant.side());
    }
}

#[test]
fn movenet_takes_squares_of_its_side_only() {
    let movenet = MoveNet::load(MoveNetVariant::Lightning, Device::Cpu).unwrap();
    assert!(movenet.joints(&[]).unwrap().is_empty());
    let error = movenet.joints(&[RgbImage::new(192, 192), RgbImage::new(256, 256)]).unwrap_err();
    assert_eq!(error.to_string(), "MoveNet lightning takes squares of 192 × 192 pixels, found 256 × 256");
}
