//! At which settings a sweep looks.

use crate::app::captures::CAPTURES;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::InputSize;

/// The network inputs that get a curve each: the standard ones that the network takes, and a single one without a size
/// for a network that always gets the same square.
pub fn inputs(network: &NetworkInfo) -> Vec<Option<InputSize>> {
    if network.square().is_some() {
        return vec![None];
    }
    InputSize::STANDARD.into_iter().filter(|size| network.takes(*size)).map(Some).collect()
}

/// Every pair of these inputs and [`CAPTURES`], otherwise as `view`: input by input, small heights first.
pub fn settings(inputs: &[Option<InputSize>], view: &Settings) -> Vec<Settings> {
    let pair = |input: &Option<InputSize>, height: u32| {
        let mut settings = view.clone();
        settings.input = input.unwrap_or(view.input);
        settings.capture.height = height;
        settings
    };
    inputs.iter().flat_map(|input| CAPTURES.map(|height| pair(input, height))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preferences::Preferences;

    #[test]
    fn every_input_is_looked_at_from_every_height() {
        let view = Preferences::default().settings;
        let [small, large, ..] = InputSize::STANDARD;
        let pairs = settings(&[Some(small), Some(large)], &view);
        assert_eq!(pairs.len(), 2 * CAPTURES.len());
        assert_eq!((pairs[0].input, pairs[0].capture.height), (small, 8));
        assert_eq!((pairs[15].input, pairs[15].capture.height), (large, 128));
        assert!(pairs.iter().all(|pair| pair.reads_alike(&view)));
        let square = settings(&[None], &view);
        assert!(square.len() == CAPTURES.len() && square.iter().all(|pair| pair.input == view.input));
    }
}
