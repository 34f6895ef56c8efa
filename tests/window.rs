//! The window, driven through the names that a screen reader would find.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use posescope::app::{App, LaunchOptions};
use posescope::network::{
    BuiltNetwork, DeviceChoice, NetworkConfig, Precision, SIZES_KEY, TRAINED_KEY, write_safetensors,
};
use tch::Device;

/// Generous, for slow machines; no test waits this long unless it fails.
const PATIENCE: Duration = Duration::from_secs(90);

fn here(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The window on a bundled picture with the tiny network of the golden numbers.
fn window() -> Harness<'static, App> {
    open(&here("assets/examples/astronaut.png"), here("tests/golden/calm.tiny_ema.weights.safetensors"))
}

fn open(picture: &Path, weights: PathBuf) -> Harness<'static, App> {
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
fn wait_for(harness: &mut Harness<'_, App>, what: &str, seen: impl Fn(&Harness<'_, App>) -> bool) {
    let started = Instant::now();
    while !seen(harness) {
        assert!(started.elapsed() < PATIENCE, "the window never showed {what}");
        std::thread::sleep(Duration::from_millis(20));
        harness.step();
    }
    harness.run_steps(3);
}

fn shows(harness: &Harness<'_, App>, text: &str) -> bool {
    all_text(harness).contains(text)
}

/// Every label and value in the window, a line each.
fn all_text(harness: &Harness<'_, App>) -> String {
    let text = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        format!("{} {}", node.label().unwrap_or_default(), node.value().unwrap_or_default())
    };
    harness.query_all_by(|_| true).map(text).collect::<Vec<_>>().join("\n")
}

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

/// Whether the strip shows the labelled person at every capture height.
fn strip_is_full(harness: &Harness<'_, App>) -> bool {
    let text = all_text(harness);
    [128, 96, 64, 48, 32, 24, 16, 8].iter().all(|height| text.contains(&format!("\n{height} px, OKS ")))
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
fn panels_show_what_their_tabs_say() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Scale 1 of stage 1"));
    harness.get_by_label("EMA").click();
    wait_for(&mut harness, "the EMA panel", |h| {
        shows(h, "Channel weights") && shows(h, "Spatial gate of group 8")
    });
    harness.get_by_label("Joints").click();
    wait_for(&mut harness, "the joints", |h| shows(h, "left shoulder"));
    harness.get_by_label("Attention").click();
    harness.run_steps(3);
    harness.get_by_label("Entropy").click();
    wait_for(&mut harness, "the entropy's unit", |h| shows(h, "1 at all alike"));
    harness.get_by_label("Scale 2 of stage 1").click();
    wait_for(&mut harness, "the heads of scale 2", |h| shows(h, "Heads of scale 2") && shows(h, "Head 2"));
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
fn two_sides_are_compared_in_every_mode() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    assert!(!shows(&harness, "Side B"), "{}", all_text(&harness));
    harness.key_press(egui::Key::C);
    let is_judged =
        |h: &Harness<'_, App>| shows(h, " is better: OKS ") || shows(h, "A and B are equally good: OKS ");
    wait_for(&mut harness, "which side is better", is_judged);
    for text in ["Picture astronaut.png, side B", "Shows side", "Side B", " · B "] {
        assert!(shows(&harness, text), "{text} is missing in\n{}", all_text(&harness));
    }
    choose(&mut harness, "compare: wipe");
    wait_for(&mut harness, "the handle", |h| shows(h, "Wipe between A and B"));
    assert!(!shows(&harness, "Picture astronaut.png, side B"), "there is one picture");
    choose(&mut harness, "compare: diff");
    wait_for(&mut harness, "the legend of the heatmaps", |h| shows(h, "Heatmap, B less A (all joints)"));
    harness.get_by_label("Copy A").click();
    wait_for(&mut harness, "that both are alike", |h| shows(h, "A and B are equally good: OKS "));
    harness.get_by_role_and_label(Role::ComboBox, "Network").click();
    harness.run_steps(3);
    harness.get_by_label("MoveNet lightning").click();
    wait_for(&mut harness, "the other network", |h| shows(h, "MoveNet lightning on CPU"));
    wait_for(&mut harness, "that it has no heatmaps", |h| shows(h, "MoveNet gives no heatmaps"));
    assert!(is_judged(&harness), "{}", all_text(&harness));
    harness.key_press(egui::Key::C);
    wait_for(&mut harness, "A alone", |h| !shows(h, "Side B") && !shows(h, "is better"));
}

