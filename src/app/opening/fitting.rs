//! Labels brought to the picture as it is shown.

use std::path::Path;

use crate::pose::coco::{self, FrameFit, FrameTally, ImageEntry, Shown};
use crate::source::Frame;

/// How a frame is shown, to compare with what its labels say of it.
pub(super) fn shape_of(frame: &Frame) -> Shown {
    Shown { width: frame.width(), height: frame.height(), orientation: frame.orientation }
}

/// The people of a picture's entry brought to the picture as it is shown, and what is to be said of that; none where
/// they are of another picture.
pub(super) fn fit(
    image: &ImageEntry,
    mut people: Vec<coco::Person>,
    picture: &Path,
    shown: &Shown,
) -> (Option<Vec<coco::Person>>, Vec<String>) {
    let mut frames = FrameTally::default();
    let fit = frames.fit(image, &mut people, picture, shown);
    ((fit != FrameFit::None).then_some(people), frames.take_warnings())
}

/// Warnings as one text; none where there are none.
pub(super) fn joined(warnings: &[String]) -> Option<String> {
    (!warnings.is_empty()).then(|| warnings.join("\n"))
}
