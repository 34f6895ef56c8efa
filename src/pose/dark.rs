//! The refinement of a peak by the distribution around it, after "Distribution-Aware Coordinate
//! Representation for Human Pose Estimation" (Zhang et al. 2020), made to work up to the border of the map.

use super::heatmaps::TARGET_SIGMA;
use super::joint_map::JointMap;

/// σ of the Gaussian that evens out a map before its logarithm is taken. A network's peak is ragged at the
/// scale of the targets it was trained on, so that scale is evened out.
const SMOOTHING_SIGMA: f64 = TARGET_SIGMA;

/// Smoothing looks at most this many pixels to each side.
const SMOOTHING_RADIUS: usize = 2;

/// Values below this fraction of the peak count as this fraction, so that a logarithm exists.
const LOG_FLOOR: f64 = 1e-3;

/// A refined position stays within this distance of the highest pixel, along each axis.
const MAX_STEP: f64 = 0.5;

/// The steps from the highest pixel, at column `x` and row `y`, to the top of the Gaussian around it.
///
/// The Taylor step is taken from the pixel nearest to the peak that has neighbours on all sides. The
/// logarithm of a Gaussian is a parabola, so at the border the step still points to its top from one pixel
/// further in.
pub(super) fn dark_steps(map: &JointMap<'_>, x: usize, y: usize) -> (f64, f64) {
    let peak = map.at(x, y);
    if peak <= 0.0 {
        return (0.0, 0.0);
    }
    let Some((centre_x, centre_y)) = interior(x, map.width).zip(interior(y, map.height)) else {
        return (0.0, 0.0);
    };
    let (radius_x, radius_y) =
        (smoothing_radius(centre_x, map.width), smoothing_radius(centre_y, map.height));
    let log = |across: usize, down: usize| {
        // The patch's middle, 1, is the centre.
        let smoothed = smoothed(map, (centre_x + across - 1, centre_y + down - 1), (radius_x, radius_y));
        smoothed.max(peak * LOG_FLOOR).ln()
    };
    let patch: [[f64; 3]; 3] = std::array::from_fn(|down| std::array::from_fn(|across| log(across, down)));
    let (step_x, step_y) = taylor_step(&patch);
    let bounded = |centre: usize, step: f64, peak: usize| {
        (centre as f64 + step - peak as f64).clamp(-MAX_STEP, MAX_STEP)
    };
    (bounded(centre_x, step_x, x), bounded(centre_y, step_y, y))
}

/// The position nearest to `index` with a neighbour on both sides, if the side is long enough to have one.
fn interior(index: usize, side: usize) -> Option<usize> {
    (side >= 3).then(|| index.clamp(1, side - 2))
}

/// How far smoothing may look so that no pixel of the 3 around `centre` looks past the border. There it would
/// see half of the peak and push it inward by more than smoothing gains.
fn smoothing_radius(centre: usize, side: usize) -> usize {
    let room = centre.min(side - 1 - centre);
    room.saturating_sub(1).min(SMOOTHING_RADIUS)
}

/// The Gaussian mean of the map around a pixel; the radii must stay inside the map.
fn smoothed(map: &JointMap<'_>, (x, y): (usize, usize), (radius_x, radius_y): (usize, usize)) -> f64 {
    let mut sum = 0.0;
    let mut total = 0.0;
    for row in y - radius_y..=y + radius_y {
        for column in x - radius_x..=x + radius_x {
            let (across, down) = (column.abs_diff(x) as f64, row.abs_diff(y) as f64);
            let weight = (-(across * across + down * down) / (2.0 * SMOOTHING_SIGMA * SMOOTHING_SIGMA)).exp();
            sum += weight * map.at(column, row);
            total += weight;
        }
    }
    sum / total
}

/// The step from the middle of a 3×3 patch to the top of the parabola through it: `-H⁻¹ g` with the gradient
/// `g` and the Hessian `H` by central differences. Where the parabola has no top, each axis that curves
/// downward steps on its own.
fn taylor_step(patch: &[[f64; 3]; 3]) -> (f64, f64) {
    let [[up_left, up, up_right], [left, middle, right], [down_left, down, down_right]] = *patch;
    let (gradient_x, gradient_y) = ((right - left) / 2.0, (down - up) / 2.0);
    let (curve_x, curve_y) = (right - 2.0 * middle + left, down - 2.0 * middle + up);
    let cross = (down_right - down_left - up_right + up_left) / 4.0;
    let determinant = curve_x * curve_y - cross * cross;
    if curve_x < 0.0 && determinant > f64::EPSILON {
        return (
            -(curve_y * gradient_x - cross * gradient_y) / determinant,
            -(curve_x * gradient_y - cross * gradient_x) / determinant,
        );
    }
    let alone = |gradient: f64, curve: f64| {
        if curve < -f64::EPSILON { -gradient / curve } else { 0.0 }
    };
    (alone(gradient_x, curve_x), alone(gradient_y, curve_y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_reaches_the_top_of_a_slanted_parabola() {
        let (top_x, top_y) = (0.3, -0.2);
        let height = |index: usize, other: usize| {
            let (x, y) = (index as f64 - 1.0 - top_x, other as f64 - 1.0 - top_y);
            -(2.0 * x * x + y * y + 0.7 * x * y)
        };
        let patch = std::array::from_fn(|down| std::array::from_fn(|across| height(across, down)));
        let (step_x, step_y) = taylor_step(&patch);
        approx::assert_abs_diff_eq!(step_x, top_x, epsilon = 1e-12);
        approx::assert_abs_diff_eq!(step_y, top_y, epsilon = 1e-12);
    }

    #[test]
    fn an_axis_without_a_top_does_not_step() {
        let ridge = [[-1.2, -1.0, -1.2], [-1.2, -1.0, -1.2], [-1.2, -1.0, -1.2]];
        assert_eq!(taylor_step(&ridge), (0.0, 0.0));
        let valley = [[0.0, -2.0, -3.0], [1.0, -1.0, -2.0], [0.0, -2.0, -3.0]];
        assert_eq!(taylor_step(&valley), (0.0, 0.0));
    }

    #[test]
    fn smoothing_narrows_toward_the_border() {
        let radii: Vec<usize> = (1..9).map(|centre| smoothing_radius(centre, 10)).collect();
        assert_eq!(radii, [0, 1, 2, 2, 2, 2, 1, 0]);
    }
}
