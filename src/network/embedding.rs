//! Embeddings: how pictures become the first map, and how one stage's map becomes the next one's.

use tch::{Tensor, nn};

use super::conv::Geometry;
use super::reparam::Reparam;

/// `rep_dwconv` (depthwise 3×3, GELU), then `rep_pwconv` (1×1).
#[derive(Debug)]
pub(super) struct Embedding {
    depthwise: Reparam,
    pointwise: Reparam,
}

impl Embedding {
    pub fn new(path: nn::Path, cin: i64, cout: i64, stride: i64) -> Self {
        Self {
            depthwise: Reparam::new(&path / "rep_dwconv", cin, cin, Geometry::depthwise(cin, stride)),
            pointwise: Reparam::new(&path / "rep_pwconv", cin, cout, Geometry::POINTWISE),
        }
    }

    /// `[B, Cin, H, W] -> [B, Cout, H/stride, W/stride]`
    pub fn forward(&self, x: &Tensor, train: bool) -> Tensor {
        self.pointwise.forward(&self.depthwise.forward(x, train).gelu("none"), train)
    }

    pub fn fold(self) -> Self {
        Self { depthwise: self.depthwise.fold(), pointwise: self.pointwise.fold() }
    }
}

/// Two embeddings from RGB to the first stage's channels, a GELU after each.
#[derive(Debug)]
pub(super) struct Stem {
    first: Embedding,
    second: Embedding,
}

impl Stem {
    pub fn new(path: nn::Path, channels: i64, stride: i64) -> Self {
        Self {
            first: Embedding::new(&path / "embedding1", 3, channels / 2, stride),
            second: Embedding::new(&path / "embedding2", channels / 2, channels, 1),
        }
    }

    /// `[B, 3, H, W] -> [B, C1, H/stride, W/stride]`
    pub fn forward(&self, picture: &Tensor, train: bool) -> Tensor {
        let x = self.first.forward(picture, train).gelu("none");
        self.second.forward(&x, train).gelu("none")
    }

    pub fn fold(self) -> Self {
        Self { first: self.first.fold(), second: self.second.fold() }
    }
}
