//! Ablations in words, and in the short form of command lines and files.

use std::fmt;
use std::str::FromStr;

use super::{Ablation, AblationError, EmaChange};

impl EmaChange {
    /// Its word in an ablation's short form.
    pub fn id(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::MeanGate => "mean-gate",
            Self::P2ByP1 => "p2-by-p1",
        }
    }
}

/// `left out` and the like.
impl fmt::Display for EmaChange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Identity => "left out",
            Self::MeanGate => "spatial gate replaced by its mean",
            Self::P2ByP1 => "p2 replaced by p1",
        })
    }
}

impl Ablation {
    /// The short form, which can be read back: `s2.b1.scale2.head1`, `s2.b1.scale2`, `s2.b1.cascade2`, both of the
    /// latter also without a block for all blocks of the stage, and `s2.ema=identity`.
    pub fn id(&self) -> String {
        let in_block =
            |block: &Option<usize>| block.map_or(String::new(), |block| format!(".b{}", from_1(block)));
        let part = match self {
            Self::MuteHead { block, scale, head, .. } => {
                format!(".b{}.scale{}.head{}", from_1(*block), from_1(*scale), from_1(*head))
            }
            Self::MuteScale { block, scale, .. } => format!("{}.scale{}", in_block(block), from_1(*scale)),
            Self::MuteCascade { block, scale, .. } => {
                format!("{}.cascade{}", in_block(block), from_1(*scale))
            }
            Self::Ema { change, .. } => format!(".ema={}", change.id()),
        };
        format!("s{}{part}", from_1(self.stage()))
    }
}

/// `stage 2, block 1: scale 2 muted` and the like.
impl fmt::Display for Ablation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_block = |block: &Option<usize>| match block {
            Some(block) => format!("block {}", from_1(*block)),
            None => "every block".to_owned(),
        };
        let part = match self {
            Self::MuteHead { block, scale, head, .. } => {
                format!(
                    ", block {}: head {} of scale {} muted",
                    from_1(*block),
                    from_1(*head),
                    from_1(*scale)
                )
            }
            Self::MuteScale { block, scale, .. } => {
                format!(", {}: scale {} muted", in_block(block), from_1(*scale))
            }
            Self::MuteCascade { block, scale, .. } => {
                format!(", {}: cascade into scale {} muted", in_block(block), from_1(*scale))
            }
            Self::Ema { change, .. } => format!(": EMA {change}"),
        };
        formatter.pad(&format!("stage {}{part}", from_1(self.stage())))
    }
}

impl FromStr for Ablation {
    type Err = AblationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| AblationError::Unreadable(text.to_owned()))
    }
}

impl TryFrom<String> for Ablation {
    type Error = AblationError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Ablation> for String {
    fn from(ablation: Ablation) -> Self {
        ablation.id()
    }
}

fn read(text: &str) -> Option<Ablation> {
    let (stage, part) = text.split_once('.')?;
    let stage = number(stage, "s")?;
    if let Some(id) = part.strip_prefix("ema=") {
        let change = EmaChange::ALL.into_iter().find(|change| change.id() == id)?;
        return Some(Ablation::Ema { stage, change });
    }
    let parts: Vec<&str> = part.split('.').collect();
    let (block, scale) = match parts[..] {
        [scale] => (None, scale),
        [block, scale] => (Some(number(block, "b")?), scale),
        [block, scale, head] => {
            let (block, scale, head) = (number(block, "b")?, number(scale, "scale")?, number(head, "head")?);
            return Some(Ablation::MuteHead { stage, block, scale, head });
        }
        _ => return None,
    };
    match number(scale, "scale") {
        Some(scale) => Some(Ablation::MuteScale { stage, block, scale }),
        None => Some(Ablation::MuteCascade { stage, block, scale: number(scale, "cascade")? }),
    }
}

/// A number counted from 1 behind `prefix`, counted from 0.
fn number(text: &str, prefix: &str) -> Option<usize> {
    let digits = text.strip_prefix(prefix)?;
    // `parse` alone would take a sign.
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse::<usize>().ok().filter(|_| all_digits)?.checked_sub(1)
}

fn from_1(index: usize) -> usize {
    index.saturating_add(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Small numbers, and whatever else has a number that follows it.
    fn index() -> impl Strategy<Value = usize> {
        prop_oneof![0..12_usize, 0..usize::MAX]
    }

    fn any_ablation() -> impl Strategy<Value = Ablation> {
        let block = || proptest::option::of(index());
        let head = |(stage, block, scale, head)| Ablation::MuteHead { stage, block, scale, head };
        prop_oneof![
            (index(), index(), index(), index()).prop_map(head),
            (index(), block(), index()).prop_map(|(stage, block, scale)| Ablation::MuteScale {
                stage,
                block,
                scale
            }),
            (index(), block(), index()).prop_map(|(stage, block, scale)| Ablation::MuteCascade {
                stage,
                block,
                scale
            }),
            (index(), proptest::sample::select(EmaChange::ALL.to_vec()))
                .prop_map(|(stage, change)| Ablation::Ema { stage, change }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(ablation in any_ablation()) {
            prop_assert_eq!(ablation.id().parse(), Ok(ablation.clone()));
            let json = serde_json::to_string(&ablation).unwrap();
            prop_assert_eq!(serde_json::from_str::<Ablation>(&json).unwrap(), ablation);
        }

        #[test]
        fn no_text_is_read_in_two_ways(text in "s[0-9]{1,2}(\\.(b|scale|cascade|head|ema=)[a-z0-9+-]{0,3}){0,4}") {
            if let Ok(read) = text.parse::<Ablation>() {
                prop_assert_eq!(read.id().parse(), Ok(read));
            }
        }
    }

    #[test]
    fn words_and_short_forms_count_from_1() {
        for (id, words) in [
            ("s1.b2.scale3.head1", "stage 1, block 2: head 1 of scale 3 muted"),
            ("s2.b1.scale2", "stage 2, block 1: scale 2 muted"),
            ("s2.scale2", "stage 2, every block: scale 2 muted"),
            ("s2.b1.cascade2", "stage 2, block 1: cascade into scale 2 muted"),
            ("s2.cascade2", "stage 2, every block: cascade into scale 2 muted"),
            ("s3.ema=identity", "stage 3: EMA left out"),
            ("s3.ema=mean-gate", "stage 3: EMA spatial gate replaced by its mean"),
            ("s3.ema=p2-by-p1", "stage 3: EMA p2 replaced by p1"),
        ] {
            let ablation: Ablation = id.parse().unwrap();
            assert_eq!((ablation.id().as_str(), ablation.to_string().as_str()), (id, words));
        }
        let first = Ablation::MuteScale { stage: 1, block: Some(0), scale: 1 };
        assert_eq!("s2.b1.scale2".parse(), Ok(first));
    }

    #[test]
    fn other_texts_are_refused_with_what_is_expected() {
        for text in [
            "",
            "s1",
            "s0.scale1",
            "s1.scale",
            "s1.scale0",
            "s1.scale+1",
            "s1.b1",
            "s1.scale1.head1",
            "s1.ema=",
        ] {
            let message = text.parse::<Ablation>().unwrap_err().to_string();
            assert!(message.starts_with(&format!("{text:?} is no ablation; expected")), "{message}");
        }
    }
}
