//! NanoDet-g: a one-stage detector for the 80 classes of COCO, of which only people are read
//! (<https://github.com/RangiLyu/nanodet>).
//!
//! Every cell of three grids says how likely somebody's middle is there, and how far the four sides of the box are.
//! Each distance is a distribution over bins of one stride (generalised focal loss, Li et al. 2020).

use tch::{TchError, Tensor};

use super::found_person::FoundPerson;
use super::letterbox::Letterbox;
use crate::pose::BoundingBox;

/// Classes; a cell has a probability for each.
pub(super) const CLASSES: usize = 80;
/// Left, top, right, bottom: each a distribution over [`BINS`].
pub(super) const DISTANCES: usize = 4 * BINS;
/// Distances of 0 … 10 strides.
const BINS: usize = 11;
/// Which class people are.
const PERSON: usize = 0;
/// Input pixels from cell to cell of each grid, in the order of the network's rows.
const STRIDES: [u32; 3] = [8, 16, 32];

/// Mean of blue, green and red in the network's training, 0 … 255.
const MEAN: [f32; 3] = [103.53, 116.28, 123.675];
/// Standard deviation of blue, green and red, 0 … 255.
const STD: [f32; 3] = [57.375, 57.12, 58.395];

/// Cells of all grids over an input of these sides, which are multiples of 32 pixels.
pub(super) fn cells(width: u32, height: u32) -> i64 {
    STRIDES.iter().map(|stride| i64::from(width / stride) * i64::from(height / stride)).sum()
}

/// What the network is fed, from pictures `[N, 3, H, W]` in red, green, blue and 0 … 255.
///
/// # Errors
/// When there is no memory.
pub(super) fn normalise(pictures: &Tensor) -> Result<Tensor, TchError> {
    let channels =
        |values: &[f32]| Tensor::f_from_slice(values)?.f_view([1, 3, 1, 1])?.f_to_device(pictures.device());
    pictures.f_flip([1])?.f_sub(&channels(&MEAN)?)?.f_div(&channels(&STD)?)
}

/// Everybody whose score is above the threshold, often several times.
///
/// # Shapes
/// `scores` is `[cells, CLASSES]`, `distances` is `[cells, DISTANCES]`; both for one picture.
pub(super) fn people(
    scores: &[f32],
    distances: &[f32],
    letterbox: &Letterbox,
    threshold: f64,
) -> Vec<FoundPerson> {
    let grids = STRIDES.iter().flat_map(|stride| grid(letterbox.width, letterbox.height, *stride));
    let rows = scores.chunks_exact(CLASSES).zip(distances.chunks_exact(DISTANCES));
    grids
        .zip(rows)
        .filter_map(|((x, y, stride), (scores, distances))| {
            let score = f64::from(*scores.get(PERSON)?);
            if score <= threshold || score.is_nan() {
                return None;
            }
            let mut strides = distances.chunks_exact(BINS).map(|bins| stride * mean_bin(bins));
            let (left, top) = (strides.next()?, strides.next()?);
            let (right, bottom) = (strides.next()?, strides.next()?);
            let bounds = BoundingBox { x: x - left, y: y - top, width: left + right, height: top + bottom };
            Some(FoundPerson { bounds: letterbox.to_picture(&bounds)?, score })
        })
        .collect()
}

/// Middle of every cell of a grid, row by row, and the stride; in input pixels from the input's edge.
fn grid(width: u32, height: u32, stride: u32) -> impl Iterator<Item = (f64, f64, f64)> {
    let step = f64::from(stride);
    (0..height / stride).flat_map(move |row| {
        (0..width / stride)
            .map(move |column| ((f64::from(column) + 0.5) * step, (f64::from(row) + 0.5) * step, step))
    })
}

/// The mean of a distribution over bins that is given by its logits.
fn mean_bin(logits: &[f32]) -> f64 {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let (sum, weighted) = logits.iter().enumerate().fold((0.0, 0.0), |(sum, weighted), (bin, logit)| {
        let weight = f64::from(logit - largest).exp();
        (sum + weight, weighted + weight * bin as f64)
    });
    weighted / sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_bin_is_that_of_the_softmax() {
        let mut logits = [0.0_f32; BINS];
        approx::assert_relative_eq!(mean_bin(&logits), 5.0);
        logits[7] = 200.0;
        approx::assert_relative_eq!(mean_bin(&logits), 7.0);
        logits[8] = 200.0;
        approx::assert_relative_eq!(mean_bin(&logits), 7.5);
        assert!(mean_bin(&[f32::NAN; BINS]).is_nan());
    }

    #[test]
    fn a_cell_speaks_of_the_box_around_its_middle() {
        let letterbox = Letterbox::new((640, 640), 640);
        let count = cells(640, 640) as usize;
        assert_eq!(count, 80 * 80 + 40 * 40 + 20 * 20);
        let (mut scores, mut distances) = (vec![0.0; count * CLASSES], vec![0.0; count * DISTANCES]);
        // Third row, second column of the middle grid: x 24, y 40.
        let cell = 80 * 80 + 2 * 40 + 1;
        scores[cell * CLASSES + PERSON] = 0.9;
        // Something else, surely, beside it.
        scores[(cell + 1) * CLASSES + 5] = 1.0;
        for (side, bin) in [1, 2, 3, 4].into_iter().enumerate() {
            distances[cell * DISTANCES + side * BINS + bin] = 100.0;
        }
        let found = people(&scores, &distances, &letterbox, 0.5);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].bounds, BoundingBox { x: 8.0, y: 8.0, width: 64.0, height: 96.0 });
        approx::assert_relative_eq!(found[0].score, 0.9, epsilon = 1e-6);
        assert!(people(&scores, &distances, &letterbox, 0.95).is_empty());
        distances.fill(f32::NAN);
        assert!(people(&scores, &distances, &letterbox, 0.5).is_empty());
    }
}
