//! The pictures of a camera that sends JPEG.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits, RgbImage};

use super::{CameraMode, Encoding};
use crate::source::jpeg;

/// Begins the Huffman tables of a JPEG.
const HUFFMAN_TABLES: [u8; 2] = [0xff, 0xc4];
/// The last marker of a JPEG.
const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];

/// Whether a buffer has an end, as far as its encoding has one. The decoder fills up a JPEG that is cut short and calls
/// it good, but some cameras never send the last marker.
pub(super) fn has_end(buffer: &[u8], mode: CameraMode) -> bool {
    mode.encoding != Encoding::Mjpeg || buffer.windows(2).rev().any(|pair| pair == END_OF_IMAGE)
}

/// Decodes one picture; tables that it lacks are the standard ones.
///
/// # Errors
/// A reason when it is broken or of another size than the mode could have.
pub(super) fn mjpeg(buffer: &[u8], mode: CameraMode) -> Result<RgbImage, String> {
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

    use super::{CameraMode, Encoding, has_end, mjpeg};

    fn mode(width: u32, height: u32, encoding: Encoding) -> CameraMode {
        CameraMode { width, height, frames_per_second: 30, encoding }
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
        let picture = mjpeg(&buffer, mode(32, 16, Encoding::Mjpeg)).expect("a picture");
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
        let picture = mjpeg(&stripped, mode(32, 16, Encoding::Mjpeg)).expect("a picture");
        let found = picture.get_pixel(5, 5).0;
        assert!(found.iter().zip([30, 160, 220]).all(|(&a, b)| a.abs_diff(b) <= 3), "{found:?}");
    }

    #[test]
    fn mjpeg_cut_short_has_no_end() {
        let mut jpeg = Vec::new();
        let picture = RgbImage::from_fn(64, 64, |x, y| Rgb([(x * 4) as u8, (y * 4) as u8, (x * y) as u8]));
        JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&picture).expect("encodes");
        let mode = mode(64, 64, Encoding::Mjpeg);
        assert!(mjpeg(&jpeg, mode).is_ok() && has_end(&jpeg, mode));
        assert!(has_end(&[jpeg.as_slice(), &[0; 64]].concat(), mode), "padding may follow");
        for length in [0, 1, jpeg.len() / 2, jpeg.len() - 2] {
            assert!(!has_end(&jpeg[..length], mode), "{length} of {} bytes", jpeg.len());
        }
        assert!(mjpeg(&jpeg[..1], mode).is_err());
        assert!(has_end(&[0; 4], CameraMode { encoding: Encoding::Yuyv, ..mode }));
    }

    #[test]
    fn mjpeg_of_an_absurd_size_is_a_reason() {
        assert!(mjpeg(&jpeg_of([1, 2, 3], 640, 480), mode(32, 16, Encoding::Mjpeg)).is_err());
    }
}