#[test]
fn what_matters_fills_in_and_says_what_it_does_not_show() {
    let mut harness = window();
    wait_for(&mut harness, "the accuracy", |h| shows(h, "Accuracy") && shows(h, "64×48 pixels"));
    assert!(!shows(&harness, "Occlusion: moved"), "it is off by default");
    harness.key_press(egui::Key::OpenBracket);
    harness.key_press(egui::Key::M);
    wait_for(&mut harness, "patches", |h| shows(h, "Occlusion: moved") && shows(h, "of 890 patches"));
    harness.get_by_label("1/4").click_accesskit();
    wait_for(&mut harness, "all coarse patches", |h| shows(h, "12 of 12 patches"));
    assert!(shows(&harness, "A grey patch is itself something"), "{}", all_text(&harness));
    harness.get_by_label("1/8").click_accesskit();
    wait_for(&mut harness, "finer patches", |h| shows(h, "177 of 177 patches"));
    harness.key_press(egui::Key::F);
    wait_for(&mut harness, "a new beginning", |h| !shows(h, "177 of 177 patches"));
    harness.key_press(egui::Key::M);
    wait_for(&mut harness, "nothing of it", |h| !shows(h, "patches") && !shows(h, "Occlusion"));
}

#[test]
fn layers_switch_on_and_off() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Scale 1 of stage 1"));
    let checked = |h: &Harness<'_, App>, label: &str| {
        let toggled = h.get_by_role_and_label(Role::CheckBox, label).accesskit_node().toggled();
        toggled == Some(egui::accesskit::Toggled::True)
    };
    for (label, at_first) in
        [("Skeleton", true), ("Heatmap", false), ("Attention map", false), ("Window grid", false)]
    {
        assert_eq!(checked(&harness, label), at_first, "{label}");
        harness.get_by_role_and_label(Role::CheckBox, label).click();
        harness.run_steps(3);
        assert_eq!(checked(&harness, label), !at_first, "{label}");
    }
    harness.key_press(egui::Key::S);
    harness.run_steps(3);
    assert!(checked(&harness, "Skeleton"), "the shortcut switches too");
}

#[test]
fn boxes_are_drawn_and_deleted() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    let canvas = harness.get_by_label("Picture astronaut.png").rect();
    // To the right of the person, over the space shuttle.
    let from = canvas.center() + egui::vec2(220.0, -250.0);
    harness.hover_at(from);
    harness.run_steps(1);
    harness.drag_at(from);
    harness.run_steps(1);
    for step in 1..=4 {
        harness.hover_at(from + egui::vec2(25.0, 60.0) * step as f32);
        harness.run_steps(1);
    }
    harness.drop_at(from + egui::vec2(100.0, 240.0));
    wait_for(&mut harness, "a second person", |h| shows(h, "2 people"));
    wait_for(&mut harness, "agreement, since nobody labelled the box", |h| shows(h, "OKS against 128×96"));
    wait_for(&mut harness, "that it is no accuracy", |h| shows(h, "so no accuracy"));
    harness.key_press(egui::Key::Delete);
    wait_for(&mut harness, "one person again", |h| {
        shows(h, "1 person") && shows(h, "against keypoints.json")
    });
    harness.key_press(egui::Key::Delete);
    wait_for(&mut harness, "nobody", |h| shows(h, "0 people") && shows(h, "There is no box"));
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
fn a_network_that_cannot_be_read_at_the_start_is_told_and_another_one_used() {
    let mut harness = open(&here("assets/examples/astronaut.png"), here("Cargo.toml"));
    wait_for(&mut harness, "what is wrong with the weights", |h| shows(h, "Cargo.toml"));
    wait_for(&mut harness, "an answer all the same", |h| shows(h, "Accuracy"));
}

