//! Cascaded multi-scale attention: what a coarser scale found updates the keys and values of the next finer one.

use tch::{Tensor, nn};

use super::ablation::BlockChanges;
use super::config::{KEY_DIM, VALUE_DIM};
use super::conv::{Conv, ConvBn, Geometry, Linear};
use super::norm::BatchNorm;
use super::scale_layout::ScaleLayout;
use super::window_attention::WindowAttention;

/// `pwconv_bn(GELU(kv + dwconv_bn(kv)))`
#[derive(Debug)]
struct SpatialFusion {
    depthwise: ConvBn,
    pointwise: ConvBn,
    folded: bool,
}

impl SpatialFusion {
    fn new(path: nn::Path, channels: i64) -> Self {
        Self {
            depthwise: ConvBn::new(&path / "dwconv_bn", channels, channels, Geometry::depthwise(channels, 1)),
            pointwise: ConvBn::new(&path / "pwconv_bn", channels, channels, Geometry::POINTWISE),
            folded: false,
        }
    }

    fn forward(&self, kv: &Tensor, train: bool) -> Tensor {
        let spread = self.depthwise.forward(kv, train);
        // The folded depthwise kernel already carries the identity.
        let u = if self.folded { spread } else { spread + kv };
        self.pointwise.forward(&u.gelu("none"), train)
    }

    fn fold(&mut self) {
        self.depthwise.fold_with_identity();
        self.pointwise.fold();
        self.folded = true;
    }
}

/// What the attention of one block gives.
pub(super) struct CascadedAttentionOutput {
    /// `[B, C, H, W]`
    pub output: Tensor,
    /// Softmaxed weights of each scale, coarse to fine: `[B, windows, heads, queries, keys]`.
    pub weights: Vec<Tensor>,
}

/// The attention of one block over all its scales (`attn`).
#[derive(Debug)]
pub(super) struct CascadedAttention {
    q: Conv,
    kv: Conv,
    scales: Vec<WindowAttention>,
    channel_fusions: Vec<ConvBn>,
    spatial_fusions: Vec<SpatialFusion>,
    linear: Linear,
    layouts: &'static [ScaleLayout],
    q_channels: Vec<i64>,
    kv_channels: Vec<i64>,
}

impl CascadedAttention {
    pub fn new(path: nn::Path, channels: i64, heads: &[i64], layouts: &'static [ScaleLayout]) -> Self {
        let q_channels: Vec<i64> = heads.iter().map(|h| h * KEY_DIM).collect();
        let kv_channels: Vec<i64> = heads.iter().map(|h| h * (KEY_DIM + VALUE_DIM)).collect();
        let value_channels: Vec<i64> = heads.iter().map(|h| h * VALUE_DIM).collect();
        let pointwise = |name, cout| Conv::new(&path / name, channels, cout, Geometry::POINTWISE, true);
        let scales = heads
            .iter()
            .zip(layouts)
            .enumerate()
            .map(|(g, (heads, layout))| WindowAttention::new(&path / "attn_modules" / g, *heads, *layout))
            .collect();
        let channel_fusions = (1..heads.len())
            .map(|g| {
                let cin = kv_channels[g] + value_channels[g - 1];
                let path = &path / "channel_fusion_modules" / (g - 1);
                ConvBn::new(path, cin, kv_channels[g], Geometry::POINTWISE)
            })
            .collect();
        let spatial_fusions = kv_channels
            .iter()
            .enumerate()
            .map(|(g, channels)| SpatialFusion::new(&path / "spatial_fusion_modules" / g, *channels))
            .collect();
        Self {
            q: pointwise("q", q_channels.iter().sum()),
            kv: pointwise("kv", kv_channels.iter().sum()),
            scales,
            channel_fusions,
            spatial_fusions,
            linear: Linear::new(&path / "linear", value_channels.iter().sum(), channels),
            layouts,
            q_channels,
            kv_channels,
        }
    }

    /// `[B, C, H, W] -> [B, C, H, W]`. Changes are for inference: they write in place.
    pub fn forward(&self, x: &Tensor, train: bool, changes: BlockChanges) -> CascadedAttentionOutput {
        let size = x.size();
        let queries = self.q.forward(x).split_with_sizes(&self.q_channels, 1);
        let keys_values = self.kv.forward(x).split_with_sizes(&self.kv_channels, 1);
        let mut contexts: Vec<Tensor> = Vec::with_capacity(self.scales.len());
        let mut weights = Vec::with_capacity(self.scales.len());
        for (g, (q, kv)) in queries.iter().zip(&keys_values).enumerate() {
            let kv = match contexts.last() {
                // [B, h_g·48 + h_{g−1}·32, H, W] -> [B, h_g·48, H, W]
                Some(coarser) => {
                    let nothing = changes.mutes_cascade(g).then(|| coarser.zeros_like());
                    let handed_on = nothing.as_ref().unwrap_or(coarser);
                    self.channel_fusions[g - 1].forward(&Tensor::cat(&[kv, handed_on], 1), train)
                }
                None => kv.shallow_clone(),
            };
            let kv = pooled(&self.spatial_fusions[g].forward(&kv, train), self.layouts[g].pooling);
            let found = self.scales[g].forward(q, &kv);
            mute(&found.context, g, changes);
            contexts.push(found.context);
            weights.push(found.weights);
        }
        // [B, Σ h·32, H, W] -> [B, H·W, Σ h·32] -> [B, H·W, C] -> [B, C, H, W]
        let tokens = Tensor::cat(&contexts, 1).flatten(2, 3).transpose(1, 2);
        let output = self.linear.forward(&tokens).transpose(1, 2).reshape(&size);
        CascadedAttentionOutput { output, weights }
    }

    /// Folds, taking in the batch norm that stands before this module.
    pub fn fold(&mut self, norm_before: &BatchNorm) {
        self.q.absorb_norm_before(norm_before);
        self.kv.absorb_norm_before(norm_before);
        self.scales.iter_mut().for_each(WindowAttention::fold);
        self.channel_fusions.iter_mut().for_each(ConvBn::fold);
        self.spatial_fusions.iter_mut().for_each(SpatialFusion::fold);
    }
}

/// Sets what the muted heads of a scale found to zero, in place: `[B, heads · 32, H, W]`, head-major channels.
fn mute(context: &Tensor, scale: usize, changes: BlockChanges) {
    if changes.mutes_scale(scale) {
        let _ = context.shallow_clone().zero_();
    }
    for head in changes.muted_heads(scale) {
        let _ = context.narrow(1, head as i64 * VALUE_DIM, VALUE_DIM).zero_();
    }
}

fn pooled(kv: &Tensor, ratio: i64) -> Tensor {
    match ratio {
        1 => kv.shallow_clone(),
        _ => kv.avg_pool2d([ratio, ratio], [ratio, ratio], [0, 0], false, true, None::<i64>),
    }
}
