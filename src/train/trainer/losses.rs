//! What a batch costs, from drawing people to the sum that is stepped down.

use rand_chacha::ChaCha8Rng;
use tch::Tensor;

use super::Trainer;
use crate::train::augmentation::Augmentation;
use crate::train::batch::Showing;
use crate::train::error::TrainError;
use crate::train::input_share::InputShare;
use crate::train::target;

/// What a batch costs.
pub(super) struct Losses {
    /// For its heatmaps.
    pub heatmaps: Tensor,
    /// Altogether.
    pub total: Tensor,
}

impl Trainer {
    /// The losses of a fresh batch.
    pub(super) fn losses(&self, share: InputShare, generator: &mut ChaCha8Rng) -> Result<Losses, TrainError> {
        let [from, to] = self.config.augmentation_strength;
        let augmentation = self.config.augmentation.scaled(from + (to - from) * self.progress());
        let indices: Vec<usize> = (0..share.batch).map(|_| self.people.draw(generator)).collect();
        let views: Vec<_> =
            indices.iter().map(|index| augmentation.view(self.crops.joints(*index), generator)).collect();
        let appearances = match augmentation == Augmentation::none() {
            true => Vec::new(),
            false => indices.iter().map(|_| augmentation.appearance(generator)).collect(),
        };
        let capture = augmentation.capture(share.size, generator);
        let showing = Showing {
            indices: &indices,
            views: &views,
            appearances: &appearances,
            capture,
            size: share.size,
        };
        let pictures = showing.pictures(&self.crops);
        let fused = tch::autocast(self.in_16_bits(), || self.network.network.forward_train(&pictures))?;
        let size = fused.heatmaps.size();
        let (rows, columns) = (size[2], size[3]);
        let joints = showing.joints(&self.crops, rows as u32, columns as u32);
        let targets = target::targets(&joints, rows, columns);
        let heatmaps = target::loss(&fused.heatmaps, &targets);
        let total = match &self.location {
            Some(head) => &heatmaps + head.loss(&fused.features, &targets) * self.config.location_loss,
            None => heatmaps.shallow_clone(),
        };
        Ok(Losses { heatmaps, total })
    }
}
