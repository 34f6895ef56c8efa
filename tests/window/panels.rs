//! What the panels beside the picture say.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use posescope::app::App;

use super::driver::{all_text, choose, shows, wait_for, window};

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
fn ema_is_measured_as_people_get_small() {
    let mut harness = window();
    wait_for(&mut harness, "the first answer", |h| shows(h, "64×48 pixels, captured at 64×48"));
    choose(&mut harness, "measure ema");
    wait_for(&mut harness, "the matrix", |h| shows(h, "Channel weights of 8 groups, group 1 chosen"));
    wait_for(&mut harness, "the largest size", |h| shows(h, "(mean total variation), at most"));
    wait_for(&mut harness, "the figures", |h| shows(h, "One person."));
    assert!(shows(&harness, "Evenness of p2 against capture height"), "{}", all_text(&harness));
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
