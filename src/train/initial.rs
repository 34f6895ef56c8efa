//! What a training starts from, besides the initialisation of the network itself.

use super::location;
use crate::network::BuiltNetwork;

/// The last convolution, and the weight of the norm behind it.
const HEAD: &str = "fgmm.csMixer.2.conv.weight";
const HEAD_SCALE: &str = "fgmm.csMixer.2.bn.weight";
/// Deviation of the targets at 32×24.
const TARGET_DEVIATION: f64 = 0.06;
/// Mean square of GELU of a standard normal number.
const GELU_POWER: f64 = 0.425;
/// Matrices with a shorter side are left to AdamW.
const LEAST_SIDE: i64 = 16;

/// Starts the heatmaps with about the deviation that targets have. The last norm only scales and shifts while training, so
/// a weight of 1 would hand on the many times larger deviation of the convolution before it.
pub(super) fn quieten(built: &BuiltNetwork) {
    let config = built.network.config();
    // The convolution's weights have a variance of 2 / joints.
    let deviation = (GELU_POWER * config.fused_channels() as f64 * 2.0 / config.joints as f64).sqrt();
    if let Some(weight) = built.variables.variables().get_mut(HEAD_SCALE) {
        tch::no_grad(|| {
            let _ = weight.fill_(TARGET_DEVIATION / deviation);
        });
    }
}

/// Whether a variable is a matrix between hidden layers: those that give the heatmaps, and what is no plain product
/// with a map's channels (depthwise kernels, biases of attention, EMA), are not.
pub(super) fn is_matrix(name: &str, shape: &[i64]) -> bool {
    let wide = |side: i64| side >= LEAST_SIDE;
    let product = matches!(shape, [a, b] | [a, b, 1, 1] if wide(*a) && wide(*b));
    let special = name.starts_with("ema.")
        || name.ends_with("attention_biases")
        || name == HEAD
        || location::owns(name);
    product && !special
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::NetworkConfig;
    use tch::{Device, Kind};

    #[test]
    fn matrices_are_linear_layers_and_pointwise_convolutions_between_hidden_layers() {
        let built = BuiltNetwork::untrained(NetworkConfig::tiny().with_ema(8), Device::Cpu).unwrap();
        let variables = built.variables.variables();
        let matrices: Vec<&String> =
            variables.iter().filter(|(name, t)| is_matrix(name, &t.size())).map(|(name, _)| name).collect();
        for name in
            ["stage_blocks.0.trains_block1.mlp.fc1.weight", "stage_blocks.2.trains_block0.attn.q.weight"]
        {
            assert!(matrices.iter().any(|found| *found == name), "{name}");
        }
        for part in ["dwconv", "ema.", "attention_biases", "csMixer.2", "convTrans", "norm", "bias"] {
            assert!(!matrices.iter().any(|name| name.contains(part)), "{part}");
        }
        // 9 blocks of at least q, kv, linear, fc1 and fc2
        assert!(matrices.len() > 45, "{}", matrices.len());
    }

    #[test]
    fn heatmaps_start_with_the_deviation_of_targets() {
        for config in [NetworkConfig::tiny(), NetworkConfig::small().with_ema(8)] {
            tch::manual_seed(5);
            let built = BuiltNetwork::untrained(config, Device::Cpu).unwrap();
            quieten(&built);
            let pictures = tch::Tensor::randn([2, 3, 32, 24], (Kind::Float, Device::Cpu));
            let heatmaps = built.network.forward_train(&pictures).unwrap().heatmaps;
            let deviation = heatmaps.std(true).double_value(&[]);
            assert!((0.5..2.0).contains(&(deviation / TARGET_DEVIATION)), "{deviation}");
        }
    }
}
