//! One network measured on the set at one setting.

use std::sync::Arc;

use egui::Color32;

use super::captured::Captured;
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
        let rows = |run: &Self| run.settings().capture.height;
        self.differs_in_rows_alone(other) && rows(self) == rows(other)
    }

    /// Whether another run is one of the same network that looked in the same way, at any resolution.
    pub fn differs_in_resolution_alone(&self, other: &Self) -> bool {
        self.is_like(&other.network, other.settings())
    }

    /// Whether a network is its own and would look in the same way at these settings, at any resolution.
    pub fn is_like(&self, network: &NetworkInfo, settings: &Settings) -> bool {
        let (own, mut there) = (self.settings(), settings.clone());
        (there.input, there.capture.height) = (own.input, own.capture.height);
        self.network.choice == network.choice && *own == there
    }

    /// Whether another run differs in nothing but the rows captured. The input is nothing to a network that always gets
    /// the same square.
    pub fn differs_in_rows_alone(&self, other: &Self) -> bool {
        let is_same = self.network.square().is_some() || self.settings().input == other.settings().input;
        is_same && self.differs_in_resolution_alone(other)
    }

    /// The network input; for a network that always gets the same square the rows that are captured.
    pub fn input_name(&self) -> String {
        match self.network.square() {
            Some(_) => format!("{} rows", self.settings().capture.height),
            None => self.settings().input.to_string(),
        }
    }

    /// Network and input, and the rows captured where they are others than those of the input.
    pub fn title(&self) -> String {
        let title = format!("{}, {}", self.network.name, self.input_name());
        match (self.network.square(), Captured::of(self.settings())) {
            (None, Captured::Rows(rows)) => format!("{title}, {rows} rows"),
            _ => title,
        }
    }

    /// How the network looked, in a sentence.
    pub fn explanation(&self) -> String {
        let rows = self.settings().capture.height;
        let input = match self.network.square() {
            Some(_) => String::new(),
            None => format!(", {}", self.input_name()),
        };
        format!("{}{input}, {rows} rows captured, {}", self.network.name, self.look())
    }

    /// How the network looked at any resolution, in words.
    pub fn look(&self) -> String {
        let Settings { capture, flip_test, .. } = self.settings();
        let mut text = format!(
            "{}, {} flip test",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::data_set::fixtures::{run_at, set_of};
    use crate::borrowed::MoveNetVariant;

    #[test]
    fn titles_tell_rows_that_are_not_those_of_the_input() {
        let set = Arc::new(set_of(2));
        let [small, middle, ..] = InputSize::STANDARD;
        let (linked, free) = (run_at(&set, 1, "CMSA-S", middle, 64), run_at(&set, 2, "CMSA-S", middle, 24));
        assert_eq!((linked.title(), free.title()), ("CMSA-S, 64×48".into(), "CMSA-S, 64×48, 24 rows".into()));
        assert!(
            free.explanation().starts_with("CMSA-S, 64×48, 24 rows captured, "),
            "{}",
            free.explanation()
        );
        assert!(linked.differs_in_rows_alone(&free) && !linked.repeats(&free));
        let other = run_at(&set, 3, "CMSA-S", small, 24);
        assert!(!other.differs_in_rows_alone(&free) && other.differs_in_resolution_alone(&free));

        let choice = MoveNetVariant::Thunder.into();
        let network = Arc::new(NetworkInfo { choice, ..crate::app::data_set::fixtures::network("MoveNet") });
        let square = |run: Run| Run { network: Arc::clone(&network), ..run };
        let (free, other) = (square(free), square(other));
        assert!(free.repeats(&other), "the input is nothing to it");
        assert_eq!(free.title(), "MoveNet, 24 rows");
        assert!(free.explanation().starts_with("MoveNet, 24 rows captured, "), "{}", free.explanation());
    }
}
