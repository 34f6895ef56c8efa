//! The data set window, driven as a user drives it. The tests draw it inside the main window.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::captured::Captured;
use super::choices::PlotKind;
use super::rows::{Order, ordered};
use crate::app::App;
use crate::app::captures::CAPTURES;
use crate::app::fixtures::{self, here};

fn window() -> Harness<'static, App> {
    fixtures::window(here("assets/examples/camera.png"), "tests/golden/calm.tiny_ema.weights.safetensors")
}

/// Waits, and draws what has come.
fn wait_for(harness: &mut Harness<'_, App>, what: &str, seen: impl Fn(&App) -> bool) {
    fixtures::wait_for(harness, what, seen);
    harness.run_steps(3);
}

/// Opens the example pictures in the data set window, of which the smallest input is to be measured.
fn open_examples(harness: &mut Harness<'_, App>) {
    wait_for(harness, "a network and a picture", |app| app.network.is_some() && app.document.is_some());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::D);
    harness.run_steps(3);
    assert!(harness.query_by_label("No data set is open").is_some());
    harness.get_by_label("Type path…").click();
    harness.run_steps(3);
    harness.event(egui::Event::Text(here("assets/examples/keypoints.json").display().to_string()));
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    wait_for(harness, "the set", |app| app.data_set.set.is_some());
    harness.state_mut().data_set.choices.inputs = [true, false, false, false];
    harness.run_steps(2);
}

/// Picks an entry of a list by the names of both.
fn pick(harness: &mut Harness<'_, App>, list: &str, entry: &str) {
    harness.get_by_role_and_label(Role::ComboBox, list).click();
    harness.run_steps(3);
    harness.get_by_label(entry).click();
    harness.run_steps(3);
}

#[test]
fn a_set_is_opened_measured_and_its_worst_person_shown_in_the_main_window() {
    let mut harness = window();
    open_examples(&mut harness);
    harness.get_by_label("Run").click();
    wait_for(&mut harness, "a run", |app| !app.data_set.runs.is_empty() && app.data_set.work.is_none());
    assert!(harness.query_by_label("AP small (not in COCO)").is_some());

    let data_set = &harness.state().data_set;
    let people = data_set.runs[0].measured.people.clone();
    let worst = people[ordered(&people, Order::Worst)[0]];
    let dataset = &data_set.set.as_ref().unwrap().set.dataset;
    let (name, labels) =
        (dataset.images[worst.picture].file_name.clone(), dataset.people[worst.person].labels);
    harness.get_all_by_role_and_label(Role::Link, &name).next().unwrap().click();
    wait_for(&mut harness, "the worst person", |app| {
        let document = app.document.as_ref().filter(|document| document.frame.name == name);
        let selected = document.and_then(|document| document.people.get(document.selected?));
        selected.and_then(|person| person.truth).is_some_and(|truth| truth.labels == labels)
    });
    let settings = &harness.state().preferences.settings;
    assert_eq!((settings.input.height(), settings.capture.height, settings.flip_test), (32, 32, true));

    let remove = format!("Remove {}", harness.state().data_set.runs[0].title());
    harness.get_by_label(&remove).click();
    harness.run_steps(3);
    assert!(harness.state().data_set.runs.is_empty());
    harness.get_by_label("Close").click();
    harness.run_steps(3);
    assert!(!harness.state().data_set.is_shown());
}

#[test]
fn every_height_is_measured_and_one_of_them_shown_at_a_time() {
    let mut harness = window();
    open_examples(&mut harness);
    harness.state_mut().data_set.choices.plot = PlotKind::Captures;
    pick(&mut harness, "Capture", "Every height");
    harness.get_by_label("Run").click();
    wait_for(&mut harness, "every height", |app| {
        app.data_set.runs.len() == CAPTURES.len() && app.data_set.work.is_none()
    });
    let network = harness.state().data_set.runs[0].network.name.clone();
    let listed = format!("List the people of {network}, 32×24");
    assert!(harness.query_by_label(&listed).is_some(), "as many rows as the input come first");
    assert!(harness.query_by_label(&format!("{listed}, 16 rows")).is_none());
    let told = format!("{network} at 32×24: ");
    assert!(harness.query_by_label_contains(&told).is_some(), "where its curve crosses");

    pick(&mut harness, "Captured", "16 rows");
    let data_set = &harness.state().data_set;
    let (run, captured) = (data_set.chosen_run().unwrap(), data_set.captured);
    assert_eq!((run.settings().capture.height, captured), (16, Captured::Rows(16)));
    let (title, people) = (run.title(), format!("People, {}", run.title()));
    assert!(harness.query_by_label(&listed).is_none() && harness.query_by_label(&people).is_some());
    harness.get_by_label(&format!("Remove {title}")).click();
    harness.run_steps(3);
    let data_set = &harness.state().data_set;
    assert_eq!((data_set.runs.len(), data_set.captured), (CAPTURES.len() - 1, Captured::AsInput));
    assert!(harness.query_by_label(&listed).is_some());
}

#[test]
fn a_path_that_is_no_set_says_so_and_changes_nothing() {
    let mut harness = window();
    wait_for(&mut harness, "a network", |app| app.network.is_some());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::D);
    harness.run_steps(2);
    harness.get_by_label("Type path…").click();
    harness.run_steps(3);
    harness.event(egui::Event::Text(here("assets/examples/camera.png").display().to_string()));
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    wait_for(&mut harness, "why", |app| app.data_set.failure.is_some());
    let failure = harness.state().data_set.failure.as_ref().map(|failure| failure.message.clone());
    assert!(failure.is_some_and(|message| message.contains("camera.png")));
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    assert!(harness.state().data_set.failure.is_none() && harness.state().data_set.set.is_none());
}
