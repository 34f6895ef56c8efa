//! One network measured on the set at one setting.

use std::sync::Arc;

use egui::Color32;

use crate::app::theme;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::InputSize;
use crate::study::Measured;

/// One network measured on the set at one setting: a column of figures. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Run {
    /// Tells it from all other runs of the window.
    pub id: u64,
    /// The network.
    pub network: Arc<NetworkInfo>,
    /// What came of it.
    pub measured: Arc<Measured>,
}

impl Run {
    /// The setting.
    pub fn settings(&self) -> &Settings {
        &self.measured.row.settings
    }

    /// Whether another run says the same about the set.
    pub fn repeats(&self, other: &Self) -> bool {
        self.network.choice == other.network.choice && self.settings() == other.settings()
    }

    /// Whether another run is one of the same network that looked in the same way at any input.
    pub fn differs_in_input_alone(&self, other: &Self) -> bool {
        let (own, mut there) = (self.settings(), other.settings().clone());
        (there.input, there.capture.height) = (own.input, own.capture.height);
        self.network.choice == other.network.choice && *own == there
    }

    /// The network input; for a network that always gets the same square the rows that are captured.
    pub fn input_name(&self) -> String {
        match self.network.square() {
            Some(_) => format!("{} rows", self.settings().capture.height),
            None => self.settings().input.to_string(),
        }
    }

    /// Network and input.
    pub fn title(&self) -> String {
        format!("{}, {}", self.network.name, self.input_name())
    }

    /// How the network looked, in a sentence.
    pub fn explanation(&self) -> String {
        let Settings { capture, flip_test, .. } = self.settings();
        let mut text = format!(
            "{}, {} rows captured, {}, {} flip test",
            self.title(),
            capture.height,
            capture.sampling.label().to_lowercase(),
            if *flip_test { "with the" } else { "without the" },
        );
        if capture.noise > 0.0 {
            text += &format!(", sensor noise {:.2}", capture.noise);
        }
        if let Some(quality) = capture.jpeg_quality {
            text += &format!(", JPEG of quality {quality}");
        }
        text + &format!(", on {}", self.network.device)
    }

    /// Its colour: that of its network input, as curves of a sweep have it.
    pub fn colour(&self) -> Color32 {
        let place = InputSize::STANDARD.iter().position(|size| *size == self.settings().input);
        match (self.network.square(), place) {
            (None, Some(place)) => theme::INPUTS.get(place).copied().unwrap_or(theme::SQUARE),
            _ => theme::SQUARE,
        }
    }
}
