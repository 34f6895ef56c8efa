//! A line over the upper edge of the picture while parts of the network are left out, so that nobody forgets it.

use egui::{Align, Button, Label, Layout, Rect, RichText, Role, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use crate::app::what_if::count_in_words;
use crate::network::Ablation;

/// From the upper edge of the canvas, in screen points.
const BELOW_EDGE: f32 = 8.0;
/// The plate behind the line, in screen points: wide enough for the largest number of parts.
const PLATE: Vec2 = vec2(236.0, 28.0);
/// Around the line, in screen points.
const PADDING: Vec2 = vec2(8.0, 3.0);
/// How much of the picture the plate hides, 0 … 255.
const DARKNESS: u8 = 190;

/// Says how many parts are left out, with a button that brings them back.
pub fn show(ui: &mut Ui, viewport: Rect, ablations: &mut Vec<Ablation>) {
    if ablations.is_empty() {
        return;
    }
    let centre = pos2(viewport.center().x, viewport.top() + BELOW_EDGE + 0.5 * PLATE.y);
    let plate = Rect::from_center_size(centre, PLATE);
    ui.painter().rect_filled(plate, 4.0, egui::Color32::from_black_alpha(DARKNESS));
    let line = UiBuilder::new()
        .max_rect(plate.shrink2(PADDING))
        .layout(Layout::left_to_right(Align::Center))
        .id_salt("left out");
    let mut line = ui.new_child(line);
    let text = RichText::new(count_in_words(ablations)).color(egui::Color32::from_rgb(250, 180, 70));
    let names: Vec<String> = ablations.iter().map(Ablation::to_string).collect();
    line.add(Label::new(text).selectable(false)).on_hover_text(names.join("\n"));
    line.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let reset = ui.add(Button::new("Reset").small());
        reset.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Reset the parts that are left out"));
        if reset.on_hover_text("The network as it is, with all its parts").clicked() {
            ablations.clear();
        }
    });
}
