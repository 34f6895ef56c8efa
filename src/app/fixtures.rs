//! What tests of the window have in common.

use std::collections::BTreeMap;

use crate::engine::{NetworkInfo, Weights};
use crate::network::{DeviceChoice, NetworkConfig};

/// A trained network of this make, for every standard size that it can take.
pub fn network(config: NetworkConfig) -> NetworkInfo {
    NetworkInfo {
        choice: Weights::Untrained(config.clone()).into(),
        name: config.name(),
        path: None,
        config: Some(config),
        trained: true,
        trained_sizes: Vec::new(),
        joint_thresholds: BTreeMap::new(),
        card: None,
        remarks: Vec::new(),
        parameters: 1,
        device: "CPU".into(),
        device_choice: DeviceChoice::Auto,
    }
}
