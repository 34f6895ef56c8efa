//! Files that contradict themselves, or say the usual in an unusual way.

use image::codecs::webp::WebPEncoder;
use image::{ImageFormat, Rgb, RgbImage};
use posescope::source::{SourceError, picture};

use crate::samples::{BLUE, GREEN, RED, WHITE, assert_corners, encoded, near, noise, quarters};
use crate::upright::exif;

const START_OF_FRAME: [u8; 2] = [0xff, 0xc0];

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker][..], &length, content].concat()
}

fn jpeg_with(segments: &[Vec<u8>]) -> Vec<u8> {
    let jpeg = encoded(quarters(), ImageFormat::Jpeg);
    let (before, behind) = jpeg.split_at(jpeg.windows(2).position(|pair| pair == START_OF_FRAME).unwrap());
    [before, &segments.concat(), behind].concat()
}

/// What is special about a JPEG that is refused for it.
fn refused(bytes: &[u8]) -> &'static str {
    match picture::decode("odd", bytes) {
        Err(SourceError::UnreadKind { kind, .. }) => kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_two_exif_blocks_the_first_counts() {
    let block = |orientation| segment(0xe1, &[b"Exif\0\0".to_vec(), exif(orientation)].concat());
    let upright = |first, second| picture::decode("two", &jpeg_with(&[block(first), block(second)])).unwrap();
    assert_corners(&upright(1, 3), [RED, GREEN, BLUE, WHITE], "upright first");
    assert_corners(&upright(3, 1), [WHITE, BLUE, GREEN, RED], "turned first");
}

#[test]
fn a_jpeg_that_contradicts_itself_is_refused_by_name() {
    let adobe = segment(0xee, b"Adobe\0\x64\0\0\0\0\0");
    assert_eq!(refused(&jpeg_with(&[adobe])), "a JPEG that says two things of how its colours are kept");
    let frame = |change: fn(&mut [u8])| {
        let mut bytes = jpeg_with(&[]);
        let at = bytes.windows(2).position(|pair| pair == START_OF_FRAME).unwrap();
        change(&mut bytes[at..]);
        bytes
    };
    assert_eq!(
        refused(&frame(|bytes| bytes[5..7].fill(0))),
        "a JPEG that tells its height behind its pixels"
    );
    assert_eq!(refused(&frame(|bytes| bytes[11] = 0x31)), "a JPEG with unusual sampling of its channels");
    assert_eq!(refused(&frame(|bytes| bytes[1] = 0xf7)), "a JPEG-LS picture");
    // The last channel becomes fill bytes before the next marker.
    let two = frame(|bytes| {
        bytes[3] -= 3;
        bytes[9] = 2;
        bytes[16..19].fill(0xff);
    });
    assert_eq!(refused(&two), "a JPEG of neither one, three nor four channels");
}

#[test]
fn a_jpeg_with_its_end_is_damaged_and_not_cut_off() {
    let mut bytes = jpeg_with(&[]);
    // A table of quantisation that is not there.
    let at = bytes.windows(2).position(|pair| pair == START_OF_FRAME).unwrap();
    bytes[at + 12] = 3;
    let error = picture::decode("odd", &bytes).unwrap_err();
    assert!(matches!(error, SourceError::Undecodable { .. }), "{error}");
}

#[test]
fn fill_bytes_in_place_of_the_end_marker_are_no_missing_rows() {
    let whole = encoded(noise(), ImageFormat::Jpeg);
    let filled = [&whole[..whole.len() - 2], &[0xff; 40]].concat();
    let frame = picture::decode("filled", &filled).unwrap();
    assert_eq!(frame.picture, picture::decode("whole", &whole).unwrap().picture);
    assert_eq!(frame.warnings.len(), 1);
}

/// A TIFF of one row, with entries of a short each besides size and place.
fn tiff(width: u16, pixels: &[u8], entries: &[(u16, u16)]) -> Vec<u8> {
    let mut all = vec![(256, width), (257, 1), (259, 1), (273, 8), (278, 1), (279, pixels.len() as u16)];
    all.extend(entries);
    all.sort_unstable();
    let mut bytes = b"II*\0".to_vec();
    bytes.extend((8 + pixels.len() as u32).to_le_bytes());
    bytes.extend(pixels);
    bytes.extend((all.len() as u16).to_le_bytes());
    for (tag, value) in all {
        bytes.extend([tag.to_le_bytes(), [3, 0], [1, 0], [0, 0], value.to_le_bytes(), [0, 0]].concat());
    }
    bytes.extend([0; 4]);
    bytes
}

#[test]
fn tiffs_that_would_be_read_wrongly_are_refused_by_name() {
    let grey = |more: &[(u16, u16)]| tiff(2, &[10, 200], &[&[(258, 8), (262, 1), (277, 1)], more].concat());
    let frame = picture::decode("grey", &grey(&[])).unwrap();
    assert!(near(frame.picture.get_pixel(1, 0), Rgb([200; 3]), 0));
    assert_eq!(refused(&grey(&[(266, 2)])), "a TIFF with the bits of each byte in reverse order");
    let four = tiff(1, &[8, 4], &[(258, 4), (262, 1), (277, 1)]);
    assert_eq!(refused(&four), "a TIFF of fewer than 8 bits a channel");
}

#[test]
fn a_webp_that_announces_what_was_stripped_is_read() {
    let picture = RgbImage::from_fn(32, 16, |x, y| *quarters().get_pixel(x, y));
    let mut simple = Vec::new();
    picture.write_with_encoder(WebPEncoder::new_lossless(&mut simple)).unwrap();
    for flags in [0x20, 0x08, 0x04, 0x2c] {
        let extended = [&b"VP8X\x0a\0\0\0"[..], &[flags, 0, 0, 0, 31, 0, 0, 15, 0, 0]].concat();
        let content = [b"WEBP".to_vec(), extended, simple[12..].to_vec()].concat();
        let file = [b"RIFF".to_vec(), (content.len() as u32).to_le_bytes().to_vec(), content].concat();
        let frame = picture::decode("stripped", &file).unwrap();
        assert_corners(&frame, [RED, GREEN, BLUE, WHITE], "stripped");
        assert_eq!(picture::shape(&file).map(|shown| (shown.width, shown.height)), Some((32, 16)));
    }
}
