//! Networks of every kind, and what the window says of them.

use egui_kittest::kittest::Queryable;
use posescope::network::{BuiltNetwork, NetworkConfig, Precision, SIZES_KEY, TRAINED_KEY, write_safetensors};
use tch::Device;

use super::driver::{all_text, choose, here, open, shows, wait_for, window};

#[test]
fn untrained_weights_are_told_and_still_traced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("untrained.safetensors");
    let built = BuiltNetwork::untrained(NetworkConfig::tiny().with_ema(8), Device::Cpu).unwrap();
    let metadata = [(TRAINED_KEY.to_string(), "false".to_string())].into();
    write_safetensors(&path, &built.to_host().unwrap(), metadata, Precision::Float16).unwrap();
    let mut harness = open(&here("assets/examples/camera.png"), path);
    wait_for(&mut harness, "the banner", |h| shows(h, "This network is untrained"));
    wait_for(&mut harness, "its attention", |h| shows(h, "Scale 3 of stage 1"));
}

#[test]
fn sizes_that_the_weights_never_learned_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.safetensors");
    let built = BuiltNetwork::untrained(NetworkConfig::tiny().with_ema(8), Device::Cpu).unwrap();
    let metadata = [(SIZES_KEY.to_string(), r#"["32x24"]"#.to_string())].into();
    write_safetensors(&path, &built.to_host().unwrap(), metadata, Precision::Float16).unwrap();
    let folder_picture = folder.path().join("unlabelled.png");
    std::fs::copy(here("assets/examples/camera.png"), &folder_picture).unwrap();
    let mut harness = open(&folder_picture, path);
    wait_for(&mut harness, "the agreement", |h| shows(h, "OKS against 32×24"));
    assert!(shows(&harness, "Not trained at this size"), "{}", all_text(&harness));
    harness.key_press(egui::Key::OpenBracket);
    wait_for(&mut harness, "a size it learned", |h| shows(h, "Trained at this size"));
    wait_for(&mut harness, "that this is the reference", |h| {
        shows(h, "This is the reference itself: no score")
    });
    // Captures close to the reference may well agree with it.
    harness.key_press(egui::Key::F11);
    harness.run_steps(3);
    assert!(!shows(&harness, "1.00"), "the reference has no agreement with itself");
    assert!(!shows(&harness, "Not trained at this size"));
}

#[test]
fn the_network_is_told_with_its_card() {
    let folder = tempfile::tempdir().unwrap();
    let weights = folder.path().join("small.safetensors");
    let built = BuiltNetwork::untrained(NetworkConfig::tiny().with_ema(8), Device::Cpu).unwrap();
    let metadata = [(SIZES_KEY.to_string(), r#"["32x24","64x48"]"#.to_string())].into();
    write_safetensors(&weights, &built.to_host().unwrap(), metadata, Precision::Float16).unwrap();
    let card = "# A small network\n\nIt finds *nobody*.\n\n| input | AP |\n|---|---|\n| 32×24 | 12.3 |\n";
    std::fs::write(weights.with_extension("md"), card).unwrap();
    let mut harness = open(&here("assets/examples/astronaut.png"), weights);
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::I);
    wait_for(&mut harness, "the card", |h| shows(h, "A small network") && shows(h, "12.3"));
    for fact in ["32×24, 64×48", "8 channel groups", "1, 1, 1; 2, 2; 2, 2", "small.safetensors"] {
        assert!(shows(&harness, fact), "{fact} is missing in\n{}", all_text(&harness));
    }
    harness.key_press(egui::Key::Escape);
    wait_for(&mut harness, "no card", |h| !shows(h, "A small network"));
}

#[test]
fn a_network_that_cannot_be_read_at_the_start_is_told_and_another_one_used() {
    let mut harness = open(&here("assets/examples/astronaut.png"), here("Cargo.toml"));
    wait_for(&mut harness, "what is wrong with the weights", |h| shows(h, "Cargo.toml"));
    wait_for(&mut harness, "an answer all the same", |h| shows(h, "Accuracy"));
}

#[test]
fn movenet_says_what_it_does_not_have_and_cmsa_comes_back() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Scale 1 of stage 1"));
    choose(&mut harness, "movenet thun");
    wait_for(&mut harness, "that it has no attention", |h| shows(h, "MoveNet thunder has no attention"));
    wait_for(&mut harness, "its answer", |h| shows(h, "Captured at 64×48, a square of it enlarged"));
    for text in
        ["Not used: always 256×256", "no attention, windows or heatmaps to draw", "against keypoints.json"]
    {
        assert!(shows(&harness, text), "{text} is missing in\n{}", all_text(&harness));
    }
    harness.key_press(egui::Key::F3);
    wait_for(&mut harness, "that it has no EMA", |h| shows(h, "MoveNet thunder has no EMA modules"));
    harness.key_press(egui::Key::F4);
    wait_for(&mut harness, "its joints", |h| shows(h, "no heatmaps.") && shows(h, "left shoulder"));
    harness.key_press(egui::Key::CloseBracket);
    wait_for(&mut harness, "a larger capture", |h| shows(h, "Captured at 96×72"));
    choose(&mut harness, "cmsa (bun");
    wait_for(&mut harness, "the bundled network", |h| shows(h, "96×72 pixels, captured at 96×72"));
    assert!(!shows(&harness, "Not used: always"), "{}", all_text(&harness));
}

#[test]
fn weights_that_failed_at_the_start_are_listed() {
    let mut harness = open(&here("assets/examples/astronaut.png"), here("Cargo.toml"));
    wait_for(&mut harness, "an answer all the same", |h| shows(h, "Accuracy"));
    harness.get_by_label("Close this message").click();
    wait_for(&mut harness, "no error in the corner", |h| !shows(h, "Cargo.toml"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::M);
    wait_for(&mut harness, "the list", |h| shows(h, "Cargo.toml") && shows(h, "Copy all"));
}
