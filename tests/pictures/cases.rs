//! Pictures as other programs write them are read as they are meant, or refused in the user's words.

use std::path::PathBuf;

use image::{ImageFormat, Rgb, RgbImage};
use posescope::pose::coco::Shown;
use posescope::source::{Folder, SourceError, picture};

use crate::samples::{BLUE, GREEN, RED, WHITE, assert_corners, encoded, noise, quarters};
use crate::upright::exif;

fn case(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/pictures")).join(name)
}

fn message(name: &str) -> String {
    picture::open(case(name)).unwrap_err().to_string()
}

#[test]
fn kinds_that_are_not_read_are_named() {
    for (name, said) in [
        ("bigtiff.tif", "it looks like a BigTIFF picture (save it as an ordinary TIFF)"),
        ("heic_sequence_brand_called_a_video.jpg", "it looks like an HEIC picture"),
        ("jpeg_arithmetic_coding.jpg", "is a JPEG with arithmetic coding, which is not read; save it again"),
        ("jpeg_one_scan_per_component_420.jpg", "is a JPEG with a scan for each channel and colour coarser"),
        ("tiff_palette.tif", "is a TIFF with a colour palette, which is not read"),
    ] {
        let message = message(name);
        assert!(message.contains(name) && message.contains(said), "{message}");
    }
}

#[test]
fn an_alpha_that_nobody_filled_in_is_left_out() {
    let frame = picture::open(case("bmp32_alpha_all_zero.bmp")).unwrap();
    assert!(frame.picture.pixels().any(|pixel| *pixel != Rgb([128; 3])));
}

#[test]
fn exif_is_found_wherever_it_stands() {
    for name in ["png_exif_after_pixels_turned_90.png", "webp_animated_turned_90.webp"] {
        let frame = picture::open(case(name)).unwrap();
        assert_eq!((frame.width(), frame.height()), (120, 160), "{name}");
        let bytes = std::fs::read(case(name)).unwrap();
        let shown = Shown { width: 120, height: 160, orientation: frame.orientation };
        assert_eq!(picture::shape(&bytes), Some(shown), "{name}");
    }
    let mut png = encoded(quarters(), ImageFormat::Png);
    let end = png.split_off(png.len() - 12);
    png.extend(26_u32.to_be_bytes());
    png.extend(b"eXIf");
    png.extend(exif(3));
    png.extend(crate::damage::crc(&png[png.len() - 30..]).to_be_bytes());
    png.extend(end);
    assert_corners(&picture::decode("behind", &png).unwrap(), [WHITE, BLUE, GREEN, RED], "behind the pixels");
}

#[test]
fn a_jpeg_without_its_end_is_read_if_every_row_is_there() {
    let frame = picture::open(case("jpeg_end_marker_missing.jpg")).unwrap();
    let [warning] = &frame.sentences()[..] else { panic!("{:?}", frame.warnings) };
    assert!(warning.ends_with("jpeg_end_marker_missing.jpg has no end marker, but every row of it is there"));
    let bytes = std::fs::read(case("jpeg_end_marker_missing.jpg")).unwrap();
    for missing in [8, 100, 4000] {
        let cut = picture::decode("cut", &bytes[..bytes.len() - missing]);
        assert!(matches!(cut, Err(SourceError::Truncated { .. })), "{missing} bytes");
    }
    let whole = encoded(noise(), ImageFormat::Jpeg);
    let endless = picture::decode("endless", &whole[..whole.len() - 2]).unwrap();
    assert_eq!(endless.picture, picture::decode("whole", &whole).unwrap().picture);
}

#[test]
fn a_jpeg_without_tables_gets_the_standard_ones() {
    let whole = encoded(noise(), ImageFormat::Jpeg);
    let mut bare = Vec::new();
    let mut rest = &whole[..];
    // Segments up to the scan, without those of Huffman tables; the encoder writes the standard ones.
    bare.extend(&rest[..2]);
    rest = &rest[2..];
    while rest[1] != 0xda {
        let (segment, behind) = rest.split_at(2 + usize::from(u16::from_be_bytes([rest[2], rest[3]])));
        if segment[1] != 0xc4 {
            bare.extend(segment);
        }
        rest = behind;
    }
    bare.extend(rest);
    assert!(bare.len() < whole.len());
    let (bare, whole) = (picture::decode("bare", &bare).unwrap(), picture::decode("whole", &whole).unwrap());
    assert_eq!(bare.picture, whole.picture);
}

#[test]
fn values_of_a_camera_in_sixteen_bits_are_stretched_with_a_word() {
    for (name, bits) in [("grey16_holding_10_bits.png", 10), ("grey16_holding_12_bits.png", 12)] {
        let frame = picture::open(case(name)).unwrap();
        let brightest = frame.picture.pixels().map(|pixel| pixel[0]).max().unwrap();
        assert!(brightest > 127, "{name}: {brightest}");
        let said = format!("{name} holds values of {bits} bits in 16");
        let sentences = frame.sentences();
        assert!(sentences.len() == 1 && sentences[0].contains(&said), "{sentences:?}");
    }
    let plain = picture::decode("plain", &encoded(RgbImage::new(2, 2), ImageFormat::Png)).unwrap();
    assert!(plain.warnings.is_empty());
}

#[test]
fn a_folder_tells_what_it_did_not_open() {
    let folder = Folder::open(case("phone_folder_mostly_heic")).unwrap();
    assert_eq!(folder.paths().len(), 1);
    let said = folder.not_opened().unwrap();
    assert!(
        said.ends_with(
            "phone_folder_mostly_heic: 2 files were not opened, as they are no pictures that are read: 2 HEIC pictures \
             (first: IMG_0000.HEIC)"
        ),
        "{said}"
    );
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.mov"), "x").unwrap();
    let error = Folder::open(folder.path()).unwrap_err().to_string();
    assert!(error.ends_with("were expected, found 1 video (first: a.mov)"), "{error}");
    std::fs::write(folder.path().join("b.png"), "x").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "x").unwrap();
    let said = Folder::open(folder.path()).unwrap().not_opened().unwrap();
    assert!(
        said.ends_with(": 1 file was not opened, as it is no picture that is read: 1 video (first: a.mov)"),
        "{said}"
    );
    std::fs::remove_file(folder.path().join("a.mov")).unwrap();
    assert_eq!(Folder::open(folder.path()).unwrap().not_opened(), None);
}
