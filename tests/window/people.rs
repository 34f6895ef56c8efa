//! Boxes are drawn, copied, found and taken back; people are chosen.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use posescope::app::App;

use super::driver::{all_text, choose, drag, here, is_on, open, shows, wait_for, window};

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

/// Draws a box to the right of the astronaut, over the space shuttle, where nobody is labelled.
fn draw_second_box(harness: &mut Harness<'_, App>) {
    let canvas = harness.get_by_label("Picture astronaut.png").rect();
    drag(harness, canvas.center() + egui::vec2(220.0, -250.0), egui::vec2(100.0, 240.0));
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
    harness.key_press(egui::Key::N);
    wait_for(&mut harness, "the next person", |h| is_on(h, Role::Button, "Person 2"));
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::N);
    wait_for(&mut harness, "the one before", |h| is_on(h, Role::Button, "Person 1"));
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
