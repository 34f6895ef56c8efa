//! What is chosen in the data set window.

use crate::engine::{NetworkInfo, Settings};
use crate::pose::{Capture, InputSize};

use super::captured::Captured;
use super::heights::Heights;
use super::rows::Order;

/// Which plot stands in a narrow window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlotKind {
    /// How many people have which OKS.
    #[default]
    Histogram,
    /// OKS against the person's height.
    Heights,
    /// AP against the rows captured.
    Captures,
}

impl PlotKind {
    /// Every plot, from left to right.
    pub const ALL: [Self; 3] = [Self::Histogram, Self::Heights, Self::Captures];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Histogram => "People by OKS",
            Self::Heights => "OKS against height",
            Self::Captures => "AP against rows captured",
        }
    }
}

/// What is chosen in the data set window.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Which of [`InputSize::STANDARD`] are measured; their heights where the network always gets the same square.
    pub inputs: [bool; InputSize::STANDARD.len()],
    /// How many rows are captured.
    pub heights: Heights,
    /// Whether the mirrored pass counts too; none for what published figures of the network do.
    pub flip_test: Option<bool>,
    /// The order of the people.
    pub order: Order,
    /// The plot of a narrow window.
    pub plot: PlotKind,
}

impl Default for Choices {
    fn default() -> Self {
        let inputs = [true; InputSize::STANDARD.len()];
        Self {
            inputs,
            heights: Heights::default(),
            flip_test: None,
            order: Order::default(),
            plot: PlotKind::default(),
        }
    }
}

impl Choices {
    /// Whether the mirrored pass counts too: as chosen, else as published figures of the network have it, which is
    /// with it for CMSA and without it for MoveNet.
    pub fn flips(&self, network: &NetworkInfo) -> bool {
        self.flip_test.unwrap_or(network.square().is_none())
    }

    /// Whether it matters for a network which inputs are chosen: one that always gets the same square is measured at
    /// their heights, or at the heights that are chosen otherwise.
    pub fn inputs_count(&self, network: &NetworkInfo) -> bool {
        network.square().is_none() || self.heights == Heights::One(Captured::AsInput)
    }

    /// The settings to measure a network at: each input that is chosen and fits it, captured at each height that is
    /// chosen and otherwise looked at as `view` says, with all parts of the network. Captures of as many rows as the
    /// input come first: they are what published figures are about.
    pub fn settings(&self, network: &NetworkInfo, view: &Settings) -> Vec<Settings> {
        let at = |(input, height): (InputSize, u32)| Settings {
            capture: Capture { height, ..view.capture },
            input,
            flip_test: self.flips(network),
            ablations: Vec::new(),
            ..view.clone()
        };
        let mut pairs = self.pairs(network, view.input);
        pairs.sort_by_key(|(input, rows)| input.height() != *rows);
        pairs.into_iter().map(at).collect()
    }

    /// Network inputs with the rows captured: input by input, few rows first. A network that always gets the same
    /// square has the input of as many rows, or the `present` one where there is none.
    fn pairs(&self, network: &NetworkInfo, present: InputSize) -> Vec<(InputSize, u32)> {
        if !self.inputs_count(network) {
            let like = |rows: u32| InputSize::STANDARD.into_iter().find(|input| input.height() == rows);
            let rows = self.heights.rows(present).into_iter();
            return rows.map(|rows| (like(rows).unwrap_or(present), rows)).collect();
        }
        let chosen = InputSize::STANDARD.into_iter().zip(self.inputs).filter(|(_, chosen)| *chosen);
        let inputs = chosen.map(|(input, _)| input).filter(|input| network.takes(*input));
        inputs.flat_map(|input| self.heights.rows(input).into_iter().map(move |rows| (input, rows))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::captures::CAPTURES;
    use crate::app::data_set::fixtures::network;
    use crate::app::preferences::Preferences;
    use crate::borrowed::MoveNetVariant;
    use crate::engine::NetworkChoice;

    fn movenet() -> NetworkInfo {
        let choice = NetworkChoice::MoveNet(MoveNetVariant::Thunder);
        NetworkInfo { choice, ..network("MoveNet thunder") }
    }

    fn pairs(choices: &Choices, network: &NetworkInfo) -> Vec<(InputSize, u32)> {
        let settings = choices.settings(network, &Preferences::default().settings);
        settings.iter().map(|settings| (settings.input, settings.capture.height)).collect()
    }

    #[test]
    fn chosen_inputs_are_captured_at_as_many_rows() {
        let mut choices = Choices { inputs: [true, false, true, false], ..Choices::default() };
        let (cmsa, view) = (network("CMSA-S"), Preferences::default().settings);
        let [small, _, middle, _] = InputSize::STANDARD;
        assert_eq!(pairs(&choices, &cmsa), [(small, 32), (middle, 96)]);
        assert!(choices.settings(&cmsa, &view).iter().all(|settings| settings.flip_test));
        let movenet = movenet();
        assert_eq!(pairs(&choices, &movenet), [(small, 32), (middle, 96)]);
        assert!(choices.settings(&movenet, &view).iter().all(|settings| !settings.flip_test));
        choices.flip_test = Some(true);
        assert!(choices.flips(&movenet));
    }

    #[test]
    fn one_height_and_every_height_are_captured_for_each_input() {
        let [small, middle, _, large] = InputSize::STANDARD;
        let mut choices = Choices { inputs: [true, false, false, true], ..Choices::default() };
        choices.heights = Heights::One(Captured::Rows(128));
        let cmsa = network("CMSA-S");
        assert_eq!(
            pairs(&choices, &cmsa),
            [(large, 128), (small, 128)],
            "more rows than the input has count too"
        );
        choices.heights = Heights::Every;
        let every = pairs(&choices, &cmsa);
        assert_eq!(every.len(), 2 * CAPTURES.len());
        assert_eq!(every[..4], [(small, 32), (large, 128), (small, 8), (small, 16)]);
        let movenet = movenet();
        let square = pairs(&choices, &movenet);
        assert_eq!(square.len(), CAPTURES.len(), "inputs are nothing to it");
        assert_eq!((square[0], square[1]), ((small, 32), (middle, 64)));
        choices.inputs = [false; 4];
        assert_eq!(pairs(&choices, &movenet), square);
        assert!(pairs(&choices, &cmsa).is_empty() && !choices.inputs_count(&movenet));
    }
}
