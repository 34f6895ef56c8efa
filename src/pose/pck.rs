//! Percentage of correct keypoints: how many lie within a fraction of the person's size.

use super::bounding_box::BoundingBox;
use super::keypoint::{Labels, Pose};

/// Thresholds of [`pck_auc`] lie this far apart.
const AUC_STEP: f64 = 0.05;

/// Number of steps of [`pck_auc`], from 0 to 0.5.
const AUC_STEPS: u32 = 10;

/// Fraction of the labelled joints found within `threshold` times the longer side of the person's box (0 …
/// 1); a joint exactly that far away counts as found. `None` when no joint is labelled.
pub fn pck(pose: &Pose, labels: &Labels, bounds: &BoundingBox, threshold: f64) -> Option<f64> {
    let reach = threshold * bounds.width.max(bounds.height);
    let labelled = pose.iter().zip(labels).filter(|(_, label)| label.is_labelled());
    let (hits, count) = labelled.fold((0_u32, 0_u32), |(hits, count), (found, label)| {
        let hit = (found.x - label.x).hypot(found.y - label.y) <= reach;
        (hits + u32::from(hit), count + 1)
    });
    (count > 0).then(|| f64::from(hits) / f64::from(count))
}

/// Area under the curve of [`pck`] over thresholds of 0, 0.05 … 0.5 by the trapezoidal rule, divided by 0.5
/// so that an exact pose has 1. Conventions differ between toolboxes; the mean over the same thresholds is a
/// little another figure. `None` when no joint is labelled.
pub fn pck_auc(pose: &Pose, labels: &Labels, bounds: &BoundingBox) -> Option<f64> {
    (0..=AUC_STEPS)
        .map(|step| {
            let share = if step == 0 || step == AUC_STEPS { 0.5 } else { 1.0 };
            pck(pose, labels, bounds, f64::from(step) * AUC_STEP).map(|found| share * found)
        })
        .sum::<Option<f64>>()
        .map(|area| area / f64::from(AUC_STEPS))
}

#[cfg(test)]
mod tests {
    use super::super::keypoint::{Keypoint, LabelledKeypoint};
    use super::super::skeleton::KEYPOINT_COUNT;
    use super::*;

    fn off_by(distances: &[f64]) -> (Pose, Labels) {
        let mut pose = [Keypoint { x: 0.0, y: 0.0, confidence: 1.0 }; KEYPOINT_COUNT];
        let mut labels = [LabelledKeypoint::default(); KEYPOINT_COUNT];
        for (joint, distance) in distances.iter().enumerate() {
            pose[joint].x = 5.0 + distance;
            labels[joint] = LabelledKeypoint { x: 5.0, y: 0.0, visibility: 1 };
        }
        (pose, labels)
    }

    #[test]
    fn the_longer_side_decides_and_the_limit_itself_counts() {
        let bounds = BoundingBox::new(0.0, 0.0, 10.0, 100.0).unwrap();
        let (pose, labels) = off_by(&[0.0, 19.0, 20.0, 20.5]);
        assert_eq!(pck(&pose, &labels, &bounds, 0.2), Some(0.75));
        assert_eq!(pck(&pose, &Labels::default(), &bounds, 0.2), None);
    }

    #[test]
    fn the_area_is_one_when_exact_and_falls_linearly_with_distance() {
        let bounds = BoundingBox::new(0.0, 0.0, 100.0, 50.0).unwrap();
        let area = |distance| {
            let (pose, labels) = off_by(&[distance]);
            pck_auc(&pose, &labels, &bounds).unwrap()
        };
        approx::assert_relative_eq!(area(0.0), 1.0, epsilon = 1e-12);
        approx::assert_relative_eq!(area(22.0), 0.55, epsilon = 1e-12);
        approx::assert_relative_eq!(area(60.0), 0.0);
        assert_eq!(pck_auc(&off_by(&[]).0, &Labels::default(), &bounds), None);
    }
}
