//! Normalisation layers with the names of the published checkpoints.

use tch::{Tensor, nn};

/// Added to a batch variance before its square root.
pub(super) const BATCH_NORM_EPS: f64 = 1e-5;
/// How far a step of training moves the running mean and variance toward those of its batch.
pub const BATCH_NORM_MOMENTUM: f64 = 0.1;
const LAYER_NORM_EPS: f64 = 1e-6;
const GROUP_NORM_EPS: f64 = 1e-5;

/// Batch normalisation over `[B, C, H, W]`.
#[derive(Debug)]
pub(super) struct BatchNorm {
    weight: Tensor,
    bias: Tensor,
    running_mean: Tensor,
    running_var: Tensor,
}

impl BatchNorm {
    pub fn new(path: nn::Path, channels: i64) -> Self {
        Self {
            weight: path.ones("weight", &[channels]),
            bias: path.zeros("bias", &[channels]),
            running_mean: path.zeros_no_train("running_mean", &[channels]),
            running_var: path.ones_no_train("running_var", &[channels]),
        }
    }

    pub fn forward(&self, x: &Tensor, train: bool) -> Tensor {
        x.batch_norm(
            Some(&self.weight),
            Some(&self.bias),
            Some(&self.running_mean),
            Some(&self.running_var),
            train,
            BATCH_NORM_MOMENTUM,
            BATCH_NORM_EPS,
            true,
        )
    }

    /// In inference the norm is `scale · x + shift` per channel; both are `[C]`.
    pub fn scale_and_shift(&self) -> (Tensor, Tensor) {
        let scale = &self.weight / (&self.running_var + BATCH_NORM_EPS).sqrt();
        let shift = &self.bias - &self.running_mean * &scale;
        (scale, shift)
    }
}

/// Layer normalisation over the channels of tokens `[B, N, C]`.
#[derive(Debug)]
pub(super) struct LayerNorm {
    weight: Tensor,
    bias: Tensor,
}

impl LayerNorm {
    pub fn new(path: nn::Path, channels: i64) -> Self {
        Self { weight: path.ones("weight", &[channels]), bias: path.zeros("bias", &[channels]) }
    }

    pub fn forward(&self, tokens: &Tensor) -> Tensor {
        let channels = self.weight.size();
        tokens.layer_norm(channels, Some(&self.weight), Some(&self.bias), LAYER_NORM_EPS, true)
    }
}

/// Group normalisation with one group for each channel.
#[derive(Debug)]
pub(super) struct ChannelNorm {
    weight: Tensor,
    bias: Tensor,
    channels: i64,
}

impl ChannelNorm {
    pub fn new(path: nn::Path, channels: i64) -> Self {
        Self { weight: path.ones("weight", &[channels]), bias: path.zeros("bias", &[channels]), channels }
    }

    pub fn forward(&self, x: &Tensor) -> Tensor {
        x.group_norm(self.channels, Some(&self.weight), Some(&self.bias), GROUP_NORM_EPS, true)
    }
}
