//! A network readied for inference at every input size.

use tch::{Device, TchError, Tensor};

use super::ablation::Ablation;
use super::attention_map::AttentionMap;
use super::config::NetworkConfig;
use super::error::NetworkError;
use super::pose_network::PoseNetwork;
use super::size_statistics::nearest;
use super::threads::FittingThreads;
use super::trace::{EmaTrace, TracedOutput};
use super::weights::BuiltNetwork;

/// A network folded once for each input size that has batch-norm statistics of its own, and once for all others.
/// An input takes the form of the size that is nearest by height.
#[derive(Debug)]
pub struct FoldedNetwork {
    base: PoseNetwork,
    base_rows: u32,
    /// Rows of the input and the form for it, small to large.
    sized: Vec<(u32, PoseNetwork)>,
    parameters: usize,
    largest_tensor: Option<(String, f32)>,
}

impl FoldedNetwork {
    /// Folds a network for each of its sizes.
    ///
    /// # Errors
    /// When libtorch cannot copy its variables, for lack of memory.
    pub fn new(built: BuiltNetwork) -> Result<Self, NetworkError> {
        let parameters = built.parameter_count();
        let largest_tensor = built.largest_tensor()?;
        let mut sized = Vec::new();
        for size in built.statistics.sizes() {
            let own = BuiltNetwork::untrained(built.network.config().clone(), built.network.device())?;
            built.copy_to(size.height(), &own.variables)?;
            sized.push((size.height(), own.network.fold()));
        }
        let base_rows = built.statistics.plain_rows();
        Ok(Self { base_rows, base: built.network.fold(), sized, parameters, largest_tensor })
    }

    /// The numbers this network was built by.
    pub fn config(&self) -> &NetworkConfig {
        self.base.config()
    }

    /// Where its weights are.
    pub fn device(&self) -> Device {
        self.base.device()
    }

    /// How many numbers training may change.
    pub fn parameter_count(&self) -> usize {
        self.parameters
    }

    /// The tensor with the value that was furthest from 0 before folding, and how far that was: what to suspect first
    /// where heatmaps are not finite.
    pub fn largest_tensor(&self) -> Option<(&str, f32)> {
        self.largest_tensor.as_ref().map(|(name, size)| (name.as_str(), *size))
    }

    /// As [`PoseNetwork::forward`].
    ///
    /// # Errors
    /// Those of [`PoseNetwork::forward`].
    pub fn forward(&self, pictures: &Tensor, ablations: &[Ablation]) -> Result<Tensor, NetworkError> {
        let _threads = FittingThreads::for_pictures(pictures);
        self.form_for(pictures).forward(pictures, ablations)
    }

    /// As [`PoseNetwork::forward_traced`].
    ///
    /// # Errors
    /// Those of [`PoseNetwork::forward_traced`].
    pub fn forward_traced(
        &self,
        pictures: &Tensor,
        ablations: &[Ablation],
    ) -> Result<TracedOutput, NetworkError> {
        let _threads = FittingThreads::for_pictures(pictures);
        self.form_for(pictures).forward_traced(pictures, ablations)
    }

    /// As [`PoseNetwork::ema_traces`].
    ///
    /// # Errors
    /// Those of [`PoseNetwork::ema_traces`].
    pub fn ema_traces(
        &self,
        pictures: &Tensor,
        ablations: &[Ablation],
    ) -> Result<Vec<Vec<EmaTrace>>, NetworkError> {
        let _threads = FittingThreads::for_pictures(pictures);
        self.form_for(pictures).ema_traces(pictures, ablations)
    }

    /// As [`PoseNetwork::block_attention`].
    ///
    /// # Errors
    /// Those of [`PoseNetwork::block_attention`].
    pub fn block_attention(
        &self,
        pictures: &Tensor,
        ablations: &[Ablation],
        stage: usize,
        block: usize,
    ) -> Result<Vec<Vec<AttentionMap>>, NetworkError> {
        let _threads = FittingThreads::for_pictures(pictures);
        self.form_for(pictures).block_attention(pictures, ablations, stage, block)
    }

    /// As [`PoseNetwork::gradient`].
    ///
    /// # Errors
    /// Those of [`PoseNetwork::gradient`].
    pub fn gradient(
        &self,
        pictures: &Tensor,
        ablations: &[Ablation],
        number: impl FnOnce(&Tensor) -> Result<Tensor, TchError>,
    ) -> Result<Tensor, NetworkError> {
        let _threads = FittingThreads::for_pictures(pictures);
        self.form_for(pictures).gradient(pictures, ablations, number)
    }

    /// The form for pictures `[B, 3, H, W]`.
    fn form_for(&self, pictures: &Tensor) -> &PoseNetwork {
        let rows = pictures.size().get(2).map_or(0, |rows| *rows as u32);
        let sized = self.sized.iter().map(|(own, network)| (*own, network));
        nearest(rows, self.base_rows, sized).unwrap_or(&self.base)
    }
}
