//! What can be said to `posescope eval`.

use std::path::PathBuf;

use super::data::DataArgs;
use super::network::AnyNetworkArgs;
use super::output::JsonArgs;
use super::view::{ViewArgs, capture_height};
use crate::pose::InputSize;

/// Arguments of `posescope eval`.
#[derive(clap::Args, Clone, Debug)]
pub struct EvalArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    #[command(flatten)]
    pub(crate) network: AnyNetworkArgs,
    /// Network inputs, height×width; to MoveNet only their heights count, as those captured
    /// [default: 32x24,64x48,96x72,128x96]
    #[arg(long, value_name = "SIZE", value_delimiter = ',')]
    pub(crate) sizes: Vec<InputSize>,
    /// Rows the camera spends on a person's region [default: those of the network input]
    #[arg(long, value_name = "ROWS", value_parser = capture_height)]
    pub(crate) capture: Option<u32>,
    /// Average with the mirrored pass, as published figures of CMSA do; this is the default of CMSA, and not of MoveNet,
    /// whose figures are of one pass
    #[arg(long, conflicts_with = "no_flip")]
    pub(crate) flip: bool,
    /// Leave the mirrored pass out
    #[arg(long)]
    pub(crate) no_flip: bool,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    #[command(flatten)]
    pub(crate) output: JsonArgs,
    /// Write the joints found as COCO results; takes a single size
    #[arg(long, value_name = "FILE")]
    pub(crate) detections: Option<PathBuf>,
    /// Score the joints in a COCO results file that any program has written, instead of running a network; no pictures
    /// are opened
    #[arg(long, value_name = "FILE", conflicts_with_all = ["weights", "device", "network", "sizes", "capture", "flip",
        "no_flip", "bilinear", "noise", "jpeg", "decoder", "detections", "pictures", "skip_missing", "turn_labels"])]
    pub(crate) results: Option<PathBuf>,
}
