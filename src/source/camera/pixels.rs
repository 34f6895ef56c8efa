//! From a camera's buffer to RGB.
//!
//! Buffers may be longer than their picture: drivers hand over the whole mapped block. Luma and chroma follow ITU-R
//! BT.601 in limited range (Y 16–235, U and V 16–240 around 128), which is what USB cameras send.

use image::RgbImage;

use super::CameraMode;
use super::mjpeg::mjpeg;
use super::packing::{Chroma, Packing};
use super::rows::close_up;

/// Turns one buffer into a picture of the mode's size (for MJPEG, of the size the JPEG has). `stride` is how many bytes
/// lie between the beginnings of two rows, 0 where it is not known.
///
/// # Errors
/// A reason, to be put behind the camera's name, when the buffer is too short, the size does not suit
/// the encoding, or the JPEG is broken.
pub(super) fn decode(buffer: &[u8], stride: usize, mode: CameraMode) -> Result<RgbImage, String> {
    let (width, height) = (mode.width as usize, mode.height as usize);
    let packing = mode.encoding.packing();
    let (across, down) = packing.unit();
    multiple_of(across, width, "width")?;
    multiple_of(down, height, "height")?;
    let samples = close_up(buffer, packing, (width, height), stride)?;
    let pixels = match packing {
        Packing::Jpeg => return mjpeg(buffer, mode),
        Packing::Pairs { luma, chroma } => pairs(&samples, luma, chroma),
        Packing::Triples => {
            samples.as_chunks::<3>().0.iter().flat_map(|&[y, u, v]| Tint::new(u, v).with_luma(y)).collect()
        }
        Packing::Planes { across, down, chroma } => planes(&samples, (width, height), (across, down), chroma),
        Packing::Colours { bytes, rgb } => {
            let colours = |pixel| rgb.map(|at| byte(pixel, at));
            samples.chunks_exact(bytes).flat_map(colours).collect()
        }
        Packing::Rgb565 => words(&samples).flat_map(rgb565).collect(),
        Packing::Grey => samples.iter().flat_map(|&grey| [grey; 3]).collect(),
        Packing::DeepGrey { bits } => {
            let most = u32::MAX >> (32 - bits);
            words(&samples).flat_map(|grey| [(u32::from(grey).min(most) * 255 / most) as u8; 3]).collect()
        }
    };
    RgbImage::from_raw(mode.width, mode.height, pixels).ok_or_else(|| "too few pixels".to_owned())
}

fn multiple_of(unit: usize, side: usize, what: &str) -> Result<(), String> {
    if side.is_multiple_of(unit) {
        Ok(())
    } else {
        Err(format!("the {what} is {side}, a multiple of {unit} was expected"))
    }
}

/// Every index here lies in the bytes by the packing that names it.
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or_default()
}

fn words(samples: &[u8]) -> impl Iterator<Item = u16> {
    samples.as_chunks::<2>().0.iter().map(|&word| u16::from_le_bytes(word))
}

fn rgb565(word: u16) -> [u8; 3] {
    let part = |shift: u32, bits: u32| {
        let most = (1u32 << bits) - 1;
        (((u32::from(word) >> shift) & most) * 255 / most) as u8
    };
    [part(11, 5), part(5, 6), part(0, 5)]
}

fn pairs(samples: &[u8], luma: [usize; 2], [u, v]: [usize; 2]) -> Vec<u8> {
    let (pairs, _) = samples.as_chunks::<4>();
    let mut rgb = Vec::with_capacity(pairs.len() * 6);
    for pair in pairs {
        let tint = Tint::new(byte(pair, u), byte(pair, v));
        for at in luma {
            rgb.extend_from_slice(&tint.with_luma(byte(pair, at)));
        }
    }
    rgb
}

