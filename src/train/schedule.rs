//! The learning rate over a training.

use std::f64::consts::PI;

/// Share of the peak that is left at the end.
const FINAL_SHARE: f64 = 0.01;

/// The learning rate of a step: rises linearly over the first `warm_up` steps, and falls along half a cosine
/// (SGDR, arXiv 1608.03983, without restarts) from `peak` to a hundredth of it as `progress` goes from 0 to 1.
pub(super) fn learning_rate(peak: f64, step: u64, warm_up: u64, progress: f64) -> f64 {
    let warmth = ((step + 1) as f64 / warm_up.max(1) as f64).min(1.0);
    let cosine = 0.5 * (1.0 + (PI * progress.clamp(0.0, 1.0)).cos());
    peak * warmth * (FINAL_SHARE + (1.0 - FINAL_SHARE) * cosine)
}

/// The share of the old average that step number `step` (from 1) keeps. It starts low, so that the random first
/// weights are forgotten, and rises to `most`.
pub(super) fn average_share(step: u64, most: f64) -> f64 {
    ((1.0 + step as f64) / (10.0 + step as f64)).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_and_falls() {
        approx::assert_relative_eq!(learning_rate(2.0, 0, 10, 0.0), 0.2);
        approx::assert_relative_eq!(learning_rate(2.0, 9, 10, 0.0), 2.0);
        approx::assert_relative_eq!(learning_rate(2.0, 500, 10, 0.5), 1.01);
        approx::assert_relative_eq!(learning_rate(2.0, 500, 10, 1.0), 0.02);
        approx::assert_relative_eq!(learning_rate(2.0, 0, 0, 0.0), 2.0);
    }

    #[test]
    fn the_average_remembers_longer_and_longer() {
        assert_eq!(average_share(1, 0.9995), 2.0 / 11.0);
        assert_eq!(average_share(1_000_000, 0.9995), 0.9995);
    }
}
