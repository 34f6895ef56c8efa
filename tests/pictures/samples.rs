//! Pictures to write and read back, and how to look at them.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use posescope::source::Frame;
use tempfile::TempDir;

pub const FORMATS: [(ImageFormat, &str, &str); 6] = [
    (ImageFormat::Jpeg, "JPEG", "jpg"),
    (ImageFormat::Png, "PNG", "png"),
    (ImageFormat::WebP, "WebP", "webp"),
    (ImageFormat::Bmp, "BMP", "bmp"),
    (ImageFormat::Tiff, "TIFF", "tif"),
    (ImageFormat::Gif, "GIF", "gif"),
];
pub const RED: Rgb<u8> = Rgb([220, 30, 30]);
pub const GREEN: Rgb<u8> = Rgb([30, 200, 40]);
pub const BLUE: Rgb<u8> = Rgb([40, 50, 210]);
pub const WHITE: Rgb<u8> = Rgb([240, 240, 240]);

/// 32 × 16, a colour in each quarter: red and green above, blue and white below.
pub fn quarters() -> RgbImage {
    RgbImage::from_fn(32, 16, |x, y| match (x < 16, y < 8) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => WHITE,
    })
}

/// A picture that does not compress to nothing.
pub fn noise() -> RgbImage {
    let value = |x: u32, y: u32, salt: u32| {
        ((x * 7919 + y * 104_729 + salt * 1_299_709).wrapping_mul(2_654_435_761) >> 24) as u8
    };
    RgbImage::from_fn(24, 18, |x, y| Rgb([value(x, y, 1), value(x, y, 2), value(x, y, 3)]))
}

pub fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn written(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

pub fn near(found: &Rgb<u8>, expected: Rgb<u8>, tolerance: u8) -> bool {
    found.0.iter().zip(expected.0).all(|(&a, b)| a.abs_diff(b) <= tolerance)
}

/// Colours of the four quarters, from the top left, row by row.
pub fn corners(frame: &Frame) -> [Rgb<u8>; 4] {
    let (right, bottom) = (frame.width() - 3, frame.height() - 3);
    [(2, 2), (right, 2), (2, bottom), (right, bottom)].map(|(x, y)| *frame.picture.get_pixel(x, y))
}

pub fn assert_corners(frame: &Frame, expected: [Rgb<u8>; 4], context: &str) {
    for (found, expected) in corners(frame).iter().zip(expected) {
        assert!(near(found, expected, 12), "{context}: {found:?} instead of {expected:?}");
    }
}
