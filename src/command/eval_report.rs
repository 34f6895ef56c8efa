//! What `posescope eval` reports, as its JSON has it.

use serde::Serialize;

use crate::engine::{NetworkInfo, Settings};
use crate::pose::InputSize;
use crate::study::Figures;

/// Everything `posescope eval` reports.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub network: NetworkReport,
    pub annotations: String,
    pub pictures: usize,
    pub people: usize,
    /// People whose box nobody can be cut out of; they count as not found.
    pub unusable_boxes: usize,
    /// What is to be said of annotations and pictures, in sentences.
    pub warnings: Vec<String>,
    pub sizes: Vec<SizeReport>,
}

/// Which network was measured.
#[derive(Debug, Serialize)]
pub(super) struct NetworkReport {
    pub name: String,
    pub weights: Option<String>,
    pub parameters: usize,
    pub trained: bool,
    /// Input sizes it was trained at; empty where nobody knows.
    pub trained_sizes: Vec<InputSize>,
    /// Side of the square that it always gets, where it minds no network input.
    pub square: Option<u32>,
    pub device: String,
}

/// The figures at one network input.
#[derive(Debug, Serialize)]
pub(super) struct SizeReport {
    pub settings: Settings,
    #[serde(flatten)]
    pub figures: Figures,
    /// Milliseconds in the network, mirrored pass included.
    pub network_ms_per_person: f64,
}

impl From<&NetworkInfo> for NetworkReport {
    fn from(info: &NetworkInfo) -> Self {
        Self {
            name: info.name.clone(),
            weights: info.path.as_ref().map(|path| path.display().to_string()),
            parameters: info.parameters,
            trained: info.trained,
            trained_sizes: info.trained_sizes.clone(),
            square: info.square(),
            device: info.device.clone(),
        }
    }
}
