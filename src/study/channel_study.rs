//! The EMA channel weights of one person at one setting.

use std::sync::Arc;

use crossbeam_channel::Receiver;
use image::RgbImage;

use super::outbox::Outbox;
use super::view::trace_ema;
use crate::engine::{EngineError, Job, Predictor, Settings, Step};
use crate::network::checkpoint::HostTensor;
use crate::pose::{BoundingBox, BoxError};

/// The channel weights that a picture causes in the EMA module of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageWeights {
    /// Which stage's output (0 … 2) the module stands on.
    pub stage: usize,
    /// p2 `[G, c]`; each group adds up to 1.
    pub p2: HostTensor,
}

/// Looks at one person at one setting, and keeps of it the channel weights alone. A job of the engine of a single step.
pub struct ChannelStudy {
    picture: Arc<RgbImage>,
    bounds: BoundingBox,
    settings: Settings,
    weights: Outbox<Vec<StageWeights>>,
}

impl ChannelStudy {
    /// A study of the person in a box of the picture, and where the weights of every stage come out. The mirrored pass
    /// of the settings is left out: its weights would be of another picture.
    ///
    /// # Errors
    /// When nobody can be cut out of the box.
    pub fn of(
        picture: Arc<RgbImage>,
        bounds: &BoundingBox,
        settings: Settings,
    ) -> Result<(Self, Receiver<Vec<StageWeights>>), BoxError> {
        let bounds = bounds.clipped(picture.width(), picture.height())?;
        let settings = Settings { flip_test: false, ..settings };
        let (weights, reader) = Outbox::new();
        Ok((Self { picture, bounds, settings, weights }, reader))
    }
}

impl Job for ChannelStudy {
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        let traces = trace_ema(predictor, &self.picture, &self.bounds, &self.settings)?;
        let weights = traces.into_iter().map(|ema| StageWeights { stage: ema.stage, p2: ema.channel_2 });
        self.weights.put(weights.collect());
        self.weights.send();
        Ok(Step::Done)
    }
}
