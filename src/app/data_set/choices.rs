//! What is chosen in the data set window.

use crate::engine::{NetworkInfo, Settings};
use crate::pose::{Capture, InputSize};

use super::rows::Order;

/// Which plot stands in a narrow window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlotKind {
    /// How many people have which OKS.
    #[default]
    Histogram,
    /// OKS against the person's height.
    Heights,
    /// AP against network input.
    Inputs,
}

impl PlotKind {
    /// Every plot, from left to right.
    pub const ALL: [Self; 3] = [Self::Histogram, Self::Heights, Self::Inputs];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Histogram => "People by OKS",
            Self::Heights => "OKS against height",
            Self::Inputs => "AP against input",
        }
    }
}

/// What is chosen in the data set window.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Which of [`InputSize::STANDARD`] are measured.
    pub inputs: [bool; InputSize::STANDARD.len()],
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
        Self { inputs, flip_test: None, order: Order::default(), plot: PlotKind::default() }
    }
}

impl Choices {
    /// Whether the mirrored pass counts too: as chosen, else as published figures of the network have it, which is
    /// with it for CMSA and without it for MoveNet.
    pub fn flips(&self, network: &NetworkInfo) -> bool {
        self.flip_test.unwrap_or(network.square().is_none())
    }

    /// The settings to measure a network at: each input that is chosen and fits it, captured at as many rows and
    /// otherwise looked at as `view` says, with all parts of the network.
    pub fn settings(&self, network: &NetworkInfo, view: &Settings) -> Vec<Settings> {
        let chosen = InputSize::STANDARD.into_iter().zip(self.inputs).filter(|(_, chosen)| *chosen);
        let inputs = chosen.map(|(input, _)| input).filter(|input| network.takes(*input));
        let at = |input: InputSize| Settings {
            capture: Capture { height: input.height(), ..view.capture },
            input,
            flip_test: self.flips(network),
            ablations: Vec::new(),
            ..view.clone()
        };
        inputs.map(at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::data_set::fixtures::network;
    use crate::app::preferences::Preferences;
    use crate::borrowed::MoveNetVariant;
    use crate::engine::NetworkChoice;

    #[test]
    fn chosen_inputs_are_captured_at_as_many_rows() {
        let mut choices = Choices { inputs: [true, false, true, false], ..Choices::default() };
        let (cmsa, view) = (network("CMSA-S"), Preferences::default().settings);
        let settings = choices.settings(&cmsa, &view);
        let pairs: Vec<_> = settings.iter().map(|s| (s.input, s.capture.height, s.flip_test)).collect();
        let [small, _, middle, _] = InputSize::STANDARD;
        assert_eq!(pairs, [(small, 32, true), (middle, 96, true)]);
        let mut movenet = network("MoveNet thunder");
        movenet.choice = NetworkChoice::MoveNet(MoveNetVariant::Thunder);
        assert!(choices.settings(&movenet, &view).iter().all(|settings| !settings.flip_test));
        choices.flip_test = Some(true);
        assert!(choices.flips(&movenet));
    }
}
