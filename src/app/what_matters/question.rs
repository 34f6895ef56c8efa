//! What is asked of the network.

use super::view::Measure;

/// What is asked of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// What each patch does to every joint.
    Occlusion,
    /// Gradient × input of one joint.
    Gradient(usize),
}

impl Question {
    /// The one that is answered by what a measure shows of a joint.
    pub fn about(measure: Measure, joint: usize) -> Self {
        match measure {
            Measure::Moved | Measure::Lost => Self::Occlusion,
            Measure::Gradient => Self::Gradient(joint),
        }
    }
}
