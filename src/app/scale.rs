//! Fixed colour scales: the same colour means the same number in every picture.

use egui::{Color32, ColorImage};

use super::theme::{Palette, diverging};
use crate::network::Grid;

/// What numbers a colour map spans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Evenly from the first number to the second.
    Linear(f32, f32),
    /// Evenly from 0 to this many pixels.
    Pixels(f32),
    /// Evenly from below 0 to as far above it, 0 in the middle.
    Signed(f32),
    /// By ratios, from the first number to the second; both above 0.
    Logarithmic(f32, f32),
    /// By ratios, from this many times less than an even share to as many times more; above 1.
    EvenShare(f32),
}

impl Scale {
    /// Attention as a multiple of an even spread: from a quarter to sixteen times.
    pub const ATTENTION: Self = Self::Logarithmic(0.25, 16.0);
    /// Channel weights as a multiple of an even share, which has the colour in the middle.
    pub const CHANNEL_WEIGHTS: Self = Self::EvenShare(4.0);
    /// Channel weights less learned ones, in even shares.
    pub const WEIGHT_DIFFERENCE: Self = Self::Signed(1.0);
    /// One heatmap less another.
    pub const HEATMAP_DIFFERENCE: Self = Self::Signed(1.0);
    /// Heatmap values: a perfect peak is 1.
    pub const HEATMAP: Self = Self::Linear(0.0, 1.0);
    /// Gates and shares.
    pub const UNIT: Self = Self::Linear(0.0, 1.0);

    /// Where a number lies on the scale, 0 … 1.
    pub fn share(self, value: f32) -> f32 {
        let share = match self {
            Self::Linear(from, to) => (value - from) / (to - from),
            Self::Pixels(farthest) => value / farthest,
            Self::Signed(end) => 0.5 + 0.5 * value / end,
            Self::Logarithmic(from, to) => (value.max(f32::MIN_POSITIVE) / from).ln() / (to / from).ln(),
            Self::EvenShare(times) => 0.5 + value.max(f32::MIN_POSITIVE).ln() / (2.0 * times.ln()),
        };
        let nothing = if matches!(self, Self::Signed(_)) { 0.5 } else { 0.0 };
        if share.is_finite() { share.clamp(0.0, 1.0) } else { nothing }
    }

    /// The colour at `share` of the scale, 0 … 1: of the palette, but for scales with both signs, which have colours of
    /// their own.
    pub fn colour(self, share: f32, palette: Palette) -> Color32 {
        match self {
            Self::Signed(_) => diverging(share),
            _ => palette.colour(share),
        }
    }

    /// How much there is to see at `share` of the scale, 0 … 1: nothing at its beginning, or at the middle of one with
    /// both signs.
    fn strength(self, share: f32) -> f32 {
        match self {
            Self::Signed(_) => (2.0 * share - 1.0).abs(),
            _ => share,
        }
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
            Self::Signed(end) => {
                vec![(0.0, format!("≤ −{end:.2}")), (0.5, "0".into()), (1.0, format!("≥ +{end:.2}"))]
            }
            // Numbers beyond the ends take the colours of the ends, and the legend says so.
            Self::Logarithmic(..) => [(0.25, "≤ ¼×"), (1.0, "1×"), (4.0, "4×"), (16.0, "≥ 16×")]
                .map(|(v, text)| (self.share(v), text.to_string()))
                .into(),
            Self::EvenShare(times) => vec![
                (0.0, format!("≤ 1/{times:.0}×")),
                (0.5, "1×, an even share".to_owned()),
                (1.0, format!("≥ {times:.0}×")),
            ],
        }
    }
}

/// A grid in colours, one pixel a cell.
pub fn coloured(grid: &Grid, scale: Scale, palette: Palette) -> ColorImage {
    let pixels = grid.values.iter().map(|v| scale.colour(scale.share(*v), palette)).collect();
    ColorImage::new([grid.columns, grid.rows], pixels)
}

/// A grid in colours, the more transparent the lower the value, or the nearer to 0 on a scale with both signs.
pub fn coloured_by_strength(grid: &Grid, scale: Scale, palette: Palette) -> ColorImage {
    let pixel = |value: &f32| {
        let share = scale.share(*value);
        let colour = scale.colour(share, palette);
        let alpha = (scale.strength(share) * 1.6).min(1.0) * 255.0;
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
        let weights = [0.0, 0.25, 1.0, 2.0, 4.0, 9.0].map(|value| Scale::CHANNEL_WEIGHTS.share(value));
        assert_eq!(weights, [0.0, 0.0, 0.5, 0.75, 1.0, 1.0]);
    }

    #[test]
    fn scales_with_both_signs_show_nothing_in_the_middle() {
        let scale = Scale::Signed(0.5);
        assert_eq!([-9.0, -0.25, 0.0, 0.5, f32::NAN].map(|v| scale.share(v)), [0.0, 0.25, 0.5, 1.0, 0.5]);
        let grid = Grid { rows: 1, columns: 4, values: vec![-0.5, 0.0, f32::NAN, 0.5] };
        let picture = coloured_by_strength(&grid, scale, Palette::Inferno);
        let alphas: Vec<u8> = picture.pixels.iter().map(|pixel| pixel.a()).collect();
        assert_eq!(alphas, [255, 0, 0, 255]);
        assert_ne!(picture.pixels[0], picture.pixels[3]);
        assert_eq!(scale.colour(1.0, Palette::Inferno), scale.colour(1.0, Palette::Viridis));
        assert_eq!(scale.ticks().iter().map(|(share, _)| *share).collect::<Vec<_>>(), [0.0, 0.5, 1.0]);
    }

    #[test]
    fn ticks_have_fixed_decimals_and_their_unit() {
        let ticks = |scale: Scale| scale.ticks().into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(ticks(Scale::UNIT), ["0.00", "0.50", "1.00"]);
        assert_eq!(ticks(Scale::Pixels(34.4)), ["0.0 px", "17.2 px", "34.4 px"]);
        assert_eq!(Scale::Pixels(34.4).ticks().last().map(|(share, _)| *share), Some(1.0));
    }
}
