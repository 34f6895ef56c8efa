//! What can be said to `posescope ablate`.

use std::path::PathBuf;

use super::network::AnyNetworkArgs;
use super::output::JsonArgs;
use super::people::PeopleArgs;
use super::view::{ViewArgs, capture_height};
use crate::pose::InputSize;

/// Arguments of `posescope ablate`.
#[derive(clap::Args, Clone, Debug)]
pub struct AblateArgs {
    #[command(flatten)]
    pub(crate) people: PeopleArgs,
    #[command(flatten)]
    pub(crate) network: AnyNetworkArgs,
    /// Network inputs, height×width; each is a table of its own
    #[arg(long, visible_alias = "size", value_name = "SIZE", value_delimiter = ',', default_value = "64x48")]
    pub(crate) sizes: Vec<InputSize>,
    /// Rows the camera spends on a person's region [default: those of the network input]
    #[arg(long, value_name = "ROWS", value_parser = capture_height)]
    pub(crate) capture: Option<u32>,
    /// Average with the mirrored pass
    #[arg(long)]
    pub(crate) flip: bool,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    #[command(flatten)]
    pub(crate) output: JsonArgs,
    /// Write a row for each part and network input
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
}
