//! The window as tests drive it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use posescope::app::{App, LaunchOptions};
use posescope::network::DeviceChoice;

/// Generous, for slow machines; no test waits this long unless it fails.
const PATIENCE: Duration = Duration::from_secs(90);

pub fn here(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The window on a bundled picture with the tiny network of the golden numbers.
pub fn window() -> Harness<'static, App> {
    open(&here("assets/examples/astronaut.png"), here("tests/golden/calm.tiny_ema.weights.safetensors"))
}

pub fn open(picture: &Path, weights: PathBuf) -> Harness<'static, App> {
    let options = LaunchOptions {
        picture: Some(picture.to_path_buf()),
        weights: Some(weights),
        device: Some(DeviceChoice::Cpu),
    };
    Harness::builder()
        .with_size(egui::vec2(1440.0, 900.0))
        .with_max_steps(8)
        .build_eframe(|cc| App::new(cc, options).unwrap())
}

/// Draws frames until `seen` says that the window shows what is waited for.
pub fn wait_for(harness: &mut Harness<'_, App>, what: &str, seen: impl Fn(&Harness<'_, App>) -> bool) {
    let started = Instant::now();
    while !seen(harness) {
        assert!(started.elapsed() < PATIENCE, "the window never showed {what}");
        std::thread::sleep(Duration::from_millis(20));
        harness.step();
    }
    harness.run_steps(3);
}

pub fn shows(harness: &Harness<'_, App>, text: &str) -> bool {
    all_text(harness).contains(text)
}

/// Every label and value in the window, a line each.
pub fn all_text(harness: &Harness<'_, App>) -> String {
    let text = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        format!("{} {}", node.label().unwrap_or_default(), node.value().unwrap_or_default())
    };
    harness.query_all_by(|_| true).map(text).collect::<Vec<_>>().join("\n")
}

/// Whether the strip shows the labelled person at every capture height.
pub fn strip_is_full(harness: &Harness<'_, App>) -> bool {
    let text = all_text(harness);
    [128, 96, 64, 48, 32, 24, 16, 8].iter().all(|height| text.contains(&format!("\n{height} px, OKS ")))
}

/// Chooses the first entry of the palette whose name has these letters.
pub fn choose(harness: &mut Harness<'_, App>, letters: &str) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::P);
    wait_for(harness, "the palette", |h| shows(h, "Zoom to person"));
    harness.event(egui::Event::Text(letters.into()));
    harness.run_steps(3);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(2);
}

/// Opens the path box, types a path and presses Enter.
pub fn type_path(harness: &mut Harness<'_, App>, path: &Path) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    wait_for(harness, "the path box", |h| shows(h, "Open path"));
    harness.event(egui::Event::Text(path.display().to_string()));
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(2);
}

pub fn drag(harness: &mut Harness<'_, App>, from: egui::Pos2, by: egui::Vec2) {
    harness.hover_at(from);
    harness.run_steps(1);
    harness.drag_at(from);
    harness.run_steps(1);
    for step in 1..=4 {
        harness.hover_at(from + by * (step as f32 / 4.0));
        harness.run_steps(1);
    }
    harness.drop_at(from + by);
    harness.run_steps(3);
}

pub fn is_on(harness: &Harness<'_, App>, role: Role, label: &str) -> bool {
    let toggled = harness.get_by_role_and_label(role, label).accesskit_node().toggled();
    toggled == Some(egui::accesskit::Toggled::True)
}
