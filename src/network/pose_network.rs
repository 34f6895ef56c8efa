//! CMSA: cascaded multi-scale attention for low-resolution pose (arXiv 2412.02197), with EMA modules
//! (arXiv 2305.13563) on the stage outputs. Three stages at H×W, H/2×W/2 and H/4×W/4; windows of fixed
//! size, so that one set of weights runs at every multiple of 32×24.

mod block_attention;
mod ema_traces;

use std::time::Instant;

use tch::{Device, TchError, Tensor, nn};

use super::ablation::{Ablation, Changes, EmaChange, EmaChanges};
use super::block::Block;
use super::config::NetworkConfig;
use super::ema::{Ema, EmaOutput};
use super::embedding::{Embedding, Stem};
use super::error::NetworkError;
use super::fusion::{Fused, Fusion};
use super::pass::Pass;
use super::scale_layout::{STAGES, scales_of_stage};
use super::trace::{PartTime, Recorder, TracedOutput};

/// Largest share of samples that stochastic depth skips, at the last block.
const DROP_PATH: f64 = 0.1;

/// The network, as trained or folded for inference.
#[derive(Debug)]
pub struct PoseNetwork {
    config: NetworkConfig,
    device: Device,
    stem: Stem,
    embeddings: Vec<Embedding>,
    stages: Vec<Vec<Block>>,
    ema: Vec<Ema>,
    fusion: Fusion,
    folded: bool,
}

impl PoseNetwork {
    /// Makes the network's variables under `path`, initialised for training.
    ///
    /// # Errors
    /// When the configuration is out of range.
    pub fn new(path: &nn::Path, config: NetworkConfig) -> Result<Self, NetworkError> {
        config.check()?;
        let channels = config.channels;
        let blocks = path / "stage_blocks";
        let total = config.depths.iter().sum::<i64>();
        let mut number = 0;
        let mut stage_of = |stage: usize| {
            let mut block = |k: i64| {
                let drop_path = DROP_PATH * number as f64 / (total - 1).max(1) as f64;
                number += 1;
                let path = &(&blocks / stage) / format!("trains_block{k}");
                let (heads, layouts) = (&config.heads[stage], scales_of_stage(stage));
                Block::new(path, channels[stage], heads, layouts, drop_path)
            };
            (0..config.depths[stage]).map(&mut block).collect()
        };
        let stages: Vec<Vec<Block>> = (0..STAGES).map(&mut stage_of).collect();
        let embedding = path / "embedding_blocks";
        let ema = match config.ema_groups {
            Some(groups) => (0..STAGES).map(|i| Ema::new(&(path / "ema") / i, channels[i], groups)).collect(),
            None => Vec::new(),
        };
        Ok(Self {
            device: path.device(),
            stem: Stem::new(&embedding / 0, channels[0], config.stem_stride),
            embeddings: (1..STAGES)
                .map(|i| Embedding::new(&embedding / i, channels[i - 1], channels[i], 2))
                .collect(),
            stages,
            ema,
            fusion: Fusion::new(path / "fgmm", &config),
            folded: false,
            config,
        })
    }

    /// The numbers this network was built by.
    pub fn config(&self) -> &NetworkConfig {
        &self.config
    }

    /// Where its weights are.
    pub fn device(&self) -> Device {
        self.device
    }

    /// Folds branches and batch norms into single convolutions: the same numbers in inference, for less work.
    pub fn fold(self) -> Self {
        if self.folded {
            return self;
        }
        tch::no_grad(move || {
            let mut fusion = self.fusion;
            fusion.fold();
            let fold_stage = |blocks: Vec<Block>| blocks.into_iter().map(Block::fold).collect();
            Self {
                stem: self.stem.fold(),
                embeddings: self.embeddings.into_iter().map(Embedding::fold).collect(),
                stages: self.stages.into_iter().map(fold_stage).collect(),
                fusion,
                folded: true,
                ..self
            }
        })
    }

    /// Normalised pictures `[B, 3, H, W]` -> heatmaps `[B, joints, H, W]` (divided by the stem stride), changed by
    /// `ablations`; their order and repetitions mean nothing.
    ///
    /// # Errors
    /// When the shape is none this network takes, or an ablation is about a part that it does not have.
    pub fn forward(&self, pictures: &Tensor, ablations: &[Ablation]) -> Result<Tensor, NetworkError> {
        let changes = self.checked(pictures, ablations)?;
        tch::no_grad(|| Ok(self.walk(pictures, Pass::Inference, changes, None).heatmaps))
    }

    /// As [`Self::forward`] without ablations, with batch statistics (but for the last norm, whose statistics stay),
    /// stochastic depth and gradients.
    ///
    /// # Errors
    /// When the shape is none this network takes, or the network has been folded.
    pub fn forward_train(&self, pictures: &Tensor) -> Result<Fused, NetworkError> {
        self.with_batch_statistics(pictures, Pass::Training)
    }

    /// Moves the running statistics toward those of the pictures, as [`Self::forward_train`] does, but leaves no branch
    /// out.
    ///
    /// # Errors
    /// Those of [`Self::forward_train`].
    pub fn follow_statistics(&self, pictures: &Tensor) -> Result<(), NetworkError> {
        tch::no_grad(|| self.with_batch_statistics(pictures, Pass::Statistics)).map(drop)
    }

    fn with_batch_statistics(&self, pictures: &Tensor, pass: Pass) -> Result<Fused, NetworkError> {
        if self.folded {
            return Err(NetworkError::Config("a folded network cannot be trained".into()));
        }
        let changes = self.checked(pictures, &[])?;
        Ok(self.walk(pictures, pass, changes, None))
    }

