//! Where a command's answer goes.

use std::path::PathBuf;

/// Where the machine-readable form of a command's answer goes.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Output")]
pub struct JsonArgs {
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
    /// Write the JSON to this file
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}
