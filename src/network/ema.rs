//! Efficient multi-scale attention (arXiv 2305.13563): the module on each stage's output.

use tch::{Kind, Tensor, nn};

use super::ablation::{EmaChange, EmaChanges};
use super::conv::{Conv, Geometry};
use super::norm::ChannelNorm;

/// What one EMA module gives; `G` groups, `c = C/G` channels in each.
pub(super) struct EmaOutput {
    /// `[B, C, H, W]`
    pub output: Tensor,
    /// σ(a), the row gate of each channel: `[B·G, c, H, 1]`.
    pub gate_h: Tensor,
    /// σ(b), the column gate of each channel: `[B·G, c, W, 1]`.
    pub gate_w: Tensor,
    /// p1 `[B·G, 1, c]`: a learned constant, the same for every picture.
    pub channel_1: Tensor,
    /// p2 `[B·G, 1, c]`: the channel weighting that the picture causes.
    pub channel_2: Tensor,
    /// σ(w), the only gate on the output: `[B·G, 1, H, W]`.
    pub spatial: Tensor,
}

/// `ema.{stage}`
#[derive(Debug)]
pub(super) struct Ema {
    groups: i64,
    conv1x1: Conv,
    conv3x3: Conv,
    gn: ChannelNorm,
}

impl Ema {
    pub fn new(path: nn::Path, channels: i64, groups: i64) -> Self {
        let c = channels / groups;
        let square = Geometry { kernel: 3, stride: 1, padding: 1, groups: 1 };
        Self {
            groups,
            conv1x1: Conv::new(&path / "conv1x1", c, c, Geometry::POINTWISE, true),
            conv3x3: Conv::new(&path / "conv3x3", c, c, square, true),
            gn: ChannelNorm::new(&path / "gn", c),
        }
    }

    /// `[B, C, H, W] -> [B, C, H, W]`
    pub fn forward(&self, x: &Tensor, changes: EmaChanges) -> EmaOutput {
        let size = x.size();
        let (batch, height, width) = (size[0], size[2], size[3]);
        // [B, C, H, W] -> [B·G, c, H, W]: the weights are shared by all groups
        let g = x.reshape([batch * self.groups, -1, height, width]);
        let rows = g.mean_dim([3].as_slice(), true, None::<Kind>);
        let columns = g.mean_dim([2].as_slice(), true, None::<Kind>).transpose(2, 3);
        // [B·G, c, H + W, 1]
        let gates = self.conv1x1.forward(&Tensor::cat(&[rows, columns], 2)).sigmoid();
        let gate_h = gates.narrow(2, 0, height);
        let gate_w = gates.narrow(2, height, width);

        let x1 = self.gn.forward(&(&g * &gate_h * gate_w.transpose(2, 3)));
        let x2 = self.conv3x3.forward(&g);
        let channel_1 = channel_softmax(&x1);
        let channel_2 = match changes.has(EmaChange::P2ByP1) {
            true => channel_1.shallow_clone(),
            false => channel_softmax(&x2),
        };
        // [B·G, 1, c] × [B·G, c, H·W] -> [B·G, 1, H, W]
        let w = channel_1.matmul(&x2.flatten(2, 3)) + channel_2.matmul(&x1.flatten(2, 3));
        let mut spatial = w.reshape([batch * self.groups, 1, height, width]).sigmoid();
        if changes.has(EmaChange::MeanGate) {
            spatial = spatial.mean_dim([2, 3].as_slice(), true, None::<Kind>).expand_as(&spatial);
        }
        let output = (g * &spatial).reshape(&size);
        EmaOutput { output, gate_h, gate_w, channel_1, channel_2, spatial }
    }
}

/// Softmax over the channels of the spatial means: `[N, c, H, W] -> [N, 1, c]`.
fn channel_softmax(x: &Tensor) -> Tensor {
    x.mean_dim([2, 3].as_slice(), false, None::<Kind>).softmax(-1, Kind::Float).unsqueeze(1)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tch::Device;

    use super::*;
    use crate::network::checkpoint::{HostTensor, WeightsFile};
    use crate::network::to_host;

    fn tensor(host: &HostTensor) -> Tensor {
        let shape: Vec<i64> = host.shape.iter().map(|&n| n as i64).collect();
        Tensor::from_slice(&host.values).view(shape.as_slice())
    }

    #[test]
    fn ninety_six_channels_in_thirty_two_groups_agree_with_the_golden_numbers() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/ema_96_g32.safetensors");
        let golden = WeightsFile::read(path).unwrap();
        let variables = nn::VarStore::new(Device::Cpu);
        let ema = Ema::new(variables.root(), 96, 32);
        let parameters = variables.variables();
        assert_eq!(parameters.len(), golden.tensors.keys().filter(|name| name.starts_with("param/")).count());
        for (name, mut parameter) in parameters {
            let value = tensor(&golden.tensors[&format!("param/{name}")]);
            tch::no_grad(|| parameter.copy_(&value));
        }
        let found =
            to_host(&ema.forward(&tensor(&golden.tensors["input"]), EmaChanges::default()).output).unwrap();
        let expected = &golden.tensors["output"];
        assert_eq!(found.shape, expected.shape);
        let pairs = found.values.iter().zip(&expected.values);
        let difference = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(difference < 1e-5, "outputs differ by {difference}");
    }
}
