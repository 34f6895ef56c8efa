//! What can be said to `posescope bench`.

use clap::value_parser;

use super::network::NetworkArgs;
use super::output::JsonArgs;
use crate::network::Variant;
use crate::pose::InputSize;

/// Arguments of `posescope bench`.
#[derive(clap::Args, Clone, Debug)]
pub struct BenchArgs {
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    /// Random weights of this variant instead of a file: T, S, B or L
    #[arg(long, value_name = "VARIANT", conflicts_with = "weights")]
    pub(crate) variant: Option<Variant>,
    /// Network inputs, height×width [default: 32x24,64x48,96x72,128x96]
    #[arg(long, value_name = "SIZE", value_delimiter = ',')]
    pub(crate) sizes: Vec<InputSize>,
    /// People in a batch
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [1, 16],
        value_parser = value_parser!(i64).range(1..=1024))]
    pub(crate) batches: Vec<i64>,
    /// Threads of libtorch [default: those it takes by itself]
    #[arg(long, value_name = "N", value_delimiter = ',', value_parser = value_parser!(i32).range(1..=1024))]
    pub(crate) threads: Vec<i32>,
    /// Timed runs, of which the median is given
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = value_parser!(u32).range(1..=100_000))]
    pub(crate) runs: u32,
    #[command(flatten)]
    pub(crate) output: JsonArgs,
}
