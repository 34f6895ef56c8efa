//! What if a part of the network did not do its work: changes to single passes, with the weights as they are.

mod changes;
mod text;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::config::NetworkConfig;
use super::scale_layout::STAGES;
pub(super) use changes::{BlockChanges, Changes, EmaChanges};

/// A part of the network that is left out or replaced. Stages, blocks, scales and heads are counted from 0 here, from 1
/// in every text.
///
/// What is muted gives zeros wherever it is used: in its block's projection, and in what the cascade hands on to the
/// next finer scale. The projection's bias stays, so a block of which every scale is muted adds that bias, one constant
/// for each channel, where its attention was. The muted part's own attention weights are still in a trace.
///
/// In JSON it is its [`Ablation::id`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Ablation {
    /// What one head finds is zero. Heads of the same number in different blocks have nothing in common, so that this
    /// is always about one block.
    MuteHead {
        /// 0 … 2
        stage: usize,
        /// Block of the stage.
        block: usize,
        /// Scale of the block, coarse to fine.
        scale: usize,
        /// Head of the scale.
        head: usize,
    },
    /// What all heads of one scale find is zero.
    MuteScale {
        /// 0 … 2
        stage: usize,
        /// Block of the stage; none for all of them.
        block: Option<usize>,
        /// Scale of the block, coarse to fine.
        scale: usize,
    },
    /// What the next coarser scale found does not reach the keys and values of this one: it is zero in their channel
    /// fusion, but not in the block's projection.
    MuteCascade {
        /// 0 … 2
        stage: usize,
        /// Block of the stage; none for all of them.
        block: Option<usize>,
        /// The finer scale, which gets nothing: 1 or more.
        scale: usize,
    },
    /// The EMA module on a stage's output works in another way, or not at all.
    Ema {
        /// 0 … 2
        stage: usize,
        /// What is different.
        change: EmaChange,
    },
}

/// What an EMA module does instead of its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmaChange {
    /// Hands on its input unchanged: there is no gate, and a trace has no tensors of this module.
    Identity,
    /// Its spatial gate σ(w) is replaced by the mean over the map, for each group and picture: how strong the gate is
    /// stays, where it is strong does not.
    MeanGate,
    /// p2, the channel weights that the picture causes, are replaced by p1, the learned ones.
    P2ByP1,
}

impl EmaChange {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Identity, Self::MeanGate, Self::P2ByP1];
}

/// An ablation that cannot be read, or that a network has no part for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AblationError {
    /// A text that names none.
    #[error(
        "{0:?} is no ablation; expected one like s2.b1.scale2.head1, s2.b1.scale2, s2.scale2 (every block of stage \
         2), s2.b1.cascade2, s2.cascade2, s2.ema=identity, s2.ema=mean-gate or s2.ema=p2-by-p1"
    )]
    Unreadable(String),
    /// The network has no such part.
    #[error("ablation {}: {problem}", ablation.id())]
    Missing {
        /// What was asked for.
        ablation: Ablation,
        /// What was expected and what was found.
        problem: String,
    },
}

impl Ablation {
    /// Every single ablation of a network, by stage, block and scale: scales and cascades of whole stages first, then
    /// those of each block with their heads, then EMA. What would be the same as another one is left out: the only head
    /// of a scale, the only block of a stage.
    pub fn all(config: &NetworkConfig) -> Vec<Self> {
        let mut all = Vec::new();
        for (stage, scales) in config.heads.iter().enumerate() {
            let depth = config.depths[stage];
            let whole = (depth > 1).then_some(None);
            for block in whole.into_iter().chain((0..depth).map(|block| Some(block as usize))) {
                for (scale, heads) in scales.iter().enumerate() {
                    all.push(Self::MuteScale { stage, block, scale });
                    if scale > 0 {
                        all.push(Self::MuteCascade { stage, block, scale });
                    }
                    if let Some(block) = block
                        && *heads > 1
                    {
                        let head = |head| Self::MuteHead { stage, block, scale, head: head as usize };
                        all.extend((0..*heads).map(head));
                    }
                }
            }
            if config.ema_groups.is_some() {
                all.extend(EmaChange::ALL.map(|change| Self::Ema { stage, change }));
            }
        }
        all
    }

    /// Which stage it is about, counted from 0.
    pub fn stage(&self) -> usize {
        match self {
            Self::MuteHead { stage, .. }
            | Self::MuteScale { stage, .. }
            | Self::MuteCascade { stage, .. }
            | Self::Ema { stage, .. } => *stage,
        }
    }

