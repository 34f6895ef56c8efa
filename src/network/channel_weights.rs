//! Weights that add up to 1 in numbers: how evenly they are spread, and how the channel weights of an EMA module differ
//! between two looks at a person.

use super::checkpoint::HostTensor;

/// Differences are compared in parts of one of so many.
const ALIKE: f64 = 1e5;

/// How evenly weights that add up to 1 are spread: their Shannon entropy over the logarithm of their number, from 0 (one
/// has all) to 1 (all alike, which a single one is).
pub fn evenness(weights: &[f32]) -> f32 {
    if weights.len() < 2 {
        return 1.0;
    }
    let entropy: f32 =
        weights.iter().filter(|weight| **weight > 0.0).map(|weight| -weight * weight.ln()).sum();
    // The sum of nothing but -0.0 has a sign, and weights round to a hair above 1.
    (entropy / (weights.len() as f32).ln()).max(0.0) + 0.0
}

/// The total variation between two lists of weights that each add up to 1: half the sum of their differences, which is
/// the share of weight that went from some channels to others, 0 … 1.
fn total_variation(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f32>() / 2.0
}

/// The weight of one channel in two looks at a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChannelChange {
    /// The group, from 0.
    pub group: usize,
    /// The channel within its group, from 0.
    pub channel: usize,
    /// Its weight in the look that is compared with.
    pub there: f32,
    /// Its weight in the look at hand.
    pub here: f32,
}

impl ChannelChange {
    /// How much larger the weight is here than there.
    pub fn difference(&self) -> f32 {
        self.here - self.there
    }
}

/// Every channel of weights `[G, c]` in two looks, the one that differs most first, those alike in order; none where the shapes are not those
/// of one module.
pub fn channel_changes(there: &HostTensor, here: &HostTensor) -> Option<Vec<ChannelChange>> {
    let channels = channels_of_both(there, here)?;
    let pairs = there.values.iter().zip(&here.values).enumerate();
    let mut changes: Vec<ChannelChange> = pairs
        .map(|(index, (there, here))| ChannelChange {
            group: index / channels,
            channel: index % channels,
            there: *there,
            here: *here,
        })
        .collect();
    // What one of two channels gains the other loses, but for the last digits, which are not the same on every machine.
    changes.sort_by_key(|change| {
        std::cmp::Reverse((f64::from(change.difference().abs()) * ALIKE).round() as u64)
    });
    Some(changes)
}

/// The total variation of each group between weights `[G, c]` in two looks; none where the shapes are not those of one
/// module.
pub fn group_variations(there: &HostTensor, here: &HostTensor) -> Option<Vec<f32>> {
    let channels = channels_of_both(there, here)?;
    let groups = there.values.chunks_exact(channels).zip(here.values.chunks_exact(channels));
    Some(groups.map(|(there, here)| total_variation(there, here)).collect())
}

/// Channels of a group, where both are weights of one module.
fn channels_of_both(there: &HostTensor, here: &HostTensor) -> Option<usize> {
    match here.shape[..] {
        [_, channels] if channels > 0 && there.shape == here.shape => Some(channels),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(groups: usize, values: &[f32]) -> HostTensor {
        HostTensor { shape: vec![groups, values.len() / groups], values: values.to_vec() }
    }

    #[test]
    fn evenness_goes_from_one_channel_to_all_alike() {
        assert_eq!(evenness(&[0.0, 1.0, 0.0]), 0.0);
        assert!((evenness(&[0.25; 4]) - 1.0).abs() < 1e-6);
        assert_eq!(evenness(&[1.0]), 1.0);
        // Two of four channels share all: ln 2 of ln 4.
        assert!((evenness(&[0.5, 0.0, 0.5, 0.0]) - 0.5).abs() < 1e-6);
        // -(0.75 ln 0.75 + 0.25 ln 0.25) / ln 2 = 0.811278.
        assert!((evenness(&[0.75, 0.25]) - 0.811_278).abs() < 1e-5);
    }

    #[test]
    fn total_variation_is_the_weight_that_moved() {
        assert_eq!(total_variation(&[0.5, 0.5], &[0.5, 0.5]), 0.0);
        assert_eq!(total_variation(&[1.0, 0.0], &[0.0, 1.0]), 1.0);
        assert_eq!(total_variation(&[0.5, 0.25, 0.25], &[0.25, 0.25, 0.5]), 0.25);
    }

    #[test]
    fn the_channel_that_changes_most_comes_first() {
        let there = weights(2, &[0.5, 0.5, 0.75, 0.25]);
        let here = weights(2, &[0.375, 0.625, 0.25, 0.75]);
        let changes = channel_changes(&there, &here).unwrap();
        let first = ChannelChange { group: 1, channel: 0, there: 0.75, here: 0.25 };
        assert_eq!((changes[0], changes[0].difference()), (first, -0.5));
        assert_eq!(
            (changes[3].group, changes[3].channel),
            (0, 1),
            "equal changes stay in the order of channels"
        );
        assert_eq!(group_variations(&there, &here).unwrap(), [0.125, 0.5]);
        let other = weights(1, &[0.25; 4]);
        assert_eq!((channel_changes(&other, &here), group_variations(&other, &here)), (None, None));
    }
}
