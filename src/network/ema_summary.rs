//! What one EMA module does for one picture, in a few numbers.

use super::channel_weights::evenness;
use super::trace::EmaTrace;

/// Means over everything that one EMA module weighs for one picture, each 0 … 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EmaSummary {
    /// Which stage's output (0 … 2) the module stands on.
    pub stage: usize,
    /// [`evenness`] of p2, the mean over groups.
    pub entropy: f64,
    /// σ(w), the mean over groups and places.
    pub spatial: f64,
    /// σ(a), the mean over channels and rows.
    pub rows: f64,
    /// σ(b), the mean over channels and columns.
    pub columns: f64,
}

impl EmaTrace {
    /// The module in a few numbers.
    pub fn summary(&self) -> EmaSummary {
        let channels = self.channel_2.shape.get(1).copied().unwrap_or(0).max(1);
        EmaSummary {
            stage: self.stage,
            entropy: mean(self.channel_2.values.chunks_exact(channels).map(evenness)),
            spatial: mean(self.spatial.values.iter().copied()),
            rows: mean(self.gate_h.values.iter().copied()),
            columns: mean(self.gate_w.values.iter().copied()),
        }
    }
}

/// The mean, summed in double precision; 0 of nothing.
fn mean(values: impl Iterator<Item = f32>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + f64::from(value), count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::checkpoint::HostTensor;

    #[test]
    fn a_summary_is_the_means_of_what_is_weighed() {
        let tensor =
            |shape: &[usize], values: &[f32]| HostTensor { shape: shape.to_vec(), values: values.to_vec() };
        let trace = EmaTrace {
            stage: 1,
            gate_h: tensor(&[2, 2, 1], &[0.25, 0.5, 0.75, 0.5]),
            gate_w: tensor(&[2, 2, 1], &[0.0, 0.25, 0.25, 0.5]),
            channel_1: tensor(&[2, 2], &[0.5; 4]),
            channel_2: tensor(&[2, 2], &[1.0, 0.0, 0.5, 0.5]),
            spatial: tensor(&[2, 1, 2], &[0.5, 1.0, 0.5, 1.0]),
        };
        let expected = EmaSummary { stage: 1, entropy: 0.5, spatial: 0.75, rows: 0.5, columns: 0.25 };
        assert_eq!(trace.summary(), expected);
    }
}
