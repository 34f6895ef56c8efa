//! A square of a network's input that is covered in grey.

use image::{Rgb, RgbImage};

use crate::pose::MEAN;

/// A square of pixels; what lies outside the picture is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patch {
    /// First column.
    pub x: u32,
    /// First row.
    pub y: u32,
    /// Rows and columns.
    pub side: u32,
}

impl Patch {
    /// The colour that covers: the mean of ImageNet's pictures in whole steps of 8 bits, which normalisation takes to
    /// within 0.01 of 0.
    pub fn grey() -> Rgb<u8> {
        Rgb(MEAN.map(|mean| (mean * 255.0).round() as u8))
    }

    /// Whether a pixel is covered.
    pub fn covers(&self, x: u32, y: u32) -> bool {
        let within = |at: u32, from: u32| at.checked_sub(from).is_some_and(|offset| offset < self.side);
        within(x, self.x) && within(y, self.y)
    }

    /// The picture with this patch over it.
    pub fn over(&self, picture: &RgbImage) -> RgbImage {
        let mut covered = picture.clone();
        let (right, bottom) = (self.x.saturating_add(self.side), self.y.saturating_add(self.side));
        for y in self.y..bottom.min(picture.height()) {
            for x in self.x..right.min(picture.width()) {
                covered.put_pixel(x, y, Self::grey());
            }
        }
        covered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::normalise;

    #[test]
    fn only_the_pixels_of_the_patch_change_and_become_nothing_to_the_network() {
        let white = RgbImage::from_pixel(6, 8, Rgb([255; 3]));
        let patch = Patch { x: 4, y: 2, side: 3 };
        let covered = patch.over(&white);
        for (x, y, pixel) in covered.enumerate_pixels() {
            assert_eq!(*pixel == Patch::grey(), patch.covers(x, y), "{x}, {y}");
        }
        assert_eq!(covered.pixels().filter(|pixel| **pixel == Patch::grey()).count(), 2 * 3);
        let grey = normalise(&RgbImage::from_pixel(2, 2, Patch::grey()));
        assert!(grey.iter().all(|value| value.abs() < 0.01), "{grey:?}");
    }
}
