//! One block: positional convolution, cascaded attention, feed-forward.

use tch::{Kind, Tensor, nn};

use super::ablation::BlockChanges;
use super::cascaded_attention::CascadedAttention;
use super::config::FFN_RATIO;
use super::conv::{Geometry, Linear};
use super::norm::{BatchNorm, LayerNorm};
use super::pass::Pass;
use super::reparam::Reparam;
use super::scale_layout::ScaleLayout;

/// What one block gives.
pub(super) struct BlockOutput {
    /// `[B, C, H, W]`
    pub x: Tensor,
    /// Softmaxed weights of each scale, coarse to fine: `[B, windows, heads, queries, keys]`.
    pub attention: Vec<Tensor>,
}

/// `stage_blocks.{i}.trains_block{k}`
#[derive(Debug)]
pub(super) struct Block {
    pos_embed: Reparam,
    /// None once folded into the attention's first convolutions.
    norm1: Option<BatchNorm>,
    attn: CascadedAttention,
    norm2: LayerNorm,
    fc1: Linear,
    fc2: Linear,
    drop_path: f64,
}

impl Block {
    /// `drop_path`: share of samples whose residual branches are skipped in training (stochastic depth).
    pub fn new(
        path: nn::Path,
        channels: i64,
        heads: &[i64],
        layouts: &'static [ScaleLayout],
        drop_path: f64,
    ) -> Self {
        let mlp = &path / "mlp";
        Self {
            pos_embed: Reparam::new(
                &path / "pos_embed",
                channels,
                channels,
                Geometry::depthwise(channels, 1),
            ),
            norm1: Some(BatchNorm::new(&path / "norm1", channels)),
            attn: CascadedAttention::new(&path / "attn", channels, heads, layouts),
            norm2: LayerNorm::new(&path / "norm2", channels),
            fc1: Linear::new(&mlp / "fc1", channels, channels * FFN_RATIO),
            fc2: Linear::new(&mlp / "fc2", channels * FFN_RATIO, channels),
            drop_path,
        }
    }

    /// `[B, C, H, W] -> [B, C, H, W]`
    pub fn forward(&self, x: &Tensor, pass: Pass, changes: BlockChanges) -> BlockOutput {
        let train = pass.is_of_batch();
        let x = self.pos_embed.forward(x, train).gelu("none");
        let attended = match &self.norm1 {
            Some(norm) => self.attn.forward(&norm.forward(&x, train), train, changes),
            None => self.attn.forward(&x, train, changes),
        };
        let x = x + self.skipped_at_random(attended.output, pass);
        let size = x.size();
        // [B, C, H, W] -> [B, H·W, C]
        let tokens = x.flatten(2, 3).transpose(1, 2);
        let hidden = self.fc1.forward(&self.norm2.forward(&tokens)).gelu("none");
        let tokens = &tokens + self.skipped_at_random(self.fc2.forward(&hidden), pass);
        BlockOutput { x: tokens.transpose(1, 2).reshape(&size), attention: attended.weights }
    }

    pub fn fold(mut self) -> Self {
        self.pos_embed = self.pos_embed.fold();
        if let Some(norm) = self.norm1.take() {
            self.attn.fold(&norm);
        }
        self
    }

    /// Stochastic depth: in training, sets the branch of some samples to zero and scales up the others.
    fn skipped_at_random(&self, branch: Tensor, pass: Pass) -> Tensor {
        if pass != Pass::Training || self.drop_path == 0.0 {
            return branch;
        }
        let keep = 1.0 - self.drop_path;
        let mut shape = vec![1; branch.dim()];
        shape[0] = branch.size()[0];
        let kept = Tensor::full(&shape, keep, (Kind::Float, branch.device())).bernoulli();
        branch * kept / keep
    }
}
