//! A person as a network was shown them, for studies that change what it is shown.

use crate::engine::{Settings, View};
use crate::pose::{BoundingBox, Region, Seen};

/// What a network was shown of one person, and how it looked.
#[derive(Clone, Debug)]
pub struct ShownPerson {
    /// The person's box in picture pixels, inside the picture.
    pub bounds: BoundingBox,
    /// The 3:4 area around it that was captured.
    pub region: Region,
    /// The pictures made of that area.
    pub seen: Seen,
    /// The settings.
    pub settings: Settings,
}

impl ShownPerson {
    /// The person as a network is shown them, with `seen` in the place of what was.
    pub(super) fn view_of<'a>(&self, seen: &'a Seen) -> View<'a> {
        View { bounds: self.bounds, region: self.region, seen }
    }
}
