//! What every kind of pose network does for a [`super::Predictor`].

use std::time::Instant;

use super::error::EngineError;
use super::request::Settings;
use crate::network::{AttentionMap, EmaTrace, Grid, PartTime, Trace};
use crate::pose::{BoundingBox, Heatmaps, InputSize, Pose, Region, Seen};

/// A person as a network is shown them.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The person's box in picture pixels, inside the picture.
    pub bounds: BoundingBox,
    /// The 3:4 area around it that was captured.
    pub region: Region,
    /// The pictures made of that area.
    pub seen: &'a Seen,
}

/// What a network found of a person.
#[derive(Clone, Debug)]
pub struct Found {
    /// Joints in picture pixels.
    pub pose: Pose,
    /// The heatmaps they were read from; none from a network that gives positions alone.
    pub heatmaps: Option<Heatmaps>,
}

/// A network that finds the joints of people.
pub(super) trait PersonNetwork: Send {
    /// How many people of one network input go through the network at once.
    fn people_at_once(&self, input: InputSize) -> usize;

    /// The joints of many people, one [`Found`] a view, whose inputs are all of one size. Adds to `times` where the
    /// time went.
    ///
    /// # Errors
    /// When the input size does not fit the network, libtorch fails, or the output is not finite.
    fn find(
        &self,
        views: &[View<'_>],
        settings: &Settings,
        times: &mut Vec<PartTime>,
    ) -> Result<Vec<Found>, EngineError>;

    /// The joints of one person with the attention and EMA tensors that led to them; none from a network that has no
    /// such tensors.
    ///
    /// # Errors
    /// Those of [`Self::find`].
    fn find_traced(
        &self,
        view: &View<'_>,
        settings: &Settings,
        times: &mut Vec<PartTime>,
    ) -> Result<Option<(Found, Trace)>, EngineError>;

    /// The attention of every scale of one block for one person, stage and block counted from 0; none from a network
    /// that has no attention.
    ///
    /// # Errors
    /// When the input size does not fit the network, there is no such block, or libtorch fails.
    fn block_attention(
        &self,
        _view: &View<'_>,
        _settings: &Settings,
        _stage: usize,
        _block: usize,
    ) -> Result<Option<Vec<AttentionMap>>, EngineError> {
        Ok(None)
    }

    /// The tensors of every EMA module for one person; none from a network that has no such modules.
    ///
    /// # Errors
    /// When the input size does not fit the network, libtorch fails, or the tensors are not finite.
    fn ema_traces(
        &self,
        _view: &View<'_>,
        _settings: &Settings,
    ) -> Result<Option<Vec<EmaTrace>>, EngineError> {
        Ok(None)
    }

    /// How much each input pixel counts for the peak of a joint's heatmap: gradient × input, `[H, W]`, signed; none
    /// from a network whose gradients are not at hand.
    ///
    /// # Errors
    /// When the input size does not fit the network, there is no such joint, libtorch fails, or the gradient is not
    /// finite.
    fn saliency(
        &self,
        _view: &View<'_>,
        _settings: &Settings,
        _joint: usize,
    ) -> Result<Option<Grid>, EngineError> {
        Ok(None)
    }
}

/// The time since `started` under a name.
pub(super) fn part(name: &str, started: Instant) -> PartTime {
    PartTime { part: name.into(), milliseconds: started.elapsed().as_secs_f64() * 1e3 }
}
