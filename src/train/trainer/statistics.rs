//! Batch-norm statistics of a network that has learnt all it will.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use tch::Tensor;

use super::Trainer;
use crate::contained::contained;
use crate::network::BATCH_NORM_MOMENTUM;
use crate::pose::InputSize;
use crate::train::batch::Showing;
use crate::train::error::TrainError;
use crate::train::input_share::InputShare;
use crate::train::random::generator;
use crate::train::view::View;

/// Crops that the statistics of a size are of.
const CROPS: usize = 1024;
/// They are of no more times as many crops as there are.
const MOST_TIMES: usize = 8;
/// Stream of the random numbers that say whom; no step has this number.
const STREAM: u64 = u64::MAX - 1;
/// How the names of a norm's two statistics end.
const MEAN: &str = ".running_mean";
const VARIANCE: &str = ".running_var";

impl Trainer {
    /// Measures the averaged weights' batch-norm statistics anew at every input size, over crops as they are, unless it
    /// is to `stop` before all are measured. Gives whether all are, and says before each size which one it is.
    ///
    /// What has been averaged while learning belongs to weights that changed and to crops that were varied, and
    /// neither is what will be looked at. This is precise batch normalisation (Wu and Johnson, *Rethinking "Batch" in
    /// BatchNorm*, arXiv 2105.07576, section 3) on such pictures as are to be expected.
    ///
    /// # Errors
    /// When libtorch fails, mostly for lack of memory.
    pub(in crate::train) fn measure_statistics(
        &mut self,
        stop: impl Fn() -> bool,
        mut observe: impl FnMut(&Self, InputSize),
    ) -> Result<bool, TrainError> {
        let mut generator = generator(self.config.seed, STREAM);
        for share in self.config.sizes.clone() {
            observe(self, share.size);
            let failed = |problem| TrainError::Statistics {
                size: share.size.to_string(),
                batch: share.batch,
                problem,
            };
            let measured = contained(|| self.measured_at(share, &stop, &mut generator));
            match measured.unwrap_or_else(|stop| Err(failed(stop.line())))? {
                Some(statistics) => self.statistics.set_measured(share.size, statistics),
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// The statistics over all of some batches, in the layout of the averaged network's; none where it is to `stop`.
    fn measured_at(
        &self,
        share: InputShare,
        stop: &impl Fn() -> bool,
        generator: &mut ChaCha8Rng,
    ) -> Result<Option<Tensor>, TrainError> {
        self.statistics.enter_average(share.size, &self.average_parameters);
        let mut running = self.average_parameters.statistics();
        let before = running.copy();
        let (mut sum, mut squares) = (before.zeros_like(), before.zeros_like());
        let batches = CROPS.min(MOST_TIMES * self.crops.len()).div_ceil(share.batch);
        let views = vec![View::REGION; share.batch];
        for _ in 0..batches {
            if stop() {
                return Ok(None);
            }
            let indices: Vec<usize> = (0..share.batch).map(|_| self.people.draw(generator)).collect();
            let showing = Showing {
                indices: &indices,
                views: &views,
                appearances: &[],
                capture: None,
                size: share.size,
            };
            let pictures = showing.pictures(&self.crops);
            tch::no_grad(|| running.copy_(&before));
            tch::autocast(self.in_16_bits(), || self.average.network.follow_statistics(&pictures))?;
            // The running ones were moved a share of the way to the batch's: all the way is so many times as far.
            let batch = before.lerp(&running, 1.0 / BATCH_NORM_MOMENTUM);
            squares += &batch * &batch;
            sum += batch;
        }
        let statistics = sum / batches as f64;
        let spread = squares / batches as f64 - &statistics * &statistics;
        self.spread_means(&statistics, &spread);
        Ok(Some(statistics))
    }

    /// Makes the mean variance of some batches the variance of all: adds that of their means.
    fn spread_means(&self, statistics: &Tensor, spread: &Tensor) {
        let spread: BTreeMap<&str, Tensor> =
            self.average_parameters.named_statistics(spread).into_iter().collect();
        for (name, mut values) in self.average_parameters.named_statistics(statistics) {
            let Some(norm) = name.strip_suffix(VARIANCE) else { continue };
            if let Some(of_means) = spread.get(format!("{norm}{MEAN}").as_str()) {
                values += of_means;
            }
            // Rounding may leave less than nothing of a variance of 0.
            let _ = values.clamp_min_(0.0);
        }
    }
}
