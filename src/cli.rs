//! Does what the command line says: without a subcommand it opens the window.

use anyhow::Context;

use crate::app::{App, LaunchOptions};
use crate::arguments::{Cli, Renderer, WindowArgs};
use crate::command;
use crate::network::keep_freed_memory;

/// Where a display is named on Linux.
const DISPLAYS: [&str; 3] = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];

/// Does what the command line says.
///
/// # Errors
/// What went wrong, in one line that names the file or tensor at fault.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    keep_freed_memory();
    let filter = tracing_subscriber::EnvFilter::try_from_env("POSESCOPE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli.command {
        Some(command) => command::run(command),
        None => window(cli.window),
    }
}

/// Whether a variable of the environment says something.
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn window(args: WindowArgs) -> anyhow::Result<()> {
    if cfg!(target_os = "linux") && !DISPLAYS.iter().any(|name| is_set(name)) {
        anyhow::bail!(
            "the window needs a display, and none of {} names one that answers; the commands need none, see --help",
            DISPLAYS.join(", ")
        );
    }
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../assets/icon.png")).context("the icon")?;
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("posescope")
            .with_app_id("posescope")
            .with_icon(icon)
            .with_inner_size([1440.0, 900.0])
            .with_clamp_size_to_monitor_size(true)
            .with_drag_and_drop(true),
        renderer: match args.renderer {
            Renderer::Glow => eframe::Renderer::Glow,
            Renderer::Wgpu => eframe::Renderer::Wgpu,
        },
        ..Default::default()
    };
    let launch = LaunchOptions { picture: args.picture, weights: args.weights, device: args.device };
    eframe::run_native("posescope", options, Box::new(|cc| Ok(Box::new(App::new(cc, launch)?))))
        .map_err(|error| anyhow::anyhow!("the window could not be opened: {error}"))
}
