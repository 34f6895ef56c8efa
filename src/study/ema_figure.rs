//! The figures by which EMA modules are told.

use serde::{Deserialize, Serialize};

use crate::network::EmaSummary;

/// A figure of an EMA module, 0 … 1; means over everything the module has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EmaFigure {
    /// How evenly the channel weights p2 of a group are spread.
    #[default]
    Entropy,
    /// The spatial gate σ(w).
    Spatial,
    /// The row gates σ(a).
    Rows,
    /// The column gates σ(b).
    Columns,
}

impl EmaFigure {
    /// Every figure, in the order of tables and buttons.
    pub const ALL: [Self; 4] = [Self::Entropy, Self::Spatial, Self::Rows, Self::Columns];

    /// Its number in a summary.
    pub fn of(self, summary: &EmaSummary) -> f64 {
        match self {
            Self::Entropy => summary.entropy,
            Self::Spatial => summary.spatial,
            Self::Rows => summary.rows,
            Self::Columns => summary.columns,
        }
    }

    /// What its column in a table is called.
    pub fn column(self) -> &'static str {
        match self {
            Self::Entropy => "p2_entropy",
            Self::Spatial => "spatial_gate",
            Self::Rows => "row_gate",
            Self::Columns => "column_gate",
        }
    }
}