#[test]
fn the_palette_finds_commands() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::P);
    wait_for(&mut harness, "the palette", |h| shows(h, "Zoom to person"));
    harness.event(egui::Event::Text("ema pan".into()));
    harness.run_steps(3);
    assert!(!shows(&harness, "Zoom to person"));
    harness.key_press(egui::Key::Enter);
    wait_for(&mut harness, "the EMA panel", |h| shows(h, "Channel weights"));
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
fn ema_is_measured_as_people_get_small() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    choose(&mut harness, "measure ema");
    wait_for(&mut harness, "the matrix", |h| shows(h, "Channel weights of 8 groups, group 1 chosen"));
    wait_for(&mut harness, "the largest size", |h| shows(h, "(mean total variation), at most"));
    wait_for(&mut harness, "the figures", |h| shows(h, "One person."));
    assert!(shows(&harness, "Evenness of p2 against capture height"), "{}", all_text(&harness));
}

/// Chooses the first entry of the palette whose name has these letters.
fn choose(harness: &mut Harness<'_, App>, letters: &str) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::P);
    wait_for(harness, "the palette", |h| shows(h, "Zoom to person"));
    harness.event(egui::Event::Text(letters.into()));
    harness.run_steps(3);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(2);
}

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

/// Compares with the picture in `tests/snapshots`, but for the times, which differ from run to run.
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
    harness.snapshot(name);
}

/// Opens the path box, types a path and presses Enter.
fn type_path(harness: &mut Harness<'_, App>, path: &Path) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    wait_for(harness, "the path box", |h| shows(h, "Open path"));
    harness.event(egui::Event::Text(path.display().to_string()));
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(2);
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
        for text in [name, "Open picture…", "Open folder…", "or drop a picture here", "Naval officer"] {
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
fn weights_that_failed_at_the_start_are_listed() {
    let mut harness = open(&here("assets/examples/astronaut.png"), here("Cargo.toml"));
    wait_for(&mut harness, "an answer all the same", |h| shows(h, "Accuracy"));
    harness.get_by_label("Close this message").click();
    wait_for(&mut harness, "no error in the corner", |h| !shows(h, "Cargo.toml"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::M);
    wait_for(&mut harness, "the list", |h| shows(h, "Cargo.toml") && shows(h, "Copy all"));
}

#[test]
fn menus_tick_what_is_on_and_grey_what_cannot_be_done() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    // Whether it is ticked, and whether it can be chosen.
    let state = |h: &Harness<'_, App>, label: &str| {
        let node = h.get_by_role_and_label(Role::Button, label).accesskit_node();
        (node.toggled() == Some(egui::accesskit::Toggled::True), !node.is_disabled())
    };
    harness.get_by_role_and_label(Role::Button, "Camera").click();
    harness.run_steps(3);
    for (label, expected) in
        [("Start camera", (false, true)), ("Freeze camera", (false, false)), ("Stop camera", (false, false))]
    {
        assert_eq!(state(&harness, label), expected, "{label}");
    }
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::Button, "View").click();
    harness.run_steps(3);
    assert_eq!(state(&harness, "Left panel"), (true, true));
    harness.get_by_role_and_label(Role::Button, "Left panel").click();
    wait_for(&mut harness, "no left panel", |h| !shows(h, "Accuracy"));
    harness.get_by_role_and_label(Role::Button, "View").click();
    harness.run_steps(3);
    assert_eq!(state(&harness, "Left panel"), (false, true));
}

#[test]
fn the_glossary_is_searched_and_closed() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    harness.key_press(egui::Key::F1);
    wait_for(&mut harness, "the glossary", |h| shows(h, "COCO's score of a network"));
    harness.event(egui::Event::Text("dark".into()));
    harness.run_steps(3);
    assert!(shows(&harness, "the shape of the peak"), "{}", all_text(&harness));
    assert!(!shows(&harness, "COCO's score of a network"), "{}", all_text(&harness));
    harness.key_press(egui::Key::Escape);
    wait_for(&mut harness, "no glossary", |h| !shows(h, "the shape of the peak"));
}

