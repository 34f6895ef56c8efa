//! How much alike two poses are, and how much of a box is in sight.

use super::joints_box::{CONFIDENT, FEWEST_JOINTS};
use crate::pose::oks::similarity;
use crate::pose::{BoundingBox, Pose, SIGMAS};

/// Object keypoint similarity of two poses over the joints that both are confident of, 0 … 1; 0 where those are fewer
/// than a person has to have. `area` is the person's in square pixels.
pub(super) fn poses(a: &Pose, b: &Pose, area: f64) -> f64 {
    let sure = a.iter().zip(b).zip(SIGMAS);
    let sure = sure.filter(|((a, b), _)| a.confidence >= CONFIDENT && b.confidence >= CONFIDENT);
    let (sum, count) = sure.fold((0.0, 0), |(sum, count), ((a, b), sigma)| {
        (sum + similarity(a.x - b.x, a.y - b.y, sigma, area), count + 1)
    });
    if count < FEWEST_JOINTS { 0.0 } else { sum / count as f64 }
}

/// The share of a box that lies in a picture of `size` (width, height) pixels, 0 … 1.
pub(super) fn share_inside(bounds: &BoundingBox, size: (u32, u32)) -> f64 {
    bounds.shared_area(&BoundingBox::whole(size.0, size.1)) / bounds.area()
}
