//! What a camera makes of a person of few pixels, and what of that the network is given.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::{DynamicImage, ImageResult, RgbImage};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::capture_height::{MAX_HEIGHT, MIN_HEIGHT};
use super::input_size::InputSize;
use super::region::{ASPECT, Region};
use super::resample::{resize, sample};
use super::sampling::Sampling;

/// A simulated camera: how many pixels it spends on the region around a person, and how it spoils them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capture {
    /// Rows of the region in the camera's picture, [`MIN_HEIGHT`] … [`MAX_HEIGHT`]; values outside count as
    /// the nearest inside.
    pub height: u32,
    /// How the picture at hand is brought down to those rows.
    pub sampling: Sampling,
    /// Standard deviation of the sensor's noise, 0 … 1 of full scale, added to every channel of every pixel.
    pub noise: f32,
    /// Quality of JPEG compression, 1 … 100, where the camera compresses.
    pub jpeg_quality: Option<u8>,
}

/// The two pictures on the way from the camera to the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The region as the camera delivers it.
    pub capture: RgbImage,
    /// The same at the size of the network's input.
    pub input: RgbImage,
}

impl Capture {
    /// Looks at a region of the picture. The same picture, region and settings give the same pixels each
    /// time.
    ///
    /// The camera's picture is `height` rows by 3/4 of that many columns, but no more rows than the region has in
    /// the picture: nothing was captured beyond those. It becomes the input unchanged where the sizes are equal; it
    /// is averaged over areas where it has to shrink and interpolated where it has to grow.
    pub fn see(&self, picture: &RgbImage, region: &Region, input: InputSize) -> Seen {
        let wanted = self.height.clamp(MIN_HEIGHT, MAX_HEIGHT);
        let height = wanted.min(region.height as u32).max(1);
        let width = ((f64::from(height) * ASPECT).round() as u32).max(1);
        let mut capture = sample(picture, region, width, height, self.sampling);
        if self.noise > 0.0 {
            add_noise(&mut capture, self.noise);
        }
        if let Some(quality) = self.jpeg_quality {
            // Compressing in memory fails for no picture of these sizes; if it ever did, the uncompressed one
            // is the better answer.
            capture = compressed(&capture, quality).unwrap_or(capture);
        }
        let untouched = self.noise <= 0.0 && self.jpeg_quality.is_none();
        let input = match height < wanted && untouched {
            // The picture's own pixels, brought to the input in one step.
            true => sample(picture, region, input.width(), input.height(), self.sampling),
            false => resize(&capture, input.width(), input.height()),
        };
        Seen { capture, input }
    }
}

/// Adds normally distributed noise, the same for every picture of one size.
fn add_noise(picture: &mut RgbImage, noise: f32) {
    let seed = (u64::from(picture.height()) << 32) | u64::from(picture.width());
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let deviation = noise.min(1.0) * 255.0;
    for pair in picture.chunks_mut(2) {
        for (channel, normal) in pair.iter_mut().zip(normal_pair(&mut random)) {
            *channel = (f32::from(*channel) + deviation * normal).round() as u8;
        }
    }
}

/// Two independent standard normal numbers (Box and Muller 1958).
fn normal_pair(random: &mut ChaCha8Rng) -> [f32; 2] {
    // The logarithm needs a number above 0, and the generator gives 0 … 1 without 1.
    let radius = (-2.0 * (1.0 - random.random::<f32>()).ln()).sqrt();
    let (sin, cos) = (std::f32::consts::TAU * random.random::<f32>()).sin_cos();
    [radius * cos, radius * sin]
}

/// The picture after a round trip through JPEG.
fn compressed(picture: &RgbImage, quality: u8) -> ImageResult<RgbImage> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, quality.clamp(1, 100)).encode_image(picture)?;
    let decoded = DynamicImage::from_decoder(JpegDecoder::new(Cursor::new(file))?)?;
    Ok(decoded.into_rgb8())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Capture =
        Capture { height: 64, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };

    fn picture() -> RgbImage {
        RgbImage::from_fn(96, 128, |x, y| image::Rgb([(x * 2) as u8, (y + 40) as u8, 128]))
    }

    fn whole() -> Region {
        Region { x0: 0.0, y0: 0.0, width: 96.0, height: 128.0 }
    }

    fn mean_and_deviation(picture: &RgbImage, reference: &RgbImage) -> (f64, f64) {
        let differences: Vec<f64> =
            picture.iter().zip(reference.iter()).map(|(a, b)| f64::from(*a) - f64::from(*b)).collect();
        let mean = differences.iter().sum::<f64>() / differences.len() as f64;
        let variance = differences.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
        (mean, (variance / differences.len() as f64).sqrt())
    }

    #[test]
    fn capture_has_its_own_size_and_equals_the_input_where_the_sizes_agree() {
        let seen = CLEAN.see(&picture(), &whole(), InputSize::STANDARD[1]);
        assert_eq!(seen.capture.dimensions(), (48, 64));
        assert_eq!(seen.input, seen.capture);
        let far = Capture { height: 1, ..CLEAN }.see(&picture(), &whole(), InputSize::STANDARD[3]);
        assert_eq!((far.capture.dimensions(), far.input.dimensions()), ((6, 8), (96, 128)));
    }

    #[test]
    fn nothing_is_captured_beyond_what_the_picture_holds() {
        let near = Capture { height: 10_000, ..CLEAN }.see(&picture(), &whole(), InputSize::STANDARD[0]);
        assert_eq!((near.capture.dimensions(), near.input.dimensions()), ((96, 128), (24, 32)));
        let small = Region { x0: 40.0, y0: 40.0, width: 12.0, height: 16.0 };
        let seen = CLEAN.see(&picture(), &small, InputSize::STANDARD[1]);
        assert_eq!((seen.capture.dimensions(), seen.input.dimensions()), ((12, 16), (48, 64)));
        let compressed = Capture { jpeg_quality: Some(5), ..CLEAN };
        assert_ne!(compressed.see(&picture(), &small, InputSize::STANDARD[1]).input, seen.input);
    }

    #[test]
    fn noise_has_the_deviation_asked_for_and_is_the_same_each_time() {
        let flat = RgbImage::from_pixel(96, 128, image::Rgb([128; 3]));
        let noisy = Capture { height: 128, noise: 0.05, ..CLEAN };
        let seen = noisy.see(&flat, &whole(), InputSize::STANDARD[3]);
        assert_eq!(seen, noisy.see(&flat, &whole(), InputSize::STANDARD[3]));
        let (mean, deviation) = mean_and_deviation(&seen.capture, &flat);
        assert!(mean.abs() < 0.3, "{mean}");
        assert!((deviation - 12.75).abs() < 0.3, "{deviation}");
    }

    #[test]
    fn stronger_compression_changes_more() {
        let clean = CLEAN.see(&picture(), &whole(), InputSize::STANDARD[1]).capture;
        let change = |quality| {
            let capture = Capture { jpeg_quality: Some(quality), ..CLEAN };
            let seen = capture.see(&picture(), &whole(), InputSize::STANDARD[1]);
            mean_and_deviation(&seen.capture, &clean).1
        };
        assert!(change(5) > change(60) && change(60) > 0.0 && change(60) < 5.0);
    }
}
