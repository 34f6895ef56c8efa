//! How a picture is shown, from as little of its file as tells it: mostly the first few thousand bytes.

use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};

use image::ImageFormat;
use image::metadata::Orientation;

use super::{picture, png, sniff, tiff};
use crate::pose::coco::{Shown, swaps_sides};

/// What is read at first. Cameras put a preview of up to 64 KiB before the size of a JPEG.
const FIRST_BYTES: u64 = 96 << 10;
/// How many times more is read where that does not tell.
const GROWTH: u64 = 8;

/// Width, height and turn of the picture whose file begins at `start` and has `length` bytes; none where they cannot
/// be read.
pub(super) fn shown(file: &mut (impl Read + Seek), start: u64, length: u64) -> Option<Shown> {
    let mut wanted = FIRST_BYTES.min(length);
    loop {
        let bytes = part(file, start, wanted).ok()?;
        let told = picture::shape(&bytes);
        if wanted == length {
            return told;
        }
        let format = sniff::picture_format(&bytes).map(|(format, _)| format);
        match (told, format) {
            (Some(shown), Some(ImageFormat::Png)) => {
                return Some(turned_by_the_end(shown, file, start, length));
            }
            // A WebP may be turned by a part behind its pixels, and few are large.
            (Some(shown), Some(format)) if format != ImageFormat::WebP => return Some(shown),
            _ => wanted = wanted.saturating_mul(GROWTH).min(length),
        }
    }
}

/// So many bytes of a file.
///
/// # Errors
/// When it is shorter, cannot be read, or there is no memory for them.
pub(super) fn part(file: &mut (impl Read + Seek), start: u64, length: u64) -> Result<Vec<u8>> {
    file.seek(SeekFrom::Start(start))?;
    let room = usize::try_from(length).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(room).map_err(|_| Error::from(ErrorKind::OutOfMemory))?;
    bytes.resize(room, 0);
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A PNG may be turned by EXIF behind its pixels.
fn turned_by_the_end(shown: Shown, file: &mut (impl Read + Seek), start: u64, length: u64) -> Shown {
    if shown.orientation != Orientation::NoTransforms {
        return shown;
    }
    let exif = png::exif_in(file, start, length).ok().flatten();
    match exif.as_deref().and_then(tiff::orientation) {
        Some(orientation) if swaps_sides(orientation) => {
            Shown { width: shown.height, height: shown.width, orientation }
        }
        Some(orientation) => Shown { orientation, ..shown },
        None => shown,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::codecs::jpeg::JpegEncoder;
    use image::codecs::png::PngEncoder;
    use image::{ExtendedColorType, ImageEncoder, RgbImage};

    use super::*;

    /// EXIF in which the orientation is a turn by a quarter, clockwise.
    const TURNED: &[u8] = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

    /// Pixels that hardly get smaller.
    fn noise(width: u32, height: u32) -> RgbImage {
        let mut state = 1_u32;
        RgbImage::from_fn(width, height, |_, _| {
            image::Rgb([(); 3].map(|()| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            }))
        })
    }

    /// A file that counts what is read of it.
    struct Counted {
        bytes: Cursor<Vec<u8>>,
        read: usize,
    }

    impl Read for Counted {
        fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
            let count = self.bytes.read(buffer)?;
            self.read += count;
            Ok(count)
        }
    }

    impl Seek for Counted {
        fn seek(&mut self, target: SeekFrom) -> Result<u64> {
            self.bytes.seek(target)
        }
    }

    /// What is told of a file, and how much of it is read for that.
    fn told(bytes: Vec<u8>) -> (Option<Shown>, usize) {
        let length = bytes.len() as u64;
        let mut file = Counted { bytes: Cursor::new(bytes), read: 0 };
        let shown = shown(&mut file, 0, length);
        (shown, file.read)
    }

    #[test]
    fn the_start_of_a_large_file_is_enough() {
        let picture = noise(700, 500);
        let mut jpeg = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 95);
        encoder.set_exif_metadata(TURNED.to_vec()).unwrap();
        encoder.write_image(&picture, 700, 500, ExtendedColorType::Rgb8).unwrap();
        assert!(jpeg.len() > 3 * FIRST_BYTES as usize, "{}", jpeg.len());
        let turned = Shown { width: 500, height: 700, orientation: Orientation::Rotate90 };
        assert_eq!(told(jpeg), (Some(turned), FIRST_BYTES as usize));
    }

    #[test]
    fn a_png_is_turned_by_what_stands_behind_its_pixels() {
        let mut png = Vec::new();
        PngEncoder::new(&mut png).write_image(&noise(300, 200), 300, 200, ExtendedColorType::Rgb8).unwrap();
        let plain = Shown { width: 300, height: 200, orientation: Orientation::NoTransforms };
        let (shown, read) = told(png.clone());
        assert_eq!(shown, Some(plain));
        assert!(read < FIRST_BYTES as usize + png.len() / 8, "{read} of {}", png.len());
        // Its last chunk has no content: 12 bytes. Check sums are not looked at.
        let end = png.split_off(png.len() - 12);
        let chunk = [&(TURNED.len() as u32).to_be_bytes()[..], b"eXIf", TURNED, &[0; 4]].concat();
        let (shown, _) = told([png, chunk, end].concat());
        assert_eq!(shown, Some(Shown { width: 200, height: 300, orientation: Orientation::Rotate90 }));
    }

    #[test]
    fn small_files_and_rubbish() {
        let mut png = Vec::new();
        PngEncoder::new(&mut png).write_image(&noise(3, 2), 3, 2, ExtendedColorType::Rgb8).unwrap();
        let length = png.len();
        assert_eq!(told(png.clone()).0.map(|shown| (shown.width, shown.height)), Some((3, 2)));
        assert_eq!(told(vec![7; 5 * FIRST_BYTES as usize]).0, None);
        assert_eq!(shown(&mut Cursor::new(png), 0, length as u64 + 1), None, "shorter than it should be");
    }
}
