//! What can be said to `posescope convert`.

use std::path::PathBuf;

/// Arguments of `posescope convert`.
#[derive(clap::Args, Clone, Debug)]
pub struct ConvertArgs {
    /// Weights to read: safetensors, or a .pth in the published layout
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,
    /// Safetensors file to write; an existing one is replaced
    #[arg(value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// Write 16-bit floats: half the size, widened again on loading
    #[arg(long)]
    pub(crate) half: bool,
    /// Print what the network is as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
