//! The overlays over the picture, each with a switch and an opacity.

use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// What can be drawn over the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Layer {
    /// Boxes of the people.
    Box,
    /// Joints and limbs.
    Skeleton,
    /// Names and confidences.
    Names,
    /// Heatmaps.
    Heatmap,
    /// Attention of one scale.
    Attention,
    /// Which pixels a joint hangs on.
    Matters,
    /// Borders of the attention windows.
    WindowGrid,
    /// Labelled joints.
    Truth,
    /// From labelled to found joints.
    Errors,
}

impl Layer {
    /// Every layer, bottom first.
    pub const ALL: [Self; 9] = [
        Self::Attention,
        Self::Heatmap,
        Self::Matters,
        Self::WindowGrid,
        Self::Box,
        Self::Truth,
        Self::Errors,
        Self::Skeleton,
        Self::Names,
    ];

    /// What its switch says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Box => "Boxes",
            Self::Skeleton => "Skeleton",
            Self::Names => "Names",
            Self::Heatmap => "Heatmap",
            Self::Attention => "Attention map",
            Self::Matters => "What matters",
            Self::WindowGrid => "Window grid",
            Self::Truth => "Ground truth",
            Self::Errors => "Error vectors",
        }
    }

    /// What it shows, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Box => {
                "The box each person is cut out by. Drag to move, drag handles to resize, Delete removes. Ctrl+click (on a \
                 Mac Cmd+click) on a person puts one there."
            }
            Self::Skeleton => {
                "Joints and limbs: left blue, right orange. Those less confident than the threshold are hidden."
            }
            Self::Names => "Name and confidence beside each joint.",
            Self::Heatmap => {
                "The network's heatmap of one joint, or the highest of all joints, at the cells it has."
            }
            Self::Attention => {
                "The attention of the scale chosen in the attention panel, on its own key grid."
            }
            Self::Matters => {
                "Which pixels of the input a joint's place hangs on: by covering them with grey, or by the network's \
                 gradient."
            }
            Self::WindowGrid => {
                "Where the windows of the chosen scale end: no pixel looks beyond its window."
            }
            Self::Truth => "Joints placed by hand or read from the COCO file.",
            Self::Errors => "From each labelled joint to where the network put it.",
        }
    }
}

/// A layer's switch and opacity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerState {
    /// Whether it is drawn.
    pub shown: bool,
    /// 0 … 1.
    pub opacity: f32,
}

/// The state of all layers, and what the heatmap layer shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layers {
    #[serde(deserialize_with = "known_states")]
    states: [LayerState; Layer::ALL.len()],
    /// The joint of the heatmap layer, or all.
    pub heatmap_joint: Option<usize>,
    /// Width of a limb in screen points.
    pub thickness: f32,
    /// Whether joints below the confidence threshold are drawn too, faintly.
    pub unsure: bool,
}

impl Default for Layers {
    fn default() -> Self {
        let state = |layer: Layer| LayerState {
            shown: matches!(layer, Layer::Box | Layer::Skeleton | Layer::Truth | Layer::Errors),
            opacity: match layer {
                Layer::Attention | Layer::Heatmap | Layer::Matters => 0.65,
                Layer::WindowGrid => 0.5,
                _ => 1.0,
            },
        };
        Self { states: Layer::ALL.map(state), heatmap_joint: None, thickness: 3.0, unsure: false }
    }
}

type States = [LayerState; Layer::ALL.len()];

/// Reads the states, or takes the ones at first where a program with other layers stored them: everything else that is
/// remembered beside them stays.
fn known_states<'de, D: Deserializer<'de>>(deserializer: D) -> Result<States, D::Error> {
    struct Every;

    impl<'de> Visitor<'de> for Every {
        type Value = States;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("the state of each layer")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut stored: A) -> Result<States, A::Error> {
            let mut states: Vec<LayerState> = Vec::new();
            while let Some(state) = stored.next_element()? {
                states.push(state);
            }
            Ok(states.try_into().unwrap_or_else(|_| Layers::default().states))
        }
    }

    deserializer.deserialize_tuple(Layer::ALL.len(), Every)
}

impl Layers {
    fn index(layer: Layer) -> usize {
        Layer::ALL.iter().position(|known| *known == layer).unwrap_or_default()
    }

    /// The switch and opacity of a layer.
    pub fn state(&self, layer: Layer) -> LayerState {
        self.states[Self::index(layer)]
    }

    /// The same, to change.
    pub fn state_mut(&mut self, layer: Layer) -> &mut LayerState {
        &mut self.states[Self::index(layer)]
    }

    /// The opacity of a layer that is shown.
    pub fn opacity(&self, layer: Layer) -> Option<f32> {
        let state = self.state(layer);
        (state.shown && state.opacity > 0.0).then_some(state.opacity)
    }

    /// Shows or hides a layer.
    pub fn toggle(&mut self, layer: Layer) {
        let state = self.state_mut(layer);
        state.shown = !state.shown;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_come_back_and_those_of_other_layers_do_not() {
        let mut layers = Layers { thickness: 5.0, ..Layers::default() };
        layers.toggle(Layer::Matters);
        let mut stored = serde_json::to_value(&layers).unwrap();
        assert_eq!(serde_json::from_value::<Layers>(stored.clone()).unwrap(), layers);
        stored["states"].as_array_mut().unwrap().pop();
        let older: Layers = serde_json::from_value(stored).unwrap();
        assert_eq!(older, Layers { thickness: 5.0, ..Layers::default() });
    }
}