#[test]
fn attention_stands_beside_that_of_other_sizes_and_blocks_on_demand() {
    let mut harness = window();
    wait_for(&mut harness, "its attention", |h| shows(h, "Scale 3 of stage 1"));
    assert!(!shows(&harness, "of block 2"));
    choose(&mut harness, "attention across");
    wait_for(&mut harness, "every input", |h| {
        shows(h, "Scale 1 of block 2 at 32×24")
            && shows(h, "Scale 1 of block 2 at 128×96")
            && !shows(h, "not looked at yet")
    });
    choose(&mut harness, "attention of all");
    wait_for(&mut harness, "the block before", |h| shows(h, "Scale 2 of block 1"));
    harness.get_by_label("Scale 2 of block 1").click_accesskit();
    wait_for(&mut harness, "it at every input", |h| shows(h, "Scale 2 of block 1 at 64×48"));
    choose(&mut harness, "attention across");
    wait_for(&mut harness, "one input alone", |h| !shows(h, "of block 1 at 64×48"));
}

#[test]
fn how_to_read_a_panel_is_a_key_or_a_click_away() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::F1);
    wait_for(&mut harness, "the text of the panel", |h| shows(h, "The marked pixel asks"));
    assert!(!shows(&harness, "COCO's score of a network"), "F1 alone is the glossary's");
    harness.key_press(egui::Key::Escape);
    wait_for(&mut harness, "no text", |h| !shows(h, "The marked pixel asks"));
    harness.get_by_label("How to read resolution").click();
    wait_for(&mut harness, "the text of the heading", |h| shows(h, "Two different things are called"));
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

/// Draws a box to the right of the astronaut, over the space shuttle, where nobody is labelled.
fn draw_second_box(harness: &mut Harness<'_, App>) {
    let canvas = harness.get_by_label("Picture astronaut.png").rect();
    drag(harness, canvas.center() + egui::vec2(220.0, -250.0), egui::vec2(100.0, 240.0));
}

fn drag(harness: &mut Harness<'_, App>, from: egui::Pos2, by: egui::Vec2) {
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

fn is_on(harness: &Harness<'_, App>, role: Role, label: &str) -> bool {
    let toggled = harness.get_by_role_and_label(role, label).accesskit_node().toggled();
    toggled == Some(egui::accesskit::Toggled::True)
}

#[test]
fn changes_of_boxes_are_undone_and_done_again_by_keyboard() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    let undo = |harness: &Harness<'_, App>| {
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    };
    let redo = |harness: &Harness<'_, App>| {
        harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::Z);
    };
    draw_second_box(&mut harness);
    wait_for(&mut harness, "a second person", |h| shows(h, "2 people"));
    undo(&harness);
    wait_for(&mut harness, "one person again", |h| shows(h, "1 person"));
    redo(&harness);
    wait_for(&mut harness, "the second person again", |h| shows(h, "2 people"));
    harness.key_press(egui::Key::Delete);
    wait_for(&mut harness, "one person after deleting", |h| shows(h, "1 person"));
    harness.key_press(egui::Key::Delete);
    wait_for(&mut harness, "nobody", |h| {
        shows(h, "0 people") && !shows(h, "Time of each part") && !shows(h, "from memory")
    });
    undo(&harness);
    wait_for(&mut harness, "the labelled person", |h| {
        shows(h, "1 person")
            && shows(h, "against keypoints.json")
            && (shows(h, "Time of each part") || shows(h, "from memory"))
    });
    undo(&harness);
    wait_for(&mut harness, "both people", |h| shows(h, "2 people"));
}

#[test]
fn a_box_drawn_again_over_a_labelled_person_is_measured_again() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    harness.key_press(egui::Key::Delete);
    wait_for(&mut harness, "nobody", |h| shows(h, "0 people"));
    let canvas = harness.get_by_label("Picture astronaut.png").rect();
    // The picture is square and fits the canvas with a margin; the box takes its left two thirds.
    let side = 0.95 * canvas.width().min(canvas.height());
    let corner = canvas.center() - egui::Vec2::splat(side / 2.0);
    drag(&mut harness, corner, egui::vec2(0.7, 1.0) * side);
    wait_for(&mut harness, "the accuracy", |h| shows(h, "1 person") && shows(h, "against keypoints.json"));
}

