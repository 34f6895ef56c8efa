//! The box around joints that can be trusted.

use crate::pose::{BoundingBox, Pose};

/// Joints at least this confident count when a box is put around them.
pub const CONFIDENT: f64 = 0.25;
/// With fewer of them, the person counts as lost.
pub const FEWEST_JOINTS: usize = 4;
/// What the box adds on each side, as a share of the joints' extent: hands, feet and hair lie beyond joints.
const MARGIN: f64 = 0.15;

/// The box around a person's joints, which may reach beyond the picture, or none where too few were found.
pub fn around_joints(pose: &Pose) -> Option<BoundingBox> {
    let found = || pose.iter().filter(|joint| joint.confidence >= CONFIDENT);
    if found().count() < FEWEST_JOINTS {
        return None;
    }
    BoundingBox::around(found().map(|joint| (joint.x, joint.y)), MARGIN)
}
