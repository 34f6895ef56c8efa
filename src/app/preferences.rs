//! What the program remembers between starts.

mod attention_mode;
mod attention_view;
mod query;
mod right_panel;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::compare::CompareMode;
use super::ema::EmaView;
use super::layers::Layers;
use super::strip::StripRow;
use super::sweep::SweepOver;
use super::theme::Palette;
use super::threshold::{Threshold, Thresholds};
use super::what_matters::MattersView;
use crate::borrowed::MoveNetVariant;
use crate::engine::{NetworkChoice, NetworkInfo, Settings, Weights};
use crate::network::DeviceChoice;
use crate::pose::{Capture, Decoder, InputSize, Sampling};
use crate::shipped;

pub use attention_mode::AttentionMode;
pub use attention_view::AttentionView;
pub use query::Query;
pub use right_panel::RightPanel;

/// How many recent files are remembered.
const RECENT: usize = 10;

/// Everything that outlives the window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Capture, network input, decoder, flip test.
    pub settings: Settings,
    /// Whether the capture follows the network input.
    pub linked: bool,
    /// Overlays.
    pub layers: Layers,
    /// Which joints are sure; the others are hidden, or drawn faintly.
    #[serde(rename = "sure")]
    pub threshold: Threshold,
    /// The attention panel.
    pub attention: AttentionView,
    /// The EMA panel.
    pub ema: EmaView,
    /// The layer of what matters.
    pub matters: MattersView,
    /// The panel on the right.
    pub right: RightPanel,
    /// Whom a sweep looks at.
    pub sweep_over: SweepOver,
    /// Whether the panels on the sides are shown.
    pub show_left: bool,
    /// Whether the panel on the right is shown.
    pub show_right: bool,
    /// Whether the resolution strip is shown.
    pub show_strip: bool,
    /// Which resolutions stand in it.
    pub strip_row: StripRow,
    /// How two sides are compared.
    pub compare_mode: CompareMode,
    /// Colours of maps.
    pub palette: Palette,
    /// Where the network runs.
    pub device: DeviceChoice,
    /// Weights opened last, of those that did not come with the program.
    pub weights: Option<PathBuf>,
    /// The MoveNet used last, in the place of weights.
    pub movenet: Option<MoveNetVariant>,
    /// Pictures opened last, newest first.
    pub recent: Vec<PathBuf>,
    /// Whether people are looked for in pictures without labels and before the camera.
    pub find_people: bool,
    /// Whether MoveNet is asked for a second opinion about people whom nobody labelled.
    pub second_opinion: bool,
    /// Whether camera frames are mirrored.
    pub mirror_camera: bool,
    /// Whether the joints of a camera's people are smoothed over time before they are drawn.
    pub smooth_motion: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        let input = InputSize::STANDARD[1];
        let capture = Capture {
            height: input.height(),
            sampling: Sampling::AreaAverage,
            noise: 0.0,
            jpeg_quality: None,
        };
        Self {
            settings: Settings {
                capture,
                input,
                decoder: Decoder::Dark,
                flip_test: false,
                ablations: Vec::new(),
            },
            linked: true,
            layers: Layers::default(),
            threshold: Threshold::default(),
            attention: AttentionView::default(),
            ema: EmaView::default(),
            matters: MattersView::default(),
            right: RightPanel::Attention,
            sweep_over: SweepOver::default(),
            show_left: true,
            show_right: true,
            show_strip: true,
            strip_row: StripRow::default(),
            compare_mode: CompareMode::default(),
            palette: Palette::default(),
            device: DeviceChoice::Auto,
            weights: None,
            movenet: None,
            recent: Vec::new(),
            find_people: true,
            second_opinion: true,
            mirror_camera: true,
            smooth_motion: true,
        }
    }
}