/// `samples` are those of a width × height picture, closed up.
fn planes(
    samples: &[u8],
    (width, height): (usize, usize),
    (across, down): (usize, usize),
    chroma: Chroma,
) -> Vec<u8> {
    let (luma, rest) = samples.split_at(samples.len().min(width * height));
    let columns = width / across;
    // Where U and V of the first pixel are in the rest, and how far those of the next ones are apart.
    let (u, v, step) = match chroma {
        Chroma::PairsOfUV => (0, 1, 2),
        Chroma::PairsOfVU => (1, 0, 2),
        Chroma::UThenV => (0, rest.len() / 2, 1),
        Chroma::VThenU => (rest.len() / 2, 0, 1),
    };
    let mut rgb = Vec::with_capacity(width * height * 3);
    for (y, row) in luma.chunks_exact(width.max(1)).enumerate() {
        for (x, group) in row.chunks_exact(across).enumerate() {
            let at = (y / down * columns + x) * step;
            let tint = Tint::new(byte(rest, at + u), byte(rest, at + v));
            for &luma in group {
                rgb.extend_from_slice(&tint.with_luma(luma));
            }
        }
    }
    rgb
}

/// What neighbouring pixels share: the chroma's part of red, green and blue, in 1/256.
struct Tint {
    red: i32,
    green: i32,
    blue: i32,
}

impl Tint {
    fn new(u: u8, v: u8) -> Self {
        let (u, v) = (i32::from(u) - 128, i32::from(v) - 128);
        Self { red: 409 * v, green: -100 * u - 208 * v, blue: 516 * u }
    }

