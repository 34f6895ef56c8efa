use image::{Rgb, RgbImage};

use super::*;
use crate::borrowed::MoveNetVariant;
use crate::engine::{NetworkChoice, Settings, Weights};
use crate::network::{DeviceChoice, NetworkConfig};
use crate::pose::{BoundingBox, Capture, Decoder, InputSize, Region, Sampling};

/// Passes of one and of several people differ by rounding alone.
const ROUNDING: f32 = 1e-3;

/// A network input whose upper half is a pattern, and whose lower half is grey as a patch is.
fn half_grey(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match y < height / 2 {
        true => Rgb([(x * 37 % 256) as u8, (y * 53 % 256) as u8, ((x + y) * 29 % 256) as u8]),
        false => Patch::grey(),
    })
}

fn person(capture: RgbImage, input: RgbImage) -> ShownPerson {
    let size = InputSize::STANDARD[0];
    let camera =
        Capture { height: size.height(), sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
    ShownPerson {
        bounds: BoundingBox { x: 20.0, y: 10.0, width: 60.0, height: 108.0 },
        region: Region { x0: 0.0, y0: 0.0, width: 96.0, height: 128.0 },
        seen: Seen { capture, input },
        settings: Settings {
            capture: camera,
            input: size,
            decoder: Decoder::Dark,
            flip_test: false,
            ablations: Vec::new(),
        },
    }
}

/// Runs a study to its end.
fn all_effects(
    mut study: OcclusionStudy,
    reader: &Receiver<Vec<PatchEffect>>,
    predictor: &Predictor,
) -> Vec<PatchEffect> {
    let mut found = Vec::new();
    loop {
        let step = study.step(predictor).unwrap();
        found.extend(reader.try_iter().flatten());
        if step == Step::Done {
            return found;
        }
    }
}

/// The largest change of a confidence. Places are no measure in a picture that is half grey: where a map is flat,
/// rounding decides which cell is the highest.
fn largest(effect: &PatchEffect) -> f32 {
    effect.joints.iter().map(|joint| joint.lost.abs()).fold(0.0, f32::max)
}

#[test]
fn only_patches_that_change_something_have_an_effect() {
    // Its numbers stay small; those of random weights grow so large that rounding hides small differences.
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/calm.tiny_ema.weights.safetensors");
    let predictor = Predictor::load(&Weights::File(file.into()), DeviceChoice::Cpu).unwrap();
    let plan = patches(24, 32, PatchSize::Eighth);
    let (study, reader) = OcclusionStudy::of(person(half_grey(24, 32), half_grey(24, 32)), plan.clone());
    let effects = all_effects(study, &reader, &predictor);
    let order: Vec<_> = effects.iter().map(|effect| (effect.size, effect.patch)).collect();
    assert_eq!(order, plan, "each patch once, in the order of the plan");
    for effect in &effects {
        if effect.patch.y >= 16 {
            assert!(largest(effect) < ROUNDING, "grey over grey: {effect:?}");
        } else {
            assert!(largest(effect) > ROUNDING, "grey over a pattern: {effect:?}");
        }
    }
}

#[test]
fn movenet_has_its_capture_covered_and_minds_only_its_square() {
    let choice = NetworkChoice::from(MoveNetVariant::Lightning);
    let predictor = Predictor::open(&choice, DeviceChoice::Cpu).unwrap();
    let pattern = RgbImage::from_fn(24, 32, |x, y| Rgb([(x * 37 % 256) as u8, (y * 53 % 256) as u8, 128]));
    // The square around the box leaves out the first rows of the region.
    let above = (PatchSize::Eighth, Patch { x: 8, y: 0, side: 1 });
    let middle = (PatchSize::Quarter, Patch { x: 8, y: 12, side: 8 });
    let mut person = person(pattern.clone(), pattern);
    person.bounds = BoundingBox { x: 18.0, y: 24.0, width: 60.0, height: 80.0 };
    let (study, reader) = OcclusionStudy::of(person, [above, middle]);
    let effects = all_effects(study, &reader, &predictor);
    assert!(largest(&effects[0]) < ROUNDING, "{:?}", effects[0]);
    assert!(largest(&effects[1]) > ROUNDING, "{:?}", effects[1]);
}

#[test]
fn a_study_without_a_reader_ends() {
    let weights = Weights::Untrained(NetworkConfig::tiny());
    let predictor = Predictor::load(&weights, DeviceChoice::Cpu).unwrap();
    let plan = patches(24, 32, PatchSize::Sixteenth);
    let (mut study, reader) = OcclusionStudy::of(person(half_grey(24, 32), half_grey(24, 32)), plan);
    assert_eq!(study.step(&predictor).unwrap(), Step::More, "the person without a patch");
    drop(reader);
    study.step(&predictor).unwrap();
    assert_eq!(study.step(&predictor).unwrap(), Step::Done);
}
