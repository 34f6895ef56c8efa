//! What a network of a configuration needs from a weights file, listed without building it: a file of a few
//! kilobytes can describe a network of gigabytes, so the two are compared first.

use std::collections::BTreeMap;

use super::checkpoint::{HostTensor, WeightsFile};
use super::config::{FFN_RATIO, KEY_DIM, NetworkConfig, VALUE_DIM};
use super::error::NetworkError;
use super::scale_layout::{STAGES, ScaleLayout, scales_of_stage};
use super::size_statistics::{base_name, is_sized};

/// Most numbers, running statistics included, that a network may have; the largest published one has 7.5 million.
pub const MOST_NUMBERS: usize = 200_000_000;

/// Name and shape of every variable of a network, as [`super::BuiltNetwork`] makes them.
///
/// # Errors
/// When no network of this configuration can be built.
pub fn needed_tensors(config: &NetworkConfig) -> Result<BTreeMap<String, Vec<usize>>, NetworkError> {
    config.check()?;
    Ok(List::of(config).0)
}

/// The tensor of a file if it has this shape; else what is wrong with it, in words.
///
/// # Errors
/// When there is none, or one of another shape: names it.
pub fn fitting<'a>(
    name: &str,
    found: Option<&'a HostTensor>,
    shape: &[usize],
) -> Result<&'a HostTensor, String> {
    let tensor = found.ok_or_else(|| format!("tensor `{name}` is missing"))?;
    match tensor.shape == shape {
        true => Ok(tensor),
        false => Err(format!("tensor `{name}` has shape {:?}, expected {shape:?}", tensor.shape)),
    }
}

/// How many numbers a network has whose single sizes are in range.
pub(super) fn count_numbers(config: &NetworkConfig) -> usize {
    let shapes = List::of(config).0.into_values();
    shapes.map(|shape| shape.into_iter().fold(1, usize::saturating_mul)).fold(0, usize::saturating_add)
}

/// Checks that a file has every needed tensor in its shape and no other, and that variances are none below 0.
/// Tensors of single input sizes are looked at for their variances only.
///
/// # Errors
/// Names the first tensor at fault.
pub(super) fn check_tensors(
    file: &WeightsFile,
    needed: &BTreeMap<String, Vec<usize>>,
) -> Result<(), NetworkError> {
    let misfit = |problem: String| NetworkError::Weights { path: file.path.clone(), problem };
    for (name, shape) in needed {
        fitting(name, file.tensors.get(name), shape).map_err(misfit)?;
    }
    // Published files keep the table of bias offsets, which this program computes.
    let passed_over = |name: &str| is_sized(name) || name.ends_with("attention_bias_idxs");
    if let Some(name) = file.tensors.keys().find(|name| !needed.contains_key(*name) && !passed_over(name)) {
        return Err(misfit(format!("tensor `{name}` belongs to no part of this network")));
    }
    let variances = file.tensors.iter().filter(|(name, _)| base_name(name).ends_with(".running_var"));
    for (name, tensor) in variances {
        if let Some(value) = tensor.values.iter().find(|value| **value < 0.0) {
            return Err(misfit(format!("tensor `{name}`: expected variances of at least 0, found {value}")));
        }
    }
    Ok(())
}

/// Names and shapes; one function for each kind of part, as the parts themselves are built.
#[derive(Default)]
struct List(BTreeMap<String, Vec<usize>>);

impl List {
    fn of(config: &NetworkConfig) -> Self {
        let mut list = Self::default();
        let width = config.channels[0];
        list.embedding("embedding_blocks.0.embedding1", 3, width / 2, config.stem_stride);
        list.embedding("embedding_blocks.0.embedding2", width / 2, width, 1);
        for i in 1..STAGES {
            let (before, after) = (config.channels[i - 1], config.channels[i]);
            list.embedding(&format!("embedding_blocks.{i}"), before, after, 2);
        }
        for stage in 0..STAGES {
            let (channels, heads) = (config.channels[stage], &config.heads[stage]);
            for k in 0..config.depths[stage] {
                let path = format!("stage_blocks.{stage}.trains_block{k}");
                list.block(&path, channels, heads, scales_of_stage(stage));
            }
            if let Some(groups) = config.ema_groups {
                list.ema(&format!("ema.{stage}"), channels / groups);
            }
        }
        list.fusion(config);
        list
    }

    fn add(&mut self, path: &str, name: &str, shape: &[i64]) {
        let shape = shape.iter().map(|&size| usize::try_from(size).unwrap_or(0)).collect();
        self.0.insert(format!("{path}.{name}"), shape);
    }

    /// A weight of this shape, and a bias for each of its outputs.
    fn weight_and_bias(&mut self, path: &str, shape: &[i64]) {
        self.add(path, "weight", shape);
        self.add(path, "bias", shape.get(..1).unwrap_or_default());
    }

    fn batch_norm(&mut self, path: &str, channels: i64) {
        self.weight_and_bias(path, &[channels]);
        self.add(path, "running_mean", &[channels]);
        self.add(path, "running_var", &[channels]);
    }

    fn conv_bn(&mut self, path: &str, shape: [i64; 4]) {
        self.add(path, "conv.weight", &shape);
        self.batch_norm(&format!("{path}.bn"), shape[0]);
    }

    /// A re-parameterised 3×3 convolution with one filter for each channel.
    fn depthwise(&mut self, path: &str, channels: i64, stride: i64) {
        self.conv_bn(&format!("{path}.rbr_conv.0"), [channels, 1, 3, 3]);
        self.conv_bn(&format!("{path}.rbr_scale"), [channels, 1, 1, 1]);
        if stride == 1 {
            self.batch_norm(&format!("{path}.rbr_skip"), channels);
        }
    }

