//! From a camera's buffer to RGB.
//!
//! Buffers may be longer than their picture: drivers hand over the whole mapped block. Luma and chroma
//! follow ITU-R BT.601 in limited range (Y 16–235, U and V 16–240 around 128), which is what USB
//! cameras send.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits, RgbImage};

use super::{CameraMode, Encoding};
use crate::counted::counted;
use crate::source::jpeg;

/// Turns one buffer into a picture of the mode's size (for MJPEG, of the size the JPEG has).
///
/// # Errors
/// A reason, to be put behind the camera's name, when the buffer is too short, the size does not suit
/// the encoding, or the JPEG is broken.
pub(super) fn decode(buffer: &[u8], mode: CameraMode) -> Result<RgbImage, String> {
    let (width, height) = (mode.width as usize, mode.height as usize);
    let area = width * height;
    let pixels = match mode.encoding {
        Encoding::Mjpeg => return mjpeg(buffer, mode),
        Encoding::Yuyv => yuyv(even(width, "width").and(head(buffer, area * 2))?),
        Encoding::Nv12 => {
            even(width, "width").and(even(height, "height"))?;
            nv12(head(buffer, area + area / 2)?, width, area)
        }
        Encoding::Rgb => head(buffer, area * 3)?.to_vec(),
        Encoding::Bgr => {
            head(buffer, area * 3)?.as_chunks::<3>().0.iter().flat_map(|&[b, g, r]| [r, g, b]).collect()
        }
        Encoding::Grey => head(buffer, area)?.iter().flat_map(|&grey| [grey; 3]).collect(),
    };
    RgbImage::from_raw(mode.width, mode.height, pixels).ok_or_else(|| "too few pixels".to_owned())
}

fn head(buffer: &[u8], length: usize) -> Result<&[u8], String> {
    buffer.get(..length).ok_or_else(|| {
        format!("the buffer has {}, {length} were expected", counted(buffer.len(), "byte", "bytes"))
    })
}

fn even(side: usize, what: &str) -> Result<(), String> {
    if side.is_multiple_of(2) {
        Ok(())
    } else {
        Err(format!("the {what} is {side}, an even one was expected"))
    }
}

fn yuyv(buffer: &[u8]) -> Vec<u8> {
    let (pairs, _) = buffer.as_chunks::<4>();
    let mut rgb = Vec::with_capacity(pairs.len() * 6);
    for &[first, u, second, v] in pairs {
        let chroma = Chroma::new(u, v);
        rgb.extend_from_slice(&chroma.with_luma(first));
        rgb.extend_from_slice(&chroma.with_luma(second));
    }
    rgb
}

fn nv12(buffer: &[u8], width: usize, area: usize) -> Vec<u8> {
    let (luma, chroma) = buffer.split_at(area);
    let mut rgb = Vec::with_capacity(area * 3);
    for (row_pair, chroma_row) in luma.chunks_exact(width * 2).zip(chroma.chunks_exact(width)) {
        for row in row_pair.chunks_exact(width) {
            for (pair, uv) in row.as_chunks::<2>().0.iter().zip(chroma_row.as_chunks::<2>().0) {
                let chroma = Chroma::new(uv[0], uv[1]);
                rgb.extend_from_slice(&chroma.with_luma(pair[0]));
                rgb.extend_from_slice(&chroma.with_luma(pair[1]));
            }
        }
    }
    rgb
}

/// What two neighbouring pixels share: the chroma's part of red, green and blue, in 1/256.
struct Chroma {
    red: i32,
    green: i32,
    blue: i32,
}

impl Chroma {
    fn new(u: u8, v: u8) -> Self {
        let (u, v) = (i32::from(u) - 128, i32::from(v) - 128);
        Self { red: 409 * v, green: -100 * u - 208 * v, blue: 516 * u }
    }

    fn with_luma(&self, luma: u8) -> [u8; 3] {
        let luma = 298 * (i32::from(luma) - 16) + 128;
        [self.red, self.green, self.blue].map(|chroma| ((luma + chroma) >> 8).clamp(0, 255) as u8)
    }
}

