//! Whom the layer is about, and in which way they are looked at.

use std::sync::Arc;

use image::RgbImage;

use crate::app::document::Document;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::BoundingBox;

/// Everything that the layer's numbers hang on, but for the joint.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The network that looks.
    pub network: Arc<NetworkInfo>,
    /// The picture.
    pub picture: Arc<RgbImage>,
    /// The person's box in it.
    pub bounds: BoundingBox,
    /// The settings.
    pub settings: Settings,
}

impl Subject {
    /// The selected person as the answer on the screen looked at them.
    pub fn of(document: &Document, network: &Arc<NetworkInfo>) -> Option<Self> {
        let request = &document.answer()?.request;
        Some(Self {
            network: network.clone(),
            picture: request.picture.clone(),
            bounds: document.selected_answer()?.bounds,
            settings: request.settings.clone(),
        })
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        // Another file or camera frame may have the same size and box, and the same weights file other weights.
        Arc::ptr_eq(&self.network, &other.network)
            && Arc::ptr_eq(&self.picture, &other.picture)
            && self.bounds == other.bounds
            && self.settings == other.settings
    }
}
