//! The re-parameterised convolution: three branches while training, one for inference.

use tch::{Tensor, nn};

use super::conv::{Conv, ConvBn, Geometry};
use super::norm::BatchNorm;

/// Sum of a k×k branch, a 1×1 branch (where k > 1) and a bare batch norm (where the shapes allow).
///
/// Names: `rbr_conv.0`, `rbr_scale`, `rbr_skip`.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a network has few of them, and boxing would hide the branches"
)]
pub(super) enum Reparam {
    /// As trained.
    Branches { conv: ConvBn, scale: Option<ConvBn>, skip: Option<BatchNorm>, geometry: Geometry },
    /// As folded for inference.
    Folded(Conv),
}

impl Reparam {
    pub fn new(path: nn::Path, cin: i64, cout: i64, geometry: Geometry) -> Self {
        let Geometry { kernel, stride, groups, .. } = geometry;
        let scale_geometry = Geometry { kernel: 1, stride, padding: 0, groups };
        Self::Branches {
            conv: ConvBn::new(&path / "rbr_conv" / 0, cin, cout, geometry),
            scale: (kernel > 1).then(|| ConvBn::new(&path / "rbr_scale", cin, cout, scale_geometry)),
            skip: (cin == cout && stride == 1).then(|| BatchNorm::new(&path / "rbr_skip", cin)),
            geometry,
        }
    }

    pub fn forward(&self, x: &Tensor, train: bool) -> Tensor {
        match self {
            Self::Folded(conv) => conv.forward(x),
            Self::Branches { conv, scale, skip, .. } => {
                let mut y = conv.forward(x, train);
                if let Some(scale) = scale {
                    y += scale.forward(x, train);
                }
                if let Some(skip) = skip {
                    y += skip.forward(x, train);
                }
                y
            }
        }
    }

    /// Folds the three branches into one k×k convolution with bias.
    pub fn fold(self) -> Self {
        let Self::Branches { conv, scale, skip, geometry } = self else {
            return self;
        };
        let (mut weight, mut bias) = conv.into_folded();
        let border = geometry.kernel / 2;
        if let Some(scale) = scale {
            let (pointwise, shift) = scale.into_folded();
            // [Cout, Cin/groups, 1, 1] -> [Cout, Cin/groups, k, k], zero around the centre
            weight += pointwise.constant_pad_nd([border; 4]);
            bias += shift;
        }
        if let Some(skip) = skip {
            let (factor, shift) = skip.scale_and_shift();
            weight += identity_kernel(&weight) * factor.view([-1, 1, 1, 1]);
            bias += shift;
        }
        Self::Folded(Conv { weight, bias: Some(bias), geometry })
    }
}

/// The kernel that hands each channel on unchanged, of the shape of `like` `[C, C/groups, k, k]`.
fn identity_kernel(like: &Tensor) -> Tensor {
    let size = like.size();
    let (channels, per_group, centre) = (size[0], size[1], size[2] / 2);
    let options = (like.kind(), like.device());
    // Row c of the identity, seen within its group: [C, C/groups]
    let rows = Tensor::eye(per_group, options).repeat([channels / per_group, 1]);
    let kernel = Tensor::zeros(&size, options);
    kernel.narrow(2, centre, 1).narrow(3, centre, 1).squeeze_dim(3).squeeze_dim(2).copy_(&rows);
    kernel
}
