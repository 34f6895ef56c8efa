//! Properties of following: they hold for people of any size, wherever they walk.

use proptest::prelude::*;

use super::{PoseFilter, Sighting, Tracker, around_joints};
use crate::pose::{KEYPOINT_COUNT, Keypoint, Pose};

const PICTURE: (u32, u32) = (640, 480);
/// Seconds between frames.
const FRAME: f64 = 1.0 / 30.0;

/// A person of this height, upright around a point; joints along a zigzag.
fn person(x: f64, y: f64, height: f64) -> Pose {
    std::array::from_fn(|joint| {
        let share = joint as f64 / (KEYPOINT_COUNT - 1) as f64 - 0.5;
        let side = if joint % 2 == 0 { -0.15 } else { 0.15 };
        Keypoint { x: x + side * height, y: y + share * height, confidence: 0.8 }
    })
}

fn nobody() -> Pose {
    person(300.0, 200.0, 100.0).map(|joint| Keypoint { confidence: 0.1, ..joint })
}

/// A tracker that has found everybody at these places.
fn tracker(poses: &[Pose]) -> Tracker {
    let mut tracker = Tracker::default();
    let boxes: Vec<_> = poses.iter().map(|pose| around_joints(pose).unwrap()).collect();
    let numbers = tracker.find(&boxes, 0.0);
    assert_eq!(numbers, (1..=poses.len() as u32).collect::<Vec<_>>());
    tracker
}

fn sightings(found: &[(u32, Pose)]) -> Vec<Sighting> {
    found.iter().map(|(looked_for, pose)| Sighting { looked_for: *looked_for, pose: *pose }).collect()
}

proptest! {
    #[test]
    fn two_people_who_cross_keep_their_numbers(
        height in 80.0..200.0_f64,
        pace in 0.02..0.08_f64,
        apart in 1.2..2.5_f64,
        below in 0.0..0.1_f64,
    ) {
        let at = |frame: u32| {
            let walked = f64::from(frame) * pace * height - apart * height / 2.0;
            [person(320.0 + walked, 240.0, height), person(320.0 - walked, 240.0 + below * height, height)]
        };
        let mut tracker = tracker(&at(0));
        let frames = (apart / pace).ceil() as u32;
        for frame in 1..=frames {
            let [first, second] = at(frame);
            let owners = tracker.see(&sightings(&[(1, first), (2, second)]), PICTURE, f64::from(frame) * FRAME);
            let told_apart = (f64::from(frame) * pace - apart / 2.0).abs() > 0.5;
            if told_apart {
                prop_assert_eq!(owners, vec![Some(1), Some(2)], "frame {} of {}", frame, frames);
            }
        }
    }

    #[test]
    fn the_order_of_what_was_found_means_nothing(
        order in Just([0_usize, 1, 2, 3]).prop_shuffle(),
        hints in Just([1_u32, 2, 3, 4]).prop_shuffle(),
        step in -4.0..4.0_f64,
    ) {
        let poses = [0.0, 1.0, 2.0, 3.0].map(|i| person(100.0 + 130.0 * i, 200.0 + 20.0 * i, 100.0));
        let mut tracker = tracker(&poses);
        let moved = poses.map(|pose| pose.map(|joint| Keypoint { x: joint.x + step, ..joint }));
        let found: Vec<_> = order.iter().zip(hints).map(|(i, hint)| (hint, moved[*i])).collect();
        let owners = tracker.see(&sightings(&found), PICTURE, FRAME);
        let expected: Vec<_> = order.iter().map(|i| Some(*i as u32 + 1)).collect();
        prop_assert_eq!(owners, expected);
    }

    #[test]
    fn who_leaves_the_picture_goes_for_good(pace in 4.0..20.0_f64, to_the_left: bool) {
        let at = |frame: u32| {
            let walked = 60.0 + f64::from(frame) * pace;
            person(if to_the_left { 160.0 - walked } else { 480.0 + walked }, 240.0, 100.0)
        };
        let mut tracker = tracker(&[at(0)]);
        let mut frame = 0;
        while tracker.follows(1) {
            frame += 1;
            prop_assert!(f64::from(frame) * pace < 400.0, "still followed {} frames later", frame);
            tracker.see(&sightings(&[(1, at(frame))]), PICTURE, f64::from(frame) * FRAME);
        }
        prop_assert!(!tracker.remembers(1));
    }

    #[test]
    fn a_still_pose_stays_exactly(height in 20.0..400.0_f64, steps in prop::collection::vec(0.001..0.9_f64, 1..30)) {
        let pose = person(320.0, 240.0, height);
        let (mut filter, mut now) = (PoseFilter::default(), 0.0);
        for step in steps {
            now += step;
            prop_assert_eq!(filter.next(&pose, now), pose);
        }
    }

    #[test]
    fn lag_on_a_ramp_is_bounded(height in 50.0..300.0_f64, pace in 0.05..3.0_f64, rate in 10.0..60.0_f64) {
        let mut filter = PoseFilter::default();
        for frame in 0..300 {
            let now = f64::from(frame) / rate;
            let pose = person(pace * height * now, 240.0, height);
            let lag = (pose[0].x - filter.next(&pose, now)[0].x).abs();
            // The filter starts at rest and learns the speed in the first second.
            let bound = if now > 1.0 { 0.03 } else { 0.3 };
            prop_assert!(lag <= bound * height, "{} px at {} s", lag, now);
        }
    }

    #[test]
    fn noise_goes_down(height in 50.0..300.0_f64, noise in prop::collection::vec(-1.0..1.0_f64, 200)) {
        let mut filter = PoseFilter::default();
        let (mut raw, mut smooth) = (0.0, 0.0);
        for (frame, noise) in noise.iter().enumerate() {
            let offset = noise * 0.01 * height;
            let pose = person(320.0 + offset, 240.0, height);
            let shown = filter.next(&pose, frame as f64 * FRAME);
            if frame > 30 {
                let still = person(320.0, 240.0, height);
                raw += offset.powi(2);
                smooth += (shown[5].x - still[5].x).powi(2);
            }
        }
        prop_assert!(smooth < 0.5 * raw, "{} of {}", smooth, raw);
    }
}

