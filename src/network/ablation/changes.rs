//! The ablations of one pass, narrowed on the way down: the network has all of them, a block asks for its own.

use super::{Ablation, EmaChange};

/// The ablations of one pass; none by default.
#[derive(Clone, Copy, Default)]
pub(in crate::network) struct Changes<'a>(pub &'a [Ablation]);

impl<'a> Changes<'a> {
    /// Those of one block.
    pub fn of_block(self, stage: usize, block: usize) -> BlockChanges<'a> {
        BlockChanges { ablations: self.0, stage, block }
    }

    /// Those of the EMA module on a stage's output.
    pub fn of_ema(self, stage: usize) -> EmaChanges<'a> {
        EmaChanges { ablations: self.0, stage }
    }
}

/// What is different in one block; nothing by default.
#[derive(Clone, Copy, Default)]
pub(in crate::network) struct BlockChanges<'a> {
    ablations: &'a [Ablation],
    stage: usize,
    block: usize,
}

impl<'a> BlockChanges<'a> {
    /// Whether everything that a scale finds is muted.
    pub fn mutes_scale(self, scale: usize) -> bool {
        self.ablations.iter().any(|ablation| match *ablation {
            Ablation::MuteScale { stage, block, scale: own } => own == scale && self.is_in(stage, block),
            _ => false,
        })
    }

    /// Whether a scale gets nothing from the next coarser one.
    pub fn mutes_cascade(self, scale: usize) -> bool {
        self.ablations.iter().any(|ablation| match *ablation {
            Ablation::MuteCascade { stage, block, scale: own } => own == scale && self.is_in(stage, block),
            _ => false,
        })
    }

    /// The muted heads of a scale.
    pub fn muted_heads(self, scale: usize) -> impl Iterator<Item = usize> + 'a {
        self.ablations.iter().filter_map(move |ablation| match *ablation {
            Ablation::MuteHead { stage, block, scale: own, head }
                if own == scale && self.is_in(stage, Some(block)) =>
            {
                Some(head)
            }
            _ => None,
        })
    }

    fn is_in(self, stage: usize, block: Option<usize>) -> bool {
        stage == self.stage && block.is_none_or(|block| block == self.block)
    }
}

/// What is different in one EMA module; nothing by default.
#[derive(Clone, Copy, Default)]
pub(in crate::network) struct EmaChanges<'a> {
    ablations: &'a [Ablation],
    stage: usize,
}

impl EmaChanges<'_> {
    /// Whether the module is changed in this way.
    pub fn has(self, change: EmaChange) -> bool {
        self.ablations.contains(&Ablation::Ema { stage: self.stage, change })
    }
}
