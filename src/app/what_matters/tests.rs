use std::sync::Arc;

use image::RgbImage;

use super::*;
use crate::app::fixtures;
use crate::app::preferences::Preferences;
use crate::app::scale::Scale;
use crate::network::NetworkConfig;
use crate::pose::{BoundingBox, Heatmaps, Keypoint, Region, Seen};

fn subject() -> Subject {
    Subject {
        network: Arc::new(fixtures::network(NetworkConfig::small())),
        picture: Arc::new(RgbImage::new(96, 128)),
        bounds: BoundingBox { x: 0.0, y: 0.0, width: 30.0, height: 40.0 },
        settings: Preferences::default().settings,
    }
}

/// A network input of 6 × 8 pixels.
fn found() -> PersonAnswer {
    PersonAnswer {
        bounds: BoundingBox { x: 10.0, y: 10.0, width: 30.0, height: 40.0 },
        region: Region { x0: 0.0, y0: 0.0, width: 60.0, height: 80.0 },
        seen: Seen { capture: RgbImage::new(6, 8), input: RgbImage::new(6, 8) },
        pose: [Keypoint { x: 20.0, y: 20.0, confidence: 0.5 }; KEYPOINT_COUNT],
        heatmaps: Heatmaps::new(1, 1, 1, vec![0.0]).ok(),
        trace: None,
    }
}

/// Effects of patches down to an eighth: coarse ones move every joint by 4 pixels, fine ones by 2.
fn effects() -> Vec<PatchEffect> {
    let effect = |(size, patch): (PatchSize, Patch)| {
        let moved_px = if size == PatchSize::Quarter { 4.0 } else { 2.0 };
        let joint = JointEffect { moved_px, moved_input_px: moved_px / 10.0, lost: 0.25 };
        PatchEffect { size, patch, joints: [joint; KEYPOINT_COUNT] }
    };
    patches(6, 8, PatchSize::Eighth).into_iter().map(effect).collect()
}

fn state() -> WhatMatters {
    let mut state = WhatMatters::default();
    state.look_at(Some(subject()), 1.0);
    state.planned = effects().len();
    state
}

#[test]
fn answers_stay_for_the_present_subject_only() {
    let mut state = state();
    let same = state.subject.clone();
    (state.effects, state.stopped) = (effects(), true);
    state.pause(2.0);
    state.look_at(same.clone(), 3.0);
    assert!(!state.effects.is_empty() && state.generation == 1);
    assert!(!state.occlusion.has_rested(2.1) && state.occlusion.has_rested(2.2));
    let mut other = subject();
    other.network = same.as_ref().unwrap().network.clone();
    other.picture = same.as_ref().unwrap().picture.clone();
    assert_eq!(same, Some(other.clone()));
    other.settings.flip_test = true;
    state.look_at(Some(other), 4.0);
    assert!(state.effects.is_empty() && state.generation == 2 && !state.stopped);
    assert_ne!(same, Some(subject()), "the same file may hold other weights by now");
}

#[test]
fn what_is_known_has_failed_or_was_stopped_is_not_asked_for() {
    let mut state = state();
    assert_eq!(state.missing(Measure::Moved, 3), Some(Question::Occlusion));
    assert_eq!(state.missing(Measure::Gradient, 3), Some(Question::Gradient(3)));
    state.gradients[3] = Some(Grid { rows: 1, columns: 1, values: vec![0.0] });
    assert_eq!(state.missing(Measure::Gradient, 3), None);
    state.gradient_of = 4;
    state.gradient.fail("no memory");
    assert_eq!(state.missing(Measure::Gradient, 4), None);
    assert_eq!(state.failure(Measure::Gradient, 4), Some("no memory"));
    assert_eq!(state.failure(Measure::Lost, 4), None);
    state.stopped = true;
    assert_eq!(state.missing(Measure::Lost, 3), None);
    state.stopped = false;
    state.effects = effects();
    assert_eq!(state.missing(Measure::Lost, 3), None);
    assert_eq!(state.progress(), (state.planned, state.planned));
}

#[test]
fn the_map_is_of_the_chosen_numbers_and_fineness() {
    let (mut state, found) = (state(), found());
    let shown = |measure, finest| Shown {
        view: MattersView { measure, joint: None, finest },
        joint: 0,
        area: 1200.0,
        found: &found,
    };
    assert!(state.map(None, &shown(Measure::Moved, PatchSize::Sixteenth)).is_none());
    state.effects = effects();
    let coarse = state.map(None, &shown(Measure::Moved, PatchSize::Quarter)).unwrap();
    assert!(coarse.grid.values.iter().all(|value| *value == 4.0));
    assert!(matches!(coarse.scale, Scale::Pixels(end) if end > 1.0));
    let fine = state.map(Some(coarse), &shown(Measure::Moved, PatchSize::Sixteenth)).unwrap();
    assert!(fine.grid.values.iter().all(|value| *value == 2.0));
    assert_eq!(fine.number_at(0.5, 0.5).as_deref(), Some("moves 2.0 px, 0.2 px of the input"));
    let lost = state.map(Some(fine), &shown(Measure::Lost, PatchSize::Sixteenth)).unwrap();
    assert_eq!(lost.number_at(0.5, 0.5).as_deref(), Some("confidence -0.25"));
    let gradient = shown(Measure::Gradient, PatchSize::Sixteenth);
    assert!(state.map(Some(lost), &gradient).is_none());
    state.gradients[0] = Some(Grid { rows: 8, columns: 6, values: vec![-0.01; 48] });
    assert_eq!(state.map(None, &gradient).unwrap().scale, Scale::Signed(0.05));
    state.look_at(None, 5.0);
    assert!(state.map(None, &gradient).is_none(), "nobody is looked at");
}
