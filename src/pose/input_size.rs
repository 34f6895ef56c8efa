//! The size of the picture that the network is given.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Rows and columns of an input picture. Ordered by height, then by width; written as `"64x48"` in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InputSize {
    height: u32,
    width: u32,
}

/// Why a size cannot be a network input.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InputSizeError {
    /// The network's windows do not tile the size, or it is too large.
    #[error(
        "{height}×{width} is no input size: expected a height of 32, 64, 96 … {max_height} rows and \
         a width of 24, 48, 72 … {max_width} columns",
        max_height = InputSize::MAX_HEIGHT,
        max_width = InputSize::MAX_WIDTH
    )]
    Unsupported {
        /// Rows as given.
        height: u32,
        /// Columns as given.
        width: u32,
    },
    /// The text does not hold two whole numbers.
    #[error("{0:?} is no input size: expected height×width, as in 64x48")]
    Unreadable(String),
}

impl InputSize {
    /// The height is a whole multiple of this many rows.
    pub const ROWS: u32 = 32;
    /// The width is a whole multiple of this many columns.
    pub const COLUMNS: u32 = 24;
    /// The largest height in rows.
    pub const MAX_HEIGHT: u32 = 512;
    /// The largest width in columns.
    pub const MAX_WIDTH: u32 = 384;

    /// The sizes at which the networks of this project are trained and compared.
    pub const STANDARD: [Self; 4] = [
        Self { height: 32, width: 24 },
        Self { height: 64, width: 48 },
        Self { height: 96, width: 72 },
        Self { height: 128, width: 96 },
    ];

    /// A size in pixels.
    ///
    /// # Errors
    /// When the height is not a whole multiple of 32 up to 512 or the width not one of 24 up to 384.
    pub fn new(height: u32, width: u32) -> Result<Self, InputSizeError> {
        let fits = |side: u32, step: u32, max: u32| side > 0 && side.is_multiple_of(step) && side <= max;
        if fits(height, Self::ROWS, Self::MAX_HEIGHT) && fits(width, Self::COLUMNS, Self::MAX_WIDTH) {
            Ok(Self { height, width })
        } else {
            Err(InputSizeError::Unsupported { height, width })
        }
    }

    /// Rows.
    pub const fn height(self) -> u32 {
        self.height
    }

    /// Columns.
    pub const fn width(self) -> u32 {
        self.width
    }
}

impl fmt::Display for InputSize {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{}×{}", self.height, self.width))
    }
}

impl FromStr for InputSize {
    type Err = InputSizeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unreadable = || InputSizeError::Unreadable(text.to_owned());
        let (height, width) = text.split_once(['x', '×']).ok_or_else(unreadable)?;
        let height = height.trim().parse().map_err(|_| unreadable())?;
        let width = width.trim().parse().map_err(|_| unreadable())?;
        Self::new(height, width)
    }
}

impl TryFrom<String> for InputSize {
    type Error = InputSizeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<InputSize> for String {
    fn from(size: InputSize) -> Self {
        format!("{}x{}", size.height, size.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_accepted_and_others_named() {
        for size in InputSize::STANDARD {
            assert_eq!(InputSize::new(size.height, size.width), Ok(size));
        }
        assert!(InputSize::new(512, 384).is_ok() && InputSize::new(64, 24).is_ok());
        for (height, width) in [(0, 24), (32, 0), (33, 24), (32, 32), (544, 24), (32, 408)] {
            let message = InputSize::new(height, width).unwrap_err().to_string();
            assert!(message.starts_with(&format!("{height}×{width} is no input size")), "{message}");
            assert!(message.contains("512 rows") && message.contains("384 columns"), "{message}");
        }
    }

    #[test]
    fn text_round_trips_with_either_cross() {
        let size = InputSize::STANDARD[2];
        assert_eq!(size.to_string(), "96×72");
        assert_eq!("96x72".parse(), Ok(size));
        assert_eq!("96×72".parse(), Ok(size));
        assert_eq!("96".parse::<InputSize>(), Err(InputSizeError::Unreadable("96".to_owned())));
        assert!(matches!("97x72".parse::<InputSize>(), Err(InputSizeError::Unsupported { .. })));
    }

    #[test]
    fn json_holds_the_plain_text_and_is_checked() {
        let json = serde_json::to_string(&InputSize::STANDARD[0]).unwrap();
        assert_eq!(json, "\"32x24\"");
        assert_eq!(serde_json::from_str::<InputSize>(&json).unwrap(), InputSize::STANDARD[0]);
        assert!(serde_json::from_str::<InputSize>("\"31x24\"").is_err());
    }
}
