//! The numbers that tell one CMSA network from another.

use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::needed_tensors::{MOST_NUMBERS, count_numbers};
use super::scale_layout::{STAGES, scales_of_stage};
use super::variant::Variant;

/// Key (and query) channels of one attention head, `d` in the paper.
pub const KEY_DIM: i64 = 16;
/// Value channels of one attention head.
pub const VALUE_DIM: i64 = 2 * KEY_DIM;
/// How many times wider the hidden layer of the feed-forward part is.
pub const FFN_RATIO: i64 = 4;
/// Rows and columns of which the first stage's map must be a whole multiple.
pub const MAP_STEP: (i64, i64) = (32, 24);

/// Widths, heads and depths of a CMSA network (arXiv 2412.02197), and the EMA modules
/// (arXiv 2305.13563) on its stage outputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkConfig {
    /// Channels of each stage.
    pub channels: [i64; STAGES],
    /// Heads of each head group of each stage.
    pub heads: [Vec<i64>; STAGES],
    /// Blocks of each stage.
    #[serde(default = "default_depths")]
    pub depths: [i64; STAGES],
    /// Heatmaps the network gives.
    #[serde(default = "default_joints")]
    pub joints: i64,
    /// 1, or 2 to halve the map at the stem.
    #[serde(default = "default_stem_stride")]
    pub stem_stride: i64,
    /// Channel groups of the EMA modules, or none for a network without them.
    #[serde(default)]
    pub ema_groups: Option<i64>,
}

fn default_depths() -> [i64; STAGES] {
    [2, 4, 3]
}

fn default_joints() -> i64 {
    17
}

fn default_stem_stride() -> i64 {
    1
}

impl NetworkConfig {
    fn with(channels: [i64; STAGES], heads: [&[i64]; STAGES]) -> Self {
        Self {
            channels,
            heads: heads.map(<[i64]>::to_vec),
            depths: default_depths(),
            joints: default_joints(),
            stem_stride: default_stem_stride(),
            ema_groups: None,
        }
    }

    /// Channels that the fused heatmaps are made of: half of all stages' together.
    pub fn fused_channels(&self) -> i64 {
        self.channels.iter().sum::<i64>() / 2
    }

    /// CMSA-S: 4.2 M parameters.
    pub fn small() -> Self {
        Self::with([96, 160, 224], [&[2, 2, 1], &[3, 3], &[4, 4]])
    }

    /// CMSA-B: 5.7 M parameters.
    pub fn base() -> Self {
        Self::with([128, 192, 256], [&[1, 2, 1], &[3, 4], &[4, 5]])
    }

    /// CMSA-L: 7.5 M parameters.
    pub fn large() -> Self {
        Self::with([128, 256, 320], [&[1, 2, 1], &[3, 3], &[4, 4]])
    }

    /// Half the width of S: ours, for tests and for training on a CPU.
    pub fn tiny() -> Self {
        Self::with([48, 80, 112], [&[1, 1, 1], &[2, 2], &[2, 2]])
    }

    /// The same network with EMA modules of `groups` channel groups on its stage outputs.
    pub fn with_ema(mut self, groups: i64) -> Self {
        self.ema_groups = Some(groups);
        self
    }

    /// `CMSA-S`, `CMSA-B`, `CMSA-L`, or the widths where the network is none of these; `+ EMA` where it has them.
    pub fn name(&self) -> String {
        let variant = Variant::ALL.into_iter().find(|variant| {
            let known = Self::from(*variant);
            known.channels == self.channels && known.heads == self.heads
        });
        let base = match variant {
            Some(variant) => format!("CMSA-{}", variant.letter()),
            None => format!("CMSA {}-{}-{}", self.channels[0], self.channels[1], self.channels[2]),
        };
        if self.ema_groups.is_some() { format!("{base} + EMA") } else { base }
    }

    /// Rows and columns of which a network input must be a whole multiple.
    pub fn input_step(&self) -> (i64, i64) {
        (MAP_STEP.0 * self.stem_stride, MAP_STEP.1 * self.stem_stride)
    }

    /// Whether its windows tile an input of this many rows and columns.
    pub fn takes(&self, height: u32, width: u32) -> bool {
        let (rows, columns) = self.input_step();
        i64::from(height) % rows == 0 && i64::from(width) % columns == 0
    }

    /// Whether a network of this configuration can be built.
    ///
    /// # Errors
    /// Names the number that is out of range, or tells how many numbers the network would have when these are more
    /// than [`MOST_NUMBERS`].
    pub fn check(&self) -> Result<(), NetworkError> {
        let fail = |problem: String| Err(NetworkError::Config(problem));
        for stage in 0..STAGES {
            let (channels, heads) = (self.channels[stage], &self.heads[stage]);
            if !(1..=4096).contains(&channels) {
                return fail(format!("stage {} has {channels} channels, expected 1 to 4096", stage + 1));
            }
            let groups = scales_of_stage(stage).len();
            if heads.len() != groups || heads.iter().any(|h| !(1..=64).contains(h)) {
                return fail(format!(
                    "stage {} has heads {heads:?}, expected {groups} numbers of 1 to 64",
                    stage + 1
                ));
            }
            if !(1..=64).contains(&self.depths[stage]) {
                return fail(format!(
                    "stage {} has {} blocks, expected 1 to 64",
                    stage + 1,
                    self.depths[stage]
                ));
            }
            if let Some(groups) = self.ema_groups
                && (groups < 1 || channels % groups != 0)
            {
                return fail(format!(
                    "{groups} EMA groups do not divide the {channels} channels of stage {}",
                    stage + 1
                ));
            }
        }
        if self.channels[0] % 2 != 0 {
            return fail(format!("stage 1 has {} channels, expected an even number", self.channels[0]));
        }
        if !(1..=2).contains(&self.stem_stride) {
            return fail(format!("stem stride {}, expected 1 or 2", self.stem_stride));
        }
        if !(1..=1024).contains(&self.joints) {
            return fail(format!("{} joints, expected 1 to 1024", self.joints));
        }
        let numbers = count_numbers(self);
        if numbers > MOST_NUMBERS {
            return fail(format!(
                "{} of {:?} blocks has {numbers} numbers, expected at most {MOST_NUMBERS}",
                self.name(),
                self.depths
            ));
        }
        Ok(())
    }
}

impl From<Variant> for NetworkConfig {
    fn from(variant: Variant) -> Self {
        match variant {
            Variant::Tiny => Self::tiny(),
            Variant::Small => Self::small(),
            Variant::Base => Self::base(),
            Variant::Large => Self::large(),
        }
    }
}
