//! The sliders, the strip and the sweep.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

use super::driver::{all_text, here, open, shows, strip_is_full, wait_for, window};

#[test]
fn the_slider_changes_the_answer() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    harness.get_by_role_and_label(Role::Slider, "Network input").focus();
    harness.run_steps(2);
    harness.key_press(egui::Key::ArrowRight);
    wait_for(&mut harness, "the next larger input", |h| shows(h, "96×72 pixels, captured at 96×72"));
    harness.key_press(egui::Key::OpenBracket);
    harness.key_press(egui::Key::OpenBracket);
    wait_for(&mut harness, "the smallest input", |h| shows(h, "32×24 pixels, captured at 32×24"));
    harness.get_by_label("Link capture and input").click();
    harness.run_steps(2);
    harness.key_press(egui::Key::CloseBracket);
    wait_for(&mut harness, "an input of its own", |h| shows(h, "64×48 pixels, captured at 32×24"));
}

#[test]
fn the_strip_fills_and_its_cells_lead_to_their_resolution() {
    let mut harness = window();
    wait_for(&mut harness, "every cell", strip_is_full);
    assert!(!shows(&harness, "not current"), "{}", all_text(&harness));
    harness.get_by_label_contains("24 px, OKS").click();
    wait_for(&mut harness, "that capture", |h| shows(h, "32×24 pixels, captured at 24×18"));
    harness.key_press(egui::Key::ArrowRight);
    wait_for(&mut harness, "the next smaller one", |h| shows(h, "32×24 pixels, captured at 16×12"));
    assert!(!shows(&harness, "not current"), "the resolution changes nothing in the cells");
    harness.get_by_label("Network inputs").click();
    wait_for(&mut harness, "the inputs", |h| shows(h, "128×96, OKS ") && !shows(h, "16 px, OKS"));
    harness.get_by_label_contains("96×72, OKS").click();
    wait_for(&mut harness, "that input", |h| shows(h, "96×72 pixels, captured at 96×72"));
    harness.key_press(egui::Key::F11);
    wait_for(&mut harness, "no strip", |h| !shows(h, "Network inputs"));
}

#[test]
fn the_strip_compares_with_the_reference_where_nobody_is_labelled() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("unlabelled.png");
    std::fs::copy(here("assets/examples/camera.png"), &picture).unwrap();
    let mut harness = open(&picture, here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "the agreement of every cell", |h| {
        shows(h, "128 px, the reference") && shows(h, "\n8 px, agreement ")
    });
}

#[test]
fn a_sweep_tells_where_each_input_fails() {
    let officer = here("assets/examples/standing_officer_1919.jpg");
    let mut harness = open(&officer, here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy") && shows(h, "captured at 64×48"));
    harness.get_by_label("Sweep").click();
    wait_for(&mut harness, "an empty plot", |h| {
        shows(h, "Nothing measured yet.") && shows(h, "OKS against capture height")
    });
    harness.get_by_label("Run").click();
    wait_for(&mut harness, "every curve", |h| {
        shows(h, "One person.") && shows(h, "128×96: ") && !shows(h, "being measured")
    });
    for input in ["32×24: ", "64×48: ", "96×72: "] {
        assert!(shows(&harness, input), "{input} is missing in\n{}", all_text(&harness));
    }
    assert!(!shows(&harness, "not measured"), "{}", all_text(&harness));
    harness.key_press(egui::Key::F);
    wait_for(&mut harness, "that it is out of date", |h| shows(h, "run it again"));
    harness.key_press(egui::Key::F);
    wait_for(&mut harness, "that it is current again", |h| shows(h, "One person."));
    harness.get_by_label("Clear").click();
    wait_for(&mut harness, "an empty plot again", |h| {
        shows(h, "Nothing measured yet.") && !shows(h, "128×96: ")
    });
}

#[test]
fn a_folder_is_swept_with_its_labelled_people_and_joint_by_joint() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = ["astronaut.png", "standing_officer_1919.jpg"];
    for name in pictures.into_iter().chain(["keypoints.json"]) {
        std::fs::copy(here("assets/examples").join(name), folder.path().join(name)).unwrap();
    }
    let weights = here("tests/golden/calm.tiny_ema.weights.safetensors");
    let mut harness = open(&folder.path().join(pictures[0]), weights);
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    harness.get_by_label("Sweep").click();
    wait_for(&mut harness, "the choice of people", |h| shows(h, "Everybody"));
    harness.get_by_label("Folder").click();
    harness.run_steps(3);
    harness.get_by_label("Run").click();
    wait_for(&mut harness, "every curve", |h| {
        shows(h, "people in 2 pictures") && shows(h, "128×96: ") && !shows(h, "being measured")
    });
    harness.get_by_label("By joint").click();
    wait_for(&mut harness, "the curves of joints", |h| shows(h, "wrists: ") && !shows(h, "128×96: "));
    harness.get_by_label("Curve of wrists").click();
    wait_for(&mut harness, "the others alone", |h| shows(h, "ankles: ") && !shows(h, "wrists: "));
    harness.key_press(egui::Key::PageDown);
    wait_for(&mut harness, "the next picture, of the same folder", |h| {
        shows(h, "Picture standing_officer_1919.jpg") && shows(h, "people in 2 pictures")
    });
}