/// Begins the Huffman tables of a JPEG.
const HUFFMAN_TABLES: [u8; 2] = [0xff, 0xc4];
/// The last marker of a JPEG.
const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];

/// Whether a buffer has an end, as far as its encoding has one. The decoder fills up a JPEG that is cut short and calls
/// it good, but some cameras never send the last marker.
pub(super) fn has_end(buffer: &[u8], mode: CameraMode) -> bool {
    mode.encoding != Encoding::Mjpeg || buffer.windows(2).rev().any(|pair| pair == END_OF_IMAGE)
}

fn mjpeg(buffer: &[u8], mode: CameraMode) -> Result<RgbImage, String> {
    let has_tables = buffer.array_windows::<2>().any(|pair| *pair == HUFFMAN_TABLES);
    let completed;
    let buffer = if has_tables {
        buffer
    } else {
        completed = jpeg::with_standard_tables(buffer);
        &completed
    };
    let mut reader = ImageReader::with_format(Cursor::new(buffer), ImageFormat::Jpeg);
    // A frame damaged on the cable may claim any size.
    let mut limits = Limits::default();
    limits.max_image_width = Some(mode.width.saturating_mul(2));
    limits.max_image_height = Some(mode.height.saturating_mul(2));
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| error.to_string().trim_end().to_owned())?;
    Ok(picture.into_rgb8())
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;
    use image::{Rgb, RgbImage};

    use super::{CameraMode, Chroma, Encoding, decode, has_end};

    fn mode(width: u32, height: u32, encoding: Encoding) -> CameraMode {
        CameraMode { width, height, frames_per_second: 30, encoding }
    }

    /// BT.601 in limited range, from its luma weights alone.
    fn reference([y, u, v]: [u8; 3]) -> [f64; 3] {
        let (kr, kb) = (0.299, 0.114);
        let kg = 1.0 - kr - kb;
        let y = (f64::from(y) - 16.0) / 219.0;
        let (pb, pr) = ((f64::from(u) - 128.0) / 224.0, (f64::from(v) - 128.0) / 224.0);
        let (r, b) = (y + 2.0 * (1.0 - kr) * pr, y + 2.0 * (1.0 - kb) * pb);
        let g = (y - kr * r - kb * b) / kg;
        [r, g, b].map(|value| (value * 255.0).clamp(0.0, 255.0))
    }

    #[test]
    fn chroma_follows_bt601() {
        let steps = || (0..=255u8).step_by(15);
        for (y, u, v) in steps().flat_map(|y| steps().flat_map(move |u| steps().map(move |v| (y, u, v)))) {
            let found = Chroma::new(u, v).with_luma(y);
            for (found, expected) in found.iter().zip(reference([y, u, v])) {
                assert!((f64::from(*found) - expected).abs() <= 1.5, "{y} {u} {v}: {found} {expected}");
            }
        }
    }

    #[test]
    fn yuyv_shares_chroma_between_two_pixels() {
        let picture = decode(&[81, 90, 235, 240, 0xa5], mode(2, 1, Encoding::Yuyv)).expect("a picture");
        assert_eq!(picture.get_pixel(0, 0), &Rgb([255, 0, 0]), "BT.601 red");
        assert_eq!(picture.get_pixel(1, 0), &Rgb(Chroma::new(90, 240).with_luma(235)));
    }

    #[test]
    fn nv12_shares_chroma_between_four_pixels() {
        let luma = [16, 235, 81, 81, 145, 145, 81, 81, 16, 16, 41, 41, 235, 16, 41, 41];
        let chroma = [128, 128, 90, 240, 128, 128, 240, 110];
        let picture = decode(&[&luma[..], &chroma].concat(), mode(4, 4, Encoding::Nv12)).expect("a picture");
        assert_eq!(picture.get_pixel(0, 0), &Rgb([0, 0, 0]));
        assert_eq!(picture.get_pixel(1, 0), &Rgb([255, 255, 255]));
        assert_eq!(picture.get_pixel(3, 1), &Rgb([255, 0, 0]), "BT.601 red");
        assert_eq!(picture.get_pixel(2, 3), &Rgb([0, 0, 255]), "BT.601 blue");
    }

    #[test]
    fn unpacked_encodings() {
        let bytes = [1, 2, 3, 4, 5, 6, 7];
        let pixel = |encoding, x| decode(&bytes, mode(2, 1, encoding)).expect("a picture").get_pixel(x, 0).0;
        assert_eq!(pixel(Encoding::Rgb, 1), [4, 5, 6]);
        assert_eq!(pixel(Encoding::Bgr, 1), [6, 5, 4]);
        assert_eq!(pixel(Encoding::Grey, 1), [2, 2, 2]);
    }

    #[test]
    fn short_buffers_and_odd_sizes_are_reasons() {
        for encoding in Encoding::ALL {
            for length in 0..6 {
                let outcome = decode(&[0xff; 5][..length.min(5)], mode(4, 2, encoding));
                assert!(outcome.is_err(), "{encoding} from {length} bytes");
            }
        }
        assert!(decode(&[0; 64], mode(3, 2, Encoding::Yuyv)).expect_err("odd").contains("width is 3"));
        assert!(decode(&[0; 64], mode(2, 3, Encoding::Nv12)).expect_err("odd").contains("height is 3"));
    }

    fn jpeg_of(colour: [u8; 3], width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = RgbImage::from_pixel(width, height, Rgb(colour));
        JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&picture).expect("encodes");
        bytes
    }

    #[test]
    fn mjpeg_with_rubbish_behind_it() {
        let buffer = [jpeg_of([200, 40, 90], 32, 16), vec![0xa5; 4000]].concat();
        let picture = decode(&buffer, mode(32, 16, Encoding::Mjpeg)).expect("a picture");
        assert_eq!(picture.dimensions(), (32, 16));
        let found = picture.get_pixel(20, 9).0;
        assert!(found.iter().zip([200, 40, 90]).all(|(&a, b)| a.abs_diff(b) <= 3), "{found:?}");
    }

    #[test]
    fn mjpeg_without_huffman_tables() {
        let mut stripped = jpeg_of([30, 160, 220], 32, 16);
        while let Some(start) = stripped.windows(2).position(|pair| pair == [0xff, 0xc4]) {
            let length = usize::from(u16::from_be_bytes([stripped[start + 2], stripped[start + 3]]));
            stripped.drain(start..start + 2 + length);
        }
        let picture = decode(&stripped, mode(32, 16, Encoding::Mjpeg)).expect("a picture");
        let found = picture.get_pixel(5, 5).0;
        assert!(found.iter().zip([30, 160, 220]).all(|(&a, b)| a.abs_diff(b) <= 3), "{found:?}");
    }

    #[test]
    fn mjpeg_cut_short_has_no_end() {
        let mut jpeg = Vec::new();
        let picture = RgbImage::from_fn(64, 64, |x, y| Rgb([(x * 4) as u8, (y * 4) as u8, (x * y) as u8]));
        JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&picture).expect("encodes");
        let mode = mode(64, 64, Encoding::Mjpeg);
        assert!(decode(&jpeg, mode).is_ok() && has_end(&jpeg, mode));
        assert!(has_end(&[jpeg.as_slice(), &[0; 64]].concat(), mode), "padding may follow");
        for length in [0, 1, jpeg.len() / 2, jpeg.len() - 2] {
            assert!(!has_end(&jpeg[..length], mode), "{length} of {} bytes", jpeg.len());
        }
        assert!(decode(&jpeg[..1], mode).is_err());
        assert!(has_end(&[0; 4], CameraMode { encoding: Encoding::Yuyv, ..mode }));
    }

    #[test]
    fn mjpeg_of_an_absurd_size_is_a_reason() {
        assert!(decode(&jpeg_of([1, 2, 3], 640, 480), mode(32, 16, Encoding::Mjpeg)).is_err());
    }
}
