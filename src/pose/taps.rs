//! Which pixels of a picture make up a pixel of a larger or smaller one, along one axis.

use std::ops::Range;

use super::sampling::Sampling;

/// What a position outside the picture holds.
#[derive(Clone, Copy)]
pub(super) enum Border {
    /// Black.
    Black,
    /// The pixel of the picture nearest to it.
    Nearest,
}

/// The pixels along one axis that make up a new pixel, and what each contributes; the weights sum to 1 unless
/// some of the new pixel lies outside the picture.
pub(super) struct Taps {
    /// Index of the first pixel.
    pub first: usize,
    /// Contributions of it and those that follow it.
    pub weights: Vec<f32>,
}

impl Taps {
    /// The indices of the pixels.
    pub(super) fn range(&self) -> Range<usize> {
        self.first..self.first + self.weights.len()
    }
}

/// The taps of `count` new pixels over the stretch that begins at `start` and is `extent` pixels long; none
/// where that stretch is not finite.
pub(super) fn taps(
    side: u32,
    (start, extent): (f64, f64),
    count: u32,
    sampling: Sampling,
    border: Border,
) -> Vec<Taps> {
    let scale = extent / f64::from(count);
    if !(start.is_finite() && scale.is_finite()) {
        return (0..count).map(|_| Taps { first: 0, weights: Vec::new() }).collect();
    }
    let averaged = sampling == Sampling::AreaAverage && scale >= 1.0;
    (0..count)
        .map(|index| {
            if averaged {
                area_taps(side, start + f64::from(index) * scale, scale)
            } else {
                bilinear_taps(side, start + (f64::from(index) + 0.5) * scale - 0.5, border)
            }
        })
        .collect()
}

/// The share of every pixel in the stretch of `extent` pixels from `start`.
fn area_taps(side: u32, start: f64, extent: f64) -> Taps {
    let end = start + extent;
    let first = start.max(0.0).floor().min(f64::from(side)) as usize;
    let last = end.min(f64::from(side)).ceil().max(0.0) as usize;
    let share = |pixel: usize| {
        let pixel = pixel as f64;
        ((end.min(pixel + 1.0) - start.max(pixel)) / extent).max(0.0) as f32
    };
    Taps { first, weights: (first..last).map(share).collect() }
}

/// The two pixels around `position`, where whole numbers are pixel centres.
fn bilinear_taps(side: u32, position: f64, border: Border) -> Taps {
    let last = f64::from(side) - 1.0;
    let position = match border {
        Border::Black => position,
        Border::Nearest => position.min(last).max(0.0),
    };
    let before = position.floor();
    let fraction = (position - before) as f32;
    let pair = [(before, 1.0 - fraction), (before + 1.0, fraction)];
    let inside = pair.into_iter().filter(|(pixel, _)| (0.0..=last).contains(pixel));
    let first = if before >= 0.0 { before } else { before + 1.0 };
    Taps { first: first as usize, weights: inside.map(|(_, weight)| weight).collect() }
}

/// The pixels that any new pixel needs.
pub(super) fn span(columns: &[Taps]) -> Range<usize> {
    let used = || columns.iter().map(Taps::range).filter(|range| !range.is_empty());
    let first = used().map(|range| range.start).min().unwrap_or_default();
    let end = used().map(|range| range.end).max().unwrap_or_default();
    first..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_sum_to_one_inside_the_picture() {
        for (extent, count) in [(10.0, 3), (9.7, 10), (10.0, 20)] {
            for sampling in Sampling::ALL {
                for border in [Border::Black, Border::Nearest] {
                    let taps = taps(30, (7.3, extent), count, sampling, border);
                    let sums = taps.iter().map(|taps| taps.weights.iter().sum::<f32>());
                    assert!(sums.into_iter().all(|sum| (sum - 1.0).abs() < 1e-5));
                    let span = span(&taps);
                    assert!(span.start >= 6 && span.end <= 19, "{span:?}");
                }
            }
        }
    }

    #[test]
    fn the_border_decides_what_lies_outside() {
        let first = |border| taps(4, (0.0, 4.0), 8, Sampling::Bilinear, border).remove(0);
        assert_eq!((first(Border::Black).first, first(Border::Black).weights), (0, vec![0.75]));
        assert_eq!((first(Border::Nearest).first, first(Border::Nearest).weights), (0, vec![1.0, 0.0]));
        let endless = taps(4, (f64::NAN, 4.0), 2, Sampling::AreaAverage, Border::Black);
        assert!(endless.len() == 2 && span(&endless).is_empty());
    }
}