impl Preferences {
    /// Puts a picture at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_path_buf());
        self.recent.truncate(RECENT);
    }

    /// Remembers where a network runs and what it was made from.
    pub fn remember_network(&mut self, network: &NetworkInfo) {
        self.device = network.device_choice;
        match &network.choice {
            NetworkChoice::MoveNet(variant) => self.movenet = Some(*variant),
            NetworkChoice::Weights(Weights::File(path)) => {
                let bundled = shipped::network().as_ref() == Some(path);
                (self.weights, self.movenet) = ((!bundled).then(|| path.clone()), None);
            }
            NetworkChoice::Weights(Weights::Untrained(_)) => {}
        }
    }

    /// Forgets which network was used, so that the next start uses the bundled one.
    pub fn forget_network(&mut self) {
        (self.weights, self.movenet) = (None, None);
    }

    /// The network used last, unless that is the bundled one or its file is gone.
    pub fn remembered_network(&self) -> Option<NetworkChoice> {
        let weights = || self.weights.clone().filter(|path| path.is_file());
        self.movenet.map(NetworkChoice::from).or_else(|| weights().map(NetworkChoice::from))
    }

    /// From which confidence on each joint of a network counts as sure, at the present input.
    pub fn thresholds(&self, network: Option<&NetworkInfo>) -> Thresholds {
        self.threshold.at(network, self.settings.input)
    }

    /// Links capture and input, which makes them equal, or lets each go its own way.
    pub fn set_linked(&mut self, linked: bool) {
        self.linked = linked;
        self.set_input(self.settings.input);
    }

    /// Sets the network input, and the capture with it where they are linked.
    pub fn set_input(&mut self, input: InputSize) {
        self.settings.input = input;
        if self.linked {
            self.settings.capture.height = input.height();
        }
    }

    /// Sets the capture height, and the nearest network input with it where they are linked.
    pub fn set_capture(&mut self, height: u32) {
        if !self.linked {
            self.settings.capture.height = height;
            return;
        }
        let nearest = InputSize::STANDARD.into_iter().min_by_key(|size| size.height().abs_diff(height));
        if let Some(size) = nearest {
            self.set_input(size);
        }
    }

    /// Goes to a pair of capture height and network input, and unlinks them where they differ; with no input named,
    /// to the capture alone.
    pub fn go_to(&mut self, input: Option<InputSize>, height: u32) {
        let input = input.unwrap_or(self.settings.input);
        self.linked = self.linked && input.height() == height;
        (self.settings.input, self.settings.capture.height) = (input, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_sliders_move_together() {
        let mut preferences = Preferences::default();
        preferences.set_capture(40);
        assert_eq!(preferences.settings.input, InputSize::STANDARD[0]);
        assert_eq!(preferences.settings.capture.height, 32);
        preferences.linked = false;
        preferences.set_capture(40);
        preferences.set_input(InputSize::STANDARD[3]);
        assert_eq!((preferences.settings.capture.height, preferences.settings.input.height()), (40, 128));
        preferences.set_linked(true);
        assert_eq!((preferences.settings.capture.height, preferences.settings.input.height()), (128, 128));
    }

    #[test]
    fn going_to_a_pair_unlinks_what_differs() {
        let mut preferences = Preferences::default();
        preferences.go_to(Some(InputSize::STANDARD[2]), 96);
        assert!(preferences.linked);
        preferences.go_to(Some(InputSize::STANDARD[0]), 16);
        assert!(!preferences.linked);
        assert_eq!((preferences.settings.capture.height, preferences.settings.input.height()), (16, 32));
        preferences.go_to(None, 24);
        assert_eq!((preferences.settings.capture.height, preferences.settings.input.height()), (24, 32));
    }

    #[test]
    fn the_network_used_last_comes_back() {
        let mut preferences = Preferences::default();
        assert_eq!(preferences.remembered_network(), None);
        preferences.weights = Some("nowhere.safetensors".into());
        assert_eq!(preferences.remembered_network(), None);
        preferences.movenet = Some(MoveNetVariant::Lightning);
        let stored = serde_json::to_string(&preferences).unwrap();
        let again: Preferences = serde_json::from_str(&stored).unwrap();
        assert_eq!(again.remembered_network(), Some(MoveNetVariant::Lightning.into()));
        preferences.forget_network();
        assert_eq!((preferences.weights, preferences.movenet), (None, None));
    }

    #[test]
    fn recent_files_are_few_and_different() {
        let mut preferences = Preferences::default();
        for i in 0..14 {
            preferences.remember(Path::new(&format!("{}.png", i % 12)));
        }
        assert_eq!(preferences.recent.len(), RECENT);
        assert_eq!(preferences.recent[0], Path::new("1.png"));
    }
}
