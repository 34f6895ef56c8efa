//! What views look like.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions};
use posescope::app::App;

use super::driver::{choose, here, open, shows, strip_is_full, wait_for, window};

/// Pixels that may differ: the last digits of what a network finds are not the same on every processor.
const DIFFERING: usize = 20;

#[test]
fn views_look_as_they_did() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy") && shows(h, "Scale 1 of stage 1"));
    wait_for(&mut harness, "the strip", strip_is_full);
    harness.key_press(egui::Key::A);
    harness.key_press(egui::Key::G);
    snapshot(&mut harness, "attention");
    harness.key_press(egui::Key::F3);
    harness.key_press(egui::Key::H);
    wait_for(&mut harness, "the largest size", |h| shows(h, "(mean total variation), at most"));
    snapshot(&mut harness, "ema");
    harness.key_press(egui::Key::F4);
    harness.key_press(egui::Key::F9);
    snapshot(&mut harness, "joints_light");
}

#[test]
fn views_that_compare_and_explain_look_as_they_did() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    wait_for(&mut harness, "the strip", strip_is_full);
    harness.key_press(egui::Key::C);
    wait_for(&mut harness, "which side is better", |h| {
        shows(h, " is better: OKS ") || shows(h, "equally good")
    });
    choose(&mut harness, "compare: diff");
    wait_for(&mut harness, "the legend of the heatmaps", |h| shows(h, "Heatmap, B less A (all joints)"));
    snapshot(&mut harness, "compare");
    harness.key_press(egui::Key::C);
    harness.key_press(egui::Key::M);
    wait_for(&mut harness, "patches", |h| shows(h, " patches"));
    harness.get_by_label("1/4").click_accesskit();
    wait_for(&mut harness, "all coarse patches", |h| shows(h, "12 of 12 patches"));
    snapshot(&mut harness, "what_matters");
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::F1);
    wait_for(&mut harness, "the text of the panel", |h| shows(h, "The marked pixel asks"));
    snapshot(&mut harness, "how_to_read");
}

#[test]
fn parts_left_out_and_attention_across_sizes_look_as_they_did() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    choose(&mut harness, "attention across");
    wait_for(&mut harness, "every input", |h| {
        shows(h, "Scale 1 of block 2 at 128×96") && !shows(h, "not looked at yet")
    });
    wait_for(&mut harness, "the strip", strip_is_full);
    snapshot(&mut harness, "across_sizes");
    harness.key_press(egui::Key::F5);
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::CheckBox, "stage 1, block 2: scale 1 muted").click();
    wait_for(&mut harness, "how far joints moved", |h| shows(h, "of the height"));
    wait_for(&mut harness, "the strip without that part", |h| strip_is_full(h) && !shows(h, "not current"));
    snapshot(&mut harness, "what_if");
}

#[test]
fn a_large_sweep_looks_as_it_did() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    wait_for(&mut harness, "the strip", strip_is_full);
    harness.key_press(egui::Key::F6);
    harness.run_steps(2);
    harness.get_by_label("Run").click();
    wait_for(&mut harness, "every curve", |h| shows(h, "One person."));
    harness.key_press(egui::Key::F10);
    harness.run_steps(3);
    snapshot(&mut harness, "large_sweep");
}

#[test]
fn a_measured_data_set_looks_as_it_did() {
    // A trained network: what a random one finds hangs on the last bits of the machine's numbers.
    let picture = here("assets/examples/standing_officer_1919.jpg");
    let mut harness = open(&picture, here("models/posescope.safetensors"));
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    wait_for(&mut harness, "the strip", strip_is_full);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::D);
    harness.run_steps(3);
    harness.get_by_label("Type path…").click();
    harness.run_steps(3);
    harness.event(egui::Event::Text(here("assets/examples/keypoints.json").display().to_string()));
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    wait_for(&mut harness, "the set", |h| shows(h, "40 people in 11 pictures"));
    for input in ["96×72", "128×96"] {
        harness.get_by_role_and_label(Role::CheckBox, input).click();
    }
    harness.run_steps(3);
    harness.get_by_label("Run").click();
    let crops = |h: &Harness<'_, App>| h.query_all_by_label_contains("Crop of ").count();
    wait_for(&mut harness, "figures of both inputs", |h| {
        shows(h, "People, ") && h.query_by_label("Run").is_some()
    });
    wait_for(&mut harness, "the crops of everybody in sight", |h| {
        let links = h.query_all_by_role(Role::Link).count();
        links > 0 && crops(h) == links
    });
    snapshot(&mut harness, "data_set");
}

/// Compares with the picture in `tests/snapshots`, but for times and paths, which differ from run to run.
fn snapshot(harness: &mut Harness<'_, App>, name: &str) {
    harness.remove_cursor();
    harness.run_steps(4);
    harness.mask(egui::Rect::from_min_max(egui::pos2(250.0, 877.0), egui::pos2(1440.0, 900.0)));
    // The lowest line of the strip's cells.
    let cells = ["128 px, OKS", "16 px, OKS"].map(|label| harness.get_by_label_contains(label).rect());
    let (left, right) =
        (cells[0].left_bottom(), cells[1].right_bottom() + egui::vec2(cells[1].width() + 8.0, 0.0));
    harness.mask(egui::Rect::from_min_max(left - egui::vec2(0.0, 14.0), right));
    // What both sides of a comparison take: a text as wide as its numbers, which ends at the right.
    if let Some(times) = harness.query_by_label_contains(" ms · B ").map(|node| node.rect()) {
        harness.mask(egui::Rect::from_min_max(
            egui::pos2(times.right() - 260.0, times.top() - 2.0),
            times.max + egui::vec2(4.0, 2.0),
        ));
    }
    let rect_of = |harness: &Harness<'_, App>, label: &str| {
        harness.query_by_label_contains(label).map(|node| node.rect())
    };
    // The plot of times with the marks at its sides.
    if let Some(times) = rect_of(harness, "Milliseconds a person against capture height") {
        harness.mask(times.expand2(egui::vec2(60.0, 24.0)));
    }
    // The path of a data set, which hangs on where the tests run, as does how wide it is.
    if let Some(path) = rect_of(harness, "assets/examples/keypoints.json") {
        harness.mask(egui::Rect::from_min_max(path.min, egui::pos2(path.left() + 560.0, path.bottom())));
    }
    harness.snapshot_options(name, &SnapshotOptions::new().max_failed_pixels(DIFFERING));
}
