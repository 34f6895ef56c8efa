//! The heights that a network is measured at.

use super::captured::Captured;
use crate::app::captures::CAPTURES;
use crate::pose::InputSize;

/// How many rows the camera spends on a person while a network is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heights {
    /// One number of rows for each input.
    One(Captured),
    /// Each of [`CAPTURES`] for each input: a curve for each.
    Every,
}

impl Default for Heights {
    fn default() -> Self {
        Self::One(Captured::default())
    }
}

impl Heights {
    /// Every choice, as a list shows them: most rows first.
    pub fn all() -> impl Iterator<Item = Self> {
        let rows = CAPTURES.into_iter().rev().map(|rows| Self::One(Captured::Rows(rows)));
        std::iter::once(Self::default()).chain(rows).chain([Self::Every])
    }

    /// The numbers of rows that are captured for an input, fewest first.
    pub fn rows(self, input: InputSize) -> Vec<u32> {
        match self {
            Self::One(Captured::AsInput) => vec![input.height()],
            Self::One(Captured::Rows(rows)) => vec![rows],
            Self::Every => CAPTURES.to_vec(),
        }
    }

    /// What a list calls it, for a network that always gets the same square or for one that minds its input.
    pub fn label(self, is_square: bool) -> String {
        match self {
            Self::One(Captured::AsInput) if is_square => "The rows ticked".to_owned(),
            Self::One(captured) => captured.label(),
            Self::Every => "Every height".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_the_heights_of_a_sweep_between_linked_and_all() {
        let labels: Vec<String> = Heights::all().map(|heights| heights.label(false)).collect();
        assert_eq!(labels.len(), CAPTURES.len() + 2);
        assert_eq!(&labels[..2], ["As many rows as the input", "128 rows"]);
        assert_eq!(&labels[8..], ["8 rows", "Every height"]);
        assert_eq!(Heights::default().label(true), "The rows ticked");
        let [small, ..] = InputSize::STANDARD;
        let rows: Vec<Vec<u32>> = Heights::all().map(|heights| heights.rows(small)).collect();
        assert_eq!((rows[0].as_slice(), rows[1].as_slice()), ([32].as_slice(), [128].as_slice()));
        assert_eq!(rows[9], CAPTURES);
    }
}
