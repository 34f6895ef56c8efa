//! The choices of the attention panel.

use serde::{Deserialize, Serialize};

use super::{AttentionMode, Query};

/// What the attention panel and layer show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AttentionView {
    /// Stage, 0 … 2.
    pub stage: usize,
    /// Block of the stage.
    pub block: usize,
    /// Scale drawn on the picture.
    pub scale: usize,
    /// One head, or the mean of all.
    pub head: Option<usize>,
    /// Which numbers.
    pub mode: AttentionMode,
    /// The marked pixel.
    pub query: Query,
    /// Whether the same query is shown at every network input.
    pub across_sizes: bool,
    /// Whether every block of the stage is shown.
    pub all_blocks: bool,
}

impl Default for AttentionView {
    fn default() -> Self {
        Self {
            stage: 0,
            block: 1,
            scale: 0,
            head: None,
            mode: AttentionMode::Query,
            query: Query::Joint(0),
            across_sizes: false,
            all_blocks: false,
        }
    }
}
