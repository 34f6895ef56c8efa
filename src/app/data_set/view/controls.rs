//! What is measured: inputs, rows captured, flip test, how many pictures; and how far it is.

use std::time::Duration;

use egui::{
    Align, Button, Checkbox, ComboBox, Label, Layout, ProgressBar, RichText, Role, Ui, WidgetInfo, vec2,
};

use crate::app::data_set::DataSet;
use crate::app::data_set::act::Wish;
use crate::app::data_set::choices::Choices;
use crate::app::data_set::export::Format;
use crate::app::data_set::heights::Heights;
use crate::app::data_set::tasks::Purpose;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::InputSize;

/// How many pictures may be measured instead of all.
const LIMITS: [Option<usize>; 4] = [Some(100), Some(500), Some(1000), None];
/// Width of the choice of heights in points, and height of its list: room for all of them.
const HEIGHTS: [f32; 2] = [186.0, 280.0];
/// Width of that with its name, in points.
const HEIGHTS_ROOM: f32 = 256.0;
/// Width of the button that runs and cancels, in points.
const RUN_WIDTH: f32 = 64.0;
/// Height of the line that says how far it is, in points.
const STATE_HEIGHT: f32 = 22.0;
/// Width of the bar, in points.
const BAR_WIDTH: f32 = 220.0;
/// How often seconds count on.
const COUNTED_EVERY: Duration = Duration::from_secs(1);

/// Draws the two lines.
pub fn ui(
    ui: &mut Ui,
    data_set: &mut DataSet,
    network: Option<&NetworkInfo>,
    settings: &Settings,
) -> Option<Wish> {
    let mut wish = None;
    ui.horizontal_wrapped(|ui| wish = choices(ui, data_set, network, settings));
    ui.horizontal(|ui| {
        ui.set_min_height(STATE_HEIGHT);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            wish = wish.take().or(exports(ui, data_set));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| state(ui, data_set));
        });
    });
    wish
}

fn choices(
    ui: &mut Ui,
    data_set: &mut DataSet,
    network: Option<&NetworkInfo>,
    settings: &Settings,
) -> Option<Wish> {
    let Some(network) = network else {
        ui.weak("Waiting for the network…");
        return None;
    };
    let is_idle = data_set.work.is_none();
    ui.label(&network.name).on_hover_text("The network at hand; the main window's Network menu has others");
    ui.weak(if network.square().is_some() { "at rows captured" } else { "at" });
    inputs(ui, &mut data_set.choices, network, is_idle);
    // What is in a part of a line cannot wrap to the next one by itself.
    if ui.available_size_before_wrap().x < HEIGHTS_ROOM {
        ui.end_row();
    }
    ui.add_enabled_ui(is_idle, |ui| heights(ui, &mut data_set.choices.heights, network.square().is_some()));
    let mut flip = data_set.choices.flips(network);
    let hint =
        "Average with the mirrored pass, as published figures of CMSA do; those of MoveNet are of one pass";
    if ui.add_enabled(is_idle, Checkbox::new(&mut flip, "Flip test")).on_hover_text(hint).changed() {
        data_set.choices.flip_test = Some(flip);
    }
    let wish = ui.add_enabled_ui(is_idle, |ui| limit(ui, data_set)).inner;
    let any = !data_set.choices.settings(network, settings).is_empty();
    wish.or(run(ui, data_set, any))
}

fn inputs(ui: &mut Ui, choices: &mut Choices, network: &NetworkInfo, is_idle: bool) {
    let count = choices.inputs_count(network);
    for (size, chosen) in InputSize::STANDARD.into_iter().zip(&mut choices.inputs) {
        let text = match network.square() {
            Some(_) => size.height().to_string(),
            None => size.to_string(),
        };
        let hint = match (network.takes(size), network.trained_at(size)) {
            _ if !count => "Only where the rows ticked are captured; the network always gets the same square",
            (false, _) => "The network does not take this size",
            (true, false) => "The network was not trained at this size: what it finds there means little",
            (true, true) if network.square().is_some() => {
                "The camera captures so many rows; noise and compression are those of the main window"
            }
            (true, true) => "Measured at this size; noise and compression are those of the main window",
        };
        let is_free = is_idle && count && network.takes(size);
        let checkbox = ui.add_enabled(is_free, Checkbox::new(chosen, text));
        checkbox.on_hover_text(hint).on_disabled_hover_text(hint);
    }
}

