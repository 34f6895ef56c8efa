//! Joints are placed by hand, and accuracy is measured against them.

use egui::{Key, vec2};
use egui_kittest::kittest::Queryable;

use super::driver::{all_text, drag, here, open, shows, type_path, wait_for};

#[test]
fn joints_placed_by_hand_are_the_ground_truth_and_come_back_with_the_picture() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("dancer.jpg");
    std::fs::copy(here("assets/examples/dancer_1912.jpg"), &picture).unwrap();
    let mut harness = open(&picture, here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "joints without labels", |h| shows(h, "No ground truth, so no accuracy."));
    harness.key_press(Key::J);
    wait_for(&mut harness, "that nothing was placed yet", |h| {
        shows(h, "No ground truth, so no accuracy.") && shows(h, "Drag each joint to where it is")
    });

    // The joint nearest to the middle of the box is somewhere: every place of a grid is tried until one has hold.
    let canvas = harness.get_by_label("Picture dancer.jpg").rect();
    let mut moved = false;
    for step in 0..400 {
        let share = vec2((step % 20) as f32 / 20.0, (step / 20) as f32 / 20.0);
        harness.hover_at(canvas.min + share * canvas.size());
        harness.run_steps(1);
        if harness.output().platform_output.cursor_icon == egui::CursorIcon::Grab {
            drag(&mut harness, canvas.min + share * canvas.size(), vec2(90.0, 60.0));
            moved = true;
            break;
        }
    }
    assert!(moved, "no joint was found under the pointer");
    wait_for(&mut harness, "another score", |h| shows(h, "against joints placed by hand"));
    assert!(!shows(&harness, " 1.00\n"), "{}", all_text(&harness));
    harness
        .input_mut()
        .viewports
        .entry(egui::ViewportId::ROOT)
        .or_default()
        .events
        .push(egui::ViewportEvent::Close);
    wait_for(&mut harness, "that they would be lost", |h| {
        shows(h, "Close the window again to leave without them")
    });
    harness.key_press(Key::J);
    wait_for(&mut harness, "the end of it", |h| !shows(h, "Drag each joint"));

    type_path(&mut harness, &here("assets/examples/astronaut.png"));
    wait_for(&mut harness, "another picture", |h| shows(h, "against keypoints.json"));
    type_path(&mut harness, &picture);
    wait_for(&mut harness, "what was placed", |h| {
        shows(h, "are back") && shows(h, "against joints placed by hand")
    });
}
