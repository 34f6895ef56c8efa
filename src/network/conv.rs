//! Convolutions and linear layers, with the batch norms that fold into them.

use tch::{Tensor, nn};

use super::norm::BatchNorm;

/// Kernel size, stride, padding and channel groups of a square convolution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Geometry {
    pub kernel: i64,
    pub stride: i64,
    pub padding: i64,
    pub groups: i64,
}

impl Geometry {
    /// 1×1: mixes channels at every cell.
    pub const POINTWISE: Self = Self { kernel: 1, stride: 1, padding: 0, groups: 1 };

    /// 3×3 with one filter for each channel.
    pub fn depthwise(channels: i64, stride: i64) -> Self {
        Self { kernel: 3, stride, padding: 1, groups: channels }
    }
}

/// A convolution `[B, Cin, H, W] -> [B, Cout, H', W']`.
#[derive(Debug)]
pub(super) struct Conv {
    pub weight: Tensor,
    pub bias: Option<Tensor>,
    pub geometry: Geometry,
}

impl Conv {
    /// Normal initialisation with deviation √(2/(k²·cout/groups)), zero bias.
    pub fn new(path: nn::Path, cin: i64, cout: i64, geometry: Geometry, bias: bool) -> Self {
        let Geometry { kernel, groups, .. } = geometry;
        let stdev = (2.0 / (kernel * kernel * cout / groups) as f64).sqrt();
        let weight = path.randn("weight", &[cout, cin / groups, kernel, kernel], 0.0, stdev);
        let bias = bias.then(|| path.zeros("bias", &[cout]));
        Self { weight, bias, geometry }
    }

    pub fn forward(&self, x: &Tensor) -> Tensor {
        let Geometry { stride, padding, groups, .. } = self.geometry;
        x.conv2d(&self.weight, self.bias.as_ref(), [stride, stride], [padding, padding], [1, 1], groups)
    }

    /// Takes in a batch norm that stands *before* this convolution. Exact for a 1×1 kernel without padding.
    pub fn absorb_norm_before(&mut self, norm: &BatchNorm) {
        let (scale, shift) = norm.scale_and_shift();
        // [Cout, Cin, 1, 1] · [Cin] -> [Cout]
        let moved = self.weight.flatten(1, -1).matmul(&shift);
        self.bias = Some(match &self.bias {
            Some(bias) => bias + moved,
            None => moved,
        });
        self.weight = &self.weight * scale.view([1, -1, 1, 1]);
    }
}

/// Convolution without bias, then batch norm: `conv.weight`, `bn.*`.
#[derive(Debug)]
pub(super) struct ConvBn {
    conv: Conv,
    /// None once folded into `conv`.
    bn: Option<BatchNorm>,
}

impl ConvBn {
    pub fn new(path: nn::Path, cin: i64, cout: i64, geometry: Geometry) -> Self {
        let conv = Conv::new(&path / "conv", cin, cout, geometry, false);
        Self { conv, bn: Some(BatchNorm::new(&path / "bn", cout)) }
    }

    pub fn forward(&self, x: &Tensor, train: bool) -> Tensor {
        let y = self.conv.forward(x);
        match &self.bn {
            Some(bn) => bn.forward(&y, train),
            None => y,
        }
    }

    /// Folds the norm into the convolution, which from then on is exact for inference only.
    pub fn fold(&mut self) {
        let Some(bn) = self.bn.take() else { return };
        let (scale, shift) = bn.scale_and_shift();
        self.conv.weight = &self.conv.weight * scale.view([-1, 1, 1, 1]);
        self.conv.bias = Some(shift);
    }

    /// Folds, then adds the input itself: `x + convbn(x)` becomes one depthwise convolution.
    pub fn fold_with_identity(&mut self) {
        self.fold();
        let size = self.conv.weight.size();
        let centre = self.conv.geometry.kernel / 2;
        let identity = self.conv.weight.zeros_like();
        // [C, 1, k, k], depthwise: one cell of each filter is the identity
        let _ = identity.narrow(2, centre, 1).narrow(3, centre, 1).fill_(1.0);
        debug_assert_eq!(size[1], 1, "only a depthwise kernel takes an identity this way");
        self.conv.weight = &self.conv.weight + identity;
    }

    /// The folded kernel and bias, for adding branches together.
    pub fn into_folded(mut self) -> (Tensor, Tensor) {
        self.fold();
        let weight = self.conv.weight;
        let zeros = || Tensor::zeros(weight.size()[0], (weight.kind(), weight.device()));
        let bias = self.conv.bias.unwrap_or_else(zeros);
        (weight, bias)
    }
}

/// A linear layer on tokens `[B, N, Cin] -> [B, N, Cout]`, initialised normal with deviation 0.02.
#[derive(Debug)]
pub(super) struct Linear {
    weight: Tensor,
    bias: Tensor,
}

impl Linear {
    pub fn new(path: nn::Path, cin: i64, cout: i64) -> Self {
        Self { weight: path.randn("weight", &[cout, cin], 0.0, 0.02), bias: path.zeros("bias", &[cout]) }
    }

    pub fn forward(&self, tokens: &Tensor) -> Tensor {
        tokens.linear(&self.weight, Some(&self.bias))
    }
}
