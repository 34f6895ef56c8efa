//! Found and labelled keypoints of one person.

use serde::{Deserialize, Serialize};

use super::skeleton::KEYPOINT_COUNT;

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

/// Score of a whole person, 0 … 1: the mean confidence of all joints, each cut to 0 … 1. Multiply by the score of the
/// box where there is one.
///
/// HRNet takes the mean of those over 0.2 alone. That ranks the people of a weak network worse: it is 0 for everybody
/// without such a joint, and one sure joint outweighs sixteen unsure ones.
pub fn instance_score(pose: &Pose) -> f64 {
    pose.iter().map(|keypoint| keypoint.confidence.clamp(0.0, 1.0)).sum::<f64>() / KEYPOINT_COUNT as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_the_mean_of_all_joints_each_cut_to_its_range() {
        let mut pose = [Keypoint { x: 0.0, y: 0.0, confidence: 0.0 }; KEYPOINT_COUNT];
        assert_eq!(instance_score(&pose), 0.0);
        pose[3].confidence = 0.7;
        pose[4].confidence = 1.6;
        pose[5].confidence = -0.5;
        approx::assert_relative_eq!(instance_score(&pose), 1.7 / 17.0);
    }
}
