//! Switches and opacities of the overlays.

use egui::{Grid, Slider, Ui};

use super::{heading_explained, note};
use crate::app::how_to_read::HowTo;
use crate::app::layers::Layer;
use crate::app::preferences::Preferences;
use crate::app::threshold::Threshold;
use crate::engine::NetworkInfo;
use crate::pose::KEYPOINT_NAMES;

/// The order of the switches: what is used most comes first.
const ORDER: [Layer; 9] = [
    Layer::Skeleton,
    Layer::Box,
    Layer::Attention,
    Layer::WindowGrid,
    Layer::Heatmap,
    Layer::Matters,
    Layer::Truth,
    Layer::Errors,
    Layer::Names,
];

/// Widths of the sliders in points.
const MIN_SLIDER: f32 = 30.0;
const MAX_SLIDER: f32 = 92.0;

/// The list of layers.
pub fn ui(ui: &mut Ui, preferences: &mut Preferences, network: Option<&NetworkInfo>) {
    heading_explained(ui, "Layers", HowTo::Layers);
    // Beside the longest name, and beside the value and the button of the threshold.
    let [opacity, detail] =
        [124.0, 196.0].map(|beside| (ui.available_width() - beside).clamp(MIN_SLIDER, MAX_SLIDER));
    Grid::new("layers").num_columns(2).spacing([12.0, 5.0]).show(ui, |ui| {
        for layer in ORDER {
            let state = preferences.layers.state_mut(layer);
            ui.checkbox(&mut state.shown, layer.label()).on_hover_text(layer.explanation());
            ui.spacing_mut().slider_width = opacity;
            let slider = Slider::new(&mut state.opacity, 0.0..=1.0).show_value(false);
            let response = ui.add_enabled(state.shown, slider);
            let label = format!("{} opacity", layer.label());
            let value = f64::from(state.opacity);
            response.widget_info(|| egui::WidgetInfo::slider(true, value, &label));
            response.on_hover_text(format!("{label}: {:.0}%", value * 100.0));
            ui.end_row();
        }
    });
    if let Some(network) = network.filter(|network| network.config.is_none()) {
        note(ui, format!("{} has no attention, windows or heatmaps to draw.", network.name));
    }
    ui.add_space(4.0);
    ui.checkbox(&mut preferences.layers.unsure, "Show unsure joints").on_hover_text(
        "Draw joints below the threshold too, faintly, with their limbs. They may lie anywhere.",
    );
    Grid::new("layer details").num_columns(2).spacing([12.0, 5.0]).show(ui, |ui| {
        let label = ui.label("Heatmap of");
        let chosen = preferences.layers.heatmap_joint;
        let name = |joint: Option<usize>| joint.map_or("all joints", |j| KEYPOINT_NAMES[j]);
        egui::ComboBox::from_id_salt("heatmap joint")
            .selected_text(name(chosen))
            .show_ui(ui, |ui| {
                for joint in std::iter::once(None).chain((0..KEYPOINT_NAMES.len()).map(Some)) {
                    ui.selectable_value(&mut preferences.layers.heatmap_joint, joint, name(joint));
                }
            })
            .response
            .labelled_by(label.id);
        ui.end_row();
        ui.spacing_mut().slider_width = detail;
        let label = ui.label(if detail > MIN_SLIDER { "Unsure below" } else { "Unsure" });
        let middle = preferences.thresholds(network).middle();
        threshold(ui, &mut preferences.threshold, middle, label.id);
        ui.end_row();
        let label = ui.label("Thickness");
        ui.add(Slider::new(&mut preferences.layers.thickness, 1.0..=8.0).fixed_decimals(1))
            .labelled_by(label.id);
        ui.end_row();
    });
}

/// The confidence below which joints are unsure, `shown` as one figure, and the way back to the network's own for each joint.
fn threshold(ui: &mut Ui, threshold: &mut Threshold, mut shown: f32, label: egui::Id) {
    ui.horizontal(|ui| {
        let slider = Slider::new(&mut shown, 0.0..=1.0).fixed_decimals(2);
        let response = ui.add(slider).labelled_by(label).on_hover_text(match threshold.chosen {
            Some(_) => "Joints with less confidence are hidden, or drawn faintly",
            None => "The mean of what the network's makers found for each joint. Move it to set one for all.",
        });
        if response.changed() {
            threshold.chosen = Some(shown);
        }
        let hint = "Back to the network's own threshold for each joint";
        if ui
            .add_enabled(threshold.chosen.is_some(), egui::Button::new("Own").small())
            .on_hover_text(hint)
            .clicked()
        {
            threshold.chosen = None;
        }
    });
}
