//! What tells the sides apart, in a few words.

use crate::app::what_if::count_in_words;
use crate::engine::{NetworkInfo, Settings};

/// One side as it is described.
#[derive(Clone, Copy)]
pub struct Described<'a> {
    /// How it looks at people.
    pub settings: &'a Settings,
    /// Its network, once that is loaded.
    pub network: Option<&'a NetworkInfo>,
}

/// `A · 64×48` and `B · 32×24`: each side's name with those of its settings in which it differs from the other.
pub fn labels(a: Described<'_>, b: Described<'_>) -> [String; 2] {
    let (parts_a, parts_b) = (a.parts(), b.parts());
    // The capture says nothing beside an input that it is equal to.
    let plain = a.captures_its_input() && b.captures_its_input();
    let differing: Vec<usize> = (0..parts_a.len())
        .filter(|part| match *part {
            // Nobody must forget it, even where both do without the same.
            LEFT_OUT if !a.settings.ablations.is_empty() => true,
            CAPTURE if plain => false,
            part => parts_a[part] != parts_b[part],
        })
        .collect();
    let label = |name: &str, parts: &[String]| {
        let parts = differing.iter().filter_map(|part| parts.get(*part)).filter(|part| !part.is_empty());
        std::iter::once(name).chain(parts.map(String::as_str)).collect::<Vec<_>>().join(" · ")
    };
    [label("A", &parts_a), label("B", &parts_b)]
}

/// Where the capture stands among the parts.
const CAPTURE: usize = 2;
/// Where it stands how much of the network is left out.
const LEFT_OUT: usize = 8;

impl Described<'_> {
    fn captures_its_input(self) -> bool {
        self.network.and_then(NetworkInfo::square).is_none()
            && self.settings.capture.height == self.settings.input.height()
    }

    /// Everything that can differ, a text each; empty where it means nothing to the network.
    fn parts(self) -> [String; 9] {
        let Settings { capture, input, decoder, flip_test, ablations } = self.settings;
        let has_heatmaps = self.network.is_none_or(|network| network.config.is_some());
        let input = match self.network.and_then(NetworkInfo::square) {
            Some(side) => format!("{side}×{side}"),
            None => input.to_string(),
        };
        let noise = format!("noise {:.2}", capture.noise);
        let jpeg = capture.jpeg_quality.map_or_else(|| "no JPEG".into(), |quality| format!("JPEG {quality}"));
        let decoder = if has_heatmaps { decoder.label().to_owned() } else { String::new() };
        let flip = if *flip_test { "flip test" } else { "no flip test" };
        let left_out = match (ablations.is_empty(), has_heatmaps) {
            (_, false) => String::new(),
            (true, true) => "all parts".into(),
            (false, true) => count_in_words(ablations),
        };
        [
            self.network.map(|network| network.name.clone()).unwrap_or_default(),
            input,
            format!("{} px captured", capture.height),
            capture.sampling.label().to_lowercase(),
            noise,
            jpeg,
            decoder,
            flip.into(),
            left_out,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preferences::Preferences;
    use crate::pose::InputSize;

    fn labels_of(a: &Settings, b: &Settings) -> [String; 2] {
        labels(Described { settings: a, network: None }, Described { settings: b, network: None })
    }

    #[test]
    fn only_what_differs_is_told() {
        let a = Preferences::default().settings;
        assert_eq!(labels_of(&a, &a), ["A", "B"]);
        let mut b = a.clone();
        b.input = InputSize::STANDARD[0];
        b.capture.height = 32;
        assert_eq!(labels_of(&a, &b), ["A · 64×48", "B · 32×24"]);
        b.capture.height = 24;
        assert_eq!(labels_of(&a, &b), ["A · 64×48 · 64 px captured", "B · 32×24 · 24 px captured"]);
    }

    #[test]
    fn parts_left_out_and_the_flip_test_are_told() {
        let a = Preferences::default().settings;
        let ablations = vec!["s2.scale2".parse().unwrap()];
        let b = Settings { flip_test: true, ablations, ..a.clone() };
        assert_eq!(labels_of(&a, &b), ["A · no flip test · all parts", "B · flip test · 1 part is left out"]);
        assert_eq!(labels_of(&b, &b), ["A · 1 part is left out", "B · 1 part is left out"]);
    }
}
