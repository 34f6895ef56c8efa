//! A whole picture as an input whose sides are multiples of 32.

use image::RgbImage;

use crate::pose::{BoundingBox, Region, Sampling, sample};

/// The network halves its input five times.
const STEP: u32 = 32;
/// A side this much, in steps, above a multiple still counts as that multiple: rounding does not make it a step longer.
const SLACK: f64 = 1e-6;

/// A whole picture brought to a size, centred, with black on both sides of its shorter side up to the next multiple of
/// 32 pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Letterbox {
    /// Width of the input in pixels.
    pub width: u32,
    /// Height of the input in pixels.
    pub height: u32,
    /// What of the picture's plane the input shows, in picture pixels.
    region: Region,
    picture: (u32, u32),
}

impl Letterbox {
    /// For a picture of `width` × `height` pixels, none of them 0, whose longer side becomes `longer` pixels.
    pub fn new((width, height): (u32, u32), longer: u32) -> Self {
        // Picture pixels that an input pixel is wide.
        let scale = f64::from(width.max(height)) / f64::from(longer);
        let side = |side: u32| {
            let steps = (f64::from(side) / scale / f64::from(STEP) - SLACK).ceil().max(1.0);
            steps as u32 * STEP
        };
        let input = if width >= height { (longer, side(height)) } else { (side(width), longer) };
        let (shown_width, shown_height) = (f64::from(input.0) * scale, f64::from(input.1) * scale);
        let region = Region {
            x0: (f64::from(width) - shown_width) / 2.0,
            y0: (f64::from(height) - shown_height) / 2.0,
            width: shown_width,
            height: shown_height,
        };
        Self { width: input.0, height: input.1, region, picture: (width, height) }
    }

    /// The picture as the network is given it, averaged over areas where it shrinks.
    pub fn input(&self, picture: &RgbImage) -> RgbImage {
        sample(picture, &self.region, self.width, self.height, Sampling::AreaAverage)
    }

    /// A box of the input in picture pixels, cut to the picture; `None` where less than a pixel of it is inside.
    pub fn to_picture(self, bounds: &BoundingBox) -> Option<BoundingBox> {
        let scale_x = self.region.width / f64::from(self.width);
        let scale_y = self.region.height / f64::from(self.height);
        let whole = BoundingBox {
            x: self.region.x0 + bounds.x * scale_x,
            y: self.region.y0 + bounds.y * scale_y,
            width: bounds.width * scale_x,
            height: bounds.height * scale_y,
        };
        whole.clipped(self.picture.0, self.picture.1).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_shorter_side_is_filled_up_on_both_ends() {
        let wide = Letterbox::new((640, 480), 416);
        assert_eq!((wide.width, wide.height), (416, 320));
        approx::assert_relative_eq!(wide.region.x0, 0.0);
        approx::assert_relative_eq!(wide.region.y0, -(320.0 * 640.0 / 416.0 - 480.0) / 2.0);
        let tall = Letterbox::new((480, 640), 640);
        assert_eq!((tall.width, tall.height), (480, 640));
        assert_eq!(tall.region, Region { x0: 0.0, y0: 0.0, width: 480.0, height: 640.0 });
        let white = RgbImage::from_pixel(64, 32, image::Rgb([255; 3]));
        let thin = Letterbox::new((64, 8), 64).input(&white);
        assert_eq!(thin.dimensions(), (64, 32));
        let same = Letterbox::new((64, 32), 64).input(&white);
        assert_eq!(same, white);
    }

    #[test]
    fn outside_the_picture_is_black() {
        let input = Letterbox::new((64, 16), 64).input(&RgbImage::from_pixel(64, 16, image::Rgb([200; 3])));
        let levels: Vec<u8> = (0..32).map(|y| input.get_pixel(9, y).0[1]).collect();
        assert_eq!(levels, [[0_u8; 8], [200; 8], [200; 8], [0; 8]].concat());
    }

    proptest! {
        #[test]
        fn sides_are_multiples_and_the_whole_picture_comes_back(
            width in 1_u32..3000, height in 1_u32..3000, larger in prop::bool::ANY,
        ) {
            let longer = if larger { 640 } else { 416 };
            let letterbox = Letterbox::new((width, height), longer);
            prop_assert_eq!(letterbox.width.max(letterbox.height), longer);
            prop_assert!(letterbox.width >= STEP && letterbox.height >= STEP);
            prop_assert_eq!((letterbox.width % STEP, letterbox.height % STEP), (0, 0));
            let everything = BoundingBox::whole(letterbox.width, letterbox.height);
            let back = letterbox.to_picture(&everything).unwrap();
            approx::assert_relative_eq!(back.width, f64::from(width), epsilon = 0.01);
            approx::assert_relative_eq!(back.height, f64::from(height), epsilon = 0.01);
        }
    }
}
