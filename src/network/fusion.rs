//! The fusion of the three stages into heatmaps (`fgmm`).

use tch::{Tensor, nn};

use super::config::NetworkConfig;
use super::conv::{ConvBn, Geometry};
use super::norm::BatchNorm;

/// Depthwise transposed convolution with kernel = stride, then batch norm: a map made `factor` times larger.
#[derive(Debug)]
struct Upsampling {
    weight: Tensor,
    bias: Tensor,
    /// None once folded into the kernel.
    norm: Option<BatchNorm>,
    factor: i64,
    channels: i64,
}

impl Upsampling {
    fn new(path: &nn::Path, number: usize, channels: i64, factor: i64) -> Self {
        let conv = path / format!("convTrans{number}");
        // PyTorch's own default: uniform within 1/√(fan-in), with a fan-in of one channel's kernel.
        let bound = 1.0 / factor as f64;
        Self {
            weight: conv.uniform("weight", &[channels, 1, factor, factor], -bound, bound),
            bias: conv.uniform("bias", &[channels], -bound, bound),
            norm: Some(BatchNorm::new(path / format!("norm{number}"), channels)),
            factor,
            channels,
        }
    }

    /// `[B, C, h, w] -> [B, C, h·factor, w·factor]`
    fn forward(&self, x: &Tensor, train: bool) -> Tensor {
        let stride = [self.factor, self.factor];
        let y =
            x.conv_transpose2d(&self.weight, Some(&self.bias), stride, [0, 0], [0, 0], self.channels, [1, 1]);
        match &self.norm {
            Some(norm) => norm.forward(&y, train),
            None => y,
        }
    }

    fn fold(&mut self) {
        let Some(norm) = self.norm.take() else { return };
        let (scale, shift) = norm.scale_and_shift();
        self.weight = &self.weight * scale.view([-1, 1, 1, 1]);
        self.bias = &self.bias * scale + shift;
    }
}

/// What comes out of the fusion.
#[derive(Debug)]
pub struct Fused {
    /// `[B, joints, H, W]`
    pub heatmaps: Tensor,
    /// What the heatmaps are made of, `[B, ΣC/2, H, W]`.
    pub features: Tensor,
}

/// Brings stages 2 and 3 to the size of stage 1, and mixes all channels into one heatmap a joint.
#[derive(Debug)]
pub(super) struct Fusion {
    from_stage_2: Upsampling,
    from_stage_3: Upsampling,
    mixer: ConvBn,
    head: ConvBn,
}

impl Fusion {
    pub fn new(path: nn::Path, config: &NetworkConfig) -> Self {
        let channels = config.channels;
        let (total, fused) = (channels.iter().sum(), config.fused_channels());
        // Published files hold this norm, and no forward pass uses it: it is kept so that files round-trip.
        let _ = BatchNorm::new(&path / "norm0", channels[0]);
        let mixer = &path / "csMixer";
        Self {
            from_stage_2: Upsampling::new(&path, 1, channels[1], 2),
            from_stage_3: Upsampling::new(&path, 2, channels[2], 4),
            mixer: ConvBn::new(&mixer / 0, total, fused, Geometry::POINTWISE),
            head: ConvBn::new(&mixer / 2, fused, config.joints, Geometry::POINTWISE),
        }
    }

    /// Stage outputs `[B, C_i, H/2^i, W/2^i]` -> heatmaps `[B, joints, H, W]`.
    ///
    /// The last norm only scales and shifts while training: its statistics stay what they are. With those of the batch
    /// it would bring the maps of every input size to one deviation, while the targets' falls as the maps grow, and no
    /// weights would fit two sizes.
    pub fn forward(&self, stages: &[Tensor], train: bool) -> Fused {
        let second = self.from_stage_2.forward(&stages[1], train);
        let third = self.from_stage_3.forward(&stages[2], train);
        let all = Tensor::cat(&[&stages[0], &second, &third], 1);
        let features = self.mixer.forward(&all, train).gelu("none");
        Fused { heatmaps: self.head.forward(&features, false), features }
    }

    pub fn fold(&mut self) {
        self.from_stage_2.fold();
        self.from_stage_3.fold();
        self.mixer.fold();
        self.head.fold();
    }
}
