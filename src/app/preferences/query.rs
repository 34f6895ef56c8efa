//! Whose attention is drawn.

use serde::{Deserialize, Serialize};

/// The pixel whose attention is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Query {
    /// Wherever this joint is found.
    Joint(usize),
    /// A place in the person's region, 0 … 1 from left to right and top to bottom.
    Place(f32, f32),
}
