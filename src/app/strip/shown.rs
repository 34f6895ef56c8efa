//! What stands in a cell of the strip.

use crate::engine::Settings;
use crate::study::PersonPass;

/// How good the joints of a pass are, and compared with what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// OKS with labelled joints, 0 … 1.
    Oks(f64),
    /// OKS with what the same network finds at the reference resolution, 0 … 1.
    Agreement(f64),
    /// This is the reference itself.
    Reference,
    /// There is nothing to compare with.
    Unknown,
}

impl Verdict {
    /// Of a pass that was compared with labelled joints or with a pass at the reference settings.
    pub fn of(pass: &PersonPass, reference: Option<&Settings>) -> Self {
        match (pass.oks, pass.agreement) {
            (Some(oks), _) => Self::Oks(oks),
            (None, Some(_)) if reference == Some(&pass.settings) => Self::Reference,
            (None, Some(agreement)) => Self::Agreement(agreement),
            (None, None) => Self::Unknown,
        }
    }

    /// As it stands in the cell, shorter where there is no room for a word.
    pub fn figure(self, roomy: bool) -> String {
        match self {
            Self::Oks(value) | Self::Agreement(value) => format!("{value:.2}"),
            Self::Reference if roomy => "reference".into(),
            Self::Reference => "ref.".into(),
            Self::Unknown => "–".into(),
        }
    }

    /// For screen readers.
    pub fn name(self) -> String {
        match self {
            Self::Oks(value) => format!("OKS {value:.2}"),
            Self::Agreement(value) => format!("agreement {value:.2}"),
            Self::Reference => "the reference".into(),
            Self::Unknown => "nothing to compare with".into(),
        }
    }
}

/// A pass that stands in a cell.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What was found.
    pub pass: PersonPass,
    /// How good it is.
    pub verdict: Verdict,
    /// Which of the strip's subjects it is of, counted.
    pub generation: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_fixed_decimals() {
        assert_eq!(Verdict::Oks(0.6).figure(false), "0.60");
        assert_eq!(Verdict::Agreement(0.634).name(), "agreement 0.63");
        assert_eq!(
            (
                Verdict::Reference.figure(true),
                Verdict::Reference.figure(false),
                Verdict::Unknown.figure(true)
            ),
            ("reference".into(), "ref.".into(), "–".into())
        );
    }
}