#[test]
fn a_drag_on_the_edge_of_a_panel_draws_no_box() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    for beside in [1.0, 3.0, 5.0, 8.0] {
        // Some of these drags move the edge, as they should.
        let canvas = harness.get_by_label("Picture astronaut.png").rect();
        drag(&mut harness, canvas.left_center() - egui::vec2(beside, 0.0), egui::vec2(120.0, 150.0));
        assert!(shows(&harness, "1 person"), "a drag from {beside} points beside the canvas");
    }
}

#[test]
fn several_people_are_listed_and_chosen() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    assert!(shows(&harness, "Person 1"), "who is labelled is listed");
    draw_second_box(&mut harness);
    wait_for(&mut harness, "the list", |h| shows(h, "Person 1") && shows(h, "Person 2"));
    assert!(is_on(&harness, Role::Button, "Person 2") && !is_on(&harness, Role::Button, "Person 1"));
    harness.get_by_role_and_label(Role::Button, "Person 1").click_accesskit();
    wait_for(&mut harness, "the accuracy of the first", |h| shows(h, "against keypoints.json"));
    assert!(is_on(&harness, Role::Button, "Person 1") && !is_on(&harness, Role::Button, "Person 2"));
}

#[test]
fn the_list_of_people_is_used_by_keyboard() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    draw_second_box(&mut harness);
    wait_for(&mut harness, "the list", |h| shows(h, "Person 1") && shows(h, "Person 2"));
    let heatmap = is_on(&harness, Role::CheckBox, "Heatmap");
    harness.get_by_role_and_label(Role::Button, "Person 2").focus();
    harness.run_steps(3);
    harness.key_press(egui::Key::ArrowUp);
    wait_for(&mut harness, "the first selected", |h| is_on(h, Role::Button, "Person 1"));
    harness.key_press(egui::Key::H);
    wait_for(&mut harness, "the first hidden", |h| is_on(h, Role::Button, "Hide person 1"));
    assert!(!is_on(&harness, Role::Button, "Hide person 2"));
    assert_eq!(is_on(&harness, Role::CheckBox, "Heatmap"), heatmap, "H is the list's");
    harness.key_press(egui::Key::ArrowDown);
    wait_for(&mut harness, "the second selected", |h| is_on(h, Role::Button, "Person 2"));
    harness.key_press(egui::Key::Delete);
    wait_for(&mut harness, "one person", |h| shows(h, "1 person") && !shows(h, "Person 2"));
    harness.key_press(egui::Key::H);
    wait_for(&mut harness, "the first shown", |h| !is_on(h, Role::Button, "Hide person 1"));
    harness.get_by_role_and_label(Role::Button, "Delete person 1").click_accesskit();
    wait_for(&mut harness, "nobody", |h| shows(h, "0 people"));
}

#[test]
fn boxes_are_copied_to_the_next_picture_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["1.png", "2.png"] {
        std::fs::copy(here("assets/examples/astronaut.png"), folder.path().join(name)).unwrap();
    }
    let mut harness = open(folder.path(), here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "the first picture", |h| shows(h, "Picture 1.png") && shows(h, "1/2"));
    assert!(!shows(&harness, "Person 1"), "a guess is not listed");
    // Over the whole picture a drag would move its box.
    harness.key_press(egui::Key::Delete);
    wait_for(&mut harness, "nobody", |h| shows(h, "0 people"));
    let canvas = harness.get_by_label("Picture 1.png").rect();
    drag(&mut harness, canvas.center() + egui::vec2(220.0, -250.0), egui::vec2(100.0, 240.0));
    wait_for(&mut harness, "the drawn box", |h| shows(h, "Person 1"));
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::PageDown);
    wait_for(&mut harness, "the second picture with the box", |h| {
        shows(h, "Picture 2.png") && shows(h, "Person 1")
    });
}

