//! From a heatmap to a position finer than its pixels.

use serde::{Deserialize, Serialize};

use super::dark::dark_steps;
use super::heatmaps::{Heatmaps, TARGET_SIGMA};
use super::joint_map::JointMap;

/// Step of [`Decoder::Quarter`] in heatmap pixels.
const QUARTER_STEP: f64 = 0.25;

/// A way to find the position of a joint in its heatmap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decoder {
    /// The highest pixel, moved a quarter of a pixel toward its higher neighbour along each axis (Newell et
    /// al. 2016).
    Quarter,
    /// The highest pixel, moved to the top of the Gaussian that fits the surroundings: a second-order Taylor
    /// step on the logarithm of the smoothed map (distribution-aware coordinates, Zhang et al. 2020).
    #[default]
    Dark,
}

/// The highest point of a heatmap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// Column in heatmap pixels; whole numbers are pixel centres.
    pub x: f64,
    /// Row in heatmap pixels; whole numbers are pixel centres.
    pub y: f64,
    /// The highest value of the map itself, before any smoothing.
    pub confidence: f64,
}

impl Decoder {
    /// Every decoder.
    pub const ALL: [Self; 2] = [Self::Quarter, Self::Dark];

    /// Name for people to read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Quarter => "Quarter pixel",
            Self::Dark => "DARK",
        }
    }

    /// The peak of every joint's map, in heatmap pixels. Values that are not finite are passed over; a map
    /// without any finite value has its peak in the middle, with confidence 0.
    pub fn decode(self, heatmaps: &Heatmaps) -> Vec<Peak> {
        (0..heatmaps.joints())
            .map(|joint| {
                let map = JointMap {
                    values: heatmaps.joint(joint),
                    width: heatmaps.width(),
                    height: heatmaps.height(),
                };
                self.peak(&map)
            })
            .collect()
    }

    fn peak(self, map: &JointMap<'_>) -> Peak {
        let Some((x, y)) = map.highest() else {
            let middle = |side: usize| (side as f64 - 1.0) / 2.0;
            return Peak { x: middle(map.width), y: middle(map.height), confidence: 0.0 };
        };
        let (step_x, step_y) = match self {
            Self::Quarter => quarter_steps(map, x, y),
            Self::Dark => dark_steps(map, x, y),
        };
        Peak { x: x as f64 + step_x, y: y as f64 + step_y, confidence: map.at(x, y) }
    }
}

fn quarter_steps(map: &JointMap<'_>, x: usize, y: usize) -> (f64, f64) {
    let peak = map.at(x, y);
    (
        quarter_step(peak, x, map.width, |column| map.at(column, y)),
        quarter_step(peak, y, map.height, |row| map.at(x, row)),
    )
}

/// The step along one axis. Where the map ends beside the peak, the missing neighbour counts as high as a
/// target centred on the peak would make it; a higher one on the inside then says that the joint lies inward,
/// a lower one outward.
fn quarter_step(peak: f64, index: usize, side: usize, value: impl Fn(usize) -> f64) -> f64 {
    if side == 1 {
        return 0.0;
    }
    let missing = peak * (-0.5 / (TARGET_SIGMA * TARGET_SIGMA)).exp();
    let before = if index == 0 { missing } else { value(index - 1) };
    let after = if index + 1 == side { missing } else { value(index + 1) };
    match after.total_cmp(&before) {
        std::cmp::Ordering::Greater => QUARTER_STEP,
        std::cmp::Ordering::Less => -QUARTER_STEP,
        std::cmp::Ordering::Equal => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::heatmaps::target;
    use super::*;

    #[test]
    fn dark_finds_a_gaussian_between_pixels_and_keeps_the_peak_value() {
        let (maps, _) = target(32, 24, &[(11.3, 16.8, true)]);
        let peak = Decoder::Dark.decode(&maps)[0];
        approx::assert_abs_diff_eq!(peak.x, 11.3, epsilon = 0.01);
        approx::assert_abs_diff_eq!(peak.y, 16.8, epsilon = 0.01);
        approx::assert_relative_eq!(peak.confidence, f64::from(maps.at(0, 17, 11)));
    }

    #[test]
    fn quarter_moves_toward_the_higher_neighbour_at_the_border_too() {
        let (maps, _) = target(32, 24, &[(0.3, 16.2, true), (-0.3, 31.4, true), (5.0, 6.0, true)]);
        let peaks = Decoder::Quarter.decode(&maps);
        assert_eq!((peaks[0].x, peaks[0].y), (0.25, 16.25));
        assert_eq!((peaks[1].x, peaks[1].y), (-0.25, 31.25));
        assert_eq!((peaks[2].x, peaks[2].y), (5.0, 6.0));
    }

    #[test]
    fn values_that_are_not_finite_are_passed_over() {
        for decoder in Decoder::ALL {
            let mut values = target(32, 24, &[(11.0, 16.0, true)]).0.values().to_vec();
            values[16 * 24 + 12] = f32::NAN;
            values[0] = f32::INFINITY;
            let peak = decoder.decode(&Heatmaps::new(1, 32, 24, values).unwrap())[0];
            assert!((peak.x - 11.0).abs() <= 0.5 && (peak.y - 16.0).abs() <= 0.5, "{peak:?}");
            let none = decoder.decode(&Heatmaps::new(1, 4, 3, vec![f32::NAN; 12]).unwrap())[0];
            assert_eq!(none, Peak { x: 1.0, y: 1.5, confidence: 0.0 });
        }
    }

    #[test]
    fn flat_negative_and_tiny_maps_stay_on_the_pixel() {
        for decoder in Decoder::ALL {
            let flat = decoder.decode(&Heatmaps::new(1, 5, 5, vec![0.5; 25]).unwrap())[0];
            assert!(flat.x.abs() <= 0.5 && flat.y.abs() <= 0.5, "{flat:?}");
            let single = decoder.decode(&Heatmaps::new(1, 1, 1, vec![0.7]).unwrap())[0];
            assert_eq!((single.x, single.y), (0.0, 0.0));
        }
        let negative = Decoder::Dark.decode(&Heatmaps::new(1, 5, 5, vec![-1.0; 25]).unwrap())[0];
        assert_eq!(negative, Peak { x: 0.0, y: 0.0, confidence: -1.0 });
    }
}
