//! How two sides are shown.

use serde::{Deserialize, Serialize};

/// How two sides of a comparison are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CompareMode {
    /// Two pictures beside each other, with one zoom.
    #[default]
    SideBySide,
    /// One picture, with a handle between what is drawn of A and of B.
    Wipe,
    /// One picture with what differs.
    Difference,
}

impl CompareMode {
    /// Every mode, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::SideBySide, Self::Wipe, Self::Difference];

    /// What its button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::SideBySide => "Side by side",
            Self::Wipe => "Wipe",
            Self::Difference => "Difference",
        }
    }

    /// What it shows, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::SideBySide => "Two views of the same picture that zoom and move together: A first, then B.",
            Self::Wipe => "One view: what A found left of the handle, what B found right of it.",
            Self::Difference => {
                "One view: how far each joint lies from A to B, and B's heatmap of the chosen joint less that of A."
            }
        }
    }
}

/// One of the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// What the window shows at any time.
    #[default]
    A,
    /// What it is compared with.
    B,
}
