//! The ways to draw attention.

use serde::{Deserialize, Serialize};

/// Which numbers of an attention map are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AttentionMode {
    /// Where one pixel looks.
    #[default]
    Query,
    /// What is looked at most.
    Received,
    /// How far each pixel looks.
    Reach,
    /// How spread each pixel's attention is.
    Entropy,
}

impl AttentionMode {
    /// Every mode, in the order of the buttons.
    pub const ALL: [Self; 4] = [Self::Query, Self::Received, Self::Reach, Self::Entropy];

    /// What its button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Query => "Query",
            Self::Received => "Received",
            Self::Reach => "Reach",
            Self::Entropy => "Entropy",
        }
    }

    /// What it shows, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Query => {
                "Where the marked pixel looks, inside its window. Click the picture to mark another."
            }
            Self::Received => "How much each key cell is looked at, averaged over the queries of its window.",
            Self::Reach => "How far each pixel looks on average, in input pixels.",
            Self::Entropy => "How spread each pixel's attention is: 0 looks at one cell, 1 at all alike.",
        }
    }
}
