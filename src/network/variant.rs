//! The CMSA networks that have a name.

use std::str::FromStr;

use thiserror::Error;

/// A network of the paper (arXiv 2412.02197), or the one that is half as wide as its smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// CMSA-T: ours.
    Tiny,
    /// CMSA-S.
    Small,
    /// CMSA-B.
    Base,
    /// CMSA-L.
    Large,
}

/// A name that no network has.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("network configuration: there is no variant {0:?}; there are T, S, B and L")]
pub struct UnknownVariant(String);

impl Variant {
    /// Every variant, from narrow to wide.
    pub const ALL: [Self; 4] = [Self::Tiny, Self::Small, Self::Base, Self::Large];

    /// The letter that ends its published name.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Tiny => "T",
            Self::Small => "S",
            Self::Base => "B",
            Self::Large => "L",
        }
    }
}

impl FromStr for Variant {
    type Err = UnknownVariant;

    /// Reads the letter, in either case.
    fn from_str(text: &str) -> Result<Self, UnknownVariant> {
        let named = |variant: &Self| variant.letter().eq_ignore_ascii_case(text);
        Self::ALL.into_iter().find(named).ok_or_else(|| UnknownVariant(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_either_case_name_a_variant() {
        for variant in Variant::ALL {
            assert_eq!(variant.letter().parse(), Ok(variant));
            assert_eq!(variant.letter().to_lowercase().parse(), Ok(variant));
        }
        let message = "X".parse::<Variant>().unwrap_err().to_string();
        assert_eq!(message, "network configuration: there is no variant \"X\"; there are T, S, B and L");
    }
}
