//! What can be said to `posescope sweep`.

use std::path::PathBuf;

use super::network::AnyNetworkArgs;
use super::output::JsonArgs;
use super::people::PeopleArgs;
use super::view::{ViewArgs, capture_height};
use crate::pose::InputSize;

/// Capture heights of a sweep when none are named.
const CAPTURES: [u32; 7] = [16, 24, 32, 48, 64, 96, 128];

/// Arguments of `posescope sweep`.
#[derive(clap::Args, Clone, Debug)]
pub struct SweepArgs {
    #[command(flatten)]
    pub(crate) people: PeopleArgs,
    #[command(flatten)]
    pub(crate) network: AnyNetworkArgs,
    /// Rows the camera spends on a person's region
    #[arg(long, value_name = "ROWS", value_delimiter = ',', value_parser = capture_height,
        default_values_t = CAPTURES)]
    pub(crate) captures: Vec<u32>,
    /// Network inputs, height×width; of no use to MoveNet, but with --linked, where their heights are those captured
    /// [default: 32x24,64x48,96x72,128x96]
    #[arg(long, value_name = "SIZE", value_delimiter = ',')]
    pub(crate) sizes: Vec<InputSize>,
    /// Capture height equal to the network input, as the papers have it, instead of every pair
    #[arg(long, conflicts_with = "captures")]
    pub(crate) linked: bool,
    /// Average with the mirrored pass
    #[arg(long)]
    pub(crate) flip: bool,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    #[command(flatten)]
    pub(crate) output: JsonArgs,
    /// Write a row for each pair of capture height and network input
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
}
