//! Object keypoint similarity, COCO's measure of how near found keypoints are to where they should be.

use super::keypoint::{Labels, Pose};
use super::skeleton::{KEYPOINT_COUNT, SIGMAS};

/// Object keypoint similarity of a pose with its labels: the mean of [`joint_oks`], 0 … 1, where 1 is exact.
/// `area` is the person's area in square pixels. `None` when no joint is labelled.
pub fn oks(pose: &Pose, labels: &Labels, area: f64) -> Option<f64> {
    let labelled: Vec<f64> = joint_oks(pose, labels, area).into_iter().flatten().collect();
    (!labelled.is_empty()).then(|| labelled.iter().sum::<f64>() / labelled.len() as f64)
}

/// Similarity of every joint with its label, `exp(-d² / (2 (2σ)² area))` with the distance `d` in pixels and
/// the σ of [`SIGMAS`]; `None` for a joint without a label.
pub fn joint_oks(pose: &Pose, labels: &Labels, area: f64) -> [Option<f64>; KEYPOINT_COUNT] {
    std::array::from_fn(|joint| {
        let (found, label) = (pose.get(joint)?, labels.get(joint)?);
        let sigma = SIGMAS.get(joint)?;
        label.is_labelled().then(|| similarity(found.x - label.x, found.y - label.y, *sigma, area))
    })
}

/// How alike two poses are: the similarity of [`joint_oks`] averaged over all joints, with `reference` in the
/// place of the labels. It says that two answers agree, not that either is right.
pub fn agreement(pose: &Pose, reference: &Pose, area: f64) -> f64 {
    let joints = pose.iter().zip(reference).zip(SIGMAS);
    let sum: f64 = joints.map(|((a, b), sigma)| similarity(a.x - b.x, a.y - b.y, sigma, area)).sum();
    sum / KEYPOINT_COUNT as f64
}

/// The distance, in pixels, at which the similarity of one joint has fallen to `exp(-1/2)`, 0.61: COCO's `2σ √area`; 0 for
/// a joint that there is not. `area` is the person's area in square pixels.
pub fn oks_scale(joint: usize, area: f64) -> f64 {
    2.0 * SIGMAS.get(joint).copied().unwrap_or_default() * area.max(0.0).sqrt()
}

/// Similarity of one joint at an offset of `dx`, `dy` pixels, in the order of operations of the reference
/// evaluation.
pub(super) fn similarity(dx: f64, dy: f64, sigma: f64, area: f64) -> f64 {
    let variance = (2.0 * sigma) * (2.0 * sigma);
    (-((dx * dx + dy * dy) / variance / (area + f64::EPSILON) / 2.0)).exp()
}

#[cfg(test)]
mod tests {
    use super::super::keypoint::{Keypoint, LabelledKeypoint};
    use super::*;

    fn labels() -> Labels {
        let mut labels = [LabelledKeypoint { x: 10.0, y: 20.0, visibility: 2 }; KEYPOINT_COUNT];
        labels[4].visibility = 0;
        labels
    }

    fn pose() -> Pose {
        [Keypoint { x: 10.0, y: 20.0, confidence: 0.5 }; KEYPOINT_COUNT]
    }

    #[test]
    fn one_joint_off_by_a_known_distance_gives_the_formula() {
        let mut off = pose();
        off[9].x += 6.2;
        let expected = (-(6.2_f64 * 6.2) / (2.0 * 0.124 * 0.124 * 2500.0)).exp();
        approx::assert_relative_eq!(
            joint_oks(&off, &labels(), 2500.0)[9].unwrap(),
            expected,
            epsilon = 1e-12
        );
        approx::assert_relative_eq!(oks(&off, &labels(), 2500.0).unwrap(), (15.0 + expected) / 16.0);
        approx::assert_relative_eq!(agreement(&off, &pose(), 2500.0), (16.0 + expected) / 17.0);
    }

    #[test]
    fn a_joint_off_by_its_scale_has_a_known_similarity() {
        let mut off = pose();
        off[13].x += oks_scale(13, 2500.0);
        approx::assert_relative_eq!(oks_scale(13, 2500.0), 8.7, epsilon = 1e-12);
        let found = joint_oks(&off, &labels(), 2500.0)[13].unwrap();
        approx::assert_relative_eq!(found, (-0.5_f64).exp(), epsilon = 1e-9);
        assert_eq!((oks_scale(17, 2500.0), oks_scale(0, -1.0)), (0.0, 0.0));
    }

    #[test]
    fn unlabelled_joints_do_not_count() {
        let mut off = pose();
        off[4].x += 1e6;
        assert_eq!(oks(&off, &labels(), 100.0), Some(1.0));
        assert_eq!(joint_oks(&off, &labels(), 100.0)[4], None);
        assert_eq!(oks(&off, &Labels::default(), 100.0), None);
    }

    #[test]
    fn a_person_without_area_is_met_only_exactly() {
        let mut off = pose();
        assert_eq!(oks(&off, &labels(), 0.0), Some(1.0));
        off.iter_mut().for_each(|keypoint| keypoint.x += 1.0);
        assert_eq!(oks(&off, &labels(), 0.0), Some(0.0));
    }
}
