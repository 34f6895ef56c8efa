//! The picture on the screen, as the threads that read files know it.

use std::path::PathBuf;

use super::fitting::shape_of;
use crate::pose::coco::Shown;
use crate::source::Frame;

/// A picture that is shown, and how.
#[derive(Clone, Debug)]
pub(super) struct AtHand {
    pub(super) path: PathBuf,
    pub(super) shown: Shown,
}

impl AtHand {
    /// That of a frame; none where it is of no file.
    pub(super) fn of(frame: &Frame) -> Option<Self> {
        Some(Self { path: frame.path.clone()?, shown: shape_of(frame) })
    }
}
