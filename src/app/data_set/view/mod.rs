//! What the data set window draws: the set, what to measure, the figures of every run, plots, and the people.

mod ap_key;
mod ap_plot;
mod controls;
mod figures;
mod header;
mod overlays;
mod people;
mod plots;
mod scatter;
mod thumbnail;

use egui::{CentralPanel, Panel, Ui};

use super::DataSet;
use super::act::Wish;
use super::tasks::Purpose;
use crate::app::panel::note;
use crate::engine::{NetworkInfo, Settings};
use plots::Plotted;

/// Width of the figures at first, as a share of the window.
const FIGURES_SHARE: f32 = 0.34;
/// Least width of the figures in points: names and one run.
const FIGURES_LEAST: f32 = 260.0;

/// Draws the window's content and gives what was asked for. `settings` are those of the main window.
pub fn ui(
    ui: &mut Ui,
    data_set: &mut DataSet,
    network: Option<&NetworkInfo>,
    settings: &Settings,
    is_embedded: bool,
) -> Option<Wish> {
    let head = Panel::top("data set head").show(ui, |ui| header::ui(ui, data_set, is_embedded)).inner;
    let body = match data_set.set {
        Some(_) => measured(ui, data_set, network, settings),
        None => CentralPanel::default().show(ui, start).inner,
    };
    overlays::ui(ui.ctx(), data_set).or(head).or(body)
}

/// What stands in the window before a set is open.
fn start(ui: &mut Ui) -> Option<Wish> {
    let mut wish = None;
    ui.add_space((0.3 * ui.available_height()).min(200.0));
    ui.vertical_centered(|ui| {
        ui.heading("Measure a network on many labelled people");
        note(
            ui,
            "AP and the other figures per network input and rows captured, and everybody from the worst on.",
        );
        ui.add_space(12.0);
        if ui.button("Open data set…").on_hover_text(FILE_HINT).clicked() {
            wish = Some(Wish::Ask(Purpose::File));
        }
        ui.add_space(12.0);
        note(ui, FILE_HINT);
        note(ui, FOLDER_HINT);
    });
    wish
}

/// What a file is expected to be.
const FILE_HINT: &str =
    "A COCO keypoint file (.json) with its pictures beside it, in NAME-*.tar, or in a folder of its name.";
/// What a folder is expected to be.
const FOLDER_HINT: &str = "A folder of COCO keypoint files, one of which is then chosen.";

fn measured(
    ui: &mut Ui,
    data_set: &mut DataSet,
    network: Option<&NetworkInfo>,
    settings: &Settings,
) -> Option<Wish> {
    let controls =
        Panel::top("data set controls").show(ui, |ui| controls::ui(ui, data_set, network, settings)).inner;
    let width = ui.available_width();
    let figures = Panel::left("data set figures")
        .default_size((FIGURES_SHARE * width).max(FIGURES_LEAST))
        .size_range(FIGURES_LEAST..=(0.6 * width).max(FIGURES_LEAST))
        .show(ui, |ui| figures::ui(ui, &data_set.runs, data_set.captured, data_set.chosen))
        .inner;
    let rest = CentralPanel::default().show(ui, |ui| {
        let DataSet { set, runs, chosen, choices, rows, thumbnails, work, .. } = data_set;
        let open = set.as_ref()?;
        let run = runs.iter().find(|run| Some(run.id) == *chosen);
        let plots = plots::ui(ui, Plotted { runs, chosen: run, work: work.as_ref() }, &mut choices.plot);
        let people = people::ui(ui, &open.set, run, (rows, &mut choices.order), thumbnails.as_mut());
        plots.or(people)
    });
    controls.or(figures).or(rest.inner)
}
