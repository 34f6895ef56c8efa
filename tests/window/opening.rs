//! Pictures, folders and labels are opened, and what cannot be is told.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

use super::driver::{all_text, drag, here, open, shows, type_path, wait_for, window};

#[test]
fn a_picture_opens_with_skeleton_accuracy_and_attention() {
    let mut harness = window();
    wait_for(&mut harness, "the accuracy", |h| shows(h, "Accuracy") && shows(h, "64×48 pixels"));
    for text in [
        "Picture astronaut.png",
        "against keypoints.json",
        "Scale 1 of stage 1",
        "Scale 3 of stage 1",
        "1 person",
    ] {
        assert!(shows(&harness, text), "{text} is missing in\n{}", all_text(&harness));
    }
    assert!(!shows(&harness, "untrained"), "weights from a file are taken for trained");
}

#[test]
fn people_are_found_in_a_picture_without_labels() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("unlabelled.jpg");
    std::fs::copy(here("assets/examples/ice_rink_small_people_1913.jpg"), &picture).unwrap();
    let mut harness = open(&picture, here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "a search", |h| shows(h, "Looking for people…") && shows(h, "0 people"));
    wait_for(&mut harness, "those who were found", |h| shows(h, "Person 2"));
    assert!(!shows(&harness, "whole picture") && !shows(&harness, "Looking for people"));
    wait_for(&mut harness, "their agreement", |h| shows(h, "OKS against"));
}

#[test]
fn an_empty_picture_is_told_and_looked_at_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("nobody.png");
    image::RgbImage::from_pixel(320, 240, image::Rgb([90, 120, 90])).save(&picture).unwrap();
    let mut harness = open(&picture, here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "that nobody is there", |h| shows(h, "Nobody found; this is the whole picture"));
    assert!(shows(&harness, "1 person"), "{}", all_text(&harness));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    wait_for(&mut harness, "that a second search found nobody either", |h| shows(h, "The boxes stay"));
    let canvas = harness.get_by_label("Picture nobody.png").rect();
    drag(&mut harness, canvas.center(), egui::vec2(40.0, 60.0));
    wait_for(&mut harness, "a drawn box", |h| shows(h, "2 people"));
    assert!(!shows(&harness, "Nobody found; this"), "{}", all_text(&harness));
}

#[test]
fn bad_files_are_told_and_the_old_picture_stays() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    for (bad, told) in [
        ("nowhere.png", "nowhere.png"),
        ("Cargo.toml", "Cargo.toml"),
        ("lost.safetensors", "lost.safetensors"),
    ] {
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
        wait_for(&mut harness, "the path box", |h| shows(h, "Open path"));
        harness.event(egui::Event::Text(here(bad).display().to_string()));
        harness.run_steps(2);
        harness.key_press(egui::Key::Enter);
        wait_for(&mut harness, told, |h| shows(h, told));
        assert!(shows(&harness, "Picture astronaut.png") && shows(&harness, "Accuracy"), "after {bad}");
    }
}

#[test]
fn a_bad_path_at_the_start_is_told_with_ways_to_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.png");
    std::fs::write(&bad, "no picture").unwrap();
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    for path in [bad, empty] {
        let mut harness = open(&path, here("tests/golden/calm.tiny_ema.weights.safetensors"));
        wait_for(&mut harness, "what failed", |h| shows(h, "This could not be opened"));
        let name = path.file_name().unwrap().to_str().unwrap();
        for text in
            [name, "Open picture…", "Open folder…", "or drop a picture or a video here", "Naval officer"]
        {
            assert!(shows(&harness, text), "{text} is missing in\n{}", all_text(&harness));
        }
        assert!(!shows(&harness, "Opening"), "{}", all_text(&harness));
        harness.get_by_role_and_label(Role::Button, "Astronaut").click();
        wait_for(&mut harness, "the example", |h| shows(h, "Picture astronaut.png"));
    }
}

#[test]
fn errors_stay_until_closed_and_are_listed() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    type_path(&mut harness, &here("nowhere.png"));
    wait_for(&mut harness, "the error", |h| shows(h, "nowhere.png") && shows(h, "Close this message"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::M);
    wait_for(&mut harness, "the list", |h| shows(h, "Copy all"));
    harness.get_by_label("Close this message").click();
    wait_for(&mut harness, "no error in the corner", |h| !shows(h, "Close this message"));
    assert!(shows(&harness, "nowhere.png"), "the list forgot it");
    harness.key_press(egui::Key::Escape);
    wait_for(&mut harness, "no list", |h| !shows(h, "Copy all"));
    assert!(!shows(&harness, "nowhere.png") && shows(&harness, "message"));
}

#[test]
fn the_palette_opens_examples() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::P);
    wait_for(&mut harness, "choices beside the commands", |h| shows(h, "Attention mode: entropy"));
    harness.event(egui::Event::Text("naval".into()));
    harness.run_steps(3);
    harness.key_press(egui::Key::Enter);
    wait_for(&mut harness, "the example", |h| shows(h, "Picture grace_hopper.jpg"));
}

#[test]
fn files_over_the_window_are_announced() {
    let mut harness = window();
    let file = egui::HoveredFile { path: Some("pictures/new.png".into()), ..Default::default() };
    harness.input_mut().hovered_files = vec![file];
    wait_for(&mut harness, "what a drop would open", |h| shows(h, "Drop to open new.png"));
    harness.input_mut().hovered_files.clear();
    wait_for(&mut harness, "the window as before", |h| !shows(h, "Drop to open"));
}

#[test]
fn a_label_file_is_taken_for_the_picture_at_hand() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("astronaut.png");
    std::fs::copy(here("assets/examples/astronaut.png"), &picture).unwrap();
    let mut harness = open(&picture, here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "an answer without truth", |h| {
        shows(h, "captured at 64×48") && shows(h, "Agreement")
    });
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    wait_for(&mut harness, "the path box", |h| shows(h, "Open path"));
    harness.event(egui::Event::Text(here("assets/examples/keypoints.json").display().to_string()));
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    wait_for(&mut harness, "the accuracy", |h| shows(h, "Accuracy") && shows(h, "against keypoints.json"));
    assert!(shows(&harness, "Picture astronaut.png"));
}

#[test]
fn the_place_among_several_pictures_of_a_folder_is_told() {
    let weights = || here("tests/golden/calm.tiny_ema.weights.safetensors");
    let several = tempfile::tempdir().unwrap();
    for name in ["1.png", "2.png", "10.png"] {
        std::fs::copy(here("assets/examples/camera.png"), several.path().join(name)).unwrap();
    }
    let mut harness = open(several.path(), weights());
    wait_for(&mut harness, "the first picture", |h| shows(h, "Picture 1.png") && shows(h, "1/3"));
    harness.key_press(egui::Key::PageDown);
    wait_for(&mut harness, "the second picture", |h| shows(h, "Picture 2.png") && shows(h, "2/3"));
    let alone = tempfile::tempdir().unwrap();
    std::fs::copy(here("assets/examples/camera.png"), alone.path().join("alone.png")).unwrap();
    let mut harness = open(alone.path(), weights());
    wait_for(&mut harness, "the only picture", |h| shows(h, "Picture alone.png"));
    assert!(!shows(&harness, "1/1"), "{}", all_text(&harness));
}
