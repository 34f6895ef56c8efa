//! What the layer of what matters shows, how far it is, and what it does not show.

use egui::{Align, Button, ComboBox, Grid, Id, Layout, RichText, Ui, vec2};

use super::{heading_explained, legend, note, nothing_found, progress};
use crate::app::document::Document;
use crate::app::glossary;
use crate::app::how_to_read::HowTo;
use crate::app::layers::Layer;
use crate::app::preferences::Preferences;
use crate::app::what_matters::{Measure, WhatMatters, area_of, marked_joint, shown_joint};
use crate::engine::NetworkInfo;
use crate::pose::KEYPOINT_NAMES;
use crate::study::PatchSize;

/// Room for how far it is, or for two lines of why there is nothing, in points.
const STATE_HEIGHT: f32 = 34.0;
/// Room for the button that stops and goes on, in points.
const BUTTON_WIDTH: f32 = 56.0;
/// The widest choice, in points.
const WIDEST_CHOICE: f32 = 240.0;
/// Beside the choice of the joint, in points.
const LABEL_WIDTH: f32 = 56.0;

/// The part of the panel that belongs to the layer; nothing while that is off.
pub fn ui(
    ui: &mut Ui,
    document: Option<&Document>,
    network: Option<&NetworkInfo>,
    preferences: &mut Preferences,
    what_matters: &mut WhatMatters,
) {
    if !preferences.layers.state(Layer::Matters).shown {
        return;
    }
    let measure = preferences.matters.measure;
    let title = heading_explained(ui, "What matters", HowTo::WhatMatters);
    let id = title.id;
    title.on_hover_text(glossary::meaning(measure.term()).unwrap_or_default());
    choose_measure(ui, &mut preferences.matters.measure, id);
    choices(ui, preferences);
    let (measure, joint) = (preferences.matters.measure, shown_joint(preferences));
    if let Some(area) = document.and_then(area_of) {
        let meaning = measure.legend(joint, area);
        legend::ui(ui, measure.scale(joint, area), preferences.palette, &meaning);
        note(ui, meaning);
    }
    state(ui, document, network, (measure, joint), what_matters);
    note(ui, measure.shows());
    note(ui, measure.does_not_show());
}

fn choose_measure(ui: &mut Ui, measure: &mut Measure, label: Id) {
    ComboBox::from_id_salt("what matters by")
        .width(ui.available_width().min(WIDEST_CHOICE))
        .truncate()
        .selected_text(measure.label())
        .show_ui(ui, |ui| {
            for choice in Measure::ALL {
                ui.selectable_value(measure, choice, choice.label()).on_hover_text(choice.shows());
            }
        })
        .response
        .labelled_by(label);
}

fn choices(ui: &mut Ui, preferences: &mut Preferences) {
    Grid::new("what matters").num_columns(2).spacing([8.0, 5.0]).show(ui, |ui| {
        let label = ui.label("Joint");
        let marked = format!("{} (marked)", KEYPOINT_NAMES[marked_joint(preferences)]);
        let name = |joint: usize| KEYPOINT_NAMES.get(joint).copied().unwrap_or_default();
        let chosen = preferences.matters.joint.map_or_else(|| marked.clone(), |joint| name(joint).to_owned());
        ComboBox::from_id_salt("joint that matters")
            .width((ui.available_width() - LABEL_WIDTH).clamp(60.0, WIDEST_CHOICE - LABEL_WIDTH))
            .truncate()
            .selected_text(chosen)
            .show_ui(ui, |ui| {
                let joint = &mut preferences.matters.joint;
                ui.selectable_value(joint, None, marked)
                    .on_hover_text("The joint that was clicked in the Joints panel");
                for (index, name) in KEYPOINT_NAMES.iter().enumerate() {
                    ui.selectable_value(joint, Some(index), *name);
                }
            })
            .response
            .labelled_by(label.id);
        ui.end_row();
        ui.label("Patch");
        ui.add_enabled_ui(preferences.matters.measure != Measure::Gradient, |ui| {
            ui.horizontal(|ui| {
                for size in PatchSize::ALL {
                    let text = format!("1/{}", size.divisor());
                    let hint = format!("Down to patches of 1/{} of the input's rows", size.divisor());
                    ui.selectable_value(&mut preferences.matters.finest, size, text).on_hover_text(hint);
                }
            });
        });
        ui.end_row();
    });
}

/// How far it is, or why there is nothing; of the same height in every case.
fn state(
    ui: &mut Ui,
    document: Option<&Document>,
    network: Option<&NetworkInfo>,
    (measure, joint): (Measure, usize),
    what_matters: &mut WhatMatters,
) {
    let size = vec2(ui.available_width(), STATE_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_height(STATE_HEIGHT);
        let Some(document) = document else {
            note(ui, "No picture is open.");
            return;
        };
        let gradient = measure == Measure::Gradient;
        let without = network.filter(|network| gradient && network.config.is_none());
        if let Some(network) = without {
            note(ui, format!("This needs a network whose gradients are at hand; {} has none.", network.name));
        } else if document.selected_answer().is_none() {
            note(ui, nothing_found(document));
        } else if let Some(why) = what_matters.failure(measure, joint) {
            ui.label(RichText::new(why).small().color(ui.visuals().warn_fg_color));
        } else if what_matters.progress().1 == 0 {
            let runs = "Not looked at while frames run: hold the picture.";
            note(ui, if document.live { runs } else { "Waiting for the network…" });
        } else if gradient {
            let known = what_matters.has_gradient(joint);
            note(ui, if known { "One pass forwards, one back." } else { "Waiting for the network…" });
        } else {
            patches(ui, what_matters);
        }
    });
}

/// How many patches were laid, and a button that stops them.
fn patches(ui: &mut Ui, what_matters: &mut WhatMatters) {
    let (done, of) = what_matters.progress();
    let text = if what_matters.stopped { "Go on" } else { "Stop" };
    let button = Button::new(text).small().min_size(vec2(BUTTON_WIDTH, 0.0));
    let share = done as f64 / of as f64;
    let response = progress::bar(ui, share, BUTTON_WIDTH, |ui| ui.add_enabled(done < of, button));
    if response.on_hover_text("Lay no more patches, or go on").clicked() {
        what_matters.stopped = !what_matters.stopped;
    }
    note(ui, format!("{done} of {of} patches"));
}
