//! What a network computed of one person, as a safetensors file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use crate::engine::Settings;
use crate::network::checkpoint::HostTensor;
use crate::network::{Precision, Trace, safetensors_bytes};
use crate::pose::Heatmaps;

/// The name of the heatmaps, `[joints, H, W]`.
const HEATMAPS: &str = "heatmaps";

/// What tensors are of, for the file's metadata.
#[derive(Clone, Copy, Debug)]
pub struct TensorsOf<'a> {
    /// The picture's name.
    pub picture: &'a str,
    /// The network's name.
    pub network: &'a str,
    /// How the person was looked at.
    pub settings: &'a Settings,
}

/// The bytes of a file with every tensor of a trace by its name (see [`Trace::named_tensors`]), and `heatmaps` where
/// they are given.
///
/// # Errors
/// When the tensors or the settings cannot be put in that form.
pub fn tensors_file(trace: &Trace, heatmaps: Option<&Heatmaps>, of: &TensorsOf<'_>) -> io::Result<Vec<u8>> {
    let metadata = BTreeMap::from([
        ("picture".to_owned(), of.picture.to_owned()),
        ("network".to_owned(), of.network.to_owned()),
        ("settings".to_owned(), serde_json::to_string(of.settings)?),
    ]);
    let mut tensors: BTreeMap<String, Cow<'_, HostTensor>> =
        trace.named_tensors().into_iter().map(|(name, tensor)| (name, Cow::Borrowed(tensor))).collect();
    if let Some(maps) = heatmaps {
        let shape = vec![maps.joints(), maps.height(), maps.width()];
        let maps = HostTensor { shape, values: maps.values().to_vec() };
        tensors.insert(HEATMAPS.to_owned(), Cow::Owned(maps));
    }
    safetensors_bytes(&tensors, metadata, Precision::Float32)
}
