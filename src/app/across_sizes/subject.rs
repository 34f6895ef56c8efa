//! Whose attention is looked at across sizes, of which block, and how.

use std::sync::Arc;

use crate::app::document::Document;
use crate::app::preferences::Preferences;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::{BoundingBox, Decoder, InputSize};

/// Whatever the attention depends on, but for the query, the scale and the head, which are chosen among what is found.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The network that looks.
    pub network: Arc<NetworkInfo>,
    /// Which picture it is; see [`Document::version`].
    pub version: u64,
    /// The selected person's box.
    pub bounds: BoundingBox,
    /// Stage and block, counted from 0.
    pub block: (usize, usize),
    /// The settings at each input, small to large.
    pub settings: Vec<Settings>,
}

impl Subject {
    /// The selected person and the chosen block, where the network has attention.
    pub fn of(document: &Document, network: &Arc<NetworkInfo>, preferences: &Preferences) -> Option<Self> {
        let person = document.people.get(document.selected?)?;
        let config = network.config.as_ref()?;
        let view = &preferences.attention;
        let depth = *config.depths.get(view.stage)? as usize;
        let at = |size: InputSize| settings_at(preferences, size);
        (view.block < depth).then(|| Self {
            network: network.clone(),
            version: document.version,
            bounds: person.bounds,
            block: (view.stage, view.block),
            settings: sizes(network).into_iter().map(at).collect(),
        })
    }

    /// Whether what was found for one says anything about the other: it is of the same block of the same network in
    /// the same picture.
    pub fn is_akin(&self, other: &Self) -> bool {
        // The same file read again may hold other weights, so networks are told apart by their place in memory.
        Arc::ptr_eq(&self.network, &other.network)
            && (self.version, self.block) == (other.version, other.block)
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.is_akin(other) && self.bounds == other.bounds && self.settings == other.settings
    }
}

/// The standard inputs that a network takes, small to large.
pub fn sizes(network: &NetworkInfo) -> Vec<InputSize> {
    InputSize::STANDARD.into_iter().filter(|size| network.takes(*size)).collect()
}

/// The settings that the slider of the network input leads to: the capture goes along where they are linked. How joints
/// are read is left out, since attention does not depend on it.
fn settings_at(preferences: &Preferences, size: InputSize) -> Settings {
    let mut settings = preferences.settings.clone();
    settings.input = size;
    if preferences.linked {
        settings.capture.height = size.height();
    }
    (settings.flip_test, settings.decoder) = (false, Decoder::Dark);
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_capture_goes_along_where_it_is_linked() {
        let [small, .., large] = InputSize::STANDARD;
        let mut preferences = Preferences::default();
        preferences.settings.flip_test = true;
        let linked = settings_at(&preferences, large);
        assert_eq!((linked.input, linked.capture.height, linked.flip_test), (large, 128, false));
        preferences.linked = false;
        preferences.set_capture(20);
        for size in [small, large] {
            let unlinked = settings_at(&preferences, size);
            assert_eq!((unlinked.input, unlinked.capture.height), (size, 20));
        }
    }
}
