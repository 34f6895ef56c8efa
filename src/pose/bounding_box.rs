//! The rectangle around a person.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Smallest side of a usable box, in pixels.
const MIN_SIDE: f64 = 1.0;

/// A rectangle in pixel areas: it covers `x .. x + width` and `y .. y + height`, where pixel `i` covers `i ..
/// i + 1`.
///
/// The fields are open because annotation files hold boxes of every kind; [`BoundingBox::new`] and
/// [`BoundingBox::clipped`] check that a box can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoundingBox {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
}

/// Why a box cannot be used.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum BoxError {
    /// A number is missing or endless.
    #[error("a box needs finite numbers, found x {x}, y {y}, width {width}, height {height}")]
    NotFinite {
        /// Left edge.
        x: f64,
        /// Top edge.
        y: f64,
        /// Width as given.
        width: f64,
        /// Height as given.
        height: f64,
    },
    /// A side is shorter than a pixel.
    #[error("a box needs sides of at least 1 pixel, found {width} × {height}")]
    TooSmall {
        /// Width as given.
        width: f64,
        /// Height as given.
        height: f64,
    },
    /// Less than a pixel of the box lies in the picture.
    #[error(
        "the box at x {}, y {} of {} × {} pixels lies outside the picture of {picture_width} × {picture_height}",
        found.x, found.y, found.width, found.height
    )]
    Outside {
        /// The box as given.
        found: BoundingBox,
        /// Width of the picture in pixels.
        picture_width: u32,
        /// Height of the picture in pixels.
        picture_height: u32,
    },
}

impl BoundingBox {
    /// A box from its top left corner and its sides, in pixels.
    ///
    /// # Errors
    /// When a number is not finite or a side is shorter than 1 pixel.
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Result<Self, BoxError> {
        if ![x, y, width, height].iter().all(|number| number.is_finite()) {
            return Err(BoxError::NotFinite { x, y, width, height });
        }
        if width < MIN_SIDE || height < MIN_SIDE {
            return Err(BoxError::TooSmall { width, height });
        }
        Ok(Self { x, y, width, height })
    }

    /// The whole of a picture of this many pixels.
    pub fn whole(width: u32, height: u32) -> Self {
        Self { x: 0.0, y: 0.0, width: f64::from(width), height: f64::from(height) }
    }

    /// The part of the box inside a picture of `width` × `height` pixels.
    ///
    /// # Errors
    /// When the box itself is unusable (see [`BoundingBox::new`]) or less than a pixel of it is inside the
    /// picture.
    pub fn clipped(&self, width: u32, height: u32) -> Result<Self, BoxError> {
        let found = Self::new(self.x, self.y, self.width, self.height)?;
        let left = found.x.max(0.0);
        let top = found.y.max(0.0);
        let right = (found.x + found.width).min(f64::from(width));
        let bottom = (found.y + found.height).min(f64::from(height));
        if right - left < MIN_SIDE || bottom - top < MIN_SIDE {
            return Err(BoxError::Outside { found, picture_width: width, picture_height: height });
        }
        Ok(Self { x: left, y: top, width: right - left, height: bottom - top })
    }

    /// The smallest box around the pixels at these positions, widened on every side by `margin` times its own
    /// longer side; each side is at least one pixel. `None` without finite points, or when the box they span
    /// is not finite.
    pub fn around(points: impl Iterator<Item = (f64, f64)>, margin: f64) -> Option<Self> {
        let (left, top, right, bottom) =
            points.filter(|(x, y)| x.is_finite() && y.is_finite()).fold(None, |bounds, (x, y)| {
                let (left, top, right, bottom) = bounds.unwrap_or((x, y, x, y));
                Some((x.min(left), y.min(top), x.max(right), y.max(bottom)))
            })?;
        // A pixel at a whole number covers the area up to the next one.
        let (width, height) = (right - left + 1.0, bottom - top + 1.0);
        let widening = margin * width.max(height);
        let width = (width + 2.0 * widening).max(MIN_SIDE);
        let height = (height + 2.0 * widening).max(MIN_SIDE);
        let (x, y) = ((left + right + 1.0 - width) / 2.0, (top + bottom + 1.0 - height) / 2.0);
        Self::new(x, y, width, height).ok()
    }

    /// The box with both sides times `factor`, about the same centre; it may reach outside the picture.
    pub fn scaled(&self, factor: f64) -> Self {
        let (x, y) = self.centre();
        let (width, height) = (self.width * factor, self.height * factor);
        Self { x: x - width / 2.0, y: y - height / 2.0, width, height }
    }

