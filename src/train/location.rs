//! A second answer that exists only while training: where in the map each joint is, as a probability.
//!
//! Squared error alone first teaches a network to answer nothing, since a map of zeros is already nearly right. The
//! likelihood of the joint's place, a softmax over the whole map, pulls on the features from the first step.

use tch::{Kind, Tensor, nn};

use super::target::Targets;
use crate::pose::TARGET_SIGMA;

/// Where the head's variables stand; they never leave the training.
const PREFIX: &str = "location";
/// A target with less than this share of its mass in the map has no place there.
const LEAST_MASS: f64 = 0.5;

/// One 1×1 convolution from the fused features to a map of log-likelihoods for each joint.
#[derive(Debug)]
pub(super) struct LocationHead {
    weight: Tensor,
    bias: Tensor,
}

impl LocationHead {
    /// A head that finds every place equally likely.
    pub fn new(root: &nn::Path, features: i64, joints: i64) -> Self {
        let path = root / PREFIX;
        Self { weight: path.zeros("weight", &[joints, features, 1, 1]), bias: path.zeros("bias", &[joints]) }
    }

    /// How many numbers it has.
    pub fn parameter_count(&self) -> usize {
        self.weight.numel() + self.bias.numel()
    }

    /// Cross-entropy in nats between the targets, each scaled to a sum of 1, and the softmax over the map of what the
    /// head makes of `features` `[B, C, H, W]`; the mean over all joints that lie in the map.
    pub fn loss(&self, features: &Tensor, targets: &Targets) -> Tensor {
        // Autocast leaves features in 16 bits; the head's own weights and its logarithms want 32.
        let features = features.to_kind(Kind::Float);
        let logits = features.conv2d(&self.weight, Some(&self.bias), [1, 1], [0, 0], [1, 1], 1);
        // [B, joints, H, W] -> [B, joints, H·W]
        let logits = logits.flatten(2, 3);
        let places = targets.heatmaps.flatten(2, 3);
        let mass = places.sum_dim_intlist([2].as_slice(), true, Kind::Float);
        let whole = std::f64::consts::TAU * TARGET_SIGMA * TARGET_SIGMA;
        // [B, joints]
        let inside = (targets.weights.flatten(1, -1)) * mass.squeeze_dim(2).ge(LEAST_MASS * whole);
        let places = places / mass.clamp_min(1e-3);
        let entropy = -(places * logits.log_softmax(2, Kind::Float)).sum_dim_intlist(
            [2].as_slice(),
            false,
            Kind::Float,
        );
        (entropy * &inside).sum(Kind::Float) / inside.sum(Kind::Float).clamp_min(1.0)
    }
}

/// Whether a variable of this name belongs to a location head.
pub(super) fn owns(name: &str) -> bool {
    name.split('.').next() == Some(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::target::targets;
    use tch::Device;

    #[test]
    fn a_head_that_knows_nothing_pays_the_logarithm_of_the_map() {
        let store = nn::VarStore::new(Device::Cpu);
        let head = LocationHead::new(&store.root(), 5, 2);
        let joints = Tensor::from_slice(&[3.0_f32, 2.0, 1.0, 4.0, 4.0, 0.0]).view([1, 2, 3]);
        let features = Tensor::randn([1, 5, 8, 6], (Kind::Half, Device::Cpu));
        let loss = head.loss(&features, &targets(&joints, 8, 6));
        approx::assert_relative_eq!(loss.double_value(&[]), 48.0_f64.ln(), epsilon = 1e-5);
    }

    #[test]
    fn the_loss_is_least_where_the_joint_is() {
        let store = nn::VarStore::new(Device::Cpu);
        let head = LocationHead::new(&store.root(), 1, 1);
        tch::no_grad(|| {
            let _ = head.weight.shallow_clone().fill_(1.0);
        });
        let drawn = |x: f32, y: f32| targets(&Tensor::from_slice(&[x, y, 1.0]).view([1, 1, 3]), 32, 24);
        // Logits of -d²/2 are the target's own logarithm: what is left is the entropy of a Gaussian.
        let loss_at = |x: f32, y: f32| {
            let logits = drawn(x, y).heatmaps.clamp_min(1e-30).log();
            head.loss(&logits, &drawn(12.3, 15.6)).double_value(&[])
        };
        let entropy = 1.0 + std::f64::consts::TAU.ln();
        approx::assert_relative_eq!(loss_at(12.3, 15.6), entropy, epsilon = 1e-3);
        assert!(loss_at(13.3, 15.6) > entropy + 0.4);
    }

    #[test]
    fn joints_outside_the_map_or_unlabelled_cost_nothing() {
        let store = nn::VarStore::new(Device::Cpu);
        let head = LocationHead::new(&store.root(), 1, 2);
        let joints = Tensor::from_slice(&[-2.0_f32, 3.0, 1.0, 3.0, 3.0, 0.0]).view([1, 2, 3]);
        let features = Tensor::ones([1, 1, 8, 6], (Kind::Float, Device::Cpu));
        assert_eq!(head.loss(&features, &targets(&joints, 8, 6)).double_value(&[]), 0.0);
    }
}
