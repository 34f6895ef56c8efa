//! What a curve of a sweep is made of.

use super::curve::Score;
use crate::study::{ByJoint, Row};

/// A score of joints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Similarity with labelled joints, the mean over people.
    Accuracy,
    /// Average precision over a set of labelled pictures.
    Precision,
    /// Similarity with what the same network finds at its reference resolution, the mean over people.
    Agreement,
}

impl Measure {
    /// What it is called inside a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "OKS",
            Self::Precision => "AP",
            Self::Agreement => "agreement",
        }
    }

    /// What it is called at the beginning of a line, and in the glossary.
    pub fn term(self) -> &'static str {
        match self {
            Self::Agreement => "Agreement",
            other => other.name(),
        }
    }

    /// What a plot of it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Accuracy => "OKS against capture height",
            Self::Precision => "AP against capture height",
            Self::Agreement => "Agreement against capture height",
        }
    }

    /// Its figure in a row of a sweep.
    pub fn of(self, row: &Row) -> Option<Score> {
        match self {
            Self::Accuracy => row.oks.map(Score::from),
            Self::Precision => row.ap.map(Score::alone),
            Self::Agreement => row.agreement.map(Score::from),
        }
    }

    /// Its figures of each joint in a row of a sweep. There is no average precision of a joint: OKS takes its place.
    pub fn of_joints(self, row: &Row) -> &ByJoint {
        match self {
            Self::Accuracy | Self::Precision => &row.joint_oks,
            Self::Agreement => &row.joint_agreement,
        }
    }
}
