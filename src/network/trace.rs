//! What a network computed on the way to its heatmaps, copied to plain memory.

use tch::{Kind, Tensor};

use super::attention_map::AttentionMap;
use super::checkpoint::HostTensor;
use super::config::NetworkConfig;
use super::ema::EmaOutput;
use super::error::NetworkError;

/// The tensors of one EMA module for one picture; `G` groups of `c` channels on an `H`×`W` map.
#[derive(Clone, Debug)]
pub struct EmaTrace {
    /// Which stage's output (0 … 2) the module stands on.
    pub stage: usize,
    /// σ(a): row gate of each channel, `[G, c, H]`, in 0 … 1.
    pub gate_h: HostTensor,
    /// σ(b): column gate of each channel, `[G, c, W]`, in 0 … 1.
    pub gate_w: HostTensor,
    /// p1 `[G, c]`: softmax of a learned bias, the same for every picture.
    pub channel_1: HostTensor,
    /// p2 `[G, c]`: the EMA channel weights, which the picture causes.
    pub channel_2: HostTensor,
    /// σ(w) `[G, H, W]`: the gate on the output, in 0 … 1 around 0.5.
    pub spatial: HostTensor,
}

impl EmaTrace {
    /// What a stage's module of so many groups gave for one picture of the batch, in plain memory.
    ///
    /// # Errors
    /// When the tensors cannot be copied.
    pub(super) fn of(
        stage: usize,
        found: &EmaOutput,
        groups: i64,
        sample: i64,
    ) -> Result<Self, NetworkError> {
        // [B·G, …] -> this picture's [G, …]
        let own = |t: &Tensor| t.f_narrow(0, sample * groups, groups);
        Ok(Self {
            stage,
            gate_h: to_host(&own(&found.gate_h)?.f_squeeze_dim(3)?)?,
            gate_w: to_host(&own(&found.gate_w)?.f_squeeze_dim(3)?)?,
            channel_1: to_host(&own(&found.channel_1)?.f_squeeze_dim(1)?)?,
            channel_2: to_host(&own(&found.channel_2)?.f_squeeze_dim(1)?)?,
            spatial: to_host(&own(&found.spatial)?.f_squeeze_dim(1)?)?,
        })
    }

    /// Every tensor with the name that it has in the module.
    fn named_tensors(&self) -> [(&'static str, &HostTensor); 5] {
        [
            ("gate_h", &self.gate_h),
            ("gate_w", &self.gate_w),
            ("channel_1", &self.channel_1),
            ("channel_2", &self.channel_2),
            ("spatial", &self.spatial),
        ]
    }

    /// How many of all numbers are not finite, and how many there are.
    pub fn not_finite(&self) -> (usize, usize) {
        let values = || self.named_tensors().into_iter().flat_map(|(_, tensor)| &tensor.values);
        (values().filter(|value| !value.is_finite()).count(), values().count())
    }
}

/// Everything one picture's forward pass leaves behind.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// Softmaxed attention, in the order stage, block, scale.
    pub attention: Vec<AttentionMap>,
    /// EMA tensors of each stage, but for those whose module is left out; empty for a network without EMA.
    pub ema: Vec<EmaTrace>,
    /// Output of each stage before EMA, `[C, H, W]`.
    pub stage_outputs: Vec<HostTensor>,
}

impl Trace {
    /// The attention of one scale of one block, counted from 0.
    pub fn attention_of(&self, stage: usize, block: usize, scale: usize) -> Option<&AttentionMap> {
        self.attention.iter().find(|map| (map.stage, map.block, map.scale) == (stage, block, scale))
    }

    /// The EMA tensors of a stage, counted from 0.
    pub fn ema_of(&self, stage: usize) -> Option<&EmaTrace> {
        self.ema.iter().find(|ema| ema.stage == stage)
    }

    /// Every tensor with the name it has in `golden` and in exports.
    pub fn named_tensors(&self) -> Vec<(String, &HostTensor)> {
        let attention = self.attention.iter().map(|map| (map.name(), &map.weights));
        let ema = self.ema.iter().flat_map(|ema| {
            ema.named_tensors().map(|(part, tensor)| (format!("ema/ema.{}/{part}", ema.stage), tensor))
        });
        let stages = self.stage_outputs.iter().enumerate().map(|(i, t)| (format!("stage_output.{i}"), t));
        attention.chain(ema).chain(stages).collect()
    }
}

/// How long one part of the network took.
#[derive(Clone, Debug, PartialEq)]
pub struct PartTime {
    /// `stem`, `stage 1`, …, `EMA`, `fusion`.
    pub part: String,
    /// Wall-clock time in milliseconds.
    pub milliseconds: f64,
}

/// What [`super::PoseNetwork::forward_traced`] gives.
#[derive(Debug)]
pub struct TracedOutput {
    /// `[B, joints, H, W]`
    pub heatmaps: Tensor,
    /// One for each picture of the batch.
    pub traces: Vec<Trace>,
    /// Where the time of the whole batch went.
    pub times: Vec<PartTime>,
}

/// Tensors gathered during a forward pass, still on the device and still batched.
#[derive(Default)]
pub(super) struct Recorder {
    /// Stage, block, scale, weights `[B, windows, heads, queries, keys]`.
    pub attention: Vec<(usize, usize, usize, Tensor)>,
    /// Stage and what its module gave.
    pub ema: Vec<(usize, EmaOutput)>,
    pub stage_outputs: Vec<Tensor>,
    pub times: Vec<PartTime>,
}

impl Recorder {
    /// Splits the batch into one trace a picture, in plain memory.
    pub fn into_traces(
        self,
        config: &NetworkConfig,
        batch: i64,
    ) -> Result<(Vec<Trace>, Vec<PartTime>), NetworkError> {
        let traces = (0..batch).map(|sample| self.trace_of(config, sample)).collect::<Result<_, _>>()?;
        Ok((traces, self.times))
    }

    fn trace_of(&self, config: &NetworkConfig, sample: i64) -> Result<Trace, NetworkError> {
        let mut trace = Trace::default();
        for (stage, block, scale, weights) in &self.attention {
            let size = self.stage_outputs[*stage].size();
            let grid = (size[2] as usize, size[3] as usize);
            let weights = to_host(&weights.f_get(sample)?)?;
            trace.attention.push(AttentionMap::new((*stage, *block, *scale), grid, weights));
        }
        let groups = config.ema_groups.unwrap_or(1);
        for (stage, ema) in &self.ema {
            trace.ema.push(EmaTrace::of(*stage, ema, groups, sample)?);
        }
        for output in &self.stage_outputs {
            trace.stage_outputs.push(to_host(&output.f_get(sample)?)?);
        }
        Ok(trace)
    }
}

/// Copies a tensor of any device and float kind to plain memory.
///
/// # Errors
/// When libtorch cannot copy it.
pub fn to_host(tensor: &Tensor) -> Result<HostTensor, NetworkError> {
    let shape = tensor.size().iter().map(|&n| n as usize).collect();
    let flat = tensor.detach().f_to_device(tch::Device::Cpu)?.f_to_kind(Kind::Float)?.f_contiguous()?;
    let mut values = vec![0f32; flat.numel()];
    flat.f_copy_data(&mut values, flat.numel())?;
    Ok(HostTensor { shape, values })
}