    fn embedding(&mut self, path: &str, cin: i64, cout: i64, stride: i64) {
        self.depthwise(&format!("{path}.rep_dwconv"), cin, stride);
        self.conv_bn(&format!("{path}.rep_pwconv.rbr_conv.0"), [cout, cin, 1, 1]);
        if cin == cout {
            self.batch_norm(&format!("{path}.rep_pwconv.rbr_skip"), cin);
        }
    }

    fn block(&mut self, path: &str, channels: i64, heads: &[i64], layouts: &[ScaleLayout]) {
        let hidden = channels * FFN_RATIO;
        self.depthwise(&format!("{path}.pos_embed"), channels, 1);
        self.batch_norm(&format!("{path}.norm1"), channels);
        self.attention(&format!("{path}.attn"), channels, heads, layouts);
        self.weight_and_bias(&format!("{path}.norm2"), &[channels]);
        self.weight_and_bias(&format!("{path}.mlp.fc1"), &[hidden, channels]);
        self.weight_and_bias(&format!("{path}.mlp.fc2"), &[channels, hidden]);
    }

    fn attention(&mut self, path: &str, channels: i64, heads: &[i64], layouts: &[ScaleLayout]) {
        let total: i64 = heads.iter().sum();
        self.weight_and_bias(&format!("{path}.q"), &[total * KEY_DIM, channels, 1, 1]);
        self.weight_and_bias(&format!("{path}.kv"), &[total * (KEY_DIM + VALUE_DIM), channels, 1, 1]);
        self.weight_and_bias(&format!("{path}.linear"), &[channels, total * VALUE_DIM]);
        let mut coarser = None;
        for (g, (&heads, layout)) in heads.iter().zip(layouts).enumerate() {
            let kv = heads * (KEY_DIM + VALUE_DIM);
            // Rows and columns between a query and a key: at most those of the window, less one.
            let offsets = layout.window.0 * layout.window.1;
            self.add(&format!("{path}.attn_modules.{g}"), "attention_biases", &[heads, offsets]);
            let spatial = format!("{path}.spatial_fusion_modules.{g}");
            self.conv_bn(&format!("{spatial}.dwconv_bn"), [kv, 1, 3, 3]);
            self.conv_bn(&format!("{spatial}.pwconv_bn"), [kv, kv, 1, 1]);
            if let Some((number, values)) = coarser {
                self.conv_bn(&format!("{path}.channel_fusion_modules.{number}"), [kv, kv + values, 1, 1]);
            }
            coarser = Some((g, heads * VALUE_DIM));
        }
    }

    /// `channels`: those of one group.
    fn ema(&mut self, path: &str, channels: i64) {
        self.weight_and_bias(&format!("{path}.conv1x1"), &[channels, channels, 1, 1]);
        self.weight_and_bias(&format!("{path}.conv3x3"), &[channels, channels, 3, 3]);
        self.weight_and_bias(&format!("{path}.gn"), &[channels]);
    }

    fn fusion(&mut self, config: &NetworkConfig) {
        let (channels, fused) = (config.channels, config.fused_channels());
        for (stage, channels) in channels.into_iter().enumerate() {
            self.batch_norm(&format!("fgmm.norm{stage}"), channels);
        }
        self.weight_and_bias("fgmm.convTrans1", &[channels[1], 1, 2, 2]);
        self.weight_and_bias("fgmm.convTrans2", &[channels[2], 1, 4, 4]);
        self.conv_bn("fgmm.csMixer.0", [fused, channels.iter().sum(), 1, 1]);
        self.conv_bn("fgmm.csMixer.2", [config.joints, fused, 1, 1]);
    }
}

#[cfg(test)]
mod tests {
    use tch::Device;

    use super::*;
    use crate::network::{BuiltNetwork, Variant};

    #[test]
    fn the_list_is_what_is_built() {
        let named = Variant::ALL.map(NetworkConfig::from);
        // Where neighbouring widths are equal, 1×1 convolutions have a branch more.
        let equal = NetworkConfig { channels: [6, 6, 6], joints: 5, ..NetworkConfig::tiny() };
        let halving = NetworkConfig { stem_stride: 2, depths: [1, 3, 2], ..NetworkConfig::tiny() };
        let with_ema = named.clone().map(|config| config.with_ema(8));
        for config in named.into_iter().chain(with_ema).chain([equal, halving]) {
            let built = BuiltNetwork::untrained(config.clone(), Device::Cpu).unwrap();
            let shape = |size: Vec<i64>| size.into_iter().map(|n| n as usize).collect::<Vec<_>>();
            let variables = built.variables.variables();
            let made: BTreeMap<_, _> =
                variables.iter().map(|(name, tensor)| (name.clone(), shape(tensor.size()))).collect();
            assert_eq!(needed_tensors(&config).unwrap(), made, "{config:?}");
            let numbers: usize = variables.values().map(tch::Tensor::numel).sum();
            assert_eq!(count_numbers(&config), numbers, "{config:?}");
        }
    }

    #[test]
    fn a_network_of_too_many_numbers_is_refused() {
        let huge = NetworkConfig { channels: [4096; 3], depths: [64; 3], ..NetworkConfig::large() };
        let message = needed_tensors(&huge).unwrap_err().to_string();
        assert!(message.contains("numbers, expected at most 200000000"), "{message}");
        assert!(BuiltNetwork::untrained(huge, Device::Cpu).is_err());
    }
}
