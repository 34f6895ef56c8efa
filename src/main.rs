//! The command line: without a subcommand it opens the window.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use posescope::app::{App, LaunchOptions};
use posescope::network::{DeviceChoice, keep_freed_memory};

/// See what a low-resolution human pose network sees: skeleton, multi-scale attention and EMA weights, live.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    /// Picture or folder to open.
    picture: Option<PathBuf>,
    /// Weights: posescope safetensors or a published .pth file.
    #[arg(long)]
    weights: Option<PathBuf>,
    /// Where the network runs: auto, cpu or cuda.
    #[arg(long)]
    device: Option<DeviceChoice>,
    /// What draws the window.
    #[arg(long, value_enum, default_value_t = Renderer::Glow)]
    renderer: Renderer,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Renderer {
    /// OpenGL.
    Glow,
    /// Vulkan, Metal, Direct3D or OpenGL through wgpu.
    Wgpu,
}

fn main() -> anyhow::Result<()> {
    keep_freed_memory();
    let filter = tracing_subscriber::EnvFilter::try_from_env("POSESCOPE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    window(Cli::parse())
}

fn window(cli: Cli) -> anyhow::Result<()> {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../assets/icon.png")).context("the icon")?;
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("posescope")
            .with_app_id("posescope")
            .with_icon(icon)
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([900.0, 560.0])
            .with_drag_and_drop(true),
        renderer: match cli.renderer {
            Renderer::Glow => eframe::Renderer::Glow,
            Renderer::Wgpu => eframe::Renderer::Wgpu,
        },
        ..Default::default()
    };
    let launch = LaunchOptions { picture: cli.picture, weights: cli.weights, device: cli.device };
    eframe::run_native("posescope", options, Box::new(|cc| Ok(Box::new(App::new(cc, launch)?))))
        .map_err(|error| anyhow::anyhow!("the window could not be opened: {error}"))
}