#[test]
fn a_sweep_takes_the_middle_and_gives_it_back() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    harness.get_by_label("Sweep").click();
    wait_for(&mut harness, "an empty plot", |h| shows(h, "Nothing measured yet."));
    let before = harness.get_by_label("Picture astronaut.png").rect();
    harness.get_by_label("Large").click();
    wait_for(&mut harness, "that it is elsewhere", |h| shows(h, "The sweep is in the middle of the window."));
    let picture = harness.get_by_label("Picture astronaut.png").rect();
    let plot = harness.get_by_role_and_label(Role::Image, "OKS against capture height").rect();
    assert!(
        picture.left() >= plot.right() && picture.width() < before.width(),
        "{picture:?} beside {plot:?}"
    );
    assert!(plot.width() > 500.0 && plot.height() > 300.0, "{plot:?}");
    harness.key_press(egui::Key::Escape);
    wait_for(&mut harness, "the picture in its place", |h| !shows(h, "in the middle of the window"));
    assert_eq!(harness.get_by_label("Picture astronaut.png").rect(), before);
}

#[test]
fn a_capture_beyond_what_the_picture_holds_is_flagged() {
    let folder = tempfile::tempdir().unwrap();
    let small = folder.path().join("small.png");
    let picture = image::open(here("assets/examples/camera.png")).unwrap();
    picture.resize_exact(16, 16, image::imageops::FilterType::Triangle).save(&small).unwrap();
    let mut harness = open(&small, here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "the warning", |h| shows(h, "the picture holds no more"));
    assert!(!shows(&harness, "captured at 64×48"), "{}", all_text(&harness));
}

#[test]
fn linking_makes_capture_and_input_equal_and_keys_move_both() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    harness.get_by_label("Link capture and input").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::Slider, "Capture").focus();
    harness.run_steps(2);
    for _ in 0..3 {
        harness.key_press(egui::Key::ArrowLeft);
        harness.run_steps(1);
    }
    wait_for(&mut harness, "a capture of its own", |h| {
        shows(h, "64×48 pixels, captured at") && !shows(h, "captured at 64×48")
    });
    harness.get_by_label("Link capture and input").click();
    wait_for(&mut harness, "both equal again", |h| shows(h, "64×48 pixels, captured at 64×48"));
    harness.get_by_role_and_label(Role::Slider, "Capture").focus();
    harness.run_steps(2);
    harness.key_press(egui::Key::ArrowRight);
    wait_for(&mut harness, "the next size of both", |h| shows(h, "96×72 pixels, captured at 96×72"));
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::OpenCurlyBracket);
    wait_for(&mut harness, "a smaller capture alone", |h| shows(h, "96×72 pixels, captured at 64×48"));
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::CloseCurlyBracket);
    wait_for(&mut harness, "the capture before", |h| shows(h, "96×72 pixels, captured at 96×72"));
}
