//! The resolutions that the strip shows.

use serde::{Deserialize, Serialize};

use crate::app::captures::CAPTURES;
use crate::app::preferences::Preferences;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::InputSize;

/// How many resolutions are looked at: every capture height. Those of the standard inputs are among them, so that the
/// same passes serve both rows of the strip.
pub const COUNT: usize = CAPTURES.len();

/// Which resolutions stand in the strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StripRow {
    /// Every capture height.
    #[default]
    Captures,
    /// The standard network inputs, each captured at its own size.
    Inputs,
}

impl StripRow {
    /// Both, in the order of the choice.
    pub const ALL: [Self; 2] = [Self::Captures, Self::Inputs];

    /// What the choice calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Captures => "Capture heights",
            Self::Inputs => "Network inputs",
        }
    }

    /// What it shows, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Captures => {
                "The camera spends from 128 down to 8 pixels on the person's height. The network gets the smallest \
                 standard input that loses none of them."
            }
            Self::Inputs => "The standard network inputs, each captured at just its size.",
        }
    }

    /// Whether a resolution stands in the row.
    pub fn shows(self, stop: Stop) -> bool {
        self == Self::Captures || stop.is_linked()
    }
}

/// One of the strip's resolutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Rows of the person's region in the camera's picture.
    pub capture: u32,
    /// What the network gets of it.
    pub input: InputSize,
}

impl Stop {
    /// Every resolution, largest first: each capture with the smallest standard input that is not smaller, of those
    /// that the network takes. To a network that always gets one square the input means nothing.
    pub fn all(network: Option<&NetworkInfo>) -> [Self; COUNT] {
        let takes = |size: &InputSize| network.is_none_or(|network| network.takes(*size));
        let [.., largest] = InputSize::STANDARD;
        let mut captures = CAPTURES;
        captures.reverse();
        captures.map(|capture| {
            let not_smaller = |size: &InputSize| size.height() >= capture;
            let input = InputSize::STANDARD.into_iter().filter(takes).find(not_smaller).unwrap_or(largest);
            Self { capture, input }
        })
    }

    /// Whether capture and input are equal.
    pub fn is_linked(self) -> bool {
        self.capture == self.input.height()
    }

    /// These settings at this resolution.
    pub fn of(self, settings: &Settings) -> Settings {
        let mut settings = settings.clone();
        (settings.capture.height, settings.input) = (self.capture, self.input);
        settings
    }

    /// Whether the settings have this resolution; `square` where the network always gets one square.
    pub fn is_present(self, settings: &Settings, square: bool) -> bool {
        self.capture == settings.capture.height && (square || self.input == settings.input)
    }

    /// Puts the settings to this resolution; capture and input stay linked where they are equal in it.
    pub fn go(self, preferences: &mut Preferences) {
        preferences.go_to(Some(self.input), self.capture);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_input_is_the_smallest_that_loses_nothing() {
        let inputs = Stop::all(None).map(|stop| (stop.capture, stop.input.height()));
        let expected = [(128, 128), (96, 96), (64, 64), (48, 64), (32, 32), (24, 32), (16, 32), (8, 32)];
        assert_eq!(inputs, expected);
    }

    #[test]
    fn both_rows_are_served_by_the_same_passes() {
        let of = |row: StripRow| Stop::all(None).into_iter().filter(move |stop| row.shows(*stop));
        assert_eq!(of(StripRow::Captures).count(), COUNT);
        let mut inputs: Vec<InputSize> = of(StripRow::Inputs).map(|stop| stop.input).collect();
        inputs.reverse();
        assert_eq!(inputs, InputSize::STANDARD);
        assert!(of(StripRow::Inputs).all(Stop::is_linked));
    }

    #[test]
    fn the_link_holds_where_it_can() {
        let mut preferences = Preferences::default();
        let [_, _, _, forty_eight, thirty_two, ..] = Stop::all(None);
        thirty_two.go(&mut preferences);
        assert!(preferences.linked && thirty_two.is_present(&preferences.settings, false));
        forty_eight.go(&mut preferences);
        assert!(!preferences.linked && forty_eight.is_present(&preferences.settings, false));
        assert_eq!(preferences.settings.input.to_string(), "64×48");
        thirty_two.go(&mut preferences);
        assert!(!preferences.linked, "what was unlinked stays so");
    }

    #[test]
    fn the_input_counts_only_where_the_network_has_one() {
        let mut settings = Preferences::default().settings;
        let [largest, .., eight] = Stop::all(None);
        settings = eight.of(&settings);
        settings.input = largest.input;
        assert!(!eight.is_present(&settings, false) && eight.is_present(&settings, true));
    }
}
