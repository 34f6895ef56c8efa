//! Whatever a path names: weights, labels, a picture or a folder.

use std::path::Path;
use std::sync::Mutex;

use super::at_hand::AtHand;
use super::outcome::{Incoming, NotOpened};
use super::{labels::open_labels, picture::open_picture};
use crate::app::label_file;
use crate::pose::coco::LabelCache;

/// Reads what a path names, with what stands beside it.
pub(super) fn open(path: &Path, at_hand: Option<&AtHand>, labels: &Mutex<LabelCache>) -> Incoming {
    if names_weights(path) {
        return Incoming::Weights(path.to_path_buf());
    }
    let opened = match label_file::names_labels(path) {
        true => open_labels(path, at_hand, labels),
        false => open_picture(path, labels).map(|opened| Incoming::Opened(Box::new(opened))),
    };
    opened.unwrap_or_else(|message| Incoming::NotOpened(NotOpened { path: path.to_path_buf(), message }))
}

/// Whether a path is to be read as weights.
fn names_weights(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    matches!(extension.as_str(), "safetensors" | "pth" | "pt" | "ckpt")
}
