//! The area of the picture that the network looks at, and the way back from its heatmaps to the picture.

use serde::{Deserialize, Serialize};

use super::bounding_box::BoundingBox;

/// Width divided by height of every region.
pub const ASPECT: f64 = 3.0 / 4.0;

/// How much larger a region is than the box it was grown from, so that limbs and context stay in view.
pub const PADDING: f64 = 1.25;

/// A rectangle in pixel areas, as [`BoundingBox`] is; it may reach outside the picture, where the network
/// sees black.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Left edge.
    pub x0: f64,
    /// Top edge.
    pub y0: f64,
    /// Width in picture pixels.
    pub width: f64,
    /// Height in picture pixels.
    pub height: f64,
}

impl Region {
    /// The region around a person's box: same centre, the short side grown to [`ASPECT`], then both times
    /// [`PADDING`].
    pub fn around(bounds: &BoundingBox) -> Self {
        let height = bounds.height.max(bounds.width / ASPECT) * PADDING;
        let width = height * ASPECT;
        let (x, y) = bounds.centre();
        Self { x0: x - width / 2.0, y0: y - height / 2.0, width, height }
    }

    /// Where a position of the picture lies on a grid of `size_w` × `size_h` pixels laid over the region: the
    /// network's input or a heatmap. Both positions have pixel centres at whole numbers.
    ///
    /// Areas are mapped, `x_in + 1/2 = (x + 1/2 - x0) · size_w / width`, so grids of different sizes agree
    /// with each other (unbiased data processing, Huang et al. 2020).
    pub fn to_input(&self, size_w: u32, size_h: u32, x: f64, y: f64) -> (f64, f64) {
        (
            (x + 0.5 - self.x0) * f64::from(size_w) / self.width - 0.5,
            (y + 0.5 - self.y0) * f64::from(size_h) / self.height - 0.5,
        )
    }

    /// The inverse of [`Region::to_input`]: a position of the grid of `size_w` × `size_h` pixels in picture
    /// pixels.
    pub fn to_picture(&self, size_w: u32, size_h: u32, x: f64, y: f64) -> (f64, f64) {
        (
            (x + 0.5) * self.width / f64::from(size_w) + self.x0 - 0.5,
            (y + 0.5) * self.height / f64::from(size_h) + self.y0 - 0.5,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_side_grows_to_three_by_four_and_then_the_padding_comes() {
        let tall = Region::around(&BoundingBox::new(10.0, 20.0, 10.0, 80.0).unwrap());
        assert_eq!(tall, Region { x0: 15.0 - 37.5, y0: 60.0 - 50.0, width: 75.0, height: 100.0 });
        let wide = Region::around(&BoundingBox::new(0.0, 0.0, 60.0, 8.0).unwrap());
        assert_eq!(wide, Region { x0: 30.0 - 37.5, y0: 4.0 - 50.0, width: 75.0, height: 100.0 });
    }

    #[test]
    fn corners_of_the_region_are_half_a_pixel_outside_the_outermost_centres() {
        let region = Region { x0: 4.0, y0: 8.0, width: 48.0, height: 64.0 };
        assert_eq!(region.to_input(24, 32, 3.5, 7.5), (-0.5, -0.5));
        assert_eq!(region.to_input(24, 32, 51.5, 71.5), (23.5, 31.5));
        assert_eq!(region.to_picture(24, 32, 0.0, 0.0), (4.5, 8.5));
    }

    #[test]
    fn the_same_point_is_at_the_same_place_of_every_grid() {
        let region = Region { x0: -3.0, y0: 2.5, width: 30.0, height: 40.0 };
        let (x, y) = region.to_input(24, 32, 10.0, 20.0);
        for (width, height) in [(48, 64), (96, 128)] {
            let (larger_x, larger_y) = region.to_input(width, height, 10.0, 20.0);
            let (back_x, back_y) = region.to_picture(width, height, larger_x, larger_y);
            let (again_x, again_y) = region.to_input(24, 32, back_x, back_y);
            approx::assert_relative_eq!(x, again_x, epsilon = 1e-9);
            approx::assert_relative_eq!(y, again_y, epsilon = 1e-9);
        }
    }
}
