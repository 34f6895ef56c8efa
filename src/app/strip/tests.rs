use std::sync::Arc;

use image::RgbImage;

use super::*;
use crate::app::fixtures;
use crate::app::preferences::Preferences;
use crate::network::NetworkConfig;
use crate::pose::{BoundingBox, KEYPOINT_COUNT, Keypoint, Region, Seen};

fn pass(stop: Stop) -> PersonPass {
    PersonPass {
        settings: stop.of(&Preferences::default().settings),
        pose: [Keypoint { x: 0.0, y: 0.0, confidence: 1.0 }; KEYPOINT_COUNT],
        seen: Seen { capture: RgbImage::new(3, 4), input: RgbImage::new(3, 4) },
        region: Region { x0: 0.0, y0: 0.0, width: 30.0, height: 40.0 },
        oks: None,
        agreement: Some(1.0),
        milliseconds: 1.0,
    }
}

fn subject() -> Subject {
    let network = fixtures::network(NetworkConfig::small());
    let [largest, ..] = Stop::all(Some(&network));
    Subject {
        network: Arc::new(network),
        version: 1,
        bounds: BoundingBox { x: 0.0, y: 0.0, width: 30.0, height: 40.0 },
        truth: None,
        settings: largest.of(&Preferences::default().settings),
    }
}

/// A strip with one pass of its subject.
fn strip() -> Strip {
    let mut strip = Strip::default();
    strip.look_at(Some(subject()), 1.0);
    let stop = Stop::all(None)[0];
    strip.shown[0] =
        Some(Shown { pass: pass(stop), verdict: Verdict::Unknown, generation: strip.generation });
    strip
}

#[test]
fn only_the_reference_has_no_agreement() {
    let [largest, smaller, ..] = Stop::all(None);
    let reference = pass(largest).settings;
    assert_eq!(Verdict::of(&pass(largest), Some(&reference)), Verdict::Reference);
    assert_eq!(Verdict::of(&pass(smaller), Some(&reference)), Verdict::Agreement(1.0));
    let labelled = PersonPass { oks: Some(0.5), ..pass(largest) };
    assert_eq!(Verdict::of(&labelled, None), Verdict::Oks(0.5));
    assert_eq!(Verdict::of(&PersonPass { agreement: None, ..pass(smaller) }, None), Verdict::Unknown);
}

#[test]
fn what_was_found_before_a_pause_is_not_looked_at_again() {
    let mut strip = strip();
    strip.job.pause(2.0);
    assert!(!strip.job.has_rested(2.1) && strip.job.has_rested(2.2) && !strip.take_in());
    let missing: Vec<u32> = strip.missing(&subject()).iter().map(|stop| stop.capture).collect();
    assert_eq!(missing, [8, 16, 24, 32, 48, 64, 96]);
}

#[test]
fn another_box_leaves_old_passes_and_another_picture_none() {
    let mut strip = strip();
    let same = strip.subject.clone();
    strip.look_at(same.clone(), 2.0);
    assert_eq!(strip.generation, 1, "nothing has changed");
    let bounds = BoundingBox { x: 5.0, y: 0.0, width: 30.0, height: 40.0 };
    let moved = same.clone().map(|subject| Subject { bounds, ..subject });
    strip.look_at(moved.clone(), 3.0);
    assert_eq!((strip.generation, strip.shown[0].as_ref().map(|shown| shown.generation)), (2, Some(1)));
    assert_eq!(strip.missing(&subject()).len(), COUNT);
    strip.look_at(moved.map(|subject| Subject { version: 2, ..subject }), 4.0);
    assert!(strip.shown.iter().all(Option::is_none));
}

#[test]
fn the_reference_is_looked_at_where_nobody_is_labelled() {
    let subject = subject();
    assert_eq!(subject.reference(), Some(subject.settings.clone()));
    let again = Subject { network: Arc::new(subject.network.as_ref().clone()), ..subject.clone() };
    assert_ne!(again, subject, "the same file may hold other weights by now");
}
