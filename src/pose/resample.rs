//! Cutting a region out of a picture at another size.

use image::RgbImage;
use rayon::prelude::*;

use super::region::Region;
use super::sampling::Sampling;
use super::taps::{Border, Taps, span, taps};

/// Channels of a pixel.
const CHANNELS: usize = 3;

/// From this many lines of equal weight on, whole numbers are summed first: several times as fast.
const MIN_EXACT_RUN: usize = 4;

/// The sum of this many bytes fits 16 bits.
const MAX_EXACT_RUN: usize = 256;

/// The region of the picture at `width` × `height` pixels, black where it reaches outside the picture. Areas
/// are mapped, as [`Region::to_input`] maps positions.
pub fn sample(picture: &RgbImage, region: &Region, width: u32, height: u32, sampling: Sampling) -> RgbImage {
    let columns = taps(picture.width(), (region.x0, region.width), width, sampling, Border::Black);
    let rows = taps(picture.height(), (region.y0, region.height), height, sampling, Border::Black);
    combine(picture, &columns, &rows)
}

/// The whole picture at another size: averaged over areas where it shrinks, interpolated where it grows.
pub(super) fn resize(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let axis =
        |side: u32, count| taps(side, (0.0, f64::from(side)), count, Sampling::AreaAverage, Border::Nearest);
    combine(picture, &axis(picture.width(), width), &axis(picture.height(), height))
}

/// The picture whose every pixel is the weighted sum over its taps of both axes.
fn combine(picture: &RgbImage, columns: &[Taps], rows: &[Taps]) -> RgbImage {
    let mut result = RgbImage::new(columns.len() as u32, rows.len() as u32);
    let span = span(columns);
    if span.is_empty() || columns.is_empty() {
        return result;
    }
    let stride = picture.width() as usize * CHANNELS;
    let (left, right) = (span.start * CHANNELS, span.end * CHANNELS);
    let lines: Vec<&[u8]> =
        picture.as_raw().chunks_exact(stride.max(1)).filter_map(|line| line.get(left..right)).collect();
    let new_lines: &mut [u8] = &mut result;
    new_lines.par_chunks_exact_mut(columns.len() * CHANNELS).zip(rows).for_each(|(new_line, row)| {
        let merged = merge_lines(lines.get(row.range()).unwrap_or_default(), &row.weights, right - left);
        for (pixel, column) in new_line.chunks_exact_mut(CHANNELS).zip(columns) {
            merge_pixels(pixel, &merged, column, span.start);
        }
    });
    result
}

/// The weighted sum of lines of `length` values.
fn merge_lines(mut lines: &[&[u8]], weights: &[f32], length: usize) -> Vec<f32> {
    let mut merged = vec![0.0_f32; length];
    for run in weights.chunk_by(PartialEq::eq) {
        let (Some(run_lines), Some(&weight)) = (lines.split_off(..run.len()), run.first()) else {
            break;
        };
        if run.len() < MIN_EXACT_RUN {
            for line in run_lines {
                add_weighted(&mut merged, line.iter().copied(), weight);
            }
        } else {
            for block in run_lines.chunks(MAX_EXACT_RUN) {
                add_weighted(&mut merged, summed(block, length).into_iter(), weight);
            }
        }
    }
    merged
}

/// The sum of at most [`MAX_EXACT_RUN`] lines.
fn summed(lines: &[&[u8]], length: usize) -> Vec<u16> {
    let mut sums = vec![0_u16; length];
    for line in lines {
        for (sum, value) in sums.iter_mut().zip(*line) {
            *sum += u16::from(*value);
        }
    }
    sums
}

fn add_weighted<T: Into<f32>>(merged: &mut [f32], values: impl Iterator<Item = T>, weight: f32) {
    for (sum, value) in merged.iter_mut().zip(values) {
        *sum += weight * value.into();
    }
}