    /// As [`Self::forward`], and keeps what was computed on the way: by the changed network, where there are ablations.
    ///
    /// # Errors
    /// Those of [`Self::forward`], or when the tensors cannot be copied to plain memory.
    pub fn forward_traced(
        &self,
        pictures: &Tensor,
        ablations: &[Ablation],
    ) -> Result<TracedOutput, NetworkError> {
        let changes = self.checked(pictures, ablations)?;
        tch::no_grad(|| {
            let mut recorder = Recorder::default();
            let heatmaps = self.walk(pictures, Pass::Inference, changes, Some(&mut recorder)).heatmaps;
            let (traces, times) = recorder.into_traces(&self.config, pictures.size()[0])?;
            Ok(TracedOutput { heatmaps, traces, times })
        })
    }

    /// How fast a number that is made of the heatmaps rises with each value of the pictures: the gradient, of the
    /// pictures' shape `[B, 3, H, W]`. The network's own variables get none.
    ///
    /// # Errors
    /// Those of [`Self::forward`] and of `number`, or when the number does not depend on the pictures.
    pub fn gradient(
        &self,
        pictures: &Tensor,
        ablations: &[Ablation],
        number: impl FnOnce(&Tensor) -> Result<Tensor, TchError>,
    ) -> Result<Tensor, NetworkError> {
        let changes = self.checked(pictures, ablations)?;
        // Whether gradients are kept is the thread's state, which a panic elsewhere may have left switched off.
        tch::with_grad(|| {
            let pictures = pictures.f_detach()?.f_set_requires_grad(true)?;
            let number = number(&self.walk(&pictures, Pass::Inference, changes, None).heatmaps)?;
            let gradients = Tensor::f_run_backward(&[number], &[&pictures], false, false)?;
            let none = || NetworkError::Torch("libtorch gave no gradient of the pictures".into());
            gradients.into_iter().next().ok_or_else(none)
        })
    }

    fn checked<'a>(&self, pictures: &Tensor, ablations: &'a [Ablation]) -> Result<Changes<'a>, NetworkError> {
        self.check_input(pictures)?;
        ablations.iter().try_for_each(|ablation| ablation.check(&self.config))?;
        Ok(Changes(ablations))
    }

    fn check_input(&self, pictures: &Tensor) -> Result<(), NetworkError> {
        let found = pictures.size();
        let (step_height, step_width) = self.config.input_step();
        let fits = matches!(found[..], [batch, 3, height, width]
            if batch > 0 && height > 0 && width > 0 && height % step_height == 0 && width % step_width == 0);
        if fits { Ok(()) } else { Err(NetworkError::Input { step_height, step_width, found }) }
    }

    fn walk(
        &self,
        pictures: &Tensor,
        pass: Pass,
        changes: Changes,
        mut recorder: Option<&mut Recorder>,
    ) -> Fused {
        let train = pass.is_of_batch();
        let mut clock = Stopwatch::start(self.device);
        let mut outputs = Vec::with_capacity(STAGES);
        let mut x = self.stem.forward(pictures, train);
        clock.lap("stem", &mut recorder);
        for (stage, blocks) in self.stages.iter().enumerate() {
            if stage > 0 {
                x = self.embeddings[stage - 1].forward(&x, train);
            }
            for (k, block) in blocks.iter().enumerate() {
                let found = block.forward(&x, pass, changes.of_block(stage, k));
                if let Some(recorder) = &mut recorder {
                    let scales = found.attention.into_iter().enumerate();
                    recorder.attention.extend(scales.map(|(scale, weights)| (stage, k, scale, weights)));
                }
                x = found.x;
            }
            outputs.push(x.shallow_clone());
            clock.lap(["stage 1", "stage 2", "stage 3"][stage.min(STAGES - 1)], &mut recorder);
        }
        if let Some(recorder) = &mut recorder {
            recorder.stage_outputs = outputs.iter().map(Tensor::shallow_clone).collect();
        }
        for (stage, ema) in self.ema.iter().enumerate() {
            let Some(found) = through(ema, &outputs[stage], changes.of_ema(stage)) else { continue };
            outputs[stage] = found.output.shallow_clone();
            if let Some(recorder) = &mut recorder {
                recorder.ema.push((stage, found));
            }
        }
        if !self.ema.is_empty() {
            clock.lap("EMA", &mut recorder);
        }
        let fused = self.fusion.forward(&outputs, train);
        clock.lap("fusion", &mut recorder);
        fused
    }
}

/// What an EMA module gives for a stage's output; none where it is left out.
fn through(ema: &Ema, output: &Tensor, changes: EmaChanges) -> Option<EmaOutput> {
    (!changes.has(EmaChange::Identity)).then(|| ema.forward(output, changes))
}

/// Times the parts of one forward pass; waits for the GPU only when somebody records.
struct Stopwatch {
    device: Device,
    last: Instant,
}

impl Stopwatch {
    fn start(device: Device) -> Self {
        Self { device, last: Instant::now() }
    }

    fn lap(&mut self, part: &str, recorder: &mut Option<&mut Recorder>) {
        let Some(recorder) = recorder else { return };
        if let Device::Cuda(index) = self.device {
            tch::Cuda::synchronize(index as i64);
        }
        let milliseconds = self.last.elapsed().as_secs_f64() * 1e3;
        recorder.times.push(PartTime { part: part.into(), milliseconds });
        self.last = Instant::now();
    }
}
