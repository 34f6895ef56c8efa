//! What tests of the window have in common.

use crate::engine::{NetworkInfo, Weights};
use crate::network::NetworkConfig;

/// A trained network of this make, for every standard size that it can take.
pub fn network(config: NetworkConfig) -> NetworkInfo {
    NetworkInfo::plain(Weights::Untrained(config.clone()).into(), config.name(), Some(config))
}
