//! Files that are cut off, damaged, something else, or far too large.

use std::path::Path;

use image::codecs::png::PngEncoder;
use image::{GrayImage, ImageEncoder, ImageFormat, Luma, RgbImage};
use posescope::source::{SourceError, picture};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::allocations::largest_block_of;
use crate::samples::{FORMATS, RED, encoded, noise, written};
use crate::upright::{exif, jpeg_with_exif};

#[test]
fn cut_off_pictures_are_named_and_called_cut_off() {
    let folder = TempDir::new().unwrap();
    for (format, name, ending) in FORMATS {
        let whole = encoded(noise(), format);
        for tenths in 1..10 {
            let bytes = &whole[..whole.len() * tenths / 10];
            let path = written(&folder, &format!("cut.{ending}"), bytes);
            let error = picture::open(&path).unwrap_err();
            let expected =
                SourceError::Truncated { name: path.display().to_string(), format: name, bytes: bytes.len() };
            assert_eq!(error, expected, "{tenths} tenths of {name}");
            assert!(
                error.to_string().contains(&format!("cut.{ending} is cut off: its {name} data stops after"))
            );
        }
    }
}

#[test]
fn a_damaged_picture_is_not_called_cut_off() {
    let mut bytes = encoded(noise(), ImageFormat::Png);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    let error = picture::decode("scratched.png", &bytes).unwrap_err();
    assert!(error.to_string().starts_with("scratched.png cannot be decoded as PNG: "), "{error}");
}

#[test]
fn a_thumbnail_does_not_make_a_cut_jpeg_whole() {
    let mut block = exif(1);
    block.extend(encoded(RgbImage::from_pixel(8, 8, RED), ImageFormat::Jpeg));
    let whole = jpeg_with_exif(&block);
    assert!(picture::decode("whole", &whole).is_ok());
    let cut = picture::decode("cut", &whole[..whole.len() - 40]);
    assert!(matches!(cut, Err(SourceError::Truncated { .. })), "{cut:?}");
}

#[test]
fn no_file_no_bytes_no_picture() {
    let folder = TempDir::new().unwrap();
    let message = |path: &Path| picture::open(path).unwrap_err().to_string();

    let missing = message(&folder.path().join("missing.png"));
    assert!(
        missing.starts_with("cannot read ") && missing.contains("missing.png: No such file"),
        "{missing}"
    );
    assert!(message(folder.path()).ends_with("is a folder; a picture file was expected"));

    let empty = message(&written(&folder, "empty.png", b""));
    assert!(empty.ends_with("empty.png is empty (0 bytes); a picture was expected"), "{empty}");

    let text = message(&written(&folder, "notes.png", b"nose,left eye,right eye\n1,2,3\n"));
    let expected = "notes.png is not a picture that can be opened: it looks like text; \
                    JPEG, PNG, WebP, BMP, TIFF and GIF are read";
    assert!(text.ends_with(expected), "{text}");

    let page = picture::decode("photo.jpg", b"<!doctype html>\n<html><head>").unwrap_err();
    assert!(
        page.to_string().contains("photo.jpg is not a picture that can be opened: it looks like a web page")
    );
}

#[cfg(unix)]
#[test]
fn a_device_is_refused_without_reading_it() {
    let error = picture::open("/dev/zero").unwrap_err();
    assert_eq!(error.to_string(), "/dev/zero is a device; a picture file was expected");
}

/// CRC-32 of PNG chunks (PNG specification, annex D).
pub fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, &byte: &u8| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| {
                if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 }
            },
        )
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// A PNG that claims a size it has no data for.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(RgbImage::new(1, 1), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let check = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&check.to_be_bytes());
    bytes
}

/// A BMP that claims a size it has no data for.
fn bmp_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(RgbImage::new(1, 1), ImageFormat::Bmp);
    bytes[18..22].copy_from_slice(&width.to_le_bytes());
    bytes[22..26].copy_from_slice(&height.to_le_bytes());
    bytes
}

#[test]
fn sizes_are_checked_before_pixels_are_asked_for() {
    for (width, height) in [(30_000, 20), (20, 30_000), (30_000, 30_000), (12_000, 12_000), (16_385, 1)] {
        for bytes in [png_claiming(width, height), bmp_claiming(width, height)] {
            let (outcome, block) = largest_block_of(|| picture::decode("huge", &bytes));
            assert_eq!(
                outcome.unwrap_err(),
                SourceError::TooLarge { name: "huge".to_owned(), width, height }
            );
            assert!(block < 1 << 20, "{block} bytes for {width} × {height}");
            let (shape, block) = largest_block_of(|| picture::shape(&bytes));
            assert!(shape.is_none() && block < 1 << 20, "{block} bytes for {width} × {height}");
        }
    }
    let error = picture::decode("huge", &png_claiming(30_000, 20)).unwrap_err().to_string();
    assert!(
        error.starts_with("huge is 30000 × 20 pixels; at most 16,384 on a side and 120 megapixels"),
        "{error}"
    );
    let fits = picture::decode("fits", &png_claiming(16_384, 20));
    assert!(matches!(fits, Err(SourceError::Truncated { .. } | SourceError::Undecodable { .. })), "{fits:?}");
}

