//! How good the joints are, and compared with what.

use super::Document;
use crate::pose::{KEYPOINT_COUNT, Labels, Pose, agreement, joint_oks, oks, pck};

/// PCK counts a joint within this share of the box's longer side.
pub const PCK_THRESHOLD: f64 = 0.2;

/// How good the joints of a person are, and compared with what.
#[derive(Clone, Debug, PartialEq)]
pub enum Score {
    /// Against labelled joints: accuracy.
    Accuracy {
        /// Object keypoint similarity, 0 … 1.
        oks: f64,
        /// Share of joints within a fifth of the box's longer side.
        pck: f64,
        /// Mean distance over labelled joints in picture pixels.
        error_px: f64,
    },
    /// Against the same network at its reference resolution: agreement, never accuracy.
    Agreement {
        /// Object keypoint similarity with the reference joints, 0 … 1.
        oks: f64,
    },
}

impl Document {
    /// How good the joints of a person are, in the box they were found in; see [`Document::is_stale`]. The reference
    /// has no agreement with itself.
    pub fn score(&self, index: usize) -> Option<Score> {
        let found = self.person_answer(index)?;
        if let Some(truth) = &self.people.get(index)?.truth {
            return Some(Score::Accuracy {
                oks: oks(&found.pose, &truth.labels, truth.area)?,
                pck: pck(&found.pose, &truth.labels, &found.bounds, PCK_THRESHOLD)?,
                error_px: mean_error(&found.pose, &truth.labels)?,
            });
        }
        if self.at_reference && !self.is_left_behind(index) {
            return None;
        }
        let reference = self.reference_of(&found.bounds)?;
        Some(Score::Agreement { oks: agreement(&found.pose, reference, found.bounds.area()) })
    }

    /// OKS of each labelled joint of a person.
    pub fn joint_scores(&self, index: usize) -> [Option<f64>; KEYPOINT_COUNT] {
        let truth = self.people.get(index).and_then(|person| person.truth.as_ref());
        match (self.person_answer(index), truth) {
            (Some(found), Some(truth)) => joint_oks(&found.pose, &truth.labels, truth.area),
            _ => [None; KEYPOINT_COUNT],
        }
    }
}

fn mean_error(pose: &Pose, labels: &Labels) -> Option<f64> {
    let pairs = pose.iter().zip(labels).filter(|(_, label)| label.is_labelled());
    let distances: Vec<f64> =
        pairs.map(|(joint, label)| (joint.x - label.x).hypot(joint.y - label.y)).collect();
    (!distances.is_empty()).then(|| distances.iter().sum::<f64>() / distances.len() as f64)
}
