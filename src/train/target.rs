//! What the network should answer, and how far off it is.

use tch::{Kind, Tensor};

use crate::pose::TARGET_SIGMA;

/// Joints further than this many σ outside the map get no loss.
const REACH: f64 = 3.0;

/// A batch's targets.
pub(super) struct Targets {
    /// `[B, joints, H, W]`: `exp(-d² / 2σ²)` around each joint's own position, as [`crate::pose::target`] has it.
    pub heatmaps: Tensor,
    /// `[B, joints, 1, 1]`: 1, or 0 for a joint that is unlabelled or out of reach.
    pub weights: Tensor,
}

/// Draws targets of `height` × `width` pixels for joints `[B, joints, 3]`: column, row (heatmap pixels, centres
/// at whole numbers) and 1 or 0 for labelled or not.
pub(super) fn targets(joints: &Tensor, height: i64, width: i64) -> Targets {
    // [B, joints, 1, 1]
    let part = |index: i64| joints.select(2, index).unsqueeze(-1).unsqueeze(-1);
    let (x, y, labelled) = (part(0), part(1), part(2));
    let reach = REACH * TARGET_SIGMA;
    let within = |position: &Tensor, side: i64| {
        position.ge(-reach).logical_and(&position.le((side - 1) as f64 + reach)).to_kind(Kind::Float)
    };
    let weights = labelled * within(&x, width) * within(&y, height);
    let profile = |position: Tensor, side: i64| {
        let distance = Tensor::arange(side, (Kind::Float, joints.device())) - position.squeeze_dim(-1);
        (&distance * &distance * (-0.5 / (TARGET_SIGMA * TARGET_SIGMA))).exp()
    };
    // [B, joints, H, 1] · [B, joints, 1, W]: the Gaussian of the plane is the product of those of the axes.
    let heatmaps = profile(y, height).unsqueeze(-1) * profile(x, width).unsqueeze(-2);
    Targets { heatmaps, weights }
}

/// The squared error, summed over a map and averaged over batch and joints. A target's mass is the same at every
/// input size while the map's area is not; with the sum, all sizes pull at the weights with like force.
pub(super) fn loss(heatmaps: &Tensor, targets: &Targets) -> Tensor {
    let error = heatmaps.to_kind(Kind::Float) - &targets.heatmaps;
    let weighted = &error * &error * &targets.weights;
    weighted.sum_dim_intlist([2, 3].as_slice(), false, Kind::Float).mean(Kind::Float)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::to_host;

    const JOINTS: [(f64, f64, bool); 6] = [
        (3.3, 2.7, true),
        (3.0, 2.0, false),
        (-2.9, 0.0, true),
        (-3.1, 0.0, true),
        (10.0, 5.0, true),
        (7.0, 8.1, true),
    ];

    fn batch() -> Tensor {
        let numbers: Vec<f32> = JOINTS
            .iter()
            .flat_map(|(x, y, labelled)| [*x as f32, *y as f32, f32::from(u8::from(*labelled))])
            .collect();
        Tensor::from_slice(&numbers).view([1, 6, 3])
    }

    #[test]
    fn targets_are_those_of_the_pose_room() {
        let found = targets(&batch(), 6, 8);
        let (expected, weights) = crate::pose::target(6, 8, &JOINTS);
        let masked = to_host(&(&found.heatmaps * &found.weights)).unwrap();
        assert_eq!(masked.shape, [1, 6, 6, 8]);
        for (found, expected) in masked.values.iter().zip(expected.values()) {
            approx::assert_abs_diff_eq!(*found, *expected, epsilon = 1e-6);
        }
        assert_eq!(to_host(&found.weights).unwrap().values, weights);
    }

    #[test]
    fn the_loss_counts_weighted_joints_only() {
        let targets = targets(&batch(), 6, 8);
        let zero = targets.heatmaps.zeros_like();
        assert_eq!(loss(&targets.heatmaps, &targets).double_value(&[]), 0.0);
        let (expected, _) = crate::pose::target(6, 8, &JOINTS);
        let sum: f32 = expected.values().iter().map(|value| value * value).sum();
        approx::assert_relative_eq!(
            loss(&zero, &targets).double_value(&[]),
            f64::from(sum / 6.0),
            epsilon = 1e-5
        );
    }
}
