//! Who is looked at in the strip, and in which way.

use std::sync::Arc;

use super::plan::Stop;
use crate::app::document::Document;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::BoundingBox;
use crate::study::Truth;

/// Whatever the passes of the strip depend on, but for their resolutions.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The network that looks.
    pub network: Arc<NetworkInfo>,
    /// Which picture it is; see [`Document::version`].
    pub version: u64,
    /// The selected person's box.
    pub bounds: BoundingBox,
    /// Their labelled joints, where there are some.
    pub truth: Option<Truth>,
    /// The settings at the strip's largest resolution, whatever the present one is.
    pub settings: Settings,
}

impl Subject {
    /// The selected person, where there is one.
    pub fn of(document: &Document, network: &Arc<NetworkInfo>, settings: &Settings) -> Option<Self> {
        let person = document.people.get(document.selected?)?;
        let [largest, ..] = Stop::all(Some(network));
        Some(Self {
            network: network.clone(),
            version: document.version,
            bounds: person.bounds,
            truth: person.truth,
            settings: largest.of(settings),
        })
    }

    /// What agreement is measured against; none where there is accuracy.
    pub fn reference(&self) -> Option<Settings> {
        self.truth.is_none().then(|| self.network.reference_settings(&self.settings))
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        // The same file read again may hold other weights, so networks are told apart by their place in memory.
        Arc::ptr_eq(&self.network, &other.network)
            && (self.version, self.bounds, self.truth) == (other.version, other.bounds, other.truth)
            && self.settings == other.settings
    }
}
