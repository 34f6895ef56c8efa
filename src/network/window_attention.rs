//! Attention inside the windows of one scale.

use std::collections::HashMap;

use tch::{Kind, Tensor, nn};

use super::config::{KEY_DIM, VALUE_DIM};
use super::scale_layout::ScaleLayout;

/// What one scale's attention gives.
pub(super) struct WindowAttentionOutput {
    /// `[B, heads · 32, H, W]`, head-major channels.
    pub context: Tensor,
    /// Softmaxed weights `[B, windows, heads, queries, keys]`, windows row-major.
    pub weights: Tensor,
}

/// `softmax(q·kᵀ/4 + bias)·v` per window and head; keys and values stand on a pooled grid.
#[derive(Debug)]
pub(super) struct WindowAttention {
    /// `[heads, offsets]`
    biases: Tensor,
    /// Which offset each query–key pair has: `[queries · keys]`.
    offset_of_pair: Tensor,
    /// The biases spread out to `[heads, queries, keys]`, kept once the network is folded.
    spread: Option<Tensor>,
    heads: i64,
    layout: ScaleLayout,
}

impl WindowAttention {
    pub fn new(path: nn::Path, heads: i64, layout: ScaleLayout) -> Self {
        let (pairs, offsets) = offset_table(&layout);
        Self {
            biases: path.zeros("attention_biases", &[heads, offsets]),
            offset_of_pair: Tensor::from_slice(&pairs).to_device(path.device()),
            spread: None,
            heads,
            layout,
        }
    }

    /// `q`: `[B, heads · 16, H, W]`; `kv`: `[B, heads · 48, H/pooling, W/pooling]`.
    pub fn forward(&self, q: &Tensor, kv: &Tensor) -> WindowAttentionOutput {
        let size = q.size();
        let (batch, height, width) = (size[0], size[2], size[3]);
        let ((wh, ww), (kh, kw)) = (self.layout.window, self.layout.key_window());
        let (down, across) = (height / wh, width / ww);
        let windows = down * across;

        let q = into_windows(q, self.heads, (down, across), (wh, ww));
        let kv = into_windows(kv, self.heads, (down, across), (kh, kw));
        let k = kv.narrow(3, 0, KEY_DIM);
        let v = kv.narrow(3, KEY_DIM, VALUE_DIM);

        // [B·windows, heads, queries, keys]
        let scores = q.matmul(&k.transpose(-2, -1)) * (KEY_DIM as f64).powf(-0.5);
        let weights = match &self.spread {
            Some(bias) => scores + bias,
            None => scores + self.spread_biases(),
        }
        .softmax(-1, Kind::Float);

        let context = weights
            .matmul(&v)
            // [B·windows, heads, wh·ww, 32] -> [B, down, across, heads, wh, ww, 32]
            .view([batch, down, across, self.heads, wh, ww, VALUE_DIM].as_slice())
            // -> [B, heads, 32, down, wh, across, ww] -> [B, heads·32, H, W]
            .permute([0, 3, 6, 1, 4, 2, 5])
            .reshape([batch, self.heads * VALUE_DIM, height, width]);
        WindowAttentionOutput {
            context,
            weights: weights.view([batch, windows, self.heads, wh * ww, kh * kw]),
        }
    }

    pub fn fold(&mut self) {
        self.spread = Some(self.spread_biases());
    }

    fn spread_biases(&self) -> Tensor {
        let ((wh, ww), (kh, kw)) = (self.layout.window, self.layout.key_window());
        self.biases.index_select(1, &self.offset_of_pair).view([self.heads, wh * ww, kh * kw])
    }
}

/// `[B, heads·d, H, W] -> [B·windows, heads, wh·ww, d]`
fn into_windows(x: &Tensor, heads: i64, (down, across): (i64, i64), (wh, ww): (i64, i64)) -> Tensor {
    let size = x.size();
    let (batch, dim) = (size[0], size[1] / heads);
    x.reshape([batch, heads, dim, down, wh, across, ww]).permute([0, 3, 5, 1, 4, 6, 2]).reshape([
        batch * down * across,
        heads,
        wh * ww,
        dim,
    ])
}

/// Numbers the distinct pairs (|row_q − row_k|, |col_q − col_k|) in order of first appearance, key
/// coordinates counted on the pooled grid as they are. Gives the number of each query–key pair
/// (row-major, `queries · keys`) and how many there are.
fn offset_table(layout: &ScaleLayout) -> (Vec<i64>, i64) {
    let ((wh, ww), (kh, kw)) = (layout.window, layout.key_window());
    let mut numbers = HashMap::new();
    let mut pairs = Vec::with_capacity((wh * ww * kh * kw) as usize);
    for (qr, qc) in cells(wh, ww) {
        for (kr, kc) in cells(kh, kw) {
            let next = numbers.len() as i64;
            pairs.push(*numbers.entry(((qr - kr).abs(), (qc - kc).abs())).or_insert(next));
        }
    }
    (pairs, numbers.len() as i64)
}

fn cells(rows: i64, columns: i64) -> impl Iterator<Item = (i64, i64)> {
    (0..rows).flat_map(move |row| (0..columns).map(move |column| (row, column)))
}
