//! Menus, palette, keys and the windows that explain.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use posescope::app::App;

use super::driver::{all_text, choose, drag, shows, wait_for, window};

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
    for (label, expected) in [
        ("Start camera", (false, true)),
        ("Hold the picture", (false, false)),
        ("Stop camera", (false, false)),
    ] {
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
fn joints_and_the_picture_of_the_view_are_copied_and_what_there_is_not_is_greyed() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::C);
    wait_for(&mut harness, "the joints", |h| shows(h, "Copied the joints of 1 person"));
    harness.event(egui::Event::Copy);
    wait_for(&mut harness, "the picture", |h| shows(h, "Copied the picture of the view, 1536 × 1536 pixels"));
    let tensors_are_greyed = |harness: &mut Harness<'_, App>| {
        harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::P);
        wait_for(harness, "the palette", |h| shows(h, "Zoom to person"));
        harness.event(egui::Event::Text("save tens".into()));
        harness.run_steps(3);
        let greyed = harness.get_by_label_contains("Save tensors…").accesskit_node().is_disabled();
        harness.key_press(egui::Key::Escape);
        harness.run_steps(3);
        greyed
    };
    assert!(!tensors_are_greyed(&mut harness));
    choose(&mut harness, "movenet light");
    wait_for(&mut harness, "its answer", |h| shows(h, "Captured at 64×48, a square of it enlarged"));
    assert!(tensors_are_greyed(&mut harness), "MoveNet has none");
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
