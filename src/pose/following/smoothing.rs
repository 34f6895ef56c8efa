//! Joints smoothed over time, for the eye alone.

use super::joints_box::around_joints;
use super::one_euro::OneEuro;
use crate::pose::{KEYPOINT_COUNT, Pose};

/// After this long without joints, in seconds, smoothing starts anew.
const LONGEST_GAP_SECS: f64 = 1.0;

/// The filters of one person's joints, x and y of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PoseFilter {
    /// None before the first pose and after a loss.
    joints: Option<[(OneEuro, OneEuro); KEYPOINT_COUNT]>,
    /// When the newest pose was found, in seconds.
    at_secs: f64,
}

impl PoseFilter {
    /// Takes in the pose found at a time in seconds and gives the smoothed one, in picture pixels as it was; joints keep
    /// their confidence. With too few confident joints the person is lost: the pose comes back as it is, and the
    /// next one starts anew, as it does after a gap. A pose that is not later than the one before changes nothing.
    pub fn next(&mut self, pose: &Pose, at_secs: f64) -> Pose {
        let Some(bounds) = around_joints(pose) else {
            self.joints = None;
            return *pose;
        };
        let size = bounds.area().sqrt();
        let elapsed = at_secs - self.at_secs;
        let joints = match &mut self.joints {
            Some(joints) if elapsed <= LONGEST_GAP_SECS => joints,
            _ => {
                self.at_secs = at_secs;
                let anew = pose.map(|joint| (OneEuro::at(joint.x), OneEuro::at(joint.y)));
                self.joints = Some(anew);
                return *pose;
            }
        };
        let mut smooth = *pose;
        for (joint, (x, y)) in smooth.iter_mut().zip(joints.iter_mut()) {
            let finite = joint.x.is_finite() && joint.y.is_finite();
            if elapsed > 0.0 && finite {
                (joint.x, joint.y) = (x.next(joint.x, elapsed, size), y.next(joint.y, elapsed, size));
            }
        }
        self.at_secs = self.at_secs.max(at_secs);
        smooth
    }
}