#[test]
fn unsure_joints_are_shown_when_asked_for() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    assert!(!is_on(&harness, Role::CheckBox, "Show unsure joints"), "they tangle the first view");
    harness.get_by_role_and_label(Role::CheckBox, "Show unsure joints").click_accesskit();
    harness.run_steps(3);
    assert!(is_on(&harness, Role::CheckBox, "Show unsure joints"));
}

#[test]
fn scales_are_told_apart_by_window_and_keys() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Scale 1 · window 32×24 · keys 2×2"));
    assert!(shows(&harness, "Scale 3 · window 8×6 · keys 1×1"), "{}", all_text(&harness));
    harness.get_by_label("Stage 3").click();
    wait_for(&mut harness, "stage 3", |h| shows(h, "Scale 2 · window 8×6 · keys 2×2"));
    assert!(shows(&harness, "Scale 1 · window 8×6 · keys 1×1"), "{}", all_text(&harness));
    assert!(!shows(&harness, "coarse"), "the windows of stage 3 are equal");
}

#[test]
fn a_scale_with_one_head_offers_no_mean_of_heads() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Scale 1 has one head"));
    assert!(harness.query_by_label("Head 1").is_none(), "the map of the scale is that of its head");
    assert!(!shows(&harness, "mean of all"), "{}", all_text(&harness));
    harness.get_by_label("Scale 2 of stage 1").click();
    wait_for(&mut harness, "two heads", |h| shows(h, "The mean of all heads") && shows(h, "mean of 2 heads"));
    harness.get_by_label("Head 2").click();
    wait_for(&mut harness, "one of them", |h| shows(h, "Head 2 alone"));
    harness.get_by_label("Scale 1 of stage 1").click();
    wait_for(&mut harness, "one head again", |h| shows(h, "Scale 1 has one head"));
}

#[test]
fn reach_is_told_in_input_pixels_up_to_the_farthest_of_its_window() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Scale 1 of stage 1"));
    harness.get_by_label("Reach").click();
    wait_for(&mut harness, "the reach", |h| shows(h, "Mean distance in input pixels"));
    for (stage, scale, farthest) in
        [(1, 1, "37.9 px"), (1, 2, "17.9 px"), (2, 2, "15.8 px"), (3, 1, "34.4 px")]
    {
        harness.get_by_label(&format!("Stage {stage}")).click();
        let map = format!("Scale {scale} of stage {stage}");
        wait_for(&mut harness, &map, |h| shows(h, &map));
        harness.get_by_label(&map).click();
        let told = format!("The colours of scale {scale} end at {farthest}");
        wait_for(&mut harness, &told, |h| shows(h, &told));
        assert!(shows(&harness, &format!("Colours from 0.0 px to {farthest}")), "{}", all_text(&harness));
    }
}

