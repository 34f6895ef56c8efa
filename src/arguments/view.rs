//! How a command looks at people: the simulated camera and the reading of heatmaps.

use clap::value_parser;

use crate::pose::{MAX_HEIGHT, MIN_HEIGHT};

/// A way to read joints off heatmaps, as the command line names it.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecoderChoice {
    /// A Taylor step on the logarithm of the smoothed map
    #[default]
    Dark,
    /// A quarter of a pixel toward the higher neighbour
    Quarter,
}

/// The camera that is simulated, and how joints are read off heatmaps.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "View")]
pub struct ViewArgs {
    /// Shrink by plain bilinear sampling, which aliases, as published low-resolution protocols do
    #[arg(long)]
    pub bilinear: bool,
    /// Standard deviation of the sensor's noise, 0 to 1 of full scale
    #[arg(long, value_name = "SIGMA", default_value_t = 0.0, value_parser = noise)]
    pub noise: f32,
    /// Compress the capture as a JPEG of this quality, 1 to 100
    #[arg(long, value_name = "QUALITY", value_parser = value_parser!(u8).range(1..=100))]
    pub jpeg: Option<u8>,
    /// How joints are read off heatmaps
    #[arg(long, value_enum, default_value_t)]
    pub decoder: DecoderChoice,
}

/// Reads a capture height in pixels, within what the simulated camera can do.
pub fn capture_height(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(height) if (MIN_HEIGHT..=MAX_HEIGHT).contains(&height) => Ok(height),
        _ => Err(format!("expected a whole number of pixels from {MIN_HEIGHT} to {MAX_HEIGHT}")),
    }
}

fn noise(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(noise) if (0.0..=1.0).contains(&noise) => Ok(noise),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}
