//! The command line as a whole: a command, or what the window begins with.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use super::command::Command;
use crate::network::DeviceChoice;

/// What the exit codes say.
const EXIT_CODES: &str = "Exit codes: 0 all is done; 1 something failed, what could be done is done; 2 wrong usage; \
                          141 nobody reads standard output any more.";

/// See what a low-resolution human pose network sees: skeleton, multi-scale attention and EMA weights, live.
///
/// Without a command it opens the window.
#[derive(Parser)]
#[command(
    name = "posescope",
    // Whichever of the two programs is asked.
    bin_name = "posescope",
    version,
    args_conflicts_with_subcommands = true,
    after_help = EXIT_CODES
)]
pub struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) window: WindowArgs,
}

/// What the window begins with.
#[derive(clap::Args)]
pub struct WindowArgs {
    /// Picture, folder or video to open [default: a bundled example]
    pub(crate) picture: Option<PathBuf>,
    /// Weights: posescope safetensors or a published .pth file [default: the bundled network]
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,
    /// Where the network runs: auto, cpu or cuda [default: where it ran last]
    #[arg(long)]
    pub(crate) device: Option<DeviceChoice>,
    /// What draws the window
    #[arg(long, value_enum, default_value_t = Renderer::Glow)]
    pub(crate) renderer: Renderer,
}

/// What draws the window.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Renderer {
    /// OpenGL
    Glow,
    /// Vulkan, Metal, Direct3D or OpenGL through wgpu
    Wgpu,
}
