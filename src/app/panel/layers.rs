//! Switches and opacities of the overlays.

use egui::{Grid, Slider, Ui};

use super::heading;
use crate::app::layers::Layer;
use crate::app::preferences::Preferences;
use crate::pose::KEYPOINT_NAMES;

/// The order of the switches: what is used most comes first.
const ORDER: [Layer; 8] = [
    Layer::Skeleton,
    Layer::Box,
    Layer::Attention,
    Layer::WindowGrid,
    Layer::Heatmap,
    Layer::Truth,
    Layer::Errors,
    Layer::Names,
];

/// The list of layers.
pub fn ui(ui: &mut Ui, preferences: &mut Preferences) {
    heading(ui, "Layers");
    Grid::new("layers").num_columns(2).spacing([12.0, 5.0]).show(ui, |ui| {
        for layer in ORDER {
            let state = preferences.layers.state_mut(layer);
            ui.checkbox(&mut state.shown, layer.label()).on_hover_text(layer.explanation());
            ui.spacing_mut().slider_width = 92.0;
            let slider = Slider::new(&mut state.opacity, 0.0..=1.0).show_value(false);
            let response = ui.add_enabled(state.shown, slider);
            let label = format!("{} opacity", layer.label());
            let value = f64::from(state.opacity);
            response.widget_info(|| egui::WidgetInfo::slider(true, value, &label));
            response.on_hover_text(format!("{label}: {:.0}%", value * 100.0));
            ui.end_row();
        }
    });
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
        ui.spacing_mut().slider_width = 92.0;
        let label = ui.label("Unsure below");
        ui.add(Slider::new(&mut preferences.threshold, 0.0..=1.0).fixed_decimals(2))
            .labelled_by(label.id)
            .on_hover_text("Joints with less confidence are hidden, or drawn faintly");
        ui.end_row();
        let label = ui.label("Thickness");
        ui.add(Slider::new(&mut preferences.layers.thickness, 1.0..=8.0).fixed_decimals(1))
            .labelled_by(label.id);
        ui.end_row();
    });
}
