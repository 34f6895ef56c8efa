//! What the EMA panel shows, as it is remembered.

use serde::{Deserialize, Serialize};

use crate::study::EmaFigure;

/// Which numbers the matrix of channel weights shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WeightsShown {
    /// p2, which the picture causes.
    #[default]
    Caused,
    /// p2 less the learned p1.
    Difference,
}

impl WeightsShown {
    /// Both, in the order of the buttons.
    pub const ALL: [Self; 2] = [Self::Caused, Self::Difference];

    /// What its button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Caused => "p2",
            Self::Difference => "p2 − p1",
        }
    }

    /// What it shows, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Caused => "How much each channel weighs in this picture, as a multiple of an even share",
            Self::Difference => "How much more or less a channel weighs here than the learned constant says",
        }
    }
}

/// Whom the figures of EMA against resolution are over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EmaOver {
    /// Everybody in the picture.
    #[default]
    Picture,
    /// Everybody in the pictures of the folder.
    Folder,
}

impl EmaOver {
    /// Both, in the order of the buttons.
    pub const ALL: [Self; 2] = [Self::Picture, Self::Folder];

    /// What its button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Picture => "Everybody here",
            Self::Folder => "Whole folder",
        }
    }

    /// What it means, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Picture => "Look at everybody in this picture",
            Self::Folder => {
                "Look at everybody labelled in the pictures of the folder; where nobody is, at the people of the boxes \
                 known there, or whom NanoDet finds"
            }
        }
    }
}

/// What is chosen in the EMA panel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EmaView {
    /// The group whose bars are drawn, from 0.
    pub group: usize,
    /// The numbers of the matrix.
    pub weights: WeightsShown,
    /// The figure that is drawn against resolution.
    pub figure: EmaFigure,
    /// Whom that is over.
    pub over: EmaOver,
}
