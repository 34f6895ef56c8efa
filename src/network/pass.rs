//! What a network is gone through for.

/// What a network is gone through for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// Heatmaps: norms take the running statistics.
    Inference,
    /// Gradients: norms take the statistics of the batch, to which running ones are moved, and some branches are left
    /// out at random.
    Training,
    /// Running statistics: as in training, with every branch.
    Statistics,
}

impl Pass {
    /// Whether norms take the statistics of the batch.
    pub fn is_of_batch(self) -> bool {
        self != Self::Inference
    }
}