#[test]
fn nothing_moves_when_the_answer_comes() {
    let mut harness = window();
    wait_for(&mut harness, "the picture", |h| shows(h, "Picture astronaut.png"));
    harness.run_steps(2);
    let tops = |h: &Harness<'_, App>| {
        ["What the network sees", "Layers"].map(|label| h.get_by_label(label).rect().top())
    };
    let before = tops(&harness);
    assert!(shows(&harness, "PCK@0.2"));
    wait_for(&mut harness, "the first answer", |h| shows(h, "captured at 64×48") && shows(h, " px\n"));
    assert_eq!(tops(&harness), before);
    harness.key_press(egui::Key::OpenBracket);
    wait_for(&mut harness, "the next answer", |h| shows(h, "captured at 32×24"));
    assert_eq!(tops(&harness), before);
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
fn the_network_input_is_shown_large_and_clicked_there() {
    const LARGE: &str = "Network input, enlarged";
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Scale 1 of stage 1"));
    assert!(!shows(&harness, LARGE) && !shows(&harness, "marked pixel"), "{}", all_text(&harness));
    harness.get_by_role_and_label(Role::Button, "Enlarge the network input").click();
    wait_for(&mut harness, "the large view", |h| shows(h, LARGE));
    let height = |label: &str| harness.get_by_role_and_label(Role::Image, label).rect().height();
    let (large, small) = (height(LARGE), height("Network input"));
    assert!(large > 2.0 * small, "{large} is not much more than {small}");
    harness.get_by_role_and_label(Role::Image, LARGE).click();
    wait_for(&mut harness, "the pixel as the query", |h| shows(h, "marked pixel"));
    harness.key_press(egui::Key::Escape);
    wait_for(&mut harness, "no large view", |h| !shows(h, LARGE));
    harness.key_press(egui::Key::I);
    wait_for(&mut harness, "the large view by key", |h| shows(h, LARGE));
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

#[test]
fn a_fitted_view_makes_room_for_the_region_once() {
    let zoom = |h: &Harness<'_, App>| {
        // The zoom stands right after the picture's size.
        let text = all_text(h);
        let after = text.split("512×512").last().unwrap_or_default();
        let percent = after.split_whitespace().find_map(|word| word.strip_suffix('%'));
        percent.and_then(|percent| percent.parse::<f32>().ok())
    };
    let mut harness = window();
    wait_for(&mut harness, "the picture's zoom", |h| zoom(h).is_some());
    wait_for(&mut harness, "the first answer", |h| shows(h, "captured at 64×48"));
    let fitted = zoom(&harness).unwrap();
    let canvas = harness.get_by_label("Picture astronaut.png").rect();
    // The region around the labelled person is 1.25 times as high as the box, which is 497 pixels high.
    assert!(fitted / 100.0 * 1.25 * 497.0 <= canvas.height(), "{fitted} % in {canvas:?}");
    drag(&mut harness, canvas.center() - egui::vec2(60.0, 0.0), egui::vec2(50.0, -10.0));
    harness.run_steps(3);
    assert_eq!(zoom(&harness), Some(fitted), "a moved box moves no picture");
}

#[test]
fn parts_are_left_out_told_of_and_brought_back() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Scale 1 of stage 1"));
    harness.get_by_label("What if").click();
    wait_for(&mut harness, "the parts", |h| shows(h, "stage 1, block 2: scale 1 muted"));
    assert!(!shows(&harness, "1 part is left out"));
    let part = "stage 1, block 2: scale 1 muted";
    harness.get_by_role_and_label(Role::CheckBox, part).click();
    wait_for(&mut harness, "the banner", |h| shows(h, "1 part is left out"));
    wait_for(&mut harness, "how far joints moved", |h| shows(h, "of the height"));
    harness.get_by_role_and_label(Role::CheckBox, "stage 2, every block: scale 2 muted").click();
    wait_for(&mut harness, "both", |h| shows(h, "2 parts are left out"));
    harness.get_by_label("Reset the parts that are left out").click();
    wait_for(&mut harness, "the whole network", |h| shows(h, "The network as it is"));
    assert!(!shows(&harness, "are left out"), "{}", all_text(&harness));
}

#[test]
fn a_tall_person_without_labels_gets_a_second_opinion() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("unlabelled.jpg");
    std::fs::copy(here("assets/examples/dancer_1912.jpg"), &picture).unwrap();
    let mut harness = open(&picture, here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "that it is being asked for", |h| shows(h, "Second opinion  –"));
    wait_for(&mut harness, "how near MoveNet is", |h| {
        shows(h, "Second opinion  0.") || shows(h, "Second opinion  1.")
    });
    assert!(shows(&harness, "OKS against"), "it stands beside the agreement: {}", all_text(&harness));
    choose(&mut harness, "second op");
    wait_for(&mut harness, "no second opinion once that is off", |h| !shows(h, "Second opinion"));
}

#[test]
fn a_click_with_ctrl_puts_a_box_there() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "Accuracy"));
    assert!(!shows(&harness, "Second opinion"), "there is ground truth");
    let place = harness.get_by_label("Picture astronaut.png").rect().center() + egui::vec2(200.0, -150.0);
    harness.hover_at(place);
    harness.event(egui::Event::ModifiersChanged(egui::Modifiers::COMMAND));
    harness.drag_at(place);
    harness.drop_at(place);
    harness.event(egui::Event::ModifiersChanged(egui::Modifiers::NONE));
    wait_for(&mut harness, "a second person", |h| shows(h, "2 people"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    wait_for(&mut harness, "one person again", |h| shows(h, "1 person"));
}
