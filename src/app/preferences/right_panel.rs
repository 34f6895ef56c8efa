//! The tabs on the right.

use serde::{Deserialize, Serialize};

/// Which panel stands on the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RightPanel {
    /// Attention at every scale.
    #[default]
    Attention,
    /// EMA channel weights and gates.
    Ema,
    /// Table of joints.
    Joints,
    /// Parts of the network left out.
    WhatIf,
    /// Accuracy against capture height.
    Sweep,
}

impl RightPanel {
    /// Every panel, in the order of the tabs.
    pub const ALL: [Self; 5] = [Self::Attention, Self::Ema, Self::Joints, Self::WhatIf, Self::Sweep];

    /// What its tab says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Attention => "Attention",
            Self::Ema => "EMA",
            Self::Joints => "Joints",
            Self::WhatIf => "What if",
            Self::Sweep => "Sweep",
        }
    }
}
