//! What a curve of a sweep is made of.

use crate::study::{Row, Spread};

/// What joints are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// With labelled joints: accuracy.
    Accuracy,
    /// With what the same network finds at its reference resolution.
    Agreement,
}

impl Measure {
    /// What it is called inside a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "OKS",
            Self::Agreement => "agreement",
        }
    }

    /// What a plot of it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Accuracy => "OKS against capture height",
            Self::Agreement => "Agreement against capture height",
        }
    }

    /// Its figure in a row of a sweep, 0 … 1.
    pub fn of(self, row: &Row) -> Option<Spread> {
        match self {
            Self::Accuracy => row.oks,
            Self::Agreement => row.agreement,
        }
    }
}
