//! Orientation, as cameras note it in the file.

use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ImageEncoder, ImageFormat, Rgb};
use posescope::source::picture;

use crate::samples::{BLUE, GREEN, RED, WHITE, assert_corners, encoded, quarters};

/// A TIFF header and one directory entry: orientation (0x0112), a short, one of it.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    block.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    block.extend([0; 4]);
    block
}

/// A JPEG with an EXIF segment put in by hand behind its start-of-image marker.
pub fn jpeg_with_exif(block: &[u8]) -> Vec<u8> {
    let jpeg = encoded(quarters(), ImageFormat::Jpeg);
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(u16::try_from(block.len() + 8).unwrap().to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(block);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// What the quarters look like upright, for each EXIF orientation (EXIF 2.3, tag 274).
const UPRIGHT: [(u8, [Rgb<u8>; 4]); 8] = [
    (1, [RED, GREEN, BLUE, WHITE]),
    (2, [GREEN, RED, WHITE, BLUE]),
    (3, [WHITE, BLUE, GREEN, RED]),
    (4, [BLUE, WHITE, RED, GREEN]),
    (5, [RED, BLUE, GREEN, WHITE]),
    (6, [BLUE, RED, WHITE, GREEN]),
    (7, [WHITE, GREEN, BLUE, RED]),
    (8, [GREEN, WHITE, RED, BLUE]),
];

#[test]
fn pictures_are_turned_upright() {
    for (orientation, expected) in UPRIGHT {
        let frame = picture::decode("turned", &jpeg_with_exif(&exif(orientation))).unwrap();
        let size = if orientation > 4 { (16, 32) } else { (32, 16) };
        assert_eq!((frame.width(), frame.height()), size, "orientation {orientation}");
        assert_corners(&frame, expected, &format!("JPEG, orientation {orientation}"));

        let mut png = Vec::new();
        let mut encoder = PngEncoder::new(&mut png);
        encoder.set_exif_metadata(exif(orientation)).unwrap();
        quarters().write_with_encoder(encoder).unwrap();
        assert_corners(&picture::decode("turned", &png).unwrap(), expected, "PNG");

        let mut webp = Vec::new();
        let mut encoder = WebPEncoder::new_lossless(&mut webp);
        encoder.set_exif_metadata(exif(orientation)).unwrap();
        quarters().write_with_encoder(encoder).unwrap();
        assert_corners(&picture::decode("turned", &webp).unwrap(), expected, "WebP");
    }
}

#[test]
fn senseless_orientation_is_no_orientation() {
    for block in [exif(0), exif(9), exif(6)[..12].to_vec(), b"nothing".to_vec()] {
        let frame = picture::decode("odd", &jpeg_with_exif(&block)).unwrap();
        assert_corners(&frame, [RED, GREEN, BLUE, WHITE], "odd EXIF");
    }
}