/// How many rows the camera spends on each person.
fn heights(ui: &mut Ui, chosen: &mut Heights, is_square: bool) {
    let label = ui.label("Capture");
    let [width, height] = HEIGHTS;
    let combo = ComboBox::from_id_salt("data set heights").width(width).height(height);
    let combo = combo.selected_text(chosen.label(is_square)).show_ui(ui, |ui| {
        for choice in Heights::all() {
            ui.selectable_value(chosen, choice, choice.label(is_square));
        }
    });
    let hint = "Rows of pixels that the camera spends on a person. Published figures capture as many as the input has; \
                every height gives a curve for each input, and takes as many times as long. Where a picture has fewer \
                rows of somebody, the camera captures those";
    combo.response.labelled_by(label.id).on_hover_text(hint);
}

/// How many of the set's pictures are measured.
fn limit(ui: &mut Ui, data_set: &DataSet) -> Option<Wish> {
    let present = data_set.set.as_ref().and_then(|open| open.description.limit);
    let text = |limit: Option<usize>| match limit {
        Some(limit) => format!("First {limit} pictures"),
        None => "All pictures".to_owned(),
    };
    let mut wish = None;
    let combo = ComboBox::from_id_salt("data set pictures").selected_text(text(present)).show_ui(ui, |ui| {
        for limit in LIMITS {
            if ui.selectable_label(limit == present, text(limit)).clicked() && limit != present {
                wish = Some(Wish::Limit(limit));
            }
        }
    });
    combo.response.widget_info(|| WidgetInfo {
        current_text_value: Some(text(present)),
        ..WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), "Pictures to measure")
    });
    combo.response.on_hover_text("Fewer are measured sooner. A change opens the set anew, without its runs");
    wish
}

fn run(ui: &mut Ui, data_set: &DataSet, any: bool) -> Option<Wish> {
    let size = vec2(RUN_WIDTH, 0.0);
    if data_set.work.is_some() {
        let cancel = ui.add(Button::new("Cancel").min_size(size));
        return cancel
            .on_hover_text("End this; runs that are complete stay")
            .clicked()
            .then_some(Wish::Cancel);
    }
    let run = ui.add_enabled(any && data_set.opening.is_none(), Button::new("Run").min_size(size));
    let run = run.on_hover_text(
        "Find everybody's joints in their labelled boxes, with all parts of the network. Other networks stay beside it",
    );
    let why = match data_set.opening {
        Some(_) => "A set is being opened",
        None => "No input is chosen that the network takes",
    };
    run.on_disabled_hover_text(why).clicked().then_some(Wish::Run)
}

/// From right to left.
fn exports(ui: &mut Ui, data_set: &DataSet) -> Option<Wish> {
    let mut wish = None;
    for (text, format, hint) in [
        ("Export JSON…", Format::Json, "Write the figures of every run, and everybody's joints"),
        (
            "Export CSV…",
            Format::Csv,
            "Write everybody of every run, one a row: OKS, score, height and joints",
        ),
    ] {
        let button = ui.add_enabled(!data_set.runs.is_empty(), Button::new(text));
        if button.on_hover_text(hint).on_disabled_hover_text("Nothing is measured yet").clicked() {
            wish = Some(Wish::Ask(Purpose::Save(format)));
        }
    }
    wish
}

/// What is going on, or what happened last.
fn state(ui: &mut Ui, data_set: &DataSet) {
    if let Some(opening) = &data_set.opening {
        ui.ctx().request_repaint_after(COUNTED_EVERY);
        ui.label(format!("Opening {}… {} s", opening.name, opening.since.elapsed().as_secs()));
        return;
    }
    if let Some(work) = &data_set.work {
        let progress = work.progress();
        let bar = ProgressBar::new(progress.share() as f32).desired_width(BAR_WIDTH).desired_height(8.0);
        ui.add(bar);
        ui.label(format!("{} of {}", progress.done, progress.of))
            .on_hover_text("People, counted once for each input and each height captured");
        ui.weak(work.time_left());
        ui.ctx().request_repaint_after(COUNTED_EVERY);
        return;
    }
    let (text, colour) = match (&data_set.told, data_set.chosen_run()) {
        (Some(told), _) => (told.clone(), ui.visuals().text_color()),
        (None, Some(run)) => (run.explanation(), ui.visuals().weak_text_color()),
        (None, None) => ("Nothing measured yet.".to_owned(), ui.visuals().weak_text_color()),
    };
    ui.add(Label::new(RichText::new(&text).small().color(colour)).truncate()).on_hover_text(text);
}
