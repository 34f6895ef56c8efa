//! Following a person from frame to frame through the joints that were found.

use crate::pose::following::around_joints;
use crate::pose::{BoundingBox, Pose};

/// The box around a person's joints in a picture of `size` (width, height), or none where too few were found.
pub fn follow(pose: &Pose, size: (u32, u32)) -> Option<BoundingBox> {
    around_joints(pose)?.clipped(size.0, size.1).ok()
}
