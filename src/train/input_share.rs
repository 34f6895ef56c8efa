//! An input size of a training, and how much of the training it gets.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::pose::InputSize;

/// Crops in a step and share of the steps of each standard size: a step costs about the same at every size, and
/// small sizes, which this project is about, come more often.
const STANDARD: [(usize, f64); 4] = [(512, 0.40), (256, 0.33), (128, 0.17), (96, 0.10)];

/// One of the input sizes that a network is trained at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputShare {
    /// Rows and columns.
    pub size: InputSize,
    /// Crops in a step at this size.
    pub batch: usize,
    /// How often this size is drawn, relative to the others.
    pub share: f64,
}

/// A batch or share that is out of range.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("training configuration: {0}")]
pub struct InputShareError(String);

impl InputShare {
    /// The four standard sizes, with batches for a GPU.
    pub fn standard() -> Vec<Self> {
        let sizes = InputSize::STANDARD.into_iter().zip(STANDARD);
        sizes.map(|(size, (batch, share))| Self { size, batch, share }).collect()
    }

    /// The share that [`Self::standard`] gives to a size; a size between takes that of the next larger one.
    fn usual(size: InputSize) -> Self {
        let standard = Self::standard();
        let found = standard.iter().find(|known| known.size.height() >= size.height()).or(standard.last());
        let (batch, share) = found.map_or((1, 1.0), |known| (known.batch, known.share));
        Self { size, batch, share }
    }

    pub(super) fn check(&self) -> Result<(), InputShareError> {
        let fail = |problem: String| Err(InputShareError(problem));
        if !(1..=65_536).contains(&self.batch) {
            return fail(format!("{} has {} crops in a step, expected 1 to 65536", self.size, self.batch));
        }
        if !(self.share.is_finite() && self.share > 0.0) {
            return fail(format!("{} has a share of {}, expected a number above 0", self.size, self.share));
        }
        Ok(())
    }
}

impl FromStr for InputShare {
    type Err = String;

    /// `SIZE[:BATCH[:SHARE]]`, as in `32x24:512:0.4`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split(':');
        let size: InputSize = parts
            .next()
            .unwrap_or_default()
            .parse()
            .map_err(|e: crate::pose::InputSizeError| e.to_string())?;
        let mut share = Self::usual(size);
        if let Some(batch) = parts.next() {
            share.batch =
                batch.parse().map_err(|_| format!("{batch:?} is no number of crops in {text:?}"))?;
        }
        if let Some(part) = parts.next() {
            share.share = part.parse().map_err(|_| format!("{part:?} is no share in {text:?}"))?;
        }
        if parts.next().is_some() {
            return Err(format!("{text:?}: expected size:crops:share, as in 32x24:512:0.4"));
        }
        share.check().map_err(|error| error.to_string())?;
        Ok(share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_may_leave_out_batch_and_share() {
        let standard = InputShare::standard();
        assert_eq!("32x24".parse(), Ok(standard[0]));
        assert_eq!("64x48:8".parse(), Ok(InputShare { batch: 8, ..standard[1] }));
        assert_eq!("96x72:8:2".parse(), Ok(InputShare { batch: 8, share: 2.0, ..standard[2] }));
        assert_eq!("256x192".parse::<InputShare>().map(|share| share.batch), Ok(96));
        for wrong in ["33x24", "32x24:x", "32x24:0", "32x24:1:0", "32x24:1:1:1", ""] {
            assert!(wrong.parse::<InputShare>().is_err(), "{wrong}");
        }
    }
}
