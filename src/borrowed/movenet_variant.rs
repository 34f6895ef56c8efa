//! Which MoveNet.

use serde::{Deserialize, Serialize};

/// The two networks of MoveNet for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MoveNetVariant {
    /// The more accurate one: 6.2 million parameters, squares of 256 pixels.
    #[serde(rename = "movenet-thunder")]
    Thunder,
    /// The faster one: 2.3 million parameters, squares of 192 pixels.
    #[serde(rename = "movenet-lightning")]
    Lightning,
}

impl MoveNetVariant {
    /// Every variant.
    pub const ALL: [Self; 2] = [Self::Thunder, Self::Lightning];

    /// Name for people to read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thunder => "MoveNet thunder",
            Self::Lightning => "MoveNet lightning",
        }
    }

    /// Name on a command line and in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Thunder => "movenet-thunder",
            Self::Lightning => "movenet-lightning",
        }
    }

    /// Width and height in pixels of the squares it takes.
    pub fn side(self) -> u32 {
        match self {
            Self::Thunder => 256,
            Self::Lightning => 192,
        }
    }
}

impl std::str::FromStr for MoveNetVariant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|variant| variant.id() == text).ok_or_else(|| {
            let ids = Self::ALL.map(Self::id).join(" or ");
            format!("{text:?} is no borrowed network; expected {ids}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_its_variant_on_the_command_line_and_in_files() {
        for variant in MoveNetVariant::ALL {
            assert_eq!(variant.id().parse(), Ok(variant));
            assert_eq!(serde_json::to_value(variant).unwrap(), variant.id());
        }
        let message = "thunder".parse::<MoveNetVariant>().unwrap_err();
        assert_eq!(
            message,
            "\"thunder\" is no borrowed network; expected movenet-thunder or movenet-lightning"
        );
    }
}
