//! One map per joint that says how likely the joint is at each pixel.

use thiserror::Error;

use super::skeleton::FLIP_INDEX;

/// Standard deviation of a training target, in heatmap pixels.
pub const TARGET_SIGMA: f64 = 1.0;

/// Joints further than this many σ outside the map are not drawn and get no loss.
const REACH: f64 = 3.0;

/// A stack of heatmaps.
///
/// # Shapes
/// `[joints, height, width]` in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub struct Heatmaps {
    joints: usize,
    height: usize,
    width: usize,
    values: Vec<f32>,
}

/// Why numbers are no stack of heatmaps.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HeatmapsError {
    /// There is no map, or maps without pixels.
    #[error("heatmaps need at least one joint, row and column, found {joints} × {height} × {width}")]
    Empty {
        /// Joints as given.
        joints: usize,
        /// Rows as given.
        height: usize,
        /// Columns as given.
        width: usize,
    },
    /// The numbers do not fill the shape.
    #[error("heatmaps of {joints} × {height} × {width} need {} values, found {found}", joints * height * width)]
    Count {
        /// Joints as given.
        joints: usize,
        /// Rows as given.
        height: usize,
        /// Columns as given.
        width: usize,
        /// Length of the values given.
        found: usize,
    },
    /// Two stacks that belong together have different shapes.
    #[error("heatmaps of [joints, height, width] {a:?} and {b:?} cannot be averaged")]
    Differ {
        /// Shape of the first stack.
        a: [usize; 3],
        /// Shape of the second stack.
        b: [usize; 3],
    },
}

impl Heatmaps {
    /// Heatmaps from values in the order `[joints, height, width]`.
    ///
    /// # Errors
    /// When a side is 0 or the number of values does not fit the sides.
    pub fn new(joints: usize, height: usize, width: usize, values: Vec<f32>) -> Result<Self, HeatmapsError> {
        if joints == 0 || height == 0 || width == 0 {
            return Err(HeatmapsError::Empty { joints, height, width });
        }
        if joints.checked_mul(height).and_then(|maps| maps.checked_mul(width)) != Some(values.len()) {
            return Err(HeatmapsError::Count { joints, height, width, found: values.len() });
        }
        Ok(Self { joints, height, width, values })
    }

    /// Number of maps.
    pub fn joints(&self) -> usize {
        self.joints
    }

    /// Rows of each map.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Columns of each map.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All values in the order `[joints, height, width]`.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The map of one joint, `[height, width]`; empty for a number past the last joint.
    pub fn joint(&self, joint: usize) -> &[f32] {
        self.values.chunks_exact(self.height * self.width).nth(joint).unwrap_or_default()
    }

    /// The value of a joint's map at row `y` and column `x`; 0 outside the map.
    pub fn at(&self, joint: usize, y: usize, x: usize) -> f32 {
        if x >= self.width {
            return 0.0;
        }
        self.joint(joint).get(y * self.width + x).copied().unwrap_or_default()
    }

    /// The maps of the mirrored picture told as maps of the picture itself: columns reversed, left and right
    /// swapped.
    pub fn mirrored(&self) -> Self {
        let partner = |joint: usize| match FLIP_INDEX.get(joint) {
            Some(partner) if *partner < self.joints => *partner,
            _ => joint,
        };
        let values = (0..self.joints)
            .flat_map(|joint| self.joint(partner(joint)).chunks_exact(self.width))
            .flat_map(|row| row.iter().rev().copied())
            .collect();
        Self { values, ..*self }
    }

    /// The mean of two stacks, as the flip test takes it of a pass and its mirrored one.
    ///
    /// # Errors
    /// When the shapes differ.
    pub fn average(a: &Self, b: &Self) -> Result<Self, HeatmapsError> {
        if a.shape() != b.shape() {
            return Err(HeatmapsError::Differ { a: a.shape(), b: b.shape() });
        }
        // Halved first, so that the mean of finite values is finite.
        let values = a.values.iter().zip(&b.values).map(|(a, b)| a / 2.0 + b / 2.0).collect();
        Ok(Self { values, ..*a })
    }

    fn shape(&self) -> [usize; 3] {
        [self.joints, self.height, self.width]
    }
}

