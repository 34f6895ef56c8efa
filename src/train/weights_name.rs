//! What the weights of a training may be called.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The name of the checkpoint, which no other file may have.
pub(super) const CHECKPOINT: &str = "last";
/// Longest name of the weights, in bytes; file systems take 255, ending included.
const LONGEST_NAME: usize = 200;
/// What the weights may be called.
const NAME_RULE: &str = "the plain name of a file, without folder and ending, of at most 200 bytes, that does not \
                         begin with a dot and is not \"last\", which is the checkpoint";

/// The name of the weights' file, without its ending. It neither leaves its folder nor takes the checkpoint's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightsName(String);

/// Weights cannot be called so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} as the name of the weights: expected {NAME_RULE}")]
pub struct WeightsNameError(String);

impl FromStr for WeightsName {
    type Err = WeightsNameError;

    fn from_str(name: &str) -> Result<Self, WeightsNameError> {
        let foreign = |letter: char| matches!(letter, '/' | '\\' | ':') || letter.is_control();
        let usable = !name.trim().is_empty()
            && name.len() <= LONGEST_NAME
            && !name.starts_with('.')
            // Some file systems take both for one.
            && !name.eq_ignore_ascii_case(CHECKPOINT)
            && !name.contains(foreign);
        match usable {
            true => Ok(Self(name.to_owned())),
            false => Err(WeightsNameError(name.to_owned())),
        }
    }
}

impl fmt::Display for WeightsName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_stay_in_their_folder_and_leave_the_checkpoint_alone() {
        for name in ["cmsa-s-ema", "last-2", "two words", "été", "v1.2"] {
            assert_eq!(name.parse::<WeightsName>().unwrap().to_string(), name);
        }
        let long = "x".repeat(LONGEST_NAME + 1);
        for name in ["", " ", "last", "LAST", "..", ".x", "../x", "no/such/x", "a\\b", "C:x", "a\0", &long] {
            let message = name.parse::<WeightsName>().unwrap_err().to_string();
            assert!(message.starts_with(&format!("{name:?} as the name")), "{message}");
            assert!(message.contains("expected the plain name of a file"), "{message}");
        }
    }
}
