//! Fixed colour scales: the same colour means the same number in every picture.

use egui::{Color32, ColorImage};

use super::theme::Palette;
use crate::network::Grid;

/// What numbers a colour map spans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Evenly from the first number to the second.
    Linear(f32, f32),
    /// Evenly from 0 to this many pixels of the network's input.
    Pixels(f32),
    /// By ratios, from the first number to the second; both above 0.
    Logarithmic(f32, f32),
}

impl Scale {
    /// Attention as a multiple of an even spread: from a quarter to sixteen times.
    pub const ATTENTION: Self = Self::Logarithmic(0.25, 16.0);
    /// Heatmap values: a perfect peak is 1.
    pub const HEATMAP: Self = Self::Linear(0.0, 1.0);
    /// Gates and shares.
    pub const UNIT: Self = Self::Linear(0.0, 1.0);

    /// Where a number lies on the scale, 0 … 1.
    pub fn share(self, value: f32) -> f32 {
        let share = match self {
            Self::Linear(from, to) => (value - from) / (to - from),
            Self::Pixels(farthest) => value / farthest,
            Self::Logarithmic(from, to) => (value.max(f32::MIN_POSITIVE) / from).ln() / (to / from).ln(),
        };
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Numbers to write beside the legend with where they lie, from left to right.
    pub fn ticks(self) -> Vec<(f32, String)> {
        match self {
            Self::Linear(from, to) => {
                [from, (from + to) / 2.0, to].map(|v| (self.share(v), format!("{v:.2}"))).into()
            }
            Self::Pixels(farthest) => {
                [0.0, farthest / 2.0, farthest].map(|v| (self.share(v), format!("{v:.1} px"))).into()
            }
            // Numbers beyond the ends take the colours of the ends, and the legend says so.
            Self::Logarithmic(..) => [(0.25, "≤ ¼×"), (1.0, "1×"), (4.0, "4×"), (16.0, "≥ 16×")]
                .map(|(v, text)| (self.share(v), text.to_string()))
                .into(),
        }
    }
}

/// A grid in colours, one pixel a cell.
pub fn coloured(grid: &Grid, scale: Scale, palette: Palette) -> ColorImage {
    let pixels = grid.values.iter().map(|v| palette.colour(scale.share(*v))).collect();
    ColorImage::new([grid.columns, grid.rows], pixels)
}

/// A grid in colours, the more transparent the lower the value.
pub fn coloured_by_strength(grid: &Grid, scale: Scale, palette: Palette) -> ColorImage {
    let pixel = |value: &f32| {
        let share = scale.share(*value);
        let colour = palette.colour(share);
        let alpha = (share * 1.6).min(1.0) * 255.0;
        Color32::from_rgba_unmultiplied(colour.r(), colour.g(), colour.b(), alpha as u8)
    };
    ColorImage::new([grid.columns, grid.rows], grid.values.iter().map(pixel).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_do_not_stretch() {
        assert_eq!(Scale::HEATMAP.share(0.5), 0.5);
        assert_eq!(Scale::HEATMAP.share(7.0), 1.0);
        assert!((Scale::ATTENTION.share(1.0) - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(Scale::ATTENTION.share(0.0), 0.0);
        assert_eq!(Scale::ATTENTION.share(f32::NAN), 0.0);
    }

    #[test]
    fn ticks_have_fixed_decimals_and_their_unit() {
        let ticks = |scale: Scale| scale.ticks().into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(ticks(Scale::UNIT), ["0.00", "0.50", "1.00"]);
        assert_eq!(ticks(Scale::Pixels(34.4)), ["0.0 px", "17.2 px", "34.4 px"]);
        assert_eq!(Scale::Pixels(34.4).ticks().last().map(|(share, _)| *share), Some(1.0));
    }
}
