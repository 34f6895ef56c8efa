//! What tests of the window have in common.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui_kittest::Harness;

use super::{App, LaunchOptions};
use crate::engine::{NetworkInfo, Weights};
use crate::network::{DeviceChoice, NetworkConfig};

/// Generous, for slow machines; no test waits this long unless it fails.
const PATIENCE: Duration = Duration::from_secs(120);

/// A trained network of this make, for every standard size that it can take.
pub fn network(config: NetworkConfig) -> NetworkInfo {
    NetworkInfo::plain(Weights::Untrained(config.clone()).into(), config.name(), Some(config))
}

/// A file of the project.
pub fn here(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The window on a picture, with a network of the project.
pub fn window(picture: PathBuf, weights: &str) -> Harness<'static, App> {
    let options = LaunchOptions {
        picture: Some(picture),
        weights: Some(here(weights)),
        device: Some(DeviceChoice::Cpu),
    };
    Harness::builder()
        .with_size(egui::vec2(1440.0, 900.0))
        .with_max_steps(8)
        .build_eframe(|cc| App::new(cc, options).unwrap())
}

/// Draws frames until the window has come to what is waited for.
pub fn wait_for(harness: &mut Harness<'_, App>, what: &str, seen: impl Fn(&App) -> bool) {
    let started = Instant::now();
    while !seen(harness.state()) {
        assert!(started.elapsed() < PATIENCE, "the window never showed {what}");
        std::thread::sleep(Duration::from_millis(20));
        harness.step();
    }
}
