//! From which confidence on a joint counts as sure.

use serde::{Deserialize, Serialize};

use crate::engine::NetworkInfo;
use crate::pose::{InputSize, KEYPOINT_COUNT};

/// For networks that say nothing of themselves.
const USUAL: f32 = 0.3;

/// The user's threshold for all joints, or else the network's own for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Threshold {
    /// The user's, 0 … 1.
    pub chosen: Option<f32>,
}

impl Threshold {
    /// What counts for a network at an input: the user's threshold before what the network's makers found, and that
    /// before the usual one.
    pub fn at(self, network: Option<&NetworkInfo>, input: InputSize) -> Thresholds {
        let own = || network.and_then(|network| network.thresholds_at(input));
        let chosen = self.chosen.map(|chosen| [chosen; KEYPOINT_COUNT]);
        Thresholds(chosen.or_else(own).unwrap_or([USUAL; KEYPOINT_COUNT]))
    }
}

/// For each joint the confidence from which on it counts as sure, 0 … 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds([f32; KEYPOINT_COUNT]);

impl Thresholds {
    /// Whether a joint of this confidence counts as sure.
    pub fn is_sure(&self, joint: usize, confidence: f64) -> bool {
        confidence as f32 >= self.0.get(joint).copied().unwrap_or(USUAL)
    }

    /// One figure in place of all: their mean.
    pub fn middle(&self) -> f32 {
        self.0.iter().sum::<f32>() / KEYPOINT_COUNT as f32
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::engine::Weights;
    use crate::network::NetworkConfig;

    fn network(thresholds: BTreeMap<InputSize, [f32; KEYPOINT_COUNT]>) -> NetworkInfo {
        NetworkInfo {
            joint_thresholds: thresholds,
            ..NetworkInfo::plain(
                Weights::Untrained(NetworkConfig::small()).into(),
                "CMSA-S",
                Some(NetworkConfig::small()),
            )
        }
    }

    #[test]
    fn the_user_comes_before_the_network_and_the_network_before_the_usual() {
        let [small, _, _, large] = InputSize::STANDARD;
        let mut threshold = Threshold::default();
        for silent in [None, Some(&network(BTreeMap::new()))] {
            let usual = threshold.at(silent, small);
            assert!(usual.is_sure(3, 0.3) && !usual.is_sure(3, 0.29));
        }
        let mut own = [0.5; KEYPOINT_COUNT];
        own[3] = 0.1;
        let network = network([(small, own), (large, [0.9; KEYPOINT_COUNT])].into());
        let at = threshold.at(Some(&network), small);
        assert!(at.is_sure(3, 0.11) && !at.is_sure(4, 0.4));
        assert!(!threshold.at(Some(&network), large).is_sure(3, 0.8), "each input has its own");
        threshold.chosen = Some(0.2);
        let chosen = threshold.at(Some(&network), small);
        assert!(!chosen.is_sure(3, 0.11) && chosen.is_sure(4, 0.4));
        assert!((chosen.middle() - 0.2).abs() < 1e-6);
    }
}