    fn with_luma(&self, luma: u8) -> [u8; 3] {
        let luma = 298 * (i32::from(luma) - 16) + 128;
        [self.red, self.green, self.blue].map(|chroma| ((luma + chroma) >> 8).clamp(0, 255) as u8)
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::{CameraMode, Tint};
    use crate::source::camera::Encoding;
    use crate::source::camera::packing::Packing;

    fn decode(buffer: &[u8], mode: CameraMode) -> Result<RgbImage, String> {
        super::decode(buffer, 0, mode)
    }

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
            let found = Tint::new(u, v).with_luma(y);
            for (found, expected) in found.iter().zip(reference([y, u, v])) {
                assert!((f64::from(*found) - expected).abs() <= 1.5, "{y} {u} {v}: {found} {expected}");
            }
        }
    }

    #[test]
    fn yuyv_shares_chroma_between_two_pixels() {
        let picture = decode(&[81, 90, 235, 240, 0xa5], mode(2, 1, Encoding::Yuyv)).expect("a picture");
        assert_eq!(picture.get_pixel(0, 0), &Rgb([255, 0, 0]), "BT.601 red");
        assert_eq!(picture.get_pixel(1, 0), &Rgb(Tint::new(90, 240).with_luma(235)));
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
        let bytes = [1, 2, 3, 4, 5, 6, 7, 8];
        let pixel = |encoding| decode(&bytes, mode(2, 1, encoding)).expect("a picture").get_pixel(1, 0).0;
        assert_eq!(pixel(Encoding::Rgbx), [5, 6, 7]);
        assert_eq!(pixel(Encoding::Bgrx), [7, 6, 5]);
        assert_eq!(pixel(Encoding::Xrgb), [6, 7, 8]);
        assert_eq!(pixel(Encoding::Xbgr), [8, 7, 6]);
    }

    #[test]
    fn words_hold_as_many_bits_as_they_say() {
        let pixel = |word: u16, encoding| {
            decode(&word.to_le_bytes(), mode(1, 1, encoding)).expect("a picture").get_pixel(0, 0).0
        };
        assert_eq!(pixel(0xf810, Encoding::Rgb565), [255, 0, 131]);
        assert_eq!(pixel(0x07e0, Encoding::Rgb565), [0, 255, 0]);
        assert_eq!(pixel(1023, Encoding::Grey10), [255; 3]);
        assert_eq!(pixel(2048, Encoding::Grey12), [127; 3]);
        assert_eq!(pixel(0x8000, Encoding::Grey16), [127; 3]);
        assert_eq!(pixel(0xffff, Encoding::Grey10), [255; 3], "bits above those used do not wrap");
    }

    /// The samples of a picture whose pixels all have these Y, U and V.
    fn flat([y, u, v]: [u8; 3], encoding: Encoding, pixels: usize) -> Option<Vec<u8>> {
        let plane = |value: u8, share: usize| vec![value; pixels / share];
        Some(match encoding {
            Encoding::Yuyv => [y, u, y, v].repeat(pixels / 2),
            Encoding::Yvyu => [y, v, y, u].repeat(pixels / 2),
            Encoding::Uyvy => [u, y, v, y].repeat(pixels / 2),
            Encoding::Vyuy => [v, y, u, y].repeat(pixels / 2),
            Encoding::Yuv24 => [y, u, v].repeat(pixels),
            Encoding::Nv12 => [plane(y, 1), [u, v].repeat(pixels / 4)].concat(),
            Encoding::Nv21 => [plane(y, 1), [v, u].repeat(pixels / 4)].concat(),
            Encoding::Nv16 => [plane(y, 1), [u, v].repeat(pixels / 2)].concat(),
            Encoding::Nv61 => [plane(y, 1), [v, u].repeat(pixels / 2)].concat(),
            Encoding::Nv24 => [plane(y, 1), [u, v].repeat(pixels)].concat(),
            Encoding::Nv42 => [plane(y, 1), [v, u].repeat(pixels)].concat(),
            Encoding::I420 => [plane(y, 1), plane(u, 4), plane(v, 4)].concat(),
            Encoding::Yv12 => [plane(y, 1), plane(v, 4), plane(u, 4)].concat(),
            Encoding::I422 => [plane(y, 1), plane(u, 2), plane(v, 2)].concat(),
            Encoding::I411 => [plane(y, 1), plane(u, 4), plane(v, 4)].concat(),
            _ => return None,
        })
    }

    #[test]
    fn every_arrangement_of_luma_and_chroma_gives_the_same_colour() {
        let red = [81, 90, 240];
        let arrangements =
            Encoding::ALL.iter().filter_map(|&encoding| Some((encoding, flat(red, encoding, 32)?)));
        let mut count = 0;
        for (encoding, samples) in arrangements {
            let picture = decode(&samples, mode(8, 4, encoding)).expect("a picture");
            assert!(picture.pixels().all(|pixel| *pixel == Rgb([255, 0, 0])), "{encoding}");
            assert!(decode(&samples[1..], mode(8, 4, encoding)).is_err(), "{encoding} lacks a byte");
            count += 1;
        }
        assert_eq!(count, 15);
    }

    #[test]
    fn planes_share_chroma_between_the_pixels_they_should() {
        let mut samples = vec![128; 8 * 2];
        samples.extend([128, 128, 128, 240, 90, 128, 128, 128]);
        let picture = decode(&samples, mode(8, 2, Encoding::I420)).expect("a picture");
        let tint = |u, v| Rgb(Tint::new(u, v).with_luma(128));
        assert_eq!(picture.get_pixel(7, 1), &tint(240, 128));
        assert_eq!(picture.get_pixel(1, 1), &tint(128, 90));
        assert_eq!(picture.get_pixel(2, 0), &tint(128, 128));
    }

    #[test]
    fn short_buffers_and_odd_sizes_are_reasons() {
        for encoding in Encoding::ALL {
            for length in 0..6 {
                let outcome = decode(&[0xff; 6][..length], mode(4, 2, encoding));
                assert!(outcome.is_err(), "{encoding} from {length} bytes");
            }
            assert!(encoding.packing() == Packing::Jpeg || decode(&[0; 32], mode(4, 2, encoding)).is_ok());
        }
        assert!(decode(&[0; 64], mode(3, 2, Encoding::Yuyv)).expect_err("odd").contains("width is 3"));
        assert!(decode(&[0; 64], mode(2, 3, Encoding::Nv12)).expect_err("odd").contains("height is 3"));
    }
}