/// A WebP of one pixel and about 60 bytes whose last chunk claims to hold EXIF of this length, and holds none.
fn webp_claiming_exif(length: u32) -> Vec<u8> {
    let pixel = encoded(RgbImage::from_pixel(1, 1, RED), ImageFormat::WebP);
    // The extended header: EXIF follows, and the canvas is 1 × 1.
    let mut bytes = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend(&pixel[12..]);
    bytes.extend(b"EXIF");
    bytes.extend(length.to_le_bytes());
    let behind = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&behind.to_le_bytes());
    bytes
}

#[test]
fn metadata_that_claims_more_than_the_file_has_is_refused_before_room_is_made_for_it() {
    assert!(picture::decode("exif.webp", &webp_claiming_exif(0)).is_ok());
    let bytes = webp_claiming_exif(u32::MAX - 1);
    assert!(bytes.len() < 80, "{}", bytes.len());
    let (outcome, block) = largest_block_of(|| picture::decode("exif.webp", &bytes));
    let expected = "exif.webp is damaged: its EXIF chunk claims 4294967294 bytes, and the file has 0 left; \
                    copy or download it again";
    assert_eq!(outcome.unwrap_err().to_string(), expected);
    assert!(block < 1 << 20, "{block} bytes");
    let (shape, block) = largest_block_of(|| picture::shape(&bytes));
    assert!(shape.is_none() && block < 1 << 20, "{block} bytes");
}

#[test]
fn a_colour_profile_does_not_unpack_without_bounds() {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(vec![0; 96 << 20]).unwrap();
    RgbImage::from_pixel(1, 1, RED).write_with_encoder(encoder).unwrap();
    assert!(bytes.len() < 4 << 20, "{}", bytes.len());
    let (outcome, block) = largest_block_of(|| picture::decode("profile.png", &bytes));
    assert_eq!(outcome.unwrap().width(), 1);
    // Room grows by doubling, so that a limit of 64 MiB may take somewhat more.
    assert!(block < 96 << 20, "{block} bytes");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_without_opening_it() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("camera.png");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(picture::open(&pipe).unwrap_err().to_string()));
    let message = receiver.recv_timeout(std::time::Duration::from_secs(10)).unwrap();
    assert!(message.ends_with("camera.png is a pipe; a picture file was expected"), "{message}");
}

#[test]
fn the_largest_side_is_read() {
    let wide = encoded(GrayImage::from_pixel(picture::MAX_SIDE, 1, Luma([7])), ImageFormat::Png);
    assert_eq!(picture::decode("wide", &wide).unwrap().width(), picture::MAX_SIDE);
}

fn any_format() -> impl Strategy<Value = (Vec<u8>, &'static str)> {
    (0..FORMATS.len()).prop_map(|index| (encoded(noise(), FORMATS[index].0), FORMATS[index].1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_prefix_panics_and_errors_name_the_file((bytes, _) in any_format(), share in 0.0..1.0_f64) {
        let length = (bytes.len() as f64 * share) as usize;
        if let Err(error) = picture::decode("prefix.bin", &bytes[..length]) {
            prop_assert!(error.to_string().starts_with("prefix.bin "), "{error}");
        }
    }

    #[test]
    fn no_flipped_byte_panics(
        (mut bytes, _) in any_format(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        header_only in any::<bool>(),
    ) {
        let reach = if header_only { bytes.len().min(64) } else { bytes.len() };
        for (place, value) in flips {
            let place = place.index(reach);
            bytes[place] = value;
        }
        match picture::decode("flipped.bin", &bytes) {
            Ok(frame) => prop_assert!(frame.width() >= 1 && frame.height() >= 1),
            Err(error) => prop_assert!(error.to_string().starts_with("flipped.bin "), "{error}"),
        }
    }

    #[test]
    fn no_rubbish_behind_a_signature_panics(
        (bytes, _) in any_format(),
        kept in 2..40_usize,
        rubbish in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let bytes = [&bytes[..kept], &rubbish].concat();
        if let Err(error) = picture::decode("rubbish.bin", &bytes) {
            prop_assert!(error.to_string().starts_with("rubbish.bin "), "{error}");
        }
    }
}
