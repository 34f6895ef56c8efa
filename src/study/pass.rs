//! What was found at one setting.

use crate::pose::Pose;

/// What was found at one setting.
#[derive(Clone, Debug, Default)]
pub struct Pass {
    /// The joints of everybody looked for so far, in that order, in picture pixels; none for a box that nobody can be
    /// cut out of.
    pub poses: Vec<Option<Pose>>,
    /// The area of each of their boxes, as far as it lies in the picture, in square pixels; none where there is no
    /// pose.
    pub(super) areas: Vec<Option<f64>>,
    /// Milliseconds from what was captured to the joints, mirrored pass included; cutting people out is not.
    pub network_ms: f64,
}

impl Pass {
    /// How many people were seen.
    pub fn seen(&self) -> usize {
        self.poses.iter().flatten().count()
    }

    /// [`Self::network_ms`] for each person that was seen.
    pub fn ms_per_person(&self) -> f64 {
        self.network_ms / self.seen().max(1) as f64
    }
}
