//! Found and labelled keypoints of one person.

use serde::{Deserialize, Serialize};

use super::skeleton::KEYPOINT_COUNT;

/// Confidence above which a joint takes part in [`instance_score`].
pub const SCORE_THRESHOLD: f64 = 0.2;

/// A keypoint that the network found. It keeps its position however low the confidence is; whoever reads it
/// decides what to leave out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Keypoint {
    /// Column in picture pixels; whole numbers are pixel centres.
    pub x: f64,
    /// Row in picture pixels; whole numbers are pixel centres.
    pub y: f64,
    /// Peak value of the heatmap: about 0 … 1, though a linear output may leave that range a little.
    pub confidence: f64,
}

/// The keypoints found for one person, in COCO order.
pub type Pose = [Keypoint; KEYPOINT_COUNT];

/// A keypoint as a person labelled it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LabelledKeypoint {
    /// Column in picture pixels; whole numbers are pixel centres.
    pub x: f64,
    /// Row in picture pixels; whole numbers are pixel centres.
    pub y: f64,
    /// COCO's flag: 0 not labelled, 1 labelled but hidden, 2 labelled and visible.
    pub visibility: u8,
}

impl LabelledKeypoint {
    /// Whether there is a position at all, hidden or visible.
    pub fn is_labelled(&self) -> bool {
        self.visibility > 0
    }
}

/// The labelled keypoints of one person, in COCO order.
pub type Labels = [LabelledKeypoint; KEYPOINT_COUNT];

/// Score of a whole person, as HRNet computes it: the mean confidence of the joints above
/// [`SCORE_THRESHOLD`], or 0 when there is none. Multiply by the score of the box where there is one.
pub fn instance_score(pose: &Pose) -> f64 {
    let (sum, count) = pose
        .iter()
        .map(|keypoint| keypoint.confidence)
        .filter(|confidence| *confidence > SCORE_THRESHOLD)
        .fold((0.0, 0_u32), |(sum, count), confidence| (sum + confidence, count + 1));
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_averages_only_joints_above_the_threshold() {
        let mut pose = [Keypoint { x: 0.0, y: 0.0, confidence: 0.1 }; KEYPOINT_COUNT];
        assert_eq!(instance_score(&pose), 0.0);
        pose[3].confidence = 0.5;
        pose[4].confidence = 1.0;
        pose[5].confidence = SCORE_THRESHOLD;
        assert_eq!(instance_score(&pose), 0.75);
    }
}
