//! What the layer shows.

use serde::{Deserialize, Serialize};

use crate::app::preferences::{Preferences, Query};
use crate::app::scale::Scale;
use crate::pose::{KEYPOINT_COUNT, oks_scale};
use crate::study::PatchSize;

/// The end of the colours of gradient × input to both sides: the share of a pixel in a heatmap peak of about 1.
const GRADIENT_END: f32 = 0.05;

/// By what a place is said to matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// How far the joint moves when a patch covers the place.
    #[default]
    Moved,
    /// How much confidence it loses then.
    Lost,
    /// Gradient of its heatmap peak times input.
    Gradient,
}

impl Measure {
    /// Every measure, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Moved, Self::Lost, Self::Gradient];

    /// What the choice calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Moved => "Occlusion: moved",
            Self::Lost => "Occlusion: lost confidence",
            Self::Gradient => "Gradient × input",
        }
    }

    /// Its word in the glossary.
    pub fn term(self) -> &'static str {
        match self {
            Self::Moved | Self::Lost => "Occlusion map",
            Self::Gradient => "Gradient × input",
        }
    }

    /// What it shows, in a sentence.
    pub fn shows(self) -> &'static str {
        match self {
            Self::Moved => "How far the joint moves when a grey patch covers this place of the input.",
            Self::Lost => {
                "How much confidence the joint loses when a grey patch covers this place of the input."
            }
            Self::Gradient => {
                "How much each input pixel, as it differs from grey, raises the joint's heatmap peak (orange) or lowers \
                 it (purple)."
            }
        }
    }

    /// What it does not show, in a sentence.
    pub fn does_not_show(self) -> &'static str {
        match self {
            Self::Moved | Self::Lost => {
                "A grey patch is itself something the network may mistake for a limb or an edge, and two places that can \
                 stand in for each other both look as if they did not matter."
            }
            Self::Gradient => {
                "The gradient tells of tiny changes only: what would happen if a place were covered it does not know, \
                 nor where the joint would go."
            }
        }
    }

    /// The colours, for a joint of a person with an area in square picture pixels.
    pub fn scale(self, joint: usize, area: f64) -> Scale {
        match self {
            Self::Moved => Scale::Pixels(oks_scale(joint, area) as f32),
            Self::Lost => Scale::UNIT,
            Self::Gradient => Scale::Signed(GRADIENT_END),
        }
    }

    /// What the numbers of the colours mean.
    pub fn legend(self, joint: usize, area: f64) -> String {
        match self {
            Self::Moved => format!(
                "Picture pixels. Moved by {:.1} px, the joint alone has an OKS of 0.61; beyond, the colour stays.",
                oks_scale(joint, area)
            ),
            Self::Lost => "Confidence lost. Where the joint gets surer there is no colour.".into(),
            Self::Gradient => "Share in the peak's height, each input pixel by itself.".into(),
        }
    }
}

/// What the layer shows, of which joint, and how finely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MattersView {
    /// Which numbers.
    pub measure: Measure,
    /// One joint, or the one that is marked in the table of joints.
    pub joint: Option<usize>,
    /// The smallest patches.
    pub finest: PatchSize,
}

/// The joint that is marked in the table of joints: the one whose attention is asked for or whose heatmap is drawn, else
/// the first.
pub fn marked_joint(preferences: &Preferences) -> usize {
    let queried = match preferences.attention.query {
        Query::Joint(joint) => Some(joint),
        Query::Place(..) => None,
    };
    queried.or(preferences.layers.heatmap_joint).filter(|joint| *joint < KEYPOINT_COUNT).unwrap_or_default()
}

/// The joint that the layer is about.
pub fn shown_joint(preferences: &Preferences) -> usize {
    let chosen = preferences.matters.joint.filter(|joint| *joint < KEYPOINT_COUNT);
    chosen.unwrap_or_else(|| marked_joint(preferences))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_joint_is_the_chosen_one_or_the_marked_one() {
        let mut preferences = Preferences::default();
        preferences.attention.query = Query::Joint(9);
        assert_eq!(shown_joint(&preferences), 9);
        preferences.attention.query = Query::Place(0.5, 0.5);
        assert_eq!(shown_joint(&preferences), 0);
        preferences.layers.heatmap_joint = Some(4);
        assert_eq!(shown_joint(&preferences), 4);
        preferences.matters.joint = Some(16);
        assert_eq!((shown_joint(&preferences), marked_joint(&preferences)), (16, 4));
        preferences.matters.joint = Some(17);
        assert_eq!(shown_joint(&preferences), 4, "a joint that there is not");
    }

    #[test]
    fn the_legend_of_movement_ends_where_the_colours_do() {
        let (joint, area) = (0, 10_000.0);
        let Scale::Pixels(end) = Measure::Moved.scale(joint, area) else { panic!("pixels") };
        assert!((end - 5.2).abs() < 1e-5);
        assert!(Measure::Moved.legend(joint, area).contains("5.2 px"));
        for measure in Measure::ALL {
            assert!(measure.shows().ends_with('.') && measure.does_not_show().ends_with('.'));
        }
    }
}
