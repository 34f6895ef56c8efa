//! Where somebody is to be looked for.

use crate::pose::BoundingBox;

/// A person to look for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Index of the picture.
    pub picture: usize,
    /// Where the person is, in picture pixels.
    pub bounds: BoundingBox,
}
