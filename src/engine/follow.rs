//! Following a person from frame to frame through the joints that were found.

use crate::pose::{BoundingBox, Pose};

/// Joints at least this confident count when a box is put around them.
const CONFIDENT: f64 = 0.25;
/// With fewer of them, the person counts as lost.
const FEWEST_JOINTS: usize = 4;
/// What the box adds on each side, as a share of the joints' extent: hands, feet and hair lie beyond joints.
const MARGIN: f64 = 0.15;

/// The box around a person's joints in a picture of `size` (width, height), or none where too few were found.
pub fn follow(pose: &Pose, size: (u32, u32)) -> Option<BoundingBox> {
    let found = || pose.iter().filter(|joint| joint.confidence >= CONFIDENT);
    if found().count() < FEWEST_JOINTS {
        return None;
    }
    BoundingBox::around(found().map(|joint| (joint.x, joint.y)), MARGIN)?.clipped(size.0, size.1).ok()
}
