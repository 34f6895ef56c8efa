//! Random numbers that belong to a step: whoever knows the seed and the step has the same ones, so that a
//! training that goes on draws what it would have drawn without the break.

use std::f64::consts::TAU;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The generator of one step.
pub(super) fn generator(seed: u64, step: u64) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(step);
    generator
}

/// Seeds libtorch's own generators, on every device, from the step's.
pub(super) fn seed_torch(generator: &mut ChaCha8Rng) {
    tch::manual_seed((generator.next_u64() >> 1) as i64);
}

/// A uniform number from `low` to `high`.
pub(super) fn uniform(generator: &mut ChaCha8Rng, low: f64, high: f64) -> f64 {
    low + (high - low) * generator.random::<f64>()
}

/// True in this share of cases.
pub(super) fn chance(generator: &mut ChaCha8Rng, share: f64) -> bool {
    generator.random::<f64>() < share
}

/// A standard normal number (Box and Muller 1958).
pub(super) fn normal(generator: &mut ChaCha8Rng) -> f64 {
    // From (0, 1], whose logarithm is finite.
    let radius = (-2.0 * (1.0 - generator.random::<f64>()).ln()).sqrt();
    radius * (TAU * generator.random::<f64>()).cos()
}

/// Draws indices in proportion to weights.
#[derive(Clone, Debug)]
pub(super) struct WeightedChoice {
    cumulative: Vec<f64>,
}

impl WeightedChoice {
    /// `None` unless some weight is above 0.
    pub fn new(weights: impl Iterator<Item = f64>) -> Option<Self> {
        let cumulative: Vec<f64> = weights
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum)
            })
            .collect();
        cumulative
            .last()
            .is_some_and(|total| total.is_finite() && *total > 0.0)
            .then_some(Self { cumulative })
    }

    /// The next index, with replacement.
    pub fn draw(&self, generator: &mut ChaCha8Rng) -> usize {
        let total = self.cumulative.last().copied().unwrap_or_default();
        let at = uniform(generator, 0.0, total);
        self.cumulative.partition_point(|sum| *sum <= at).min(self.cumulative.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_have_their_own_numbers() {
        let first = |seed, step| generator(seed, step).next_u64();
        assert_eq!(first(1, 5), first(1, 5));
        assert_ne!(first(1, 5), first(1, 6));
        assert_ne!(first(1, 5), first(2, 5));
    }

    #[test]
    fn normal_numbers_have_mean_0_and_deviation_1() {
        let mut generator = generator(0, 0);
        let numbers: Vec<f64> = (0..20_000).map(|_| normal(&mut generator)).collect();
        let mean = numbers.iter().sum::<f64>() / 20_000.0;
        let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 20_000.0;
        approx::assert_abs_diff_eq!(mean, 0.0, epsilon = 0.03);
        approx::assert_abs_diff_eq!(variance, 1.0, epsilon = 0.05);
    }

    #[test]
    fn choices_follow_their_weights() {
        let choice = WeightedChoice::new([1.0, 0.0, 3.0].into_iter()).unwrap();
        let mut generator = generator(0, 0);
        let mut counts = [0; 3];
        (0..8000).for_each(|_| counts[choice.draw(&mut generator)] += 1);
        assert_eq!(counts[1], 0);
        approx::assert_abs_diff_eq!(f64::from(counts[2]) / 8000.0, 0.75, epsilon = 0.03);
        assert!(
            WeightedChoice::new([0.0].into_iter()).is_none() && WeightedChoice::new([].into_iter()).is_none()
        );
    }
}
