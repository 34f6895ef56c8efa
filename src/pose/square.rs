//! The square around a person that landmark networks look at, cut out of what a camera captured.

use image::RgbImage;

use super::bounding_box::BoundingBox;
use super::region::Region;
use super::resample::sample;
use super::sampling::Sampling;

/// A square in pixel areas of the picture, as [`BoundingBox`] is; it may reach outside the picture and outside the
/// region that was captured, where there is black.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Square {
    /// Left edge.
    pub x0: f64,
    /// Top edge.
    pub y0: f64,
    /// Both sides in picture pixels.
    pub side: f64,
}

impl Square {
    /// The square around a person's box: same centre, as large as the longer side of the box. A wider one brings in
    /// whoever stands beside the person, and a network that looks for one person may choose the other.
    pub fn around(bounds: &BoundingBox) -> Self {
        let side = bounds.width.max(bounds.height);
        let (x, y) = bounds.centre();
        Self { x0: x - side / 2.0, y0: y - side / 2.0, side }
    }

    /// Where the square lies in a capture of `region` of `width` × `height` pixels, in pixel areas of that capture. It
    /// has equal sides there only where the capture's pixels are as wide as they are tall.
    fn in_capture(&self, region: &Region, width: u32, height: u32) -> Region {
        let (across, down) = (f64::from(width) / region.width, f64::from(height) / region.height);
        Region {
            x0: (self.x0 - region.x0) * across,
            y0: (self.y0 - region.y0) * down,
            width: self.side * across,
            height: self.side * down,
        }
    }

    /// The square at `side` × `side` pixels, made of the pixels of a capture of `region` alone: interpolated between
    /// their centres where it grows, averaged over areas where it shrinks, black outside the capture.
    pub fn cut(&self, capture: &RgbImage, region: &Region, side: u32) -> RgbImage {
        let place = self.in_capture(region, capture.width(), capture.height());
        sample(capture, &place, side, side, Sampling::AreaAverage)
    }

    /// A position on the grid of `side` × `side` pixels over the square, in picture pixels. Both have pixel centres at
    /// whole numbers.
    pub fn to_picture(&self, side: u32, x: f64, y: f64) -> (f64, f64) {
        let region = Region { x0: self.x0, y0: self.y0, width: self.side, height: self.side };
        region.to_picture(side, side, x, y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::{Capture, InputSize};

    fn person() -> BoundingBox {
        BoundingBox { x: 60.0, y: 20.0, width: 40.0, height: 160.0 }
    }

    /// The mean position of what is bright, where whole numbers are pixel centres.
    fn centre_of_light(picture: &RgbImage) -> (f64, f64) {
        let lit = |(x, y, pixel): (u32, u32, &image::Rgb<u8>)| {
            let light = f64::from(pixel.0[0]);
            [light, light * f64::from(x), light * f64::from(y)]
        };
        let [light, x, y] = picture
            .enumerate_pixels()
            .map(lit)
            .fold([0.0; 3], |sum, next| [sum[0] + next[0], sum[1] + next[1], sum[2] + next[2]]);
        (x / light, y / light)
    }

    #[test]
    fn the_square_has_the_middle_and_the_longer_side_of_the_box() {
        assert_eq!(Square::around(&person()), Square { x0: 0.0, y0: 20.0, side: 160.0 });
        let wide = BoundingBox { x: 10.0, y: 50.0, width: 80.0, height: 30.0 };
        assert_eq!(Square::around(&wide), Square { x0: 10.0, y0: 25.0, side: 80.0 });
    }

    #[test]
    fn a_tall_person_fills_four_fifths_of_the_captured_rows() {
        let (square, region) = (Square::around(&person()), Region::around(&person()));
        let place = square.in_capture(&region, 48, 64);
        for (found, expected) in
            [(place.x0, -1.6), (place.y0, 6.4), (place.width, 51.2), (place.height, 51.2)]
        {
            approx::assert_relative_eq!(found, expected, epsilon = 1e-9);
        }
    }

    #[test]
    fn the_corners_of_the_grid_are_those_of_the_square() {
        let square = Square::around(&BoundingBox { x: -7.0, y: 3.5, width: 31.0, height: 90.0 });
        for (side, end) in [(192, 191.5), (256, 255.5)] {
            assert_eq!(square.to_picture(side, -0.5, -0.5), (square.x0 - 0.5, square.y0 - 0.5));
            let (right, bottom) = square.to_picture(side, end, end);
            approx::assert_relative_eq!(right, square.x0 + square.side - 0.5, epsilon = 1e-9);
            approx::assert_relative_eq!(bottom, square.y0 + square.side - 0.5, epsilon = 1e-9);
        }
    }

    /// A bright spot of the picture is found where it was, however few pixels the camera spent on it. It covers equal
    /// parts of the pixels on its opposite sides in every capture here, so its middle does not move.
    #[test]
    fn what_is_seen_in_the_square_lies_where_it_lay_in_the_picture() {
        let (columns, rows) = (55..105, 75..125);
        let picture = RgbImage::from_fn(200, 200, |x, y| {
            image::Rgb([if columns.contains(&x) && rows.contains(&y) { 255 } else { 0 }; 3])
        });
        let (square, region) = (Square::around(&person()), Region::around(&person()));
        // Of 10 rows come 8 columns: pixels that are wider than tall in the picture.
        for height in [8, 10, 16, 40, 200] {
            let capture = Capture { height, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
            let seen = capture.see(&picture, &region, InputSize::STANDARD[0]);
            for side in [32, 192, 256] {
                let (x, y) = centre_of_light(&square.cut(&seen.capture, &region, side));
                let (x, y) = square.to_picture(side, x, y);
                let off = (x - 79.5).hypot(y - 99.5);
                assert!(off < 0.2, "captured at {height}, {side}: {off} pixels off");
            }
        }
    }

    #[test]
    fn outside_the_capture_is_black() {
        let (square, region) = (Square::around(&person()), Region::around(&person()));
        let white = RgbImage::from_pixel(96, 128, image::Rgb([255; 3]));
        let cut = square.cut(&white, &region, 256);
        assert_eq!((cut.get_pixel(0, 128).0, cut.get_pixel(255, 128).0), ([0; 3], [0; 3]));
        assert_eq!((cut.get_pixel(128, 0).0, cut.get_pixel(128, 255).0), ([255; 3], [255; 3]));
    }
}
