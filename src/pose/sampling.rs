//! The ways to make a smaller picture of a larger one.

use serde::{Deserialize, Serialize};

/// How the pixels of a smaller picture are made from those of a larger one. Where a picture grows instead,
/// both interpolate between the nearest pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sampling {
    /// The mean over everything a new pixel covers, as a camera's sensor takes it of a distant person.
    #[default]
    AreaAverage,
    /// Interpolation between the four pixels around the new pixel's centre, whatever lies between them and
    /// the next: it aliases when it shrinks, and is here because published low-resolution protocols use it.
    Bilinear,
}

impl Sampling {
    /// Every way of sampling.
    pub const ALL: [Self; 2] = [Self::AreaAverage, Self::Bilinear];

    /// Name for people to read.
    pub fn label(self) -> &'static str {
        match self {
            Self::AreaAverage => "Area average",
            Self::Bilinear => "Bilinear",
        }
    }
}