/// What the network should answer: for every joint `exp(-d² / 2σ²)` with σ = [`TARGET_SIGMA`], where `d` is
/// the distance to the joint's position itself, not to the pixel nearest to it; and the weight of each
/// joint's loss.
///
/// A joint is column, row and whether it is labelled, in heatmap pixels. The weight is 1, or 0 where the
/// joint is not labelled or lies more than 3 σ outside the map; such a map is all zero. Sides of 0 count as
/// 1.
pub fn target(height: usize, width: usize, joints: &[(f64, f64, bool)]) -> (Heatmaps, Vec<f32>) {
    let (height, width) = (height.max(1), width.max(1));
    let mut values = Vec::with_capacity(joints.len() * height * width);
    let mut weights = Vec::with_capacity(joints.len());
    for &(x, y, labelled) in joints {
        let drawn = labelled && within_reach(x, width) && within_reach(y, height);
        weights.push(if drawn { 1.0 } else { 0.0 });
        if drawn {
            let (row, column) = (profile(x, width), profile(y, height));
            values
                .extend(column.iter().flat_map(|down| row.iter().map(move |across| (down * across) as f32)));
        } else {
            values.resize(values.len() + height * width, 0.0);
        }
    }
    (Heatmaps { joints: joints.len(), height, width, values }, weights)
}

fn within_reach(position: f64, side: usize) -> bool {
    let reach = REACH * TARGET_SIGMA;
    (-reach..=(side - 1) as f64 + reach).contains(&position)
}

/// The Gaussian along one axis; the product of two of them is the Gaussian of the plane.
fn profile(position: f64, side: usize) -> Vec<f64> {
    (0..side)
        .map(|index| {
            let distance = (index as f64 - position) / TARGET_SIGMA;
            (-0.5 * distance * distance).exp()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting(joints: usize, height: usize, width: usize) -> Heatmaps {
        let values = (0..joints * height * width).map(|value| value as f32).collect();
        Heatmaps::new(joints, height, width, values).unwrap()
    }

    #[test]
    fn shapes_are_checked() {
        let wrong = Heatmaps::new(17, 32, 24, vec![0.0; 5]).unwrap_err();
        assert_eq!(wrong.to_string(), "heatmaps of 17 × 32 × 24 need 13056 values, found 5");
        assert!(matches!(Heatmaps::new(17, 0, 24, vec![]), Err(HeatmapsError::Empty { .. })));
        assert!(Heatmaps::new(usize::MAX, 4, 4, vec![0.0; 16]).is_err());
        let different = Heatmaps::average(&counting(2, 3, 4), &counting(2, 4, 3)).unwrap_err();
        assert!(different.to_string().contains("[2, 3, 4] and [2, 4, 3]"), "{different}");
    }

    #[test]
    fn values_are_found_by_joint_row_and_column() {
        let maps = counting(2, 3, 4);
        assert_eq!(maps.at(1, 2, 3), 23.0);
        assert_eq!(maps.joint(1)[0], 12.0);
        assert_eq!((maps.at(0, 0, 4), maps.at(0, 3, 0), maps.at(2, 0, 0)), (0.0, 0.0, 0.0));
    }

    #[test]
    fn mirroring_reverses_columns_and_swaps_the_eyes() {
        let mirrored = counting(17, 2, 3).mirrored();
        assert_eq!(mirrored.joint(0), [2.0, 1.0, 0.0, 5.0, 4.0, 3.0]);
        assert_eq!(mirrored.joint(1), [14.0, 13.0, 12.0, 17.0, 16.0, 15.0]);
    }

    #[test]
    fn the_average_lies_half_way() {
        let maps = counting(2, 3, 4);
        assert_eq!(Heatmaps::average(&maps, &maps).unwrap(), maps);
        let zero = Heatmaps::new(2, 3, 4, vec![0.0; 24]).unwrap();
        assert_eq!(Heatmaps::average(&maps, &zero).unwrap().at(1, 2, 3), 11.5);
    }

    #[test]
    fn targets_peak_at_the_position_and_have_no_weight_out_of_reach() {
        let joints =
            [(3.0, 2.0, true), (3.5, 2.0, true), (3.0, 2.0, false), (-2.9, 0.0, true), (-3.1, 0.0, true)];
        let (maps, weights) = target(5, 8, &joints);
        assert_eq!(weights, [1.0, 1.0, 0.0, 1.0, 0.0]);
        assert_eq!(maps.at(0, 2, 3), 1.0);
        approx::assert_relative_eq!(maps.at(0, 3, 5), (-2.5_f32).exp(), epsilon = 1e-6);
        assert_eq!(maps.at(1, 2, 3), maps.at(1, 2, 4));
        assert!(maps.joint(2).iter().chain(maps.joint(4)).all(|value| *value == 0.0));
        let (unplaced, weights) = target(5, 8, &[(f64::NAN, 2.0, true)]);
        assert_eq!((unplaced.at(0, 2, 2), weights[0]), (0.0, 0.0));
    }
}
