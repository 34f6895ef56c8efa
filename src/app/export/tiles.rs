//! Where a picture stands that is drawn once, or once for each of two sides.

use egui::{Pos2, Rect, Vec2};
use image::{Rgb, RgbImage, imageops};

use super::view_picture::VIEW;
use crate::app::compare::halves;

/// Between two pictures, in points.
const GAP: f32 = 4.0;
/// The same in pixels, at most.
const MOST_GAP: u32 = 32;
/// What is seen there.
const BETWEEN: Rgb<u8> = Rgb([255; 3]);

/// How often a picture is drawn, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tiles {
    /// Once.
    One,
    /// Twice beside each other.
    Beside,
    /// Twice above each other.
    Stacked,
}

impl Tiles {
    /// Two of a picture of these sides, as they are arranged where there is room for one picture.
    pub fn two(picture: Vec2) -> Self {
        let [first, second] = halves(Rect::from_min_size(Pos2::ZERO, VIEW), picture);
        if second.top() > first.top() { Self::Stacked } else { Self::Beside }
    }

    /// The longest sides that one picture may have, where no side of the whole may be longer than `longest` pixels.
    pub fn most(self, longest: u32) -> (u32, u32) {
        let half = (longest - MOST_GAP) / 2;
        match self {
            Self::One => (longest, longest),
            Self::Beside => (half, longest),
            Self::Stacked => (longest, half),
        }
    }

    /// Whole pixels between two pictures, at `scale` of them a point.
    pub fn gap(self, scale: f32) -> u32 {
        ((GAP * scale).round() as u32).min(MOST_GAP)
    }

    /// From the corner of the first picture to that of the second, where a picture and what is between two measure so.
    fn step(self, size: Vec2, gap: f32) -> Vec2 {
        match self {
            Self::One => Vec2::ZERO,
            Self::Beside => Vec2::new(size.x + gap, 0.0),
            Self::Stacked => Vec2::new(0.0, size.y + gap),
        }
    }

    /// Where both pictures of this size stand; twice the same place where there is one.
    pub fn places(self, size: Vec2, gap: f32) -> [Rect; 2] {
        let first = Rect::from_min_size(Pos2::ZERO, size);
        [first, first.translate(self.step(size, gap))]
    }

    /// The pictures at their places, so many pixels apart.
    pub fn copies(self, picture: RgbImage, gap: u32) -> RgbImage {
        if self == Self::One {
            return picture;
        }
        let size = Vec2::new(picture.width() as f32, picture.height() as f32);
        let step = self.step(size, gap as f32);
        let whole = size + step;
        let mut copies = RgbImage::from_pixel(whole.x as u32, whole.y as u32, BETWEEN);
        for at in [Vec2::ZERO, step] {
            imageops::replace(&mut copies, &picture, at.x as i64, at.y as i64);
        }
        copies
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    #[test]
    fn wide_pictures_are_stacked() {
        assert_eq!(Tiles::two(vec2(300.0, 400.0)), Tiles::Beside);
        assert_eq!(Tiles::two(vec2(1600.0, 500.0)), Tiles::Stacked);
    }

    #[test]
    fn copies_stand_where_they_are_said_to() {
        let picture = RgbImage::from_fn(5, 3, |x, y| Rgb([10 * x as u8, 20 * y as u8, 7]));
        for (tiles, sides) in [(Tiles::One, (5, 3)), (Tiles::Beside, (12, 3)), (Tiles::Stacked, (5, 8))] {
            let copies = tiles.copies(picture.clone(), 2);
            assert_eq!(copies.dimensions(), sides);
            for place in tiles.places(vec2(5.0, 3.0), 2.0) {
                let (left, top) = (place.left() as u32, place.top() as u32);
                let copy = imageops::crop_imm(&copies, left, top, 5, 3).to_image();
                assert_eq!(copy, picture, "{tiles:?} at {place}");
            }
        }
    }
}
