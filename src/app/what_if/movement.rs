//! How far each joint moves where parts of the network are left out.

use crate::pose::{KEYPOINT_COUNT, Labels, Pose, joint_oks};

/// How one joint differs from what the untouched network finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Movement {
    /// Which joint, in COCO order.
    pub joint: usize,
    /// How far it moved, in picture pixels.
    pub pixels: f64,
    /// That distance over the height of the person's box.
    pub share: f64,
    /// OKS less that of the untouched network, where the joint is labelled.
    pub oks_change: Option<f64>,
    /// Confidence less that of the untouched network.
    pub confidence_change: f64,
}

/// The movement of every joint, the farthest first. `truth` is labelled joints and the person's area in square pixels,
/// `height` that of the person's box in picture pixels.
pub fn movements(
    untouched: &Pose,
    changed: &Pose,
    truth: Option<(&Labels, f64)>,
    height: f64,
) -> Vec<Movement> {
    let similarities = |pose: &Pose| match truth {
        Some((labels, area)) => joint_oks(pose, labels, area),
        None => [None; KEYPOINT_COUNT],
    };
    let (oks_before, oks_after) = (similarities(untouched), similarities(changed));
    let movement = |joint: usize| {
        let (before, after) = (untouched[joint], changed[joint]);
        let pixels = (after.x - before.x).hypot(after.y - before.y);
        Movement {
            joint,
            pixels,
            share: pixels / height.max(f64::EPSILON),
            oks_change: oks_after[joint].zip(oks_before[joint]).map(|(after, before)| after - before),
            confidence_change: after.confidence - before.confidence,
        }
    };
    let mut movements: Vec<Movement> = (0..KEYPOINT_COUNT).map(movement).collect();
    movements.sort_by(|a, b| b.pixels.total_cmp(&a.pixels));
    movements
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::{Keypoint, LabelledKeypoint};

    #[test]
    fn the_joint_that_moved_farthest_comes_first() {
        let before: Pose = [Keypoint { x: 10.0, y: 10.0, confidence: 0.75 }; KEYPOINT_COUNT];
        let mut after = before;
        after[4] = Keypoint { x: 13.0, y: 14.0, confidence: 0.5 };
        let mut labels = [LabelledKeypoint::default(); KEYPOINT_COUNT];
        labels[4] = LabelledKeypoint { x: 10.0, y: 10.0, visibility: 2 };
        let moved = movements(&before, &after, Some((&labels, 400.0)), 50.0);
        assert_eq!((moved.len(), moved[0].joint), (KEYPOINT_COUNT, 4));
        assert_eq!((moved[0].pixels, moved[0].share, moved[0].confidence_change), (5.0, 0.1, -0.25));
        assert!(moved[0].oks_change.unwrap() < 0.0);
        assert_eq!((moved[1].pixels, moved[1].oks_change), (0.0, None));
        let unlabelled = movements(&before, &after, None, 50.0);
        assert!(unlabelled.iter().all(|movement| movement.oks_change.is_none()));
    }
}