/// One new pixel from a line that begins at column `offset` of the picture.
fn merge_pixels(pixel: &mut [u8], line: &[f32], taps: &Taps, offset: usize) {
    let mut sums = [0.0_f32; CHANNELS];
    let source = line.chunks_exact(CHANNELS).skip(taps.first.saturating_sub(offset));
    for (values, weight) in source.zip(&taps.weights) {
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += weight * value;
        }
    }
    for (channel, sum) in pixel.iter_mut().zip(sums) {
        // The conversion keeps to 0 … 255.
        *channel = sum.round() as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| image::Rgb([(x * 7) as u8, (y * 11) as u8, (x + y) as u8]))
    }

    fn whole(picture: &RgbImage) -> Region {
        Region { x0: 0.0, y0: 0.0, width: f64::from(picture.width()), height: f64::from(picture.height()) }
    }

    #[test]
    fn the_same_size_is_the_same_picture() {
        let picture = ramp(24, 20);
        for sampling in Sampling::ALL {
            assert_eq!(sample(&picture, &whole(&picture), 24, 20, sampling), picture);
        }
        assert_eq!(resize(&picture, 24, 20), picture);
    }

    #[test]
    fn areas_are_integrated_with_parts_of_pixels() {
        let picture = RgbImage::from_fn(5, 1, |x, _| image::Rgb([(x * 50) as u8; 3]));
        let region = Region { x0: 0.5, y0: 0.0, width: 3.0, height: 1.0 };
        let halves = sample(&picture, &region, 2, 1, Sampling::AreaAverage);
        // 0.5 … 2 covers half of 0 and all of 50; 2 … 3.5 all of 100 and half of 150.
        assert_eq!(halves.get_pixel(0, 0).0[0], (50.0_f64 / 1.5).round() as u8);
        assert_eq!(halves.get_pixel(1, 0).0[0], (175.0_f64 / 1.5).round() as u8);
    }

    #[test]
    fn long_runs_of_whole_pixels_sum_without_overflow() {
        let white = RgbImage::from_pixel(2, 1500, image::Rgb([255; 3]));
        let region = Region { x0: 0.0, y0: -0.5, width: 2.0, height: 1501.0 };
        let shrunk = sample(&white, &region, 1, 1, Sampling::AreaAverage);
        assert_eq!(shrunk.get_pixel(0, 0).0, [255; 3]);
        let darker = Region { height: 3000.0, y0: 0.0, ..region };
        assert_eq!(sample(&white, &darker, 1, 1, Sampling::AreaAverage).get_pixel(0, 0).0, [128; 3]);
    }

    #[test]
    fn outside_is_black_in_proportion() {
        let white = RgbImage::from_pixel(8, 8, image::Rgb([200; 3]));
        let region = Region { x0: -3.0, y0: 0.0, width: 8.0, height: 8.0 };
        let shrunk = sample(&white, &region, 4, 4, Sampling::AreaAverage);
        let row: Vec<u8> = (0..4).map(|x| shrunk.get_pixel(x, 1).0[2]).collect();
        assert_eq!(row, [0, 100, 200, 200]);
        for away in [-100.0, 100.0, f64::NAN, f64::INFINITY, 1e300] {
            for sampling in Sampling::ALL {
                let region = Region { x0: away, y0: away, width: 30.0, height: 40.0 };
                let black = sample(&white, &region, 3, 4, sampling);
                assert!(black.pixels().all(|pixel| pixel.0 == [0; 3]), "{away} {sampling:?}");
            }
        }
    }

    #[test]
    fn growing_interpolates_and_resizing_does_not_darken_the_border() {
        let picture = RgbImage::from_fn(2, 1, |x, _| image::Rgb([(x * 100 + 50) as u8; 3]));
        let grown: Vec<u8> = resize(&picture, 4, 1).pixels().map(|pixel| pixel.0[0]).collect();
        assert_eq!(grown, [50, 75, 125, 150]);
        let cut = sample(&picture, &whole(&picture), 4, 1, Sampling::AreaAverage);
        let cut: Vec<u8> = cut.pixels().map(|pixel| pixel.0[0]).collect();
        assert_eq!(cut, [38, 75, 125, 113]);
    }

    #[test]
    fn bilinear_aliases_where_the_average_does_not() {
        let stripes = RgbImage::from_fn(32, 4, |x, _| image::Rgb([if (x + 1) % 4 < 2 { 255 } else { 0 }; 3]));
        let levels = |sampling| {
            let row = sample(&stripes, &whole(&stripes), 8, 4, sampling);
            row.pixels().map(|pixel| pixel.0[0]).collect::<Vec<u8>>()
        };
        assert!(levels(Sampling::AreaAverage).iter().all(|level| *level == 128));
        let shifted = RgbImage::from_fn(32, 4, |x, _| image::Rgb([if (x + 1) % 4 < 2 { 255 } else { 0 }; 3]));
        let aliased = sample(&shifted, &whole(&shifted), 8, 4, Sampling::Bilinear);
        assert!(aliased.pixels().all(|pixel| pixel.0[0] == 0));
    }

    #[test]
    fn empty_pictures_and_sizes_are_no_trouble() {
        let region = Region { x0: 0.0, y0: 0.0, width: 3.0, height: 4.0 };
        let black = sample(&RgbImage::new(0, 0), &region, 3, 4, Sampling::AreaAverage);
        assert!(black.pixels().all(|pixel| pixel.0 == [0; 3]));
        assert_eq!(sample(&ramp(4, 4), &region, 0, 0, Sampling::Bilinear).dimensions(), (0, 0));
    }
}