#[test]
fn who_was_lost_gets_the_number_back_near_by_and_a_stranger_another() {
    let pose = person(320.0, 240.0, 100.0);
    let (mut tracker, mut now) = (tracker(&[pose]), 0.0);
    while tracker.follows(1) {
        now += FRAME;
        assert!(now < 1.0, "never lost");
        tracker.see(&sightings(&[(1, nobody())]), PICTURE, now);
    }
    assert!(tracker.remembers(1));
    let far = around_joints(&person(80.0, 240.0, 100.0)).unwrap();
    let near = around_joints(&person(350.0, 240.0, 110.0)).unwrap();
    assert_eq!(tracker.find(&[far, near], now + 1.0), [2, 1]);
    assert!(tracker.follows(1) && !tracker.remembers(1));
}

#[test]
fn a_number_is_free_again_once_its_person_is_forgotten() {
    let pose = person(320.0, 240.0, 100.0);
    let mut tracker = tracker(&[pose]);
    for frame in 1..10 {
        tracker.see(&sightings(&[(1, nobody())]), PICTURE, f64::from(frame) * FRAME);
    }
    assert_eq!(tracker.free_number(), 2);
    let far = around_joints(&person(80.0, 240.0, 100.0)).unwrap();
    assert_eq!(tracker.find(&[far], 60.0), [1]);
}

#[test]
fn two_boxes_on_one_person_leave_one_of_them() {
    let poses = [person(250.0, 240.0, 100.0), person(330.0, 240.0, 100.0)];
    let mut tracker = tracker(&poses);
    tracker.see(&sightings(&[(1, poses[0]), (2, poses[1])]), PICTURE, FRAME);
    for frame in 2..12 {
        let owners =
            tracker.see(&sightings(&[(1, poses[0]), (2, poses[0])]), PICTURE, f64::from(frame) * FRAME);
        assert_eq!(owners.iter().flatten().collect::<Vec<_>>(), [&1]);
    }
    assert!(tracker.follows(1) && tracker.remembers(2));
}

#[test]
fn a_person_narrowed_down_to_the_head_gets_the_whole_box_again() {
    let whole = person(250.0, 240.0, 200.0);
    let mut tracker = tracker(&[whole]);
    // Only the joints above are sure: the box around them is a small part of the person.
    let mut head = whole;
    head.iter_mut().skip(5).for_each(|joint| joint.confidence = 0.1);
    tracker.see(&sightings(&[(1, head)]), PICTURE, FRAME);
    let (narrow, all) = (around_joints(&head).unwrap(), around_joints(&whole).unwrap());
    assert!(narrow.area() < 0.3 * all.area());
    assert_eq!(tracker.search_box(1, PICTURE, FRAME), narrow.clipped(PICTURE.0, PICTURE.1).ok());
    assert_eq!(tracker.find(&[all], 2.0 * FRAME), [1], "it is nobody new");
    assert_eq!(tracker.search_box(1, PICTURE, 2.0 * FRAME), all.clipped(PICTURE.0, PICTURE.1).ok());
}

#[test]
fn smoothing_starts_anew_after_a_loss() {
    let mut filter = PoseFilter::default();
    filter.next(&person(100.0, 240.0, 100.0), 0.0);
    filter.next(&nobody(), 0.1);
    let elsewhere = person(400.0, 240.0, 100.0);
    assert_eq!(filter.next(&elsewhere, 0.2), elsewhere);
    let later = person(200.0, 240.0, 100.0);
    assert_eq!(filter.next(&later, 9.0), later);
}