    /// The middle of the area: `x + width / 2`, `y + height / 2`.
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The area in square pixels.
    pub fn area(&self) -> f64 {
        self.width * self.height
    }

    /// The area shared with another box, in square pixels.
    pub fn shared_area(&self, other: &Self) -> f64 {
        let width = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let height = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }

    /// Intersection over union with another box, 0 … 1; both need sides above 0.
    pub fn overlap(&self, other: &Self) -> f64 {
        let shared = self.shared_area(other);
        shared / (self.area() + other.area() - shared)
    }

    /// Whether the point of the area `(x, y)` lies in the box; the left and top edges belong to it, the
    /// others do not.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusable_boxes_are_refused_with_their_numbers() {
        let flat = BoundingBox::new(3.0, 4.0, 10.0, 0.0).unwrap_err();
        assert_eq!(flat.to_string(), "a box needs sides of at least 1 pixel, found 10 × 0");
        let endless = BoundingBox::new(3.0, f64::NAN, 10.0, 5.0).unwrap_err();
        assert!(endless.to_string().contains("y NaN"), "{endless}");
        let overflow = BoundingBox { x: f64::INFINITY, y: 0.0, width: 5.0, height: 5.0 };
        assert!(matches!(overflow.clipped(10, 10), Err(BoxError::NotFinite { .. })));
    }

    #[test]
    fn clipping_keeps_the_part_inside() {
        let clipped = BoundingBox::new(-5.0, 2.0, 10.0, 100.0).unwrap().clipped(20, 30).unwrap();
        assert_eq!(clipped, BoundingBox { x: 0.0, y: 2.0, width: 5.0, height: 28.0 });
        for (x, y) in [(20.0, 0.0), (-10.0, 0.0), (0.0, 29.5), (19.5, 0.0)] {
            let outside = BoundingBox::new(x, y, 10.0, 10.0).unwrap().clipped(20, 30).unwrap_err();
            assert!(outside.to_string().ends_with("outside the picture of 20 × 30"), "{outside}");
        }
    }

    #[test]
    fn a_box_around_points_covers_their_pixels_and_the_margin() {
        let points = [(2.0, 3.0), (11.0, 7.0), (f64::NAN, 0.0)];
        let around = BoundingBox::around(points.into_iter(), 0.0).unwrap();
        assert_eq!(around, BoundingBox { x: 2.0, y: 3.0, width: 10.0, height: 5.0 });
        let wider = BoundingBox::around(points.into_iter(), 0.1).unwrap();
        assert_eq!(wider, BoundingBox { x: 1.0, y: 2.0, width: 12.0, height: 7.0 });
        assert_eq!(BoundingBox::around([].into_iter(), 0.1), None);
    }

    #[test]
    fn a_scaled_box_keeps_its_centre() {
        let larger = BoundingBox { x: 10.0, y: 20.0, width: 20.0, height: 40.0 }.scaled(1.5);
        assert_eq!(larger, BoundingBox { x: 5.0, y: 10.0, width: 30.0, height: 60.0 });
    }

    #[test]
    fn an_overlap_is_the_shared_part_of_all_that_two_boxes_cover() {
        let square = BoundingBox { x: 0.0, y: 0.0, width: 10.0, height: 10.0 };
        let moved = BoundingBox { x: 2.0, ..square };
        assert_eq!((square.shared_area(&moved), moved.shared_area(&square)), (80.0, 80.0));
        approx::assert_relative_eq!(square.overlap(&moved), 80.0 / 120.0);
        assert_eq!(square.overlap(&square), 1.0);
        // Apart both ways, so that the sides of what lies between have a positive product.
        let apart = BoundingBox { x: 20.0, y: 30.0, ..square };
        assert_eq!((square.shared_area(&apart), square.overlap(&apart)), (0.0, 0.0));
    }

    #[test]
    fn a_box_contains_its_left_edge_and_not_its_right_one() {
        let whole = BoundingBox::whole(4, 3);
        assert_eq!((whole.centre(), whole.area()), ((2.0, 1.5), 12.0));
        assert!(whole.contains(0.0, 0.0) && whole.contains(3.99, 2.99));
        assert!(!whole.contains(4.0, 1.0) && !whole.contains(-0.01, 1.0));
    }
}
