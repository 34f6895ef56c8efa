//! Pictures and folders as they come from disk, clipboard and other people.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking and says why it is skipped"
)]

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageBuffer, ImageFormat, Luma, LumaA, Rgb, RgbImage, Rgba, RgbaImage};
use posescope::source::picture;
use tempfile::TempDir;

use samples::{BLUE, FORMATS, GREEN, RED, WHITE, assert_corners, encoded, near, noise, quarters, written};

#[path = "pictures/allocations.rs"]
mod allocations;
#[path = "pictures/cases.rs"]
mod cases;
#[path = "pictures/clips.rs"]
mod clips;
#[path = "pictures/damage.rs"]
mod damage;
#[path = "pictures/folders.rs"]
mod folders;
#[path = "pictures/oddities.rs"]
mod oddities;
#[path = "pictures/samples.rs"]
mod samples;
#[path = "pictures/sampling.rs"]
mod sampling;
#[path = "pictures/upright.rs"]
mod upright;

#[test]
fn every_format_is_read_whatever_the_file_is_called() {
    let folder = TempDir::new().unwrap();
    for (format, name, ending) in FORMATS {
        for file in
            [format!("quarters.{ending}"), format!("quarters-{ending}.txt"), format!("{ending} quarters")]
        {
            let path = written(&folder, &file, &encoded(quarters(), format));
            let frame = picture::open(&path).unwrap();
            assert_eq!((frame.width(), frame.height()), (32, 16), "{name}");
            assert_corners(&frame, [RED, GREEN, BLUE, WHITE], name);
            assert_eq!((frame.name.as_str(), frame.path.as_deref()), (file.as_str(), Some(path.as_path())));
            assert_eq!(frame.sequence, 0);
        }
    }
}

#[test]
fn lossless_formats_give_back_the_very_pixels() {
    for (format, name, _) in &FORMATS[1..5] {
        let frame = picture::decode("noise", &encoded(noise(), *format)).unwrap();
        assert_eq!(*frame.picture, noise(), "{name}");
        assert_eq!((frame.name.as_str(), frame.path), ("noise", None));
    }
}

#[test]
fn one_pixel_is_a_picture() {
    for (format, name, _) in FORMATS {
        let frame = picture::decode("dot", &encoded(RgbImage::from_pixel(1, 1, BLUE), format)).unwrap();
        assert_eq!((frame.width(), frame.height()), (1, 1), "{name}");
        assert!(near(frame.picture.get_pixel(0, 0), BLUE, 4), "{name}");
    }
}

#[test]
fn grey_sixteen_bits_and_transparency_become_rgb() {
    let pixel = |picture: DynamicImage| {
        let frame = picture::decode("dot", &encoded(picture, ImageFormat::Png)).unwrap();
        frame.picture.get_pixel(0, 0).0
    };
    assert_eq!(pixel(GrayImage::from_pixel(1, 1, Luma([90])).into()), [90; 3]);
    let deep: ImageBuffer<Rgb<u16>, Vec<u16>> = ImageBuffer::from_pixel(1, 1, Rgb([65_535, 32_896, 129]));
    assert_eq!(pixel(deep.into()), [255, 128, 1]);
    let deep: ImageBuffer<Luma<u16>, Vec<u16>> = ImageBuffer::from_pixel(1, 1, Luma([51_400]));
    assert_eq!(pixel(deep.into()), [200; 3]);
    let over = |alpha| pixel(RgbaImage::from_pixel(1, 1, Rgba([255, 0, 128, alpha])).into());
    assert_eq!(over(255), [255, 0, 128]);
    assert_eq!(over(0), [255, 0, 128], "alpha that is 0 everywhere was not filled in");
    assert_eq!(over(51), [153, 102, 128], "a fifth of the colour over four fifths of grey");
    let faint: ImageBuffer<LumaA<u8>, Vec<u8>> = ImageBuffer::from_pixel(1, 1, LumaA([0, 0]));
    assert_eq!(pixel(faint.into()), [0; 3]);
}

#[test]
fn of_an_animation_the_first_frame_is_read() {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for colour in [RED, GREEN, BLUE] {
        let frame = RgbImage::from_pixel(8, 6, colour);
        encoder.encode_frame(image::Frame::new(DynamicImage::from(frame).into_rgba8())).unwrap();
    }
    drop(encoder);
    let frame = picture::decode("moving.gif", &bytes).unwrap();
    assert!(near(frame.picture.get_pixel(4, 3), RED, 4));
}

#[test]
fn pasted_pixels() {
    let frame = picture::from_rgba("pasted", 2, 1, &[10, 20, 30, 255, 1, 2, 3, 0]).unwrap();
    assert_eq!(frame.picture.as_raw(), &[10, 20, 30, 128, 128, 128]);
    let message = |width, height, bytes: &[u8]| {
        picture::from_rgba("pasted", width, height, bytes).unwrap_err().to_string()
    };
    assert_eq!(message(2, 2, &[0; 15]), "pasted has 15 bytes of pixels; its size asks for 16");
    assert_eq!(message(0, 9, &[]), "pasted is 0 × 9 pixels; at least 1 × 1 was expected");
    assert!(message(20_000, 1, &[]).starts_with("pasted is 20000 × 1 pixels; at most"));
}

#[test]
fn jpeg_quality_does_not_matter() {
    for quality in [1, 50, 100] {
        let mut bytes = Vec::new();
        quarters().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).unwrap();
        assert_eq!(picture::decode("quality", &bytes).unwrap().width(), 32);
    }
}