    /// Whether a network has the part that this is about.
    ///
    /// # Errors
    /// Says what there is where it has not.
    pub fn check(&self, config: &NetworkConfig) -> Result<(), AblationError> {
        let missing = |problem| AblationError::Missing { ablation: self.clone(), problem };
        self.fits(config).map_err(missing)
    }

    fn fits(&self, config: &NetworkConfig) -> Result<(), String> {
        let stage = self.stage();
        within("stage", stage, 0..STAGES, "")?;
        let of_stage = format!(" of stage {}", stage + 1);
        let scales = &config.heads[stage];
        let block_fits = |block: usize| within("block", block, 0..config.depths[stage] as usize, &of_stage);
        let scale_fits = |scale: usize| within("scale", scale, 0..scales.len(), &of_stage);
        match *self {
            Self::MuteHead { block, scale, head, .. } => {
                block_fits(block)?;
                scale_fits(scale)?;
                let of_scale = format!(" of scale {}{of_stage}", scale + 1);
                within("head", head, 0..scales[scale] as usize, &of_scale)
            }
            Self::MuteScale { block, scale, .. } => {
                block.map_or(Ok(()), block_fits)?;
                scale_fits(scale)
            }
            Self::MuteCascade { block, scale, .. } => {
                block.map_or(Ok(()), block_fits)?;
                within("scale", scale, 1..scales.len(), &format!("{of_stage} that a coarser one hands on to"))
            }
            Self::Ema { .. } if config.ema_groups.is_none() => {
                Err(format!("{} has no EMA modules", config.name()))
            }
            Self::Ema { .. } => Ok(()),
        }
    }
}

/// Whether `index` is in `range`, both counted from 0; the text counts from 1.
fn within(part: &str, index: usize, range: Range<usize>, of_what: &str) -> Result<(), String> {
    if range.contains(&index) {
        return Ok(());
    }
    let (first, last, found) = (range.start + 1, range.end, index.saturating_add(1));
    Err(format!("expected {part} {first} to {last}{of_what}, found {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(id: &str) -> Ablation {
        id.parse().unwrap()
    }

    #[test]
    fn every_part_is_there_once_and_fits() {
        for config in [NetworkConfig::small().with_ema(8), NetworkConfig::base(), NetworkConfig::tiny()] {
            let all = Ablation::all(&config);
            let mut ids: Vec<String> = all.iter().map(Ablation::id).collect();
            for ablation in &all {
                ablation.check(&config).unwrap();
            }
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), all.len());
        }
        let all = Ablation::all(&NetworkConfig::small().with_ema(8));
        let count = |fits: fn(&Ablation) -> bool| all.iter().filter(|ablation| fits(ablation)).count();
        // Stage 1: scales of 2, 2 and 1 head, the one left out.
        assert_eq!(count(|a| matches!(a, Ablation::MuteHead { .. })), 2 * 4 + 4 * 6 + 3 * 8);
        assert_eq!(count(|a| matches!(a, Ablation::MuteScale { .. })), 3 * 3 + 5 * 2 + 4 * 2);
        assert_eq!(count(|a| matches!(a, Ablation::MuteCascade { .. })), 3 * 2 + 5 + 4);
        assert_eq!(count(|a| matches!(a, Ablation::Ema { .. })), 9);
        let without = Ablation::all(&NetworkConfig::small());
        assert_eq!(without.len() + 9, all.len());
        let mut shallow = NetworkConfig::small();
        shallow.depths = [1, 1, 1];
        assert!(
            Ablation::all(&shallow).iter().all(|a| !matches!(a, Ablation::MuteScale { block: None, .. }))
        );
    }

    #[test]
    fn what_is_not_there_is_told() {
        let config = NetworkConfig::small();
        for (id, message) in [
            ("s4.scale1", "ablation s4.scale1: expected stage 1 to 3, found 4"),
            ("s2.b5.scale1", "ablation s2.b5.scale1: expected block 1 to 4 of stage 2, found 5"),
            ("s2.scale3", "ablation s2.scale3: expected scale 1 to 2 of stage 2, found 3"),
            (
                "s1.b2.scale3.head2",
                "ablation s1.b2.scale3.head2: expected head 1 to 1 of scale 3 of stage 1, found 2",
            ),
            (
                "s1.cascade1",
                "ablation s1.cascade1: expected scale 2 to 3 of stage 1 that a coarser one hands on to, found 1",
            ),
            ("s1.ema=identity", "ablation s1.ema=identity: CMSA-S has no EMA modules"),
        ] {
            assert_eq!(read(id).check(&config).unwrap_err().to_string(), message);
        }
        read("s1.ema=identity").check(&config.with_ema(8)).unwrap();
    }
}
