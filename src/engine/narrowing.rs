//! When a guess of where a person is gives way to the joints found in it.

use super::follow::follow;
use crate::pose::following::CONFIDENT;
use crate::pose::{BoundingBox, Keypoint, Pose};

/// With fewer confident joints, the guess counts for more than they do.
const FEWEST_JOINTS: usize = 6;
/// Joints of the head and the shoulders come first among COCO's.
const UPPER_JOINTS: usize = 7;
/// Below this share of the guess's height, a box around a head and shoulders is likely that of a part of the person.
const SMALLEST_PART: f64 = 0.4;

/// A better box than `guess`: that around the joints found in it. None, so that the guess stays, where fewer than six
/// joints are confident, or where none lies below the shoulders and the box would be lower than 40 % of the guess.
pub(super) fn narrowed(pose: &Pose, guess: &BoundingBox, size: (u32, u32)) -> Option<BoundingBox> {
    let confident = |joints: &[Keypoint]| joints.iter().filter(|joint| joint.confidence >= CONFIDENT).count();
    if confident(pose) < FEWEST_JOINTS {
        return None;
    }
    let found = follow(pose, size)?;
    let is_part = confident(&pose[UPPER_JOINTS..]) == 0 && found.height < SMALLEST_PART * guess.height;
    (!is_part).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::KEYPOINT_COUNT;

    const SIZE: (u32, u32) = (400, 400);

    /// Somebody from `top` down, a joint every `step` pixels, sure of the joints in `confident`.
    fn person(top: f64, step: f64, confident: std::ops::Range<usize>) -> Pose {
        let mut pose = [Keypoint { x: 200.0, y: top, confidence: 0.1 }; KEYPOINT_COUNT];
        for (i, joint) in pose.iter_mut().enumerate() {
            joint.y += step * i as f64;
            joint.confidence = if confident.contains(&i) { 0.9 } else { 0.1 };
        }
        pose
    }

    #[test]
    fn a_guess_gives_way_to_the_box_around_a_person() {
        let whole = BoundingBox::whole(SIZE.0, SIZE.1);
        let small = person(100.0, 5.0, 0..KEYPOINT_COUNT);
        assert_eq!(narrowed(&small, &whole, SIZE), follow(&small, SIZE));
        let portrait = person(40.0, 40.0, 0..UPPER_JOINTS);
        assert_eq!(narrowed(&portrait, &whole, SIZE), follow(&portrait, SIZE));
    }

    #[test]
    fn a_guess_stays_where_little_more_than_a_head_is_sure() {
        let whole = BoundingBox::whole(SIZE.0, SIZE.1);
        let few = person(40.0, 20.0, 5..10);
        assert!(follow(&few, SIZE).is_some() && narrowed(&few, &whole, SIZE).is_none());
        let head = person(40.0, 10.0, 0..UPPER_JOINTS);
        assert!(follow(&head, SIZE).is_some() && narrowed(&head, &whole, SIZE).is_none());
        let with_elbow = person(40.0, 10.0, 0..UPPER_JOINTS + 1);
        assert!(narrowed(&with_elbow, &whole, SIZE).is_some());
    }
}
