//! From which confidence on a joint counts as sure.

use serde::{Deserialize, Serialize};

use crate::pose::KEYPOINT_COUNT;

/// For networks that say nothing of themselves.
const USUAL: f32 = 0.3;

/// The user's threshold for all joints, or else the network's own for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Threshold {
    /// The user's, 0 … 1.
    pub chosen: Option<f32>,
    /// What the network's makers found, for each joint.
    #[serde(skip)]
    network: Option<[f32; KEYPOINT_COUNT]>,
}

impl Threshold {
    /// Takes up what the network says of itself at the present input.
    pub fn follow(&mut self, network: Option<[f32; KEYPOINT_COUNT]>) {
        self.network = network;
    }

    /// Whether a joint of this confidence counts as sure.
    pub fn is_sure(&self, joint: usize, confidence: f64) -> bool {
        confidence as f32 >= self.of(joint)
    }

    /// For one figure in place of all: the user's, or the mean of the network's.
    pub fn middle(&self) -> f32 {
        (0..KEYPOINT_COUNT).map(|joint| self.of(joint)).sum::<f32>() / KEYPOINT_COUNT as f32
    }

    fn of(&self, joint: usize) -> f32 {
        let own = || self.network.and_then(|all| all.get(joint).copied());
        self.chosen.or_else(own).unwrap_or(USUAL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_comes_before_the_network_and_the_network_before_the_usual() {
        let mut threshold = Threshold::default();
        assert!(threshold.is_sure(3, 0.3) && !threshold.is_sure(3, 0.29));
        let mut own = [0.5; KEYPOINT_COUNT];
        own[3] = 0.1;
        threshold.follow(Some(own));
        assert!(threshold.is_sure(3, 0.11) && !threshold.is_sure(4, 0.4));
        threshold.chosen = Some(0.2);
        assert!(!threshold.is_sure(3, 0.11) && threshold.is_sure(4, 0.4));
        assert!((threshold.middle() - 0.2).abs() < 1e-6);
    }
}
